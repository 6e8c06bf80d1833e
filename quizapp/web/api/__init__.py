"""The JSON API, version 1: one file a noun, shapes in `shapes.py`, the machinery in `endpoint.py`."""

from flask import Blueprint, Flask

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


def register(app: Flask) -> None:
    """Hang the API in."""
    from quizapp.web.api import (  # noqa: F401 (they declare their addresses)
        attempts,
        evaluations,
        exams,
        openapi,
        rankings,
        schemas,
        session,
    )

    app.register_blueprint(blueprint)
