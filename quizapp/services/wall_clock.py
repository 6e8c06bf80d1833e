"""The day on the wall clock that people read, by the instance's time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def today(now: datetime) -> date:
    """Return the day it is for the people of this instance."""
    return now.astimezone(ZoneInfo(current_app.extensions["settings"].timezone)).date()
