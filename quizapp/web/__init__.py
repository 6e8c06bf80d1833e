"""ROOM 4: pages and the JSON API. Read the request, ask one service, show a template."""

from babel import Locale
from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.web import access, edge, errors, frame, logs, origin, signatures, signed_in, static

LANGUAGES = {"zh_CN": Locale("zh", "CN", script="Hans"), "en": Locale("en")}


def language() -> Locale:
    """Return the language this person chose, else the instance's default."""
    chosen = request.cookies.get("language", "") if request else ""
    return LANGUAGES.get(chosen) or LANGUAGES[current_app.config["BABEL_DEFAULT_LOCALE"]]


def register(app: Flask) -> None:
    """Hang every page, the API, the edge and the error pages into the application."""
    proxies = app.extensions["settings"].trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
    logs.register(app)
    edge.register(app)
    errors.register(app)
    signatures.register(app)
    origin.register(app)
    static.register(app)
    frame.register(app)
    signed_in.register(app)
    from quizapp.web import api, blueprints

    api.register(app)
    blueprints.register(app)
    access.register(app)
