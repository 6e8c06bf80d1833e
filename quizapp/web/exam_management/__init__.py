"""Setting exams up and looking after them; one file a subject."""

from flask import Blueprint

blueprint = Blueprint("exams_manage", __name__, url_prefix="/manage/exams")

from quizapp.web.exam_management import closing, editing, looking  # noqa: E402, F401 (they declare their addresses)
