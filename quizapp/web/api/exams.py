"""The exams that a person may sit."""

from msgspec import UNSET

from quizapp.rules.clock import rfc3339 as stamp
from quizapp.services import exams
from quizapp.web import edge
from quizapp.web.access import SIGNED_IN, actor
from quizapp.web.api import blueprint
from quizapp.web.api.endpoint import endpoint
from quizapp.web.api.shapes import ExamOut


@endpoint(blueprint, "GET", "/exams", SIGNED_IN, {200: list[ExamOut]}, "The exams of the signed-in person")
def list_mine():
    return 200, [
        ExamOut(
            one.id,
            one.title,
            stamp(one.opens_at),
            stamp(one.closes_at),
            one.limit_seconds,
            one.state,
            one.attempts_left,
            one.attempt_id or UNSET,
        )
        for one in exams.list_mine(actor(), edge.now())
    ]
