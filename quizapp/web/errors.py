"""One place turns refusals into pages and JSON problems: what happened, what is safe, what to do now."""

import msgspec
from flask import Flask, Response, g, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from quizapp.rules.errors import Refusal
from quizapp.rules.words import N_
from quizapp.services.transaction import STORAGE_FAULTS
from quizapp.web import edge, logs

RETRY_AFTER = "3"  # seconds, for whoever met a fault of the database

SENTENCES = {
    400: N_("The request could not be understood."),
    404: N_("There is nothing here, or it is not for you to see."),
    405: N_("This address does not take that kind of request."),
    413: N_("That is too large."),
    415: N_("That kind of content is not taken here."),
    429: N_("Too many requests at once. Please wait a moment."),
    500: N_("Something went wrong on our side. What was shown as saved is safe."),
    503: N_("The server is very busy. What was shown as saved is safe; please try again in a moment."),
}
SLUGS = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported",
    429: "too-many",
    500: "internal",
    503: "busy",
}


class SignInNeeded(Refusal):
    """Nobody is signed in, or the session is over."""

    status = 401
    type = "sign-in-needed"

    def __init__(self):
        super().__init__(N_("Please sign in."))


def sentence(message: str, params: dict) -> str:
    """Return a marked sentence in the reader's language with its values filled in."""
    text = gettext(message)
    return text % params if params else text


def problem(status: int, type: str, detail: str, headers: dict | None = None, **more) -> Response:
    """Return an RFC 9457 problem; `type` is stable, `detail` is a sentence for a person."""
    body = {"type": type, "title": detail, "status": status, "detail": detail, "request_id": edge.request_id(), **more}
    return Response(msgspec.json.encode(body), status, headers, content_type="application/problem+json")


def wants_json() -> bool:
    """Whether the caller is a program: the API's addresses."""
    return request.path.startswith("/api/")


def register(app: Flask) -> None:
    """Answer every refusal and error in the reader's form and language."""

    @app.errorhandler(Refusal)
    def refused(error: Refusal):
        detail = sentence(error.message, error.params)
        problems = [
            {"code": item.code, "message": sentence(item.message, item.params), "place": item.place}
            for item in getattr(error, "problems", [])
        ]
        headers = {"Retry-After": str(error.retry_after)} if getattr(error, "retry_after", None) else None
        if wants_json():
            more = {"problems": problems} if problems else {}
            return problem(error.status, error.type, detail, headers, **more)
        return page(error.status, detail, problems, headers)

    @app.errorhandler(CSRFError)
    def forged(error):
        detail = gettext(
            N_("This page was open for too long or in another sign-in. Please load it again; nothing was changed.")
        )
        return problem(400, "csrf", detail) if wants_json() else page(400, detail)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException):
        if error.code is None or error.code < 400:
            return error
        status = error.code
        detail = gettext(SENTENCES.get(status, SENTENCES[400 if status < 500 else 500]))
        headers = {"Allow": ", ".join(sorted(error.valid_methods))} if status == 405 and error.valid_methods else None
        if wants_json():
            return problem(status, SLUGS.get(status, "bad-request"), detail, headers)
        return page(status, detail, headers=headers)

    def unavailable(error: Exception):
        told = {"id": edge.request_id(), "fault": type(error).__name__, "detail": str(error).splitlines()[0]}
        logs.log.error("storage", extra=told)
        detail, headers = gettext(SENTENCES[503]), {"Retry-After": RETRY_AFTER}
        return problem(503, "busy", detail, headers) if wants_json() else page(503, detail, headers=headers)

    for fault in STORAGE_FAULTS:
        app.register_error_handler(fault, unavailable)

    @app.errorhandler(Exception)
    def broken(error: Exception):
        told = {"id": edge.request_id(), "route": request.url_rule.rule if request.url_rule else ""}
        logs.log.exception("unhandled", extra=told)
        if app.testing:
            raise error
        detail = gettext(SENTENCES[500])
        return problem(500, "internal", detail) if wants_json() else page(500, detail)


def page(status: int, detail: str, problems: list | None = None, headers: dict | None = None) -> Response:
    """Return the error page of a status; it asks the database nothing, which may be what has failed."""
    g.is_reader_unknown = True
    html = render_template(
        "errors/page.html", status=status, detail=detail, problems=problems or [], request_id=edge.request_id()
    )
    return Response(html, status, headers, content_type="text/html; charset=utf-8")
