"""Who is signed in on this request, for Flask-Login: the session's secret in the cookie, the rest in the database."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from flask import Flask, after_this_request, current_app, g, request, session
from flask_login import UserMixin, login_user, logout_user

from quizapp.extensions import login_manager
from quizapp.rules.permissions import Actor
from quizapp.services import scope, sign_in
from quizapp.web import edge, signatures

DEVICE_COOKIE = "device"
SIGN_IN_PATHS = ("/sign-in", "/api/v1/session")
EXAM_PATH = "/attempts"
PERSON_COOKIE = "person"  # a public id, for the script; it opens nothing
TOUCH_AFTER = timedelta(minutes=5)


@dataclass
class User(UserMixin):
    """The signed-in person; roles are read from the database when they are first asked for."""

    token: str
    person_id: int
    public_id: str
    name: str
    unit_id: int
    is_active: bool = field(default=True)
    has_code: bool = False  # signed in with a one-time code

    def get_id(self) -> str:
        return self.token

    @cached_property
    def actor(self) -> Actor:
        return scope.load_actor(self.person_id, self.public_id, self.name, self.unit_id)


def register(app: Flask) -> None:
    """Teach Flask-Login to find the person of a session."""
    settings = app.extensions["settings"]
    idle = timedelta(minutes=settings.session_idle_minutes)
    login_manager.session_protection = None  # phones change their address; the secret in the cookie is what counts

    @login_manager.user_loader
    def load(token: str):
        if "is_reader_unknown" in g:
            return None
        found = sign_in.find_session(token, idle, edge.now())
        if found is None:
            return None
        if edge.now() - found.seen_at > TOUCH_AFTER:
            sign_in.touch_session(token, edge.now())
        return User(
            token, found.person_id, found.public_id, found.name, found.unit_id, has_code=bool(found.has_code)
        )


def begin(login: str, password: str) -> Actor:
    """Sign in on this browser: a fresh session and a fresh CSRF secret; what was open on it before ends."""
    settings = current_app.extensions["settings"]
    fresh = sign_in.sign_in(
        login,
        password,
        request.cookies.get(DEVICE_COOKIE, ""),
        request.user_agent.string,
        edge.address(),
        settings.session_hours,
        settings.sign_ins_per_minute,
        edge.now(),
    )
    old = session.get("_user_id")
    session.clear()
    if old:
        sign_in.sign_out(old)
    actor = fresh.actor
    user = User(fresh.token, actor.person_id, actor.public_id, actor.name, actor.unit_id)
    user.actor = actor
    login_user(user)
    for unread in ("_id", "_fresh"):
        session.pop(unread, None)  # nothing here asks for them, and every answer save would carry them
    carry_on(fresh.token)
    remember(fresh.device, actor.public_id)
    return actor


def carry_on(token: str) -> None:
    """Go on in this browser under a session's fresh secret."""
    signatures.bind(token)


def remember(device: str, person: str) -> None:
    """Mark this browser, with the reply to this request, as one the person has used; for a year.

    Either goes only where it is read, so that no answer save carries it. The cookie `person` tells the exam page's
    script whose answers it may show when there is no network.
    """
    shared = _flags()

    @after_this_request
    def mark(response):
        for path in SIGN_IN_PATHS:
            response.set_cookie(DEVICE_COOKIE, device, max_age=365 * 86400, httponly=True, path=path, **shared)
        response.set_cookie(PERSON_COOKIE, person, max_age=12 * 3600, path=EXAM_PATH, **shared)
        return response


def end() -> None:
    """Sign this browser out."""
    token = session.get("_user_id")
    logout_user()
    session.clear()
    if token:
        sign_in.sign_out(token)

    @after_this_request
    def forget(response):
        response.delete_cookie(PERSON_COOKIE, path=EXAM_PATH, **_flags())
        return response


def _flags() -> dict:
    return {"samesite": "Lax", "secure": current_app.config["SESSION_COOKIE_SECURE"]}
