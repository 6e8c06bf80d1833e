"""The OpenAPI 3.1 document, made from the declarations that also check the requests."""

import re
from functools import lru_cache

import msgspec

from quizapp.web.access import PUBLIC
from quizapp.web.api import blueprint, shapes
from quizapp.web.api.endpoint import OPERATIONS, Operation, endpoint

REFS = "#/components/schemas/{name}"
WORDS = {
    400: "Not understood",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not there, or not for you",
    409: "Not in this state",
    422: "Wrong content",
    429: "Too often",
    503: "Busy; keep and send again",
}


class Problem(shapes.Returned):
    """RFC 9457 problem; `type` is stable, `detail` is a sentence for a person."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    problems: list[dict[str, str]] = []


@endpoint(blueprint, "GET", "/openapi.json", PUBLIC, {200: dict}, "This document")
def document():
    return 200, build()


@lru_cache(maxsize=1)
def build() -> dict:
    """Return the whole document."""
    types = {shape for one in OPERATIONS for shape in (one.body, *one.replies.values()) if shape not in (None, dict)}
    ordered = [Problem, *sorted(types, key=str)]
    schemas, components = msgspec.json.schema_components(ordered, ref_template=REFS)
    by_type = dict(zip(ordered, schemas, strict=True))
    paths: dict[str, dict] = {}
    for one in OPERATIONS:
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", "/api/v1" + one.path)
        paths.setdefault(path, {})[one.method.lower()] = _operation(one, by_type)
    return {
        "openapi": "3.1.0",
        "info": {"title": "quizapp", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "quizapp"}},
        },
    }


def _operation(one: Operation, by_type: dict) -> dict:
    names = re.findall(r"<(?:\w+:)?(\w+)>", one.path)
    parameters = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    parameters += [{"name": name, "in": "query", "schema": {"type": "string"}} for name in one.query]
    if one.method != "GET":
        parameters.append({"name": "X-CSRFToken", "in": "header", "required": True, "schema": {"type": "string"}})
    responses = {str(status): _reply(shape, by_type) for status, shape in one.replies.items()}
    refusals = {*one.refusals, *((400, 422) if one.body else ()), *((400,) if one.method != "GET" else ())}
    for status in sorted(refusals):
        responses[str(status)] = {
            "description": WORDS[status],
            "content": {"application/problem+json": {"schema": by_type[Problem]}},
        }
    made = {"summary": one.summary, "parameters": parameters, "responses": responses}
    if one.who != PUBLIC:
        made["security"] = [{"session": []}]
    if one.body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": by_type[one.body]}}}
    return made


def _reply(shape, by_type: dict) -> dict:
    if shape is None:
        return {"description": "Done"}
    schema = {"type": "object"} if shape is dict else by_type[shape]
    return {"description": "Done", "content": {"application/json": {"schema": schema}}}
