"""The OpenAPI 3.1 document, made from the declarations that also check the requests."""

import re
from functools import lru_cache

import msgspec
from flask import current_app

from quizapp.web.access import PUBLIC, SIGNED_IN
from quizapp.web.api import blueprint, shapes
from quizapp.web.api.endpoint import OPERATIONS, Operation, endpoint

REFS = "#/components/schemas/{name}"
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
WORDS = {
    400: "The token is missing or of another sign-in, or the request cannot be understood",
    401: "Not signed in",
    403: "Not for the caller's role",
    404: "Not there, or not for the caller",
    409: "Not in this state",
    413: "Too large",
    415: "Not JSON",
    422: "Wrong content; every problem is listed",
    429: "Too often; again after Retry-After",
    503: "Busy or full; keep what was sent and send it again after Retry-After",
}
WAITING = (429, 503)
RETRY_AFTER = {"Retry-After": {"description": "seconds", "schema": {"type": "integer", "minimum": 1}}}


class InputProblem(shapes.Returned, omit_defaults=False):
    """One thing that is wrong with the input, and where it stands in it."""

    code: str
    message: str
    place: str


class Problem(shapes.Returned):
    """RFC 9457 problem; `type` is stable, `detail` is a sentence for a person."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    problems: list[InputProblem] = []


@endpoint(blueprint, "GET", "/openapi.json", PUBLIC, {200: dict}, "This document")
def document():
    return 200, build(current_app.config["SESSION_COOKIE_NAME"])


@lru_cache(maxsize=2)
def build(cookie: str) -> dict:
    """Return the whole document; `cookie` is the name of the one that holds the session."""
    types = {shape for one in OPERATIONS for shape in (one.body, *one.replies.values()) if shape not in (None, dict)}
    ordered = [Problem, *sorted(types, key=str)]
    schemas, components = msgspec.json.schema_components(ordered, ref_template=REFS)
    by_type = dict(zip(ordered, schemas, strict=True))
    paths: dict[str, dict] = {}
    for one in OPERATIONS:
        path = PLACE.sub(r"{\1}", "/api/v1" + one.path)
        paths.setdefault(path, {})[one.method.lower()] = _operation(one, by_type)
    return {
        "openapi": "3.1.0",
        "info": {"title": "quizapp", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": cookie}},
        },
    }


def _operation(one: Operation, by_type: dict) -> dict:
    responses = {str(status): _reply(shape, by_type) for status, shape in one.replies.items()}
    for status in sorted(_refusals(one)):
        responses[str(status)] = _refusal(status, by_type[Problem])
    made = {"summary": one.summary, "parameters": _parameters(one), "responses": responses}
    if one.who != PUBLIC or one.method != "GET":  # the token belongs to a session, also to that of nobody
        made["security"] = [{"session": []}]
    if one.body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": by_type[one.body]}}}
    return made


def _refusals(one: Operation) -> set[int]:
    """Return the statuses that method, body, path and caller bring with them, and those declared."""
    found = {400, 503, *one.refusals}
    if one.body is not None:
        found |= {413, 415, 422}
    if one.who != PUBLIC:
        found.add(401)
    if one.who not in (PUBLIC, SIGNED_IN):
        found.add(403)
    if "<" in one.path:
        found.add(404)
    return found


def _parameters(one: Operation) -> list[dict]:
    found = [_parameter(name, "path", {"type": "string", "minLength": 1}) for name in PLACE.findall(one.path)]
    found += [_parameter(name, "query", schema) for name, schema in one.query.items()]
    if one.method != "GET":
        found.append(_parameter("X-CSRFToken", "header", {"type": "string"}))
    return found


def _parameter(name: str, where: str, schema: dict) -> dict:
    return {"name": name, "in": where, "required": where != "query", "schema": schema}


def _refusal(status: int, problem: dict) -> dict:
    told = {"description": WORDS[status], "content": {"application/problem+json": {"schema": problem}}}
    return told | {"headers": RETRY_AFTER} if status in WAITING else told


def _reply(shape, by_type: dict) -> dict:
    if shape is None:
        return {"description": "Done"}
    schema = {"type": "object"} if shape is dict else by_type[shape]
    return {"description": "Done", "content": {"application/json": {"schema": schema}}}
