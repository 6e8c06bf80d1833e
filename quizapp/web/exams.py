"""The exams a person may sit: the list, and the page before the start that says how much time there will be."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for

from quizapp.services import exams
from quizapp.services.attempts import start
from quizapp.web import edge, heard
from quizapp.web.access import SIGNED_IN, access, actor

WAITING = timedelta(hours=1)  # before the opening: the page waits, and the paper comes by itself
REMIND = timedelta(hours=24)  # before the last start that brings the whole time
blueprint = Blueprint("exams", __name__)


@blueprint.get("/exams")
@access(SIGNED_IN)
def mine():
    return render_template("exams/mine.html", exams=exams.list_mine(actor(), edge.now()), now=edge.now())


@blueprint.get("/exams/<exam_id>")
@access(SIGNED_IN)
def page(exam_id: str):
    exam, now = exams.get_mine(actor(), exam_id, edge.now()), edge.now()
    return render_template(
        "exams/page.html",
        exam=exam,
        facts=exams.facts(exam_id),
        now=now,
        is_waiting=exam.state == "upcoming" and exam.opens_at - now <= WAITING,
        waiting_from=exam.opens_at - WAITING,
        is_reminder_due=now <= exam.last_full_start <= now + REMIND,
        reload_seconds=max(1, (exam.slot_at - now) // timedelta(seconds=1) + 1),
    )


@blueprint.post("/exams/<exam_id>")
@access(SIGNED_IN)
def begin(exam_id: str):
    if "waiting" in request.form and exams.get_mine(actor(), exam_id, edge.now()).attempt_id:
        return redirect(url_for(".page", exam_id=exam_id), 303)  # begun elsewhere while this phone still waited
    running = start.start(actor(), exam_id, edge.now())
    heard.note_opening(running.attempt_id)
    return redirect(url_for("attempts.page", attempt_id=running.attempt_id), 303)
