"""What is said of somebody at an exam beside the answers, in words that name no culprit."""

from datetime import datetime

from flask_babel import gettext, ngettext

from quizapp.services.invigilation.outages import Suggestion
from quizapp.services.invigilation.people import Signals
from quizapp.web.frame import local
from quizapp.web.people import agents

CLOCK_OFF = 60  # seconds; less is not worth a word


def ago(seconds: float) -> str:
    """Return how long ago in words, as coarse as it is of use."""
    minutes = int(seconds // 60)
    return ngettext("%(num)s minute ago", "%(num)s minutes ago", minutes) if minutes > 0 else gettext("just now")


def lasting(seconds: float) -> str:
    """Return how long in words."""
    if seconds < 60:
        return ngettext("%(num)s second", "%(num)s seconds", int(seconds))
    return ngettext("%(num)s minute", "%(num)s minutes", round(seconds / 60))


def signal_words(told: Signals) -> list[str]:
    """Return what phones told of an attempt, in sentences."""
    words = []
    if told.left:
        times = ngettext("left the page %(num)s time", "left the page %(num)s times", told.left)
        words.append(gettext("%(times)s, %(time)s in all", times=times, time=lasting(told.away_seconds)))
    if told.reloads:
        again = ngettext("opened the page again %(num)s time", "opened the page again %(num)s times", told.reloads)
        words.append(again)
    if told.sign_ins > 1:
        names = gettext("; ").join(dict.fromkeys(agents.in_words(agent) for agent in told.agents))
        words.append(gettext("opened under %(count)s sign-ins: %(devices)s", count=told.sign_ins, devices=names))
    if abs(told.clock_seconds) >= CLOCK_OFF:
        off = lasting(abs(told.clock_seconds))
        is_ahead = told.clock_seconds > 0
        words.append(
            gettext("the phone's clock is ahead by %(time)s", time=off)
            if is_ahead
            else gettext("the phone's clock is behind by %(time)s", time=off)
        )
    return words


def outage_words(found: Suggestion) -> str:
    """Return why minutes are suggested: who, when, on which evidence; it becomes the reason of the grant."""
    span = {"start": clock_words(found.start), "end": clock_words(found.end), "count": found.silent}
    if not found.unit:
        return gettext("The server could save nothing from %(start)s to %(end)s; %(count)s people were at it.", **span)
    known = span | {"all": found.open_count, "unit": found.unit_name}
    if found.is_over:
        return gettext(
            "%(unit)s: %(count)s of %(all)s fell silent together at %(start)s; the last was back at %(end)s.", **known
        )
    return gettext("%(unit)s: %(count)s of %(all)s fell silent together at %(start)s and are silent still.", **known)


def clock_words(moment: datetime) -> str:
    """Return the time of day of a moment."""
    return local(moment).strftime("%H:%M")
