"""The OpenAPI document is true: every good reply it promises is seen once, and every refusal is a problem in words."""

from datetime import UTC, datetime, timedelta

import pytest
import schemathesis

from tests.cast import PASSWORD

PAST = datetime(2026, 1, 1, tzinfo=UTC)


class Caller:
    """One visitor calling the API; each reply is held against the document, and what was seen is noted."""

    def __init__(self, town, name: str, seen: set):
        self.visitor, self.seen = town.visitor(name), seen
        self.schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", town.app)
        self.token = self.visitor.token()

    def call(self, method: str, template: str, body=None, query: str = "", **ids):
        path = "/api/v1" + template
        headers = {"X-CSRFToken": self.token, "Accept-Encoding": "identity"}
        reply = self.visitor.client.open(path.format(**ids) + query, method=method, json=body, headers=headers)
        self.schema[path][method].validate_response(reply)
        self.seen.add((path, method.lower(), str(reply.status_code)))
        return reply


def promised(town) -> set[tuple[str, str, str]]:
    """Return every (path, method, status) of a good reply that the document promises."""
    document = town.visitor("nobody").get("/api/v1/openapi.json").json
    return {
        (path, method, status)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        for status in operation["responses"]
        if status < "300"
    }


@pytest.fixture
def open_exam(town) -> str:
    """An exam that nobody has begun."""
    from quizapp.services import exam_setup
    from tests.stage import BLUEPRINT

    now = datetime.now(UTC).replace(microsecond=0)
    with town.app.app_context():
        draft = exam_setup.Draft("再考一次", town.ids["campaign"], now - timedelta(hours=1), now + timedelta(hours=1),
                                 3600, ["stage"], BLUEPRINT, counts=False)  # fmt: skip
        return exam_setup.create(None, draft, now)


def expire(town, attempt: str) -> None:
    """Let an attempt's time be over for long."""
    from sqlalchemy import update

    from quizapp.models import Attempt
    from quizapp.services.transaction import writing

    with town.app.app_context(), writing() as session:
        session.execute(update(Attempt).where(Attempt.public_id == attempt).values(deadline_at=PAST))


def test_i1_every_good_reply_that_the_document_promises_is_seen_and_fits(town, open_exam):
    """I1: the happy path of every operation, each reply validated against its schema."""
    seen, ids = set(), town.ids
    nobody, trainee = Caller(town, "nobody", seen), Caller(town, "trainee", seen)
    for template in ("/csrf", "/openapi.json", "/schemas/village-result.v1.json", "/receipts/{receipt}"):
        nobody.call("GET", template.replace("{receipt}", "{code}"), code=ids["receipt"])
    sit(trainee, town, open_exam)
    trainee.call("GET", "/exams")
    trainee.call("GET", "/attempts/{attempt_id}", attempt_id=ids["done"])
    for query in ("", "?by=unit", f"?within={ids['village']}&page=2"):
        trainee.call("GET", "/rankings/{exam_id}", query=query, exam_id=ids["released"])
    leader = Caller(town, "township_leader", seen)
    leader.call("GET", "/evaluations/{campaign_id}", campaign_id=ids["campaign"])
    leader.call("GET", "/evaluations/{campaign_id}/units/{unit_code}", campaign_id=ids["campaign"],
                unit_code=ids["village"])  # fmt: skip
    nobody.token = nobody.call("POST", "/session", {"login": "trainee", "password": PASSWORD}).json["csrf_token"]
    nobody.call("DELETE", "/session")
    assert promised(town) <= seen


def sit(trainee: Caller, town, exam: str) -> None:
    """Start, come back, save in time and late, look, hand in."""
    made = trainee.call("POST", "/exams/{exam_id}/attempts", {}, exam_id=exam)
    assert made.status_code == 201
    again = trainee.call("POST", "/exams/{exam_id}/attempts", {}, exam_id=exam).json
    item, mine = again["paper"]["items"][0], {"attempt_id": again["attempt_id"]}
    answer = {"slot": item["slot"], "seq": 1, "value": [item["options"][0]["id"]]}
    body = {"epoch": again["epoch"], "answers": [answer, {"slot": "99", "seq": 2, "value": 1}], "nonce": "n"}
    saved = trainee.call("PUT", "/attempts/{attempt_id}/answers", body, **mine).json
    assert (saved["saved"], list(saved["refused"])) == ({item["slot"]: 1}, ["99"])
    old = {"epoch": 1, "answers": [{**answer, "value": None}]}
    assert item["slot"] in trainee.call("PUT", "/attempts/{attempt_id}/answers", old, **mine).json["superseded"]
    trainee.call("GET", "/attempts/{attempt_id}", **mine)
    expire(town, again["attempt_id"])
    late = trainee.call("PUT", "/attempts/{attempt_id}/answers", {**body, "answers": [{**answer, "seq": 3}]}, **mine)
    assert (late.status_code, late.json["recorded"]) == (202, {item["slot"]: 3})
    trainee.call("POST", "/attempts/{attempt_id}/signals", {"device": "a", "left": 1}, **mine)
    trainee.call("POST", "/attempts/{attempt_id}/submission", {"epoch": again["epoch"], "answers": []}, **mine)


