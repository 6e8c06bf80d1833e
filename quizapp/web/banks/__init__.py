"""Question banks for trainers: looking through them, bringing them in; one file a subject."""

from flask import Blueprint

blueprint = Blueprint("banks", __name__)

from quizapp.web.banks import (  # noqa: E402, F401 (they declare their addresses)
    changing,
    exporting,
    health,
    imports,
    looking,
    preview,
    questions,
    reviewing,
    uploading,
    writing,
)
