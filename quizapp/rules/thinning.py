"""Which of many backups may go: all of the last hours stay, of earlier ones one an hour, then one a day."""

from datetime import datetime, timedelta

ALL = timedelta(hours=2)
HOURLY = timedelta(days=2)
DAILY = timedelta(days=30)
LEAST = 3  # the newest stay whatever their age


def superfluous(moments: list[datetime], now: datetime) -> list[datetime]:
    """Return the moments whose backups may go; of an hour or a day the newest stays."""
    kept: set = set()
    going = []
    for place, moment in enumerate(sorted(moments, reverse=True)):
        age = now - moment
        if place < LEAST or age <= ALL:
            continue
        slot = (moment.date(), moment.hour) if age <= HOURLY else (moment.date(),)
        if age > DAILY or slot in kept:
            going.append(moment)
        kept.add(slot)
    return sorted(going)
