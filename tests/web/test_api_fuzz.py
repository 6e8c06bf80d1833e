"""I1: requests made up from our own OpenAPI document: no error of ours, and every reply is one that it describes."""

import re

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

SEED = 20260731
# NUL, or half of a pair: no text of ours may hold it, and the document's pattern says so. Where a length stands beside
# the pattern the machine now and then makes such a text all the same, and calls the request valid.
UNSTORABLE = re.compile(r"\\u0000|(?<!\\ud[89ab]..)\\ud[c-f]..|\\ud[89ab]..(?!\\ud[c-f])")
WHO = {"trainee": ("attempts", "exams", "rankings", "receipts", "session", "csrf"), "township_leader": ("evaluations",)}


def settings(visitor, ids: dict[str, str], examples: int, seed: int) -> SchemathesisConfig:
    """Return how the machine calls: signed in, with the token, with real ids among the made-up ones."""
    real = {"exam_id": [ids["exam"], ids["released"], ids["coming"]], "attempt_id": [ids["attempt"], ids["done"]],
            "campaign_id": [ids["campaign"]], "unit_code": [ids["village"]], "code": [ids["receipt"]]}  # fmt: skip
    return SchemathesisConfig.from_dict({
        "seed": seed,
        "auth": {"openapi": {"session": {"api_key": visitor.client.get_cookie("quizapp").value}}},
        "headers": {"X-CSRFToken": visitor.token(), "Accept-Encoding": "identity"},
        "dictionaries": {name: {"values": values} for name, values in real.items()},
        "parameters": {f"path.{name}": {"dictionary": name, "probability": 0.7} for name in real},
        "checks": {"ignored_auth": {"enabled": False}},  # the access matrix proves it; here it trips over itself
        "generation": {"max-examples": examples},
    })  # fmt: skip


def whole(value):
    """Return JSON with 7.0 written as 7: a schema cannot tell the two apart, a strict reader does."""
    if isinstance(value, dict):
        return {name: whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def is_wrongly_valid(failed) -> bool:
    """Whether the machine complains that a request was refused which the document refuses as well."""
    return str(failed.failure).startswith("Schema-valid request rejected") and bool(UNSTORABLE.search(failed.code_sample))


def run(town, name: str, examples: int, seed: int = SEED) -> tuple[int, list[str]]:
    """Let the machine call as this visitor; return how many calls it made and what it complains of."""
    config = settings(town.visitor(name), town.ids, examples, seed)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", town.app, config=config)
    schema.hook("map_body")(lambda context, body: whole(body))
    for other in set(sum(WHO.values(), ())) - set(WHO[name]):
        schema = schema.exclude(path_regex=f"^/api/v1/{other}")
    calls, complaints = 0, []
    for event in from_schema(schema.exclude(method="DELETE")).execute():  # signing out would end the test
        if isinstance(event, events.ScenarioFinished):
            calls += len(event.recorder.cases)
            failed = [one.failure_info for checks in event.recorder.checks.values() for one in checks]
            complaints += [f"{one.failure}\n{one.code_sample}" for one in failed if one and not is_wrongly_valid(one)]
        elif isinstance(event, (events.NonFatalError, events.FatalError)):
            complaints.append(repr(event))
    return calls, complaints


@pytest.mark.parametrize("name", WHO)
def test_i1_no_made_up_request_gets_an_answer_that_the_document_does_not_know(town, name):
    """I1 in short: coverage, fuzzing and stateful phases over what a trainee and a leader may call."""
    calls, complaints = run(town, name, examples=10)
    assert not complaints, "\n\n".join(complaints)
    assert calls > 40


@pytest.mark.soak("I1")
@pytest.mark.timeout(3600)
def test_i1_twenty_thousand_made_up_requests(town):
    """I1: the same at length."""
    calls = 0
    for seed in range(SEED, SEED + 100):
        for name in WHO:
            done, complaints = run(town, name, 100, seed)
            assert not complaints, f"seed {seed}\n" + "\n\n".join(complaints)
            calls += done
        if calls > 20_000:
            return
    raise AssertionError(f"only {calls} calls")
