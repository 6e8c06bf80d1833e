"""What is said of somebody at an exam beside the answers, in words that name no culprit."""

from flask_babel import gettext, ngettext

from quizapp.services.invigilation.people import Signals
from quizapp.web.people import agents

CLOCK_OFF = 60  # seconds; less is not worth a word


def ago(seconds: float) -> str:
    """Return how long ago in words, as coarse as it is of use."""
    minutes = int(seconds // 60)
    return ngettext("%(num)s minute ago", "%(num)s minutes ago", minutes) if minutes > 0 else gettext("just now")


def lasting(seconds: int) -> str:
    """Return how long in words."""
    if seconds < 60:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
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
