"""Every column's pages, by name; nothing is found by scanning."""

from flask import Flask

from quizapp.web import health, sign_in

PAGES = (health, sign_in)


def register(app: Flask) -> None:
    """Hang in the pages."""
    for module in PAGES:
        app.register_blueprint(module.blueprint)
