"""Question banks for trainers: looking through them, bringing them in; one file a subject."""

from flask import Blueprint

blueprint = Blueprint("banks", __name__)

from quizapp.web.banks import looking, uploading  # noqa: E402, F401 (they declare their addresses)
