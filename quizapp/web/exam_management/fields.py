"""Fields that the exam's form needs: points with decimals, a time of a day that may be 24:00."""

from decimal import Decimal, InvalidOperation

from flask_babel import gettext
from wtforms import StringField
from wtforms.validators import ValidationError

from quizapp.rules import wall_clock
from quizapp.web.frame import points_words


class PointsField(StringField):
    """Points as people write them (2, 1.5); the data are thousandths of a point."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "" if self.data is None else points_words(self.data)

    def process_formdata(self, valuelist):
        """Read the text; three decimals at most."""
        if not valuelist:
            return
        try:
            milli = Decimal(valuelist[0].strip().replace("，", ".").replace(",", ".")) * 1000
            whole = int(milli) if milli.is_finite() else None
        except (InvalidOperation, ValueError, OverflowError):
            whole = None
        if whole is None or whole != milli:
            self.data = None
            raise ValueError(gettext("Please enter points such as 2 or 1.5."))
        self.data = whole


class ClockTime:
    """Refuse what is no time of a day."""

    def __init__(self, day_field: str):
        self.day_field = day_field

    def __call__(self, form, field):
        """Ask the rule with the day of the other field, where there is one."""
        day = form[self.day_field].data
        if day is not None and wall_clock.moment(day, field.data or "", form.zone) is None:
            raise ValidationError(gettext("Please enter a time such as 8:00 or 24:00."))
