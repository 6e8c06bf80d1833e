"""Each village's result as it would go outside now, in the instance's own language."""

from babel import Locale
from flask import current_app
from flask_babel import force_locale, gettext

from quizapp.extensions import db
from quizapp.models import Campaign, Unit
from quizapp.rules import village_result
from quizapp.services.evaluation.figures import Evaluated


def of_villages(campaign: Campaign, evaluated: Evaluated) -> dict[int, dict]:
    """Return every village's result by row id; nothing in it depends on who asks or in which language."""
    township = db.session.get(Unit, campaign.unit_id)
    place = village_result.Place(township.code, township.name, township.kind)
    named = {"id": campaign.public_id, "title": campaign.title}
    names = indicator_names(evaluated)
    return {
        unit_id: village_result.result(
            named,
            place,
            evaluated.places[unit_id],
            {**row, "indicators": [{**entry, "name": names[entry["code"]]} for entry in row["indicators"]]},
            len(evaluated.rows),
            counted(campaign, evaluated.rosters[unit_id]),
        )
        for unit_id, row in evaluated.rows.items()
    }


def counted(campaign: Campaign, roster: dict[int, bool]) -> village_result.Counted:
    """Return a village's dated roster in numbers."""
    return village_result.Counted(campaign.roster_on, len(roster), sum(roster.values()))


def indicator_names(evaluated: Evaluated) -> dict[str, str]:
    """Return the indicators' names in the instance's language; a name that is no message of ours stays as it is."""
    with force_locale(Locale.parse(current_app.config["BABEL_DEFAULT_LOCALE"])):
        return {entry.code: gettext(entry.name) for entry in evaluated.policy.indicators}
