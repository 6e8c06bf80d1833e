"""Every sheet arrives and is applied exactly once, whatever the receiver, the network or our own process does."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select, text
from standardwebhooks import Webhook

from quizapp.extensions import db
from quizapp.models import Delivery, Receiver, Sheet
from quizapp.rules.errors import NotFound
from quizapp.services.deliveries import lines as known
from quizapp.services.deliveries import outbound, queue, receivers, secrets, sending
from quizapp.services.evaluation import publishing
from tests.receiver import Receiver as Listener

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def lines(state: str = ""):
    db.session.rollback()
    return known.list_lines(None, state=state)


def states() -> list[str]:
    return sorted(line.state for line in lines())


def run(receiver, at) -> int:
    """Let a worker run at a moment, which is the receiver's moment too."""
    receiver.now = at
    return sending.deliver_due(at)


def test_every_sheet_arrives_signed_and_is_marked_only_then(published, receiver, released):
    assert states() == ["pending", "pending"]
    assert run(receiver, released.over) == 2
    assert states() == ["delivered", "delivered"]
    sheets = dict(db.session.execute(select(Sheet.event_id, Sheet.body)).all())
    assert receiver.applied == {event: json.loads(body) for event, body in sheets.items()}
    assert all(len(digest) == 64 for digest in db.session.scalars(select(Delivery.response_digest)))
    assert run(receiver, released.over + HOUR) == 0
    assert len(receiver.tries) == 2


def test_the_headers_are_those_of_standard_webhooks_with_both_signatures(published, receiver, released, monkeypatch):
    sent = []
    monkeypatch.setattr(outbound, "post", lambda url, headers, body, places: sent.append((headers, body)) or REPLY)
    sending.deliver_due(released.over)
    for headers, body in sent:
        assert [one.partition(",")[0] for one in headers["webhook-signature"].split()] == ["v1", "v1a"]
        known = Webhook(secrets._path("county").read_text().strip())
        known._Webhook__verify_timestamp = lambda stamp: released.over  # its clock is another one
        known.verify(body, headers)


REPLY = outbound.Reply(204, None, b"")


def test_f3_a_receiver_that_is_down_and_misbehaves_in_every_way_gets_everything_once(published, receiver, released):
    """F3, short: down, 5xx, 429 with Retry-After, time-outs, answers cut after processing, lies."""
    at, first = released.over, receiver.server_port
    receiver.stop()
    run(receiver, at)
    assert states() == ["pending", "pending"]
    back = Listener(at, first)
    back.secrets = receiver.secrets
    back.plan = [500, "reset", 503, (302, {"Location": "http://127.0.0.1:1/"}), "lie", "reset", 404]
    try:
        for _ in range(60):
            at += MINUTE
            run(back, at)
        assert states() == ["delivered", "delivered"]
        assert len(back.applied) == 2 and len(back.tries) == 9
        assert {body["event_id"] for body in back.applied.values()} == set(back.applied)
    finally:
        back.stop()


def test_retry_after_is_honoured_and_the_waits_grow(published, receiver, released):
    receiver.plan = [(429, {"Retry-After": "600"}), (429, {"Retry-After": "600"})]
    run(receiver, released.over)
    assert {line.next_at for line in lines()} == {released.over + 600 * SECOND}
    assert {line.last_error for line in lines()} == {"answered 429"}
    assert run(receiver, released.over + 599 * SECOND) == 0 and len(receiver.tries) == 2
    assert run(receiver, released.over + 600 * SECOND) == 2


@pytest.mark.parametrize("step", ["hang", "drip"])
def test_a_receiver_that_never_finishes_is_cut_off(published, receiver, released, monkeypatch, step):
    monkeypatch.setattr(outbound.post, "__defaults__", (0.3,))
    receiver.plan = [step]
    assert run(receiver, released.over) == 0
    assert {line.last_error for line in lines()} == {"", "no-answer"}, "one tries, the other waits for the next round"
    assert run(receiver, released.over + MINUTE) == 2


def test_an_answer_without_end_is_read_no_further_than_needed(published, receiver, released):
    receiver.plan = ["huge", "huge"]
    assert run(receiver, released.over) == 2


def kill_before_the_mark(*arguments):
    raise KeyboardInterrupt("killed between the answer and the mark")


def test_f4_killed_between_post_and_mark_the_sheet_is_sent_again_and_applied_once(
    published, receiver, released, monkeypatch
):
    """F4, short: the lease of the dead is waited for, then somebody else sends; the receiver knows the id."""
    with monkeypatch.context() as patch:
        patch.setattr(queue, "mark_delivered", kill_before_the_mark)
        with pytest.raises(KeyboardInterrupt):
            run(receiver, released.over)
    assert states() == ["pending", "pending"] and receiver.applied
    assert run(receiver, released.over + 59 * SECOND) <= 1, "what the dead one held is still held"
    run(receiver, released.over + 61 * SECOND)
    assert states() == ["delivered", "delivered"]
    assert len(receiver.applied) == 2 and len(receiver.tries) == 3


def test_f4_killed_before_the_post_nothing_is_lost(published, receiver, released, monkeypatch):
    """F4, short: claimed, but never sent."""
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_begin", kill_before_the_mark)
        with pytest.raises(KeyboardInterrupt):
            run(receiver, released.over)
    run(receiver, released.over + 61 * SECOND)
    assert states() == ["delivered", "delivered"] and len(receiver.tries) == 2


