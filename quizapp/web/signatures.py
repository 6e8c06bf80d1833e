"""What proves a session and a request of our own pages, as short as it may be: it travels with every answer save.

Whether the session itself still lives is not remembered: it is read from the database on every request.
"""

import base64
import hashlib
import hmac
import re

from flask import Flask, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature

from quizapp.extensions import csrf
from quizapp.services.remembered import Remembered

KEPT = 20_000  # cookies of a process, some 300 bytes each
TOKEN_HEADER, TOKEN_FIELD = "X-CSRFToken", "csrf_token"
SECRET = re.compile(r"[\w-]{22,43}", re.ASCII)  # of a session, as services/sign_in makes it; what is signed has dots


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie; where it would hold nothing but a session's secret, the secret alone.

    Nobody can guess a secret, so that it needs no signature. What is signed is verified once a process.
    """

    def __init__(self):
        self.verified = Remembered(KEPT)

    def open_session(self, app: Flask, request):
        """Return what the cookie holds; an empty session where it is missing or forged.

        Its age is not asked: when a session ends stands in its row, and by the machine's clock, once that is put
        back, nobody could save any more.
        """
        cookie = request.cookies.get(app.config["SESSION_COOKIE_NAME"])
        if not cookie:
            return self.session_class()
        held = self.verified.get(cookie)
        if held is None:
            held = self._verify(app, cookie)
        return self.session_class(held)

    def _verify(self, app: Flask, cookie: str):
        if SECRET.fullmatch(cookie):
            held = _held_by(app, cookie)
        else:
            try:
                held = self.get_signing_serializer(app).loads(cookie)
            except BadSignature:
                return None
        if all(isinstance(value, str | bool) for value in held.values()):  # a list might be changed by its reader
            self.verified.put(cookie, held)
        return held

    def save_session(self, app: Flask, session, response) -> None:
        """Write the cookie where something in it changed."""
        if not session or session.modified or session.permanent:
            super().save_session(app, session, response)
        else:
            vary = response.headers.get("Vary")
            response.headers["Vary"] = f"{vary}, Cookie" if vary else "Cookie"

    def get_signing_serializer(self, app: Flask):
        """Return what writes and reads the cookie's text."""
        return _Shortest(app, super().get_signing_serializer(app))


class _Shortest:
    """Writes a session as its bare secret where that is all it holds, else signed."""

    def __init__(self, app: Flask, signed):
        self.app, self.signed, self.loads = app, signed, signed.loads

    def dumps(self, held: dict) -> str:
        secret = held.get("_user_id")
        is_all = secret and SECRET.fullmatch(secret) and held == _held_by(self.app, secret)
        return secret if is_all else self.signed.dumps(held)


def _held_by(app: Flask, secret: str) -> dict[str, str]:
    """Return what a session holds by its secret alone: who it is, and the token that its requests must bear."""
    made = hmac.digest(app.secret_key.encode(), b"request token " + secret.encode(), hashlib.sha256)
    return {"_user_id": secret, TOKEN_FIELD: base64.urlsafe_b64encode(made[:16]).decode().rstrip("=")}


def bind(secret: str) -> None:
    """Let this browser go on under a session's secret, with a fresh token for its requests."""
    session.update(_held_by(current_app, secret))
    g.pop(TOKEN_FIELD, None)


def request_token() -> str:
    """Return the token that unsafe requests of this browser must bear, in a header or a field."""
    if TOKEN_FIELD not in session:
        generate_csrf()
    return session[TOKEN_FIELD]


def register(app: Flask) -> None:
    """Open sessions by remembered signatures, and demand the token of every unsafe request."""
    app.session_interface = Sessions()
    app.jinja_env.globals[TOKEN_FIELD] = request_token  # for macros, which see no context
    app.context_processor(lambda: {TOKEN_FIELD: request_token})
    unsafe = app.config["WTF_CSRF_METHODS"]

    @app.before_request
    def demand_token():
        if request.method not in unsafe:
            return
        wanted = session.get(TOKEN_FIELD)
        if wanted and (_is(wanted, request.headers.get(TOKEN_HEADER)) or _is(wanted, request.form.get(TOKEN_FIELD))):
            g.csrf_valid = True
            return
        csrf.protect(apply_exemptions=True)


def _is(wanted: str, given: str | None) -> bool:
    return given is not None and hmac.compare_digest(given.encode(), wanted.encode())
