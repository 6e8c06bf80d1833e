"""A running exam to watch over: village by village, a unit's people by name, and the same for the hall's screen."""

from collections.abc import Iterator

from flask import render_template, request
from flask_babel import gettext, ngettext

from quizapp.services.invigilation import live, people
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.exam_management import blueprint
from quizapp.web.people import agents

ACROSS, DOT = 25, 14  # dots a row, and the side of the square that each takes
DRAWN = ("silent", "answering", "missing", "taken_in", "handed_in", "excused")
CLOCK_OFF = 60  # seconds; less is not worth a word
URGENT_ON_SCREEN = 6


@blueprint.get("/<exam_id>/live")
@access("exams.view")
def watch(exam_id: str):
    """The page; the script in it asks for its changing part alone."""
    found = live.get_watch(actor(), exam_id, edge.now())
    here = next((one for one in found.villages if one.code == request.args.get("unit")), None)
    if here is None and len(found.villages) == 1:
        here = found.villages[0]
    by = "code" if request.args.get("by") == "code" else "urgency"
    sees_names = actor().may(people.DEED)
    shown = {
        "watch": found,
        "here": here,
        "by": by,
        "villages": found.villages if by == "code" else sorted(found.villages, key=lambda one: one.urgency),
        "sitters": people.list_people(actor(), exam_id, here.code, edge.now()) if here and sees_names else [],
        "sees_names": sees_names,
        "runs": dot_runs,
        "signals": signal_words,
        "ago": ago,
    }
    is_part = request.headers.get("X-Part") == "live"
    return render_template(f"exam_management/{'live_part' if is_part else 'live'}.html", **shown)


@blueprint.get("/<exam_id>/live/screen")
@access("exams.view")
def watch_screen(exam_id: str):
    found = live.get_watch(actor(), exam_id, edge.now())
    urgent = sorted(found.villages, key=lambda one: one.urgency)[:URGENT_ON_SCREEN]
    return render_template("exam_management/live_screen.html", watch=found, villages=urgent)


def dot_runs(tally: live.Tally) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield (standing, x, y, width, height) of rectangles that, filled with dots, show one dot a person."""
    at = 0
    for name in DRAWN:
        left = getattr(tally, name)
        while left:
            column, line = at % ACROSS, at // ACROSS
            lines = left // ACROSS if column == 0 and left >= ACROSS else 1
            wide = min(ACROSS - column, left)
            yield name, column * DOT, line * DOT, wide * DOT, lines * DOT
            at, left = at + wide * lines, left - wide * lines


def ago(seconds: float) -> str:
    """Return how long ago in words, as coarse as it is of use."""
    minutes = int(seconds // 60)
    return ngettext("%(num)s minute ago", "%(num)s minutes ago", minutes) if minutes else gettext("just now")


def lasting(seconds: int) -> str:
    """Return how long in words."""
    if seconds < 60:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
    return ngettext("%(num)s minute", "%(num)s minutes", round(seconds / 60))


def signal_words(told: people.Signals) -> list[str]:
    """Return what phones told, in sentences that name no culprit."""
    words = []
    if told.left:
        times = ngettext("left the page %(num)s time", "left the page %(num)s times", told.left)
        words.append(gettext("%(times)s, %(time)s in all", times=times, time=lasting(told.away_seconds)))
    if told.reloads:
        words.append(ngettext("opened the page again %(num)s time", "opened the page again %(num)s times", told.reloads))
    if told.sign_ins > 1:
        names = list(dict.fromkeys(agents.in_words(agent) for agent in told.agents))
        words.append(gettext("opened under %(count)s sign-ins: %(devices)s", count=told.sign_ins, devices=gettext("; ").join(names)))
    if abs(told.clock_seconds) >= CLOCK_OFF:
        sentence = gettext("the phone's clock is ahead by %(time)s") if told.clock_seconds > 0 else gettext("the phone's clock is behind by %(time)s")
        words.append(sentence % {"time": lasting(abs(told.clock_seconds))})
    return words
