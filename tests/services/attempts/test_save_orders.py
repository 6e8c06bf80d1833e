"""Saves sent again, out of order, from several devices, under reused numbers: what stands is the newest, once."""

import itertools
import random

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select, update

from quizapp.extensions import db
from quizapp.models import Answer, AnswerEvent, Attempt, Exam
from quizapp.services.attempts import finish, save, start
from quizapp.services.transaction import writing
from tests.cast import sign_in
from tests.stage import set_up

SLOTS = ("1", "2", "3")  # of the stage's choice questions


def endless():
    """Set the stage up with an exam that may be sat as often as a test likes."""
    stage = set_up()
    with writing() as session:
        session.execute(update(Exam).values(attempts_allowed=100_000))
    return stage


@pytest.fixture
def caller(app, cast):
    """A function that calls the API as the trainee of an exam that may be sat as often as a test likes."""
    with app.app_context():
        stage = endless()
    client = app.test_client()
    token = sign_in(client, "trainee")

    def call(method: str, path: str, body=None):
        reply = client.open(f"/api/v1{path}", method=method, json=body, headers={"X-CSRFToken": token})
        assert reply.status_code in (200, 201), reply.text
        return reply.json

    call.exam = stage.exam
    return call


def machine(app, call, steps: list, most: int):
    """Return the state machine class over one fresh attempt a run."""

    class Saves(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            begun = call("POST", f"/exams/{call.exam}/attempts", {})
            self.path, self.exam_path = f"/attempts/{begun['attempt_id']}", f"/exams/{call.exam}/attempts"
            self.id = begun["attempt_id"]
            self.options = {item["slot"]: [one["id"] for one in item["options"]] for item in begun["paper"]["items"]
                            if item["slot"] in SLOTS}  # fmt: skip
            self.seqs = {begun["epoch"]: 0}  # of each device, by its epoch
            self.sent: list[tuple] = []  # (epoch, slot, seq, value), arrived or not
            self.stands: dict[str, tuple] = {}  # slot -> (epoch, seq, value)
            self.came: set[tuple] = set()

        @rule()
        def resume(self):
            begun = call("POST", self.exam_path, {"attempt_id": self.id})
            assert begun["epoch"] not in self.seqs
            self.seqs[begun["epoch"]] = begun["next_seq"] - 1

        @rule(data=st.data(), slot=st.sampled_from(SLOTS), choice=st.integers(0, 3), is_lost=st.booleans())
        def choose(self, data, slot, choice, is_lost):
            epoch = data.draw(st.sampled_from(sorted(self.seqs)))
            self.seqs[epoch] += 1
            self.sent.append((epoch, slot, self.seqs[epoch], [self.options[slot][choice]]))
            if not is_lost:
                self.deliver([self.sent[-1]])

        @precondition(lambda self: self.sent)
        @rule(data=st.data(), times=st.integers(1, most))
        def repeat(self, data, times):
            epoch = data.draw(st.sampled_from(sorted({one[0] for one in self.sent})))
            batch = data.draw(st.lists(st.sampled_from([one for one in self.sent if one[0] == epoch]), min_size=1,
                                       max_size=4, unique_by=lambda one: one[1]))  # fmt: skip
            for _ in range(times):
                self.deliver(batch)

        @precondition(lambda self: self.came)
        @rule(data=st.data(), choice=st.integers(0, 3))
        def reuse_a_number(self, data, choice):
            """B9"""
            epoch, slot, seq, value = data.draw(st.sampled_from(sorted(self.came, key=str)))
            other = [self.options[slot][choice]]
            if other != list(value):
                reply = self.put(epoch, [(slot, seq, other)])
                assert reply["saved"] == {}
                assert reply["superseded"][slot] == dict(zip(("epoch", "seq", "value"), self.stands[slot], strict=True))
                self.look()

        def put(self, epoch, answers):
            steps.append(1)
            body = {"epoch": epoch, "answers": [{"slot": a, "seq": b, "value": c} for a, b, c in answers]}
            return call("PUT", f"{self.path}/answers", body)

        def deliver(self, batch):
            reply = self.put(batch[0][0], [one[1:] for one in batch])
            for epoch, slot, seq, value in batch:
                self.came.add((epoch, slot, seq, tuple(value)))
                self.stands[slot] = max(self.stands.get(slot, (0, 0, None)), (epoch, seq, value), key=lambda one: one[:2])
                if self.stands[slot][:2] == (epoch, seq):
                    assert reply["saved"][slot] == seq
                else:
                    assert slot not in reply["saved"]
                    assert reply["superseded"][slot]["value"] == self.stands[slot][2]
            self.look()

        def look(self):
            found = call("GET", self.path)["answers"]
            assert {slot: (one["epoch"], one["seq"], one["value"]) for slot, one in found.items()} == self.stands

        def teardown(self):
            with app.app_context():
                attempt = db.session.scalar(select(Attempt.id).where(Attempt.public_id == self.id))
                rows = db.session.scalar(select(func.count()).where(Answer.attempt_id == attempt))
                events = select(AnswerEvent.epoch, AnswerEvent.slot, AnswerEvent.seq, AnswerEvent.value)
                kept = db.session.execute(events.where(AnswerEvent.attempt_id == attempt)).all()
            assert rows == len(self.stands), "exactly one row a slot"
            assert len(kept) == len(set(kept)), "no value twice in the history"
            assert {tuple(one)[:3] for one in kept} == {one[:3] for one in self.came}
            call("POST", f"{self.path}/submission", {"epoch": max(self.seqs), "answers": []})

    return Saves


def play(app, call, examples: int, length: int, most: int, number: int = 20260731) -> int:
    """Let the dice of this number play so many runs; return how many saves were sent."""
    steps = []
    quiet = settings(max_examples=examples, stateful_step_count=length, deadline=None, database=None,
                     suppress_health_check=list(HealthCheck))  # fmt: skip
    run_state_machine_as_test(seed(number)(machine(app, call, steps, most)), settings=quiet)
    print(len(steps), "saves")
    return len(steps)


def test_b1_sent_again_and_out_of_order_the_newest_stands_once(app, caller):
    """B1, B2, B9, one short seed, on both databases."""
    assert play(app, caller, 5, 15, 6) > 10


@pytest.mark.soak("B1")
@pytest.mark.timeout(1800)
def test_b1_in_full(app, caller):
    """B1: 10,000 steps at least; the dice decide how many a run has."""
    number, steps = random.randrange(1 << 30), 0
    print("seed", number)
    while steps < 10_000:
        steps += play(app, caller, 50, 40, 20, number + steps)
    print(steps, "in all")


def test_b2_a_batch_tells_what_went_in_from_what_is_older(app_context, cast):
    """B2, on both databases: sent together, told apart; sent again, the same is said and the history does not grow."""
    stage, actor = endless(), cast.actor("trainee")
    running = start.start(actor, stage.exam, stage.now)
    sent = [save.Sent(item.slot, seq, None) for seq, item in enumerate(running.items[:3], 5)]

    def put(*answers):
        return save.save_answers(running.attempt_id, actor.person_id, running.epoch, list(answers), stage.now)

    put(save.Sent(sent[0].slot, 10, None))
    for _ in range(2):
        outcome = put(*sent)
        assert outcome.saved == {one.slot: one.seq for one in sent[1:]}
        assert {slot: stands[1] for slot, stands in outcome.superseded.items()} == {sent[0].slot: 10}
        assert db.session.scalar(select(func.count()).select_from(AnswerEvent)) == 4


def interleavings(one: list, other: list):
    """Return every order of both lists' entries that keeps each list's own."""
    for places in itertools.combinations(range(len(one) + len(other)), len(one)):
        ones, others = iter(one), iter(other)
        yield [next(ones) if place in places else next(others) for place in range(len(one) + len(other))]


PHONE = [("start", 0), ("save", 1), ("save", 2)]
LATE = ("save", 1)  # the first phone's first save comes once more, late


def test_b11_two_phones_in_every_order_agree_on_what_stands(app_context, cast):
    """B11, exhaustive: per slot the newer epoch stands, and the other is told what stands."""
    stage, actor = endless(), cast.actor("trainee")
    for order in interleavings([("a", *step) for step in (*PHONE, LATE)], [("b", *step) for step in PHONE]):
        running = start.start(actor, stage.exam, stage.now)
        attempt, options = running.attempt_id, [one for one, _ in running.items[0].options]
        epochs, stands = {}, (0, 0, None)
        for phone, deed, seq in order:
            if deed == "start":
                epochs[phone] = start.resume(actor.person_id, stage.exam, attempt).epoch
                continue
            sent = (epochs[phone], seq, [options["ab".index(phone) * 2 + seq - 1]])
            said = save.save_answers(attempt, actor.person_id, sent[0], [save.Sent("1", *sent[1:])], stage.now)
            stands = max(stands, sent, key=lambda one: one[:2])
            is_standing = stands == sent
            assert (said.saved, said.superseded) == (({"1": seq}, {}) if is_standing else ({}, {"1": stands})), order
        newest = start.standing_answers(start.own_attempt_id(attempt, actor.person_id))["1"]
        assert (newest.epoch, newest.seq, newest.value) == stands == (max(epochs.values()), 2, stands[2])
        finish.submit(attempt, actor.person_id, 1, [], stage.now)


def test_b9_a_second_hand_in_with_other_answers_changes_nothing(app_context, cast):
    """B9, B4: the same receipt; the other answers are recorded as late, and none of them stands."""
    stage, actor = set_up(), cast.actor("trainee")
    running = start.start(actor, stage.exam, stage.now)
    options = [one for one, _ in running.items[0].options]
    first, again = (
        finish.submit(running.attempt_id, actor.person_id, 1, [save.Sent("1", seq, [options[seq]])], stage.now)
        for seq in (1, 2)
    )
    standing = start.standing_answers(start.own_attempt_id(running.attempt_id, actor.person_id))
    assert (first, standing["1"].value) == (again, [options[1]])
