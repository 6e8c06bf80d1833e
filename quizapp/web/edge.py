"""The edge: the clock is read here once a request, ids are given, and every reply gets its headers."""

import random
import time
from datetime import UTC, datetime

from flask import Flask, abort, g, request
from flask_login import current_user

from quizapp.services.audit import Trace

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LAST_PAGE = 1_000_000  # where a page stands in a list has to fit into a database's number
API_HEADERS = {  # few, since every answer save carries them
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def now() -> datetime:
    """Return the moment this request reached the server, before it waited in any queue of ours (aware UTC)."""
    if "now" not in g:
        stamp = request.environ.get("quizapp.arrival_ms")
        g.now = datetime.fromtimestamp(stamp / 1000, UTC) if stamp else datetime.now(UTC)
    return g.now


def reply_time() -> datetime:
    """Return the moment of the reply, which a phone sets its countdown by."""
    clock_ms = request.environ.get("quizapp.clock_ms")
    return datetime.fromtimestamp(clock_ms() / 1000, UTC) if clock_ms else datetime.now(UTC)


def person_id() -> int:
    """Return the row id of whoever is signed in; the guard has made sure that somebody is."""
    return current_user.person_id


def request_id() -> str:
    """Return this request's id, as it stands in the log and in the reply."""
    if "request_id" not in g:
        g.request_id = f"{random.getrandbits(64):016x}"  # a name, no secret: asking the system costs a save its turn
    return g.request_id


def page_number() -> int:
    """Return which page of a list the request's address asks for, from 1; anything odd in it is the first."""
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)


def address() -> str:
    """Return the caller's address, as the trusted proxies report it."""
    return request.remote_addr or ""


def trace() -> Trace:
    """Return where this request's deeds come from, for the audit trail."""
    return Trace(request_id(), address())


def _refuse_nul() -> None:
    """Refuse a NUL in what was typed, chosen or named: no database takes it, and no person types it."""
    files = [(name, file.filename or "") for name, file in request.files.items(multi=True)]
    given = (*request.args.items(multi=True), *request.form.items(multi=True), *files)
    if any("\0" in text for pair in given for text in pair):
        abort(400)


def register(app: Flask) -> None:
    """Stamp requests and complete replies."""
    always = {"Cache-Control": "no-store"}
    if app.extensions["settings"].is_https:
        always["Strict-Transport-Security"] = "max-age=31536000"
    api, pages = (tuple({**some, **always}.items()) for some in (API_HEADERS, HEADERS))

    @app.before_request
    def begin():
        asked = request._get_current_object()
        g.began = time.perf_counter()
        if "\0" in asked.path:
            abort(404)
        if asked.query_string or asked.mimetype != "application/json" and (asked.form or asked.files):
            _refuse_nul()

    @app.after_request
    def complete(response):
        headers = response.headers
        given = {name.lower() for name, _ in headers}
        usual = api if request.path.startswith("/api/") else pages
        headers.extend(pair for pair in usual if pair[0].lower() not in given)
        headers["X-Request-Id"] = request_id()
        return response
