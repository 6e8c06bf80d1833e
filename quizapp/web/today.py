"""The first page: what is due today for this person, and for a leader who has not taken part yet."""

from datetime import datetime

from flask import Blueprint, render_template, request
from flask_babel import format_datetime, get_locale

from quizapp.services import exams, participation, uploads
from quizapp.services.banks import previews, reviewing, unfinished
from quizapp.services.handbooks import reading
from quizapp.services.proposals import deciding
from quizapp.services.safety import judging
from quizapp.web import edge, readiness
from quizapp.web.access import SIGNED_IN, access, actor
from quizapp.web.frame import moment_words

blueprint = Blueprint("today", __name__)
SHOWN = 6  # villages on the first page; all stand on the exam's own


@blueprint.get("/")
@access(SIGNED_IN)
def page():
    who, now = actor(), edge.now()
    mine = exams.list_mine(who, now)
    due = [one for one in mine if one.state == "open" and (one.attempts_left > 0 or one.attempt_state == "open")]
    books = [one for one in reading.list_handbooks(who) if one.is_required and one.read < one.articles]
    is_leader = who.may("people.view")
    return render_template(
        "today/page.html",
        day=day_with_weekday(now),
        name=who.name,
        due=due,
        waiting=[one for one in mine if one.state in ("open", "closed") and one not in due and one.attempt_id],
        coming=[one for one in mine if one.state == "upcoming"],
        released=[one for one in mine if one.state == "released" and one.attempt_id][-3:],
        books=books if who.may("exams.sit") else [],
        turnouts=participation.list_open(who, now) if is_leader else [],
        shown=SHOWN,
        decisions=deciding.count_waiting(who, now),
        bank_work=_bank_work(who, now) if who.may("banks.manage") else {},
        alarms=[readiness.in_words(one) for one in judging.alarms(now).checks] if "admin" in who.roles else [],
    )


def _bank_work(who, now: datetime) -> dict:
    """Return what waits for a trainer: how many questions of which sort, files not taken in, banks with a rest."""
    found = {
        **reviewing.count_for(who),
        "files": uploads.list_kept(who, previews.KIND, now),
        "unfinished": unfinished.count_by_bank(who),
    }
    return found if any(found.values()) else {}


def day_with_weekday(moment: datetime) -> str:
    """Return a moment's day in words, with its weekday in full."""
    return format_datetime(moment, "M月d日 EEEE" if str(get_locale()).startswith("zh") else "EEEE d MMMM")


@blueprint.get("/turnout/<exam_id>")
@access("people.view")
def turnout(exam_id: str):
    unit = request.args.get("unit", "")[:32]
    found = participation.get_turnout(actor(), exam_id)
    missing = participation.list_missing(actor(), exam_id, unit)
    return render_template(
        "today/turnout.html", turnout=found, unit=unit, missing=missing, closes=moment_words(found.closes_at)
    )
