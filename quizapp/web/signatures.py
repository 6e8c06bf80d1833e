"""Signatures that come with every answer save, the same each time: what one verified to is remembered by its bytes.

Whether the session itself still lives is not remembered: it is read from the database on every request.
"""

from flask import Flask, g, request, session
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature

from quizapp.extensions import csrf
from quizapp.services.remembered import Remembered

KEPT = 20_000  # cookies or tokens of a process, some 300 bytes each
TOKEN_HEADER = "X-CSRFToken"


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, verified once a process and not once a request."""

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


def register(app: Flask) -> None:
    """Open sessions by remembered signatures, and demand the CSRF token of every unsafe request."""
    app.session_interface = Sessions()
    unsafe = app.config["WTF_CSRF_METHODS"]
    verified = Remembered(KEPT)

    @app.before_request
    def demand_token():
        asked = request._get_current_object()
        if asked.method not in unsafe:
            return
        pair = (session.get("csrf_token"), asked.headers.get(TOKEN_HEADER))
        if pair[0] and pair[1] and verified.get(pair):
            g.csrf_valid = True
            return
        csrf.protect(apply_exemptions=True)
        if g.get("csrf_valid") and "csrf_token" not in asked.form:
            verified.put(pair, True)