REFUSALS = [  # who, method, template, body, status, type
    ("nobody", "GET", "/exams", None, 401, "sign-in-needed"),
    ("nobody", "POST", "/session", {"login": "trainee", "password": "wrong"}, 401, "wrong-login"),
    ("trainee", "GET", "/evaluations/{campaign_id}", None, 403, "not-allowed"),
    ("trainee", "GET", "/attempts/{attempt_id}", None, 404, "not-found"),
    ("trainee", "POST", "/exams/{exam_id}/attempts", {}, 409, "not-open"),
    ("trainee", "POST", "/exams/{exam_id}/attempts", {"more": 1}, 422, "invalid"),
    ("trainee", "PUT", "/attempts/{attempt_id}/answers", {"epoch": 1}, 422, "invalid"),
    ("trainee", "GET", "/receipts/{code}", None, 404, "not-found"),
]


@pytest.mark.parametrize(("who", "method", "template", "body", "status", "kind"), REFUSALS)
def test_a_refusal_is_a_documented_problem_with_a_sentence(town, who, method, template, body, status, kind):
    ids = {"campaign_id": town.ids["campaign"], "attempt_id": town.ids["neighbours_attempt"], "code": "AAAAAAAAAA",
           "exam_id": town.ids["coming"]}  # fmt: skip
    reply = Caller(town, who, set()).call(method, template, body, **ids)
    assert (reply.status_code, reply.json["type"], reply.mimetype) == (status, kind, "application/problem+json")
    assert reply.json["status"] == status and reply.json["request_id"] == reply.headers["X-Request-Id"]
    assert " " in reply.json["detail"], "an English sentence, as this visitor chose"


# What never reaches an address of the API is told in the same form.
STRAYS = [
    ("GET", "/api/v1/nothing", {}, 404, "not-found"),
    ("GET", "/api/", {}, 404, "not-found"),
    ("PATCH", "/api/v1/exams", {}, 405, "method-not-allowed"),
    ("POST", "/api/v1/session", {"data": "x" * (21 * 2**20), "content_type": "application/json"}, 413, "too-large"),
    ("POST", "/api/v1/session", {"data": {"login": "trainee", "password": PASSWORD}}, 415, "unsupported"),
    ("POST", "/api/v1/session", {"data": "{}", "content_type": "text/plain"}, 415, "unsupported"),
]


@pytest.mark.parametrize(("method", "path", "what", "status", "kind"), STRAYS)
def test_everything_below_api_is_answered_with_a_problem_in_the_readers_language(town, method, path, what, status, kind):
    nobody = town.visitor("nobody")
    headers = {"X-CSRFToken": nobody.token()}
    english = nobody.client.open(path, method=method, headers=headers, **what)
    assert (english.status_code, english.mimetype) == (status, "application/problem+json")
    assert (english.json["type"], english.json["status"]) == (kind, status)
    nobody.client.delete_cookie("language")
    chinese = nobody.client.open(path, method=method, headers=headers, **what)
    assert chinese.json["type"] == kind and chinese.json["detail"].endswith("。")
    assert english.json["detail"].endswith(".")


def test_a_program_that_sends_json_without_naming_its_type_is_understood(town):
    nobody = town.visitor("nobody")
    raw = f'{{"login": "trainee", "password": "{PASSWORD}"}}'.encode()
    reply = nobody.client.post("/api/v1/session", data=raw, headers={"X-CSRFToken": nobody.token()})
    assert reply.status_code == 200


def test_the_document_names_the_cookie_of_this_instance(town):
    document = town.visitor("nobody").get("/api/v1/openapi.json").json
    scheme = document["components"]["securitySchemes"]["session"]
    assert scheme["name"] == town.app.config["SESSION_COOKIE_NAME"] == "quizapp"


def test_every_problem_of_our_own_is_documented(town):
    """The statuses that follow from method, body, path and caller are there without anybody listing them."""
    document = town.visitor("nobody").get("/api/v1/openapi.json").json
    save = document["paths"]["/api/v1/attempts/{attempt_id}/answers"]["put"]
    assert {"400", "401", "404", "413", "415", "422", "429", "503"} <= set(save["responses"])
    assert all("application/problem+json" in reply["content"] for status, reply in save["responses"].items()
               if status >= "400")  # fmt: skip
    assert "Retry-After" in save["responses"]["503"]["headers"]
