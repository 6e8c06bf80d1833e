"""Default deny: every route says who may call it, or the application does not start."""

from flask import Flask, g, redirect, request, url_for
from flask_login import current_user

from quizapp.rules.errors import NotAllowed
from quizapp.rules.permissions import DEEDS, Actor
from quizapp.rules.words import N_
from quizapp.web.errors import SignInNeeded

PUBLIC = "public"
SIGNED_IN = "signed-in"
OPEN_WITH_A_CODE = ("people.password", "sign_in.leave")  # pages open before there is a password of one's own


def access(who: str):
    """Declare who may call a view: PUBLIC, SIGNED_IN, or a deed of rules/permissions.

    A deed lets in whoever holds a fitting role anywhere; in which units it holds is for the service to ask.
    """
    if who not in (PUBLIC, SIGNED_IN, *DEEDS):
        raise ValueError(f"no such access: {who}")

    def declare(view):
        view.access = who
        return view

    return declare


def actor() -> Actor:
    """Return who is signed in. Raises SignInNeeded."""
    if not current_user.is_authenticated:
        raise SignInNeeded()
    return current_user.actor


def declared(app: Flask, endpoint: str) -> str | None:
    """Return what the endpoint's view declared, or None."""
    return getattr(app.view_functions.get(endpoint), "access", None)


def register(app: Flask) -> None:
    """Guard every request, and refuse to start with an undeclared route."""
    missing = sorted({rule.endpoint for rule in app.url_map.iter_rules() if declared(app, rule.endpoint) is None})
    if missing:
        raise RuntimeError(f"routes that do not declare who may call them: {', '.join(missing)}")

    @app.before_request
    def guard():
        asked, endpoint = request._get_current_object(), request.endpoint
        if endpoint is None:
            return None
        who = declared(app, endpoint)
        if who == PUBLIC:
            return None
        user = current_user._get_current_object()
        if not user.is_authenticated:
            if asked.path.startswith("/api/"):
                raise SignInNeeded()
            target = asked.full_path.rstrip("?") if asked.method == "GET" else "/"
            return redirect(url_for("sign_in.page", next=target))
        g.person_public_id = user.public_id
        if user.has_code and endpoint not in OPEN_WITH_A_CODE and not asked.path.startswith("/api/"):
            return redirect(url_for("people.password", next=asked.path if asked.method == "GET" else "/"))
        if who != SIGNED_IN and not user.actor.may(who):
            raise NotAllowed(N_("Your role does not allow this."))
        return None