def test_f5_one_sheet_that_is_refused_blocks_no_other_and_turns_red_after_a_quarter_of_an_hour(
    published, receiver, released, publish_again
):
    """F5: the others arrive, the refused one is named, tried on, and failing within 15 minutes."""
    poison = db.session.scalar(select(Sheet.event_id).order_by(Sheet.id).limit(1))
    receiver.refuse = {poison}
    publish_again(1)
    run(receiver, released.over + MINUTE)
    assert states() == ["delivered", "delivered", "pending"]
    at = released.over + MINUTE
    while at <= released.over + 16 * MINUTE:
        at += 20 * SECOND
        run(receiver, at)
    (line,) = lines("failing")
    assert (line.last_error, line.attempts > 4) == ("answered 422", True)
    receiver.refuse = set()
    run(receiver, at + HOUR)
    assert states() == ["delivered"] * 3


def test_one_receiver_that_is_silent_holds_up_no_other(
    published, receiver, released, allow, publish_again, monkeypatch
):
    monkeypatch.setattr(outbound.post, "__defaults__", (1,))
    silent = Listener(released.over)
    silent.plan = ["hang"] * 9
    allow(receiver.place, silent.place)
    added = receivers.add("province", "省平台", silent.url, "999901101", released.over)
    silent.secrets = [secrets.read(added.slug)[0]]
    publish_again(1)
    try:
        run(receiver, released.over + MINUTE)
        assert {line.receiver_slug: line.state for line in lines()} == {"county": "delivered", "province": "pending"}
        assert len(receiver.applied) == 3
    finally:
        silent.stop()


def test_a_sheet_of_a_later_revision_arrives_though_an_earlier_one_is_stuck(
    published, receiver, released, publish_again
):
    first = db.session.scalar(select(Sheet.event_id).order_by(Sheet.id).limit(1))
    receiver.refuse = {first}
    run(receiver, released.over)
    publish_again(1)
    run(receiver, released.over + MINUTE)
    (later,) = [body for body in receiver.applied.values() if body["revision"] == 2]
    assert later["supersedes"] == first


def test_by_hand_a_delivery_goes_first_and_an_arrived_one_is_not_sent_again(published, receiver, released, cast):
    leader = cast.actor("township_leader")
    receiver.plan = [500, 500]
    run(receiver, released.over)
    line = lines()[0]
    queue.resend(leader, line.id, released.over + SECOND)
    assert run(receiver, released.over + SECOND) == 1
    queue.resend(leader, line.id, released.over + 2 * SECOND)
    assert run(receiver, released.over + 2 * SECOND) == 0


@pytest.mark.parametrize("login", ["stranger_leader", "village_leader", "auditor"])
def test_nobody_out_of_reach_sends_again_or_even_sees_it(published, released, cast, login):
    actor, line = cast.actor(login), lines()[0]
    assert bool(known.list_lines(actor)) == (login == "auditor")
    with pytest.raises(NotFound):
        queue.resend(actor, line.id, released.over)


def test_many_workers_at_once_send_every_sheet_once(app, published, receiver, released):
    barrier = Barrier(4)

    def work():
        with app.app_context():
            barrier.wait()
            return sending.deliver_due(released.over)

    with ThreadPoolExecutor(4) as pool:
        arrived = sum(future.result() for future in [pool.submit(work) for _ in range(4)])
    assert (arrived, len(receiver.tries), states()) == (2, 2, ["delivered", "delivered"])


def test_the_embedded_receiver_checks_the_signature_like_any_other(app_context, released, monkeypatch):
    publishing.publish(None, released.campaign, released.over)
    db.session.rollback()
    assert [one.kind for one in db.session.scalars(select(Receiver))] == ["embedded"]
    with monkeypatch.context() as patch:
        patch.setattr(sending, "signing_key", lambda: ("x", Ed25519PrivateKey.generate()))
        assert sending.deliver_due(released.over) == 0
    assert {line.last_error for line in lines()} == {"unverified"}
    assert sending.deliver_due(released.over + MINUTE) == 2


def test_a_missing_or_weak_secret_is_a_trouble_that_is_told(published, receiver, released):
    secrets._path("county").write_text("whsec_AAAA\n")
    assert run(receiver, released.over) == 0
    assert {line.last_error for line in lines()} == {"no-secret ValueError"}
    assert receiver.tries == []


def test_during_a_rotation_the_old_and_the_new_secret_both_sign(published, receiver, released):
    with secrets._path("county").open("a") as file:
        file.write("whsec_" + "QUJD" * 10 + "QQ==\n")
    receiver.secrets = [secrets.read("county")[1]]
    assert run(receiver, released.over) == 2


def test_after_thirty_days_only_a_person_sends_again(published, receiver, released, cast):
    db.session.execute(text("UPDATE deliveries SET attempts = 726"))
    db.session.commit()
    receiver.plan = [500, 500]
    run(receiver, released.over)
    assert {line.next_at for line in lines()} == {None}
    queue.resend_all(released.over + 100 * HOUR)
    assert run(receiver, released.over + 100 * HOUR) == 2
