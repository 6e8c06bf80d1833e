"""Setting exams up and looking after them; one file a subject."""

from flask import Blueprint

blueprint = Blueprint("exams_manage", __name__, url_prefix="/manage/exams")

from quizapp.web.exam_management import (  # noqa: E402 (they declare their addresses)
    closing,  # noqa: F401
    editing,  # noqa: F401
    extending,  # noqa: F401
    helping,  # noqa: F401
    late,  # noqa: F401
    looking,  # noqa: F401
    papers,  # noqa: F401
    watching,  # noqa: F401
)
