"""Starting, saving and handing in over the real server, many at once, on the contract's terms."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.contract.program import Program, some_value
from tests.live import LiveServer

turns = itertools.count()


@pytest.fixture(scope="module")
def demo_server(demo_template, tmp_path_factory):
    """One server for all tests here: each takes a trainee of its own."""
    server = LiveServer(tmp_path_factory.mktemp("contract")).adopt(demo_template).start()
    yield server
    server.kill()


@pytest.fixture
def account(demo_server) -> dict:
    """A trainee who has not begun."""
    return demo_server.account("trainee", next(turns))


@pytest.fixture
def trainee(demo_server, account) -> Program:
    return Program(demo_server.port).sign_in(account)


def at_once(number: int, deed) -> list:
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(deed, range(number)))


def copies(program: Program, number: int) -> list[Program]:
    return [Program(program.port, dict(program.cookies), program.token) for _ in range(number)]


def test_b3_fifty_starts_at_once_give_one_attempt(demo_server, trainee, account):
    """B3: two devices, one attempt, the same paper for all."""
    exam = demo_server.demo["exam_id"]
    devices = copies(trainee, 25) + copies(Program(demo_server.port).sign_in(account), 25)
    replies = at_once(50, lambda n: devices[n].start(exam))
    assert len({reply["attempt_id"] for reply in replies}) == 1
    assert len({str(reply["paper"]) for reply in replies}) == 1
    assert sorted(reply["epoch"] for reply in replies) == list(range(1, 51)), "no two devices share an epoch"
    assert trainee.get("/exams").body[-1]["attempts_left"] == 0


def test_c8_a_device_that_names_its_attempt_never_begins_the_next(demo_server, trainee):
    """C8: open it goes on, handed in it is told so; a foreign one is not there; `{}` stays a start."""
    path = f"/exams/{demo_server.demo['exam_id']}/attempts"
    attempt = trainee.start(demo_server.demo["exam_id"])
    named = {"attempt_id": attempt["attempt_id"]}
    again = trainee.call("POST", path, named)
    assert (again.status, again.body["epoch"], again.body["state"]) == (200, 2, "open")
    other = Program(demo_server.port).sign_in(demo_server.account("trainee", next(turns)))
    assert other.call("POST", path, named).status == 404
    trainee.submit(attempt)
    over = trainee.call("POST", path, named)
    assert (over.status, over.body["attempt_id"], over.body["state"]) == (200, attempt["attempt_id"], "submitted")
    assert trainee.call("POST", path, {"attempt": "x"}).status == 422


def test_b4_fifty_hand_ins_at_once_mixed_with_saves_give_one_receipt(demo_server, trainee):
    """B4: the same receipt in every answer."""
    attempt = trainee.start(demo_server.demo["exam_id"])
    items = attempt["paper"]["items"]
    devices = copies(trainee, 60)

    def deed(n):
        if n % 6 == 5:
            return devices[n].save(attempt, (items[n % 20]["slot"], n + 1, some_value(items[n % 20])))
        return devices[n].submit(attempt)

    replies = at_once(60, deed)
    receipts = {reply.body["receipt"]["code"] for n, reply in enumerate(replies) if n % 6 != 5}
    assert len(receipts) == 1
    assert all(reply.status in (200, 202) for reply in replies)
    code = receipts.pop()
    checked = Program(demo_server.port).get(f"/receipts/{code}").body
    assert checked["valid"] and "score" not in checked
    saved = [n for n, reply in enumerate(replies) if n % 6 == 5 and reply.status == 200]
    standing = trainee.get(f"/attempts/{attempt['attempt_id']}").body["answers"]
    assert all(items[n % 20]["slot"] in standing for n in saved), "what was saved is in what was handed in"


def test_b11_two_phones_are_never_both_told_that_a_slot_is_saved(demo_server, trainee):
    """B11: per slot the newer epoch stands and the other phone is told what stands."""
    exam = demo_server.demo["exam_id"]
    old, new = trainee.start(exam), trainee.start(exam)
    items = old["paper"]["items"]
    phones = copies(trainee, 2)

    def race(n):
        attempt, item = (old, new)[n % 2], items[n // 2]
        program = Program(trainee.port, dict(phones[n % 2].cookies), trainee.token)
        return program.save(attempt, (item["slot"], n // 2 + 1, some_value(item, n % 2)))

    replies = at_once(40, race)
    for n, item in enumerate(items[:20]):
        slot, first, second = item["slot"], replies[2 * n].body, replies[2 * n + 1].body
        assert second["saved"] == {slot: n + 1}
        if first["saved"]:  # the old phone was first; asked again it learns what stands
            first = trainee.save(old, (slot, n + 1, some_value(item, 0))).body
        assert first["superseded"][slot]["epoch"] == new["epoch"]
        assert first["superseded"][slot]["value"] == some_value(item, 1)


def test_a_reply_carries_the_nonce_it_was_sent_and_little_else(demo_server, trainee):
    attempt = trainee.start(demo_server.demo["exam_id"])
    item = attempt["paper"]["items"][0]
    reply = trainee.save(attempt, (item["slot"], 1, some_value(item)), nonce="abc123")
    assert (reply.status, reply.body["nonce"], reply.headers["cache-control"]) == (200, "abc123", "no-store")
    assert reply.body["deadline_at"].endswith("Z") and len(reply.body["server_now"]) == len("2026-07-31T12:00:00.000Z")


BAD_BODIES = [
    b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"epoch": 1}',
    b'{"epoch": "1", "answers": []}', b'{"epoch": 1, "answers": [], "more": 1}',
    b'{"epoch": 1, "answers": [{"slot": "1", "seq": -1, "value": null}]}',
    b'{"epoch": true, "answers": []}',
    b'{"epoch": 1, "answers": [{"slot": "1", "seq": 1, "value": null}',
    b"[" * 5000,
]  # fmt: skip


def test_a_body_of_the_wrong_shape_is_refused_with_a_sentence(demo_server, trainee):
    attempt = trainee.start(demo_server.demo["exam_id"])
    for raw in BAD_BODIES:
        reply = trainee.call("PUT", f"/attempts/{attempt['attempt_id']}/answers", raw=raw)
        assert (reply.status, reply.headers["content-type"]) == (422, "application/problem+json"), raw
        assert reply.body["detail"] and reply.body["problems"][0]["place"]
    assert trainee.get(f"/attempts/{attempt['attempt_id']}").body["answers"] == {}


def test_one_bad_answer_does_not_take_the_others_with_it(demo_server, trainee):
    attempt = trainee.start(demo_server.demo["exam_id"])
    items = attempt["paper"]["items"]
    blanks = next(item for item in items if item["kind"] == "fill_blank")
    reply = trainee.save(
        attempt, (items[0]["slot"], 1, [items[0]["options"][0]["id"]]), ("999", 2, 1),
        (blanks["slot"], 3, ["\ud800", ""]), (blanks["slot"], 4, ["a\0", ""]),
    )  # fmt: skip
    assert (reply.status, reply.body["saved"]) == (200, {items[0]["slot"]: 1})
    assert set(reply.body["refused"]) == {"999", blanks["slot"]}
    assert all(problem["detail"] for problem in reply.body["refused"].values())


def test_a_forged_attempt_and_anothers_attempt_are_not_there(demo_server, trainee):
    attempt = trainee.start(demo_server.demo["exam_id"])
    other = Program(demo_server.port).sign_in(demo_server.account("trainee", next(turns)))
    for attempt_id in (attempt["attempt_id"], "aaaaaaaaaaaaaaaa", "1", "%00", "x" * 300):
        reply = other.save({**attempt, "attempt_id": attempt_id}, ("1", 1, None))
        assert reply.status == 404, attempt_id
        assert other.submit({**attempt, "attempt_id": attempt_id}).status == 404
        assert other.get(f"/attempts/{attempt_id}").status == 404


def test_h9_nothing_is_written_without_the_token_or_a_sign_in(demo_server, trainee):
    """H9: 400 of type csrf, 401 for nobody; both leave everything as it was."""
    attempt = trainee.start(demo_server.demo["exam_id"])
    item = attempt["paper"]["items"][0]
    without = Program(trainee.port, dict(trainee.cookies))
    reply = without.save(attempt, (item["slot"], 1, some_value(item)))
    assert (reply.status, reply.body["type"]) == (400, "csrf")
    nobody = Program(trainee.port)
    nobody.token = nobody.get("/csrf").body["csrf_token"]
    assert nobody.save(attempt, (item["slot"], 1, some_value(item))).status == 401
    assert trainee.get(f"/attempts/{attempt['attempt_id']}").body["answers"] == {}


def test_an_exam_outside_its_window_says_so(demo_server, trainee):
    mock = next(exam for exam in trainee.get("/exams").body if exam["state"] == "released")
    other = Program(demo_server.port).sign_in(demo_server.account("trainee", next(turns)))
    replies = [program.call("POST", f"/exams/{mock['id']}/attempts", {}) for program in (trainee, other)]
    assert {reply.status for reply in replies} == {409}
    assert all(reply.body["detail"] for reply in replies)
