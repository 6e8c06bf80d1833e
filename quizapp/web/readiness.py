"""Is it safe to go? One page for leaders and administrators, in words."""

from datetime import datetime

from flask import Blueprint, render_template, request, url_for

from quizapp.services import time_keeping
from quizapp.services.safety import judging
from quizapp.web import edge
from quizapp.web.access import access, actor
from quizapp.web.errors import sentence
from quizapp.web.frame import moment_words, opening_words

blueprint = Blueprint("readiness", __name__)


@blueprint.get("/readiness")
@access("readiness.view")
def page():
    server = request.environ.get("quizapp.server")
    verdict = judging.judge(actor(), edge.now(), server.report() if server else None)
    return render_template("readiness/page.html", verdict=verdict, lines=[in_words(one) for one in verdict.checks])


def in_words(check) -> dict:
    """Return a check with its sentences in the reader's language; moments are told as people tell them."""
    params = {
        name: (opening_words if name == "opens" else moment_words)(value) if isinstance(value, datetime) else value
        for name, value in check.params.items()
    }
    return {
        "state": check.state,
        "title": sentence(check.title, {}) if check.name != "exam" else check.title,
        "said": sentence(check.said, params),
        "advice": sentence(check.advice, params) if check.advice else "",
        "href": url_for("clock.page") if check.name == "clock" and actor().may(time_keeping.DEED) else "",
    }
