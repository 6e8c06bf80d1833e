"""Signing in and out, and the token that unsafe calls must carry."""

from quizapp.web import signatures, signed_in
from quizapp.web.access import PUBLIC, SIGNED_IN
from quizapp.web.api import blueprint
from quizapp.web.api.endpoint import endpoint
from quizapp.web.api.shapes import PersonOut, SessionOut, SignInBody, Token


@endpoint(blueprint, "GET", "/csrf", PUBLIC, {200: Token}, "The token for the X-CSRFToken header")
def csrf_token():
    return 200, Token(signatures.request_token())


@endpoint(blueprint, "POST", "/session", PUBLIC, {200: SessionOut}, "Sign in", body=SignInBody, refusals=(401, 429))
def sign_in(body: SignInBody):
    actor = signed_in.begin(body.login, body.password)
    return 200, SessionOut(PersonOut(actor.public_id, actor.name), list(actor.roles), signatures.request_token())


@endpoint(blueprint, "DELETE", "/session", SIGNED_IN, {204: None}, "Sign out")
def sign_out():
    signed_in.end()
    return 204, None
