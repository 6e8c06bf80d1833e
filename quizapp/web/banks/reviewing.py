"""What waits for a second person's eyes: revisions sent to review, and questions whose article was changed."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from quizapp.services.banks import browsing, flagging, reviewing
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.banks import blueprint
from quizapp.web.banks.looking import entry


@blueprint.get("/manage/banks/review")
@access("banks.manage")
def review_queue():
    waiting, many_waiting = reviewing.list_waiting(actor())
    flagged, many_flagged = reviewing.list_flagged(actor())
    sent_back, many_sent_back = reviewing.list_sent_back(actor())
    sent, many_sent = reviewing.list_sent(actor())
    questions = [one.question for one in (*waiting, *flagged, *sent_back, *sent)]
    return render_template(
        "banks/review.html",
        waiting=waiting,
        many_waiting=many_waiting,
        flagged=flagged,
        many_flagged=many_flagged,
        sent_back=sent_back,
        returned=reviewing.list_returned([one.question for one in sent_back]),
        many_sent_back=many_sent_back,
        sent=sent,
        many_sent=many_sent,
        entries={one.id: entry(one) for one in browsing.list_shown(questions)},
        flags=flagging.find_flags([one.question for one in flagged]),
    )


@blueprint.post("/banks/<slug>/<question_id>/review")
@access("banks.manage")
def ask_review(slug: str, question_id: str):
    reviewing.ask(actor(), slug, question_id, _number(), edge.now(), edge.trace())
    return _done(gettext("Sent to review."), slug, question_id)


@blueprint.post("/banks/<slug>/<question_id>/agreement")
@access("banks.manage")
def agree(slug: str, question_id: str):
    reviewing.agree(actor(), slug, question_id, _number(), edge.now(), edge.trace())
    return _done(gettext("You agreed to this revision."), slug, question_id)


@blueprint.post("/banks/<slug>/<question_id>/sending-back")
@access("banks.manage")
def send_back(slug: str, question_id: str):
    note = request.form.get("note", "")
    reviewing.send_back(actor(), slug, question_id, _number(), note, edge.now(), edge.trace())
    return _done(gettext("Sent back."), slug, question_id)


@blueprint.post("/banks/<slug>/<question_id>/still-right")
@access("banks.manage")
def still_right(slug: str, question_id: str):
    flagging.still_right(actor(), slug, question_id, request.form.get("seen", ""), edge.now(), edge.trace())
    return _done(gettext("It is drawn again."), slug, question_id)


def _number() -> int:
    return min(max(request.form.get("number", 0, type=int), 0), edge.LAST_PAGE)


def _done(told: str, slug: str, question_id: str):
    """Go back to the queue where the deed was done from there, else to the question."""
    flash(told, "done")
    if request.form.get("back") == "queue":
        return redirect(url_for(".review_queue"), 303)
    return redirect(url_for(".question", slug=slug, question_id=question_id), 303)
