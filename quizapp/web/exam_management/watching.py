"""A running exam to watch over: village by village, a unit's people by name, and the same for the hall's screen."""

from collections.abc import Iterator
from functools import lru_cache

from flask import get_template_attribute, render_template, request
from flask_babel import get_locale
from markupsafe import Markup

from quizapp.services.invigilation import attempts, live, outages, people
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.exam_management import blueprint
from quizapp.web.exam_management.watch_words import ago, outage_words, signal_words

ACROSS, DOT = 25, 14  # dots a row, and the side of the square that each takes
DRAWN = ("silent", "answering", "missing", "taken_in", "handed_in", "excused")
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
    shown = {
        "watch": found,
        "here": here,
        "by": by,
        "lines": "" if here else _lines(found, by, str(get_locale())),
        "sitters": _sitters(exam_id, here),
        "suggestions": outages.list_suggestions(actor(), exam_id, edge.now()),
        "why": outage_words,
        "may_look": actor().may(attempts.LOOK),
        "picture": picture,
        "signals": signal_words,
        "ago": ago,
    }
    is_part = request.headers.get("X-Part") == "live"
    return render_template(f"exam_management/{'live_part' if is_part else 'live'}.html", **shown)


def _sitters(exam_id: str, here: live.Tally | None) -> list[people.Sitter]:
    if here is None or not actor().may(people.DEED):
        return []
    return people.list_people(actor(), exam_id, here.code, edge.now())


@blueprint.get("/<exam_id>/live/screen")
@access("exams.view")
def watch_screen(exam_id: str):
    found = live.get_watch(actor(), exam_id, edge.now())
    urgent = sorted(found.villages, key=lambda one: one.urgency)[:URGENT_ON_SCREEN]
    return render_template("exam_management/live_screen.html", watch=found, villages=urgent)


@lru_cache(maxsize=50)
def _lines(found: live.Watch, by: str, language: str) -> Markup:
    """Return the villages' lines, drawn once for all who see the same ones of the same moment."""
    villages = found.villages if by == "code" else sorted(found.villages, key=lambda one: one.urgency)
    return get_template_attribute("exam_management/watch_parts.html", "village_lines")(found.exam_id, villages, picture)


def picture(tally: live.Tally) -> Markup:
    """Return a unit's dots with their words; units that stand as they stood are not drawn again."""
    return _drawn(tally, str(get_locale()))


@lru_cache(maxsize=5000)
def _drawn(tally: live.Tally, language: str) -> Markup:
    return get_template_attribute("exam_management/watch_parts.html", "tally_picture")(tally, dot_runs)


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
