"""The exams a person may sit: the list, and the page before the start that says how much time there will be."""

from flask import Blueprint, redirect, render_template, url_for

from quizapp.services import exams
from quizapp.services.attempts import start
from quizapp.web import edge, heard
from quizapp.web.access import SIGNED_IN, access, actor

blueprint = Blueprint("exams", __name__)


@blueprint.get("/exams")
@access(SIGNED_IN)
def mine():
    return render_template("exams/mine.html", exams=exams.list_mine(actor(), edge.now()), now=edge.now())


@blueprint.get("/exams/<exam_id>")
@access(SIGNED_IN)
def page(exam_id: str):
    exam = exams.get_mine(actor(), exam_id, edge.now())
    return render_template("exams/page.html", exam=exam, facts=exams.facts(exam_id), now=edge.now())


@blueprint.post("/exams/<exam_id>")
@access(SIGNED_IN)
def begin(exam_id: str):
    running = start.start(actor(), exam_id, edge.now())
    heard.note_opening(running.attempt_id)
    return redirect(url_for("attempts.page", attempt_id=running.attempt_id), 303)
