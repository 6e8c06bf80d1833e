"""How an API address is declared: method, path, who may call it, the shape it takes and the shapes it returns.

The same declaration checks the request, writes the reply and fills the OpenAPI document.
"""

import json
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Blueprint, Response, abort, request

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.words import N_
from quizapp.web.access import access

JSON = ("application/json", "")  # a form, which a foreign page could send, is no request to a program
OPERATIONS: list["Operation"] = []
encoder = msgspec.json.Encoder()


@dataclass(frozen=True)
class Operation:
    """One declared address, as the OpenAPI document needs it."""

    method: str
    path: str
    who: str
    summary: str
    body: Any
    replies: dict[int, Any]
    query: dict[str, dict]
    refusals: tuple[int, ...]


def decode(raw: bytes, decoder: msgspec.json.Decoder):
    """Return the body in the decoder's shape. Raises Invalid naming the place.

    A body that only a lone surrogate spoils is read all the same, so that the slot and not the batch is refused.
    """
    try:
        return decoder.decode(raw or b"null")
    except msgspec.ValidationError as error:
        raise _wrong_shape(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return msgspec.convert(json.loads(raw), decoder.type)
    except msgspec.ValidationError as error:
        raise _wrong_shape(error) from None
    except (ValueError, RecursionError):
        raise Invalid([Problem("not-json", N_("The request body is not JSON."), "$")]) from None


def _wrong_shape(error: msgspec.ValidationError) -> Invalid:
    what, _, place = str(error).partition(" - at `")
    return Invalid(
        [
            Problem(
                "wrong-shape",
                N_("The request does not have the right shape: %(what)s."),
                place.rstrip("`") or "$",
                {"what": what},
            )
        ]
    )


def endpoint(
    blueprint: Blueprint,
    method: str,
    path: str,
    who: str,
    replies: dict[int, Any],
    summary: str,
    body: Any = None,
    query: dict[str, dict] | None = None,
    refusals: tuple[int, ...] = (),
):
    """Declare an API view; it returns (status, value), and `body` comes as its first argument where one is declared.

    `query` holds a JSON Schema a parameter. `refusals` are those of this address alone: what follows from method,
    body, path and `who` is documented by itself.
    """

    def declare(view):
        OPERATIONS.append(Operation(method, path, who, summary, body, replies, query or {}, refusals))
        # Made here, where one thread is at work: several that meet a shape for the first time crash the process.
        decoder = None if body is None else msgspec.json.Decoder(body)

        def run(**values):
            if decoder is not None:
                if request.mimetype not in JSON:
                    abort(415)
                status, value = view(decode(request.get_data(cache=False), decoder), **values)
            else:
                status, value = view(**values)
            if value is None:
                return Response(status=status)
            return Response(encoder.encode(value), status, content_type="application/json")

        noun = view.__module__.rpartition(".")[2]
        blueprint.add_url_rule(path, f"{noun}_{view.__name__}", access(who)(run), methods=[method])
        return view

    return declare
