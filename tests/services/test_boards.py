"""B8: what rankings are read from equals a naive recount after any history; a difference is found and mended."""

import random
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import delete, select, text, update

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, Campaign, Exam, Person, Result, RosterEntry, Unit
from quizapp.rules.ranking import PersonResult, rank_people, rank_units
from quizapp.services import campaigns, ranking, roster_day, scope, standings, units
from quizapp.services.attempts import marking, start
from quizapp.services.transaction import writing
from quizapp.services.verification import boards as checking
from quizapp.services.verification.findings import Report
from tests.cast import NEXT_VILLAGE, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE
from tests.results import MORE, hire_more
from tests.stage import keys_in_paper, set_up

LOGINS = ("trainee", "neighbour", *MORE)
pytestmark = pytest.mark.usefixtures("app_context")


@pytest.fixture
def town(cast, monkeypatch):
    """Six trainees of two villages, their exam with a live board, and a roster whose day is still to come."""
    hire_more()
    stage = set_up(board="live")
    running = start.start(cast.actor("trainee"), stage.exam, stage.now)
    with writing() as session:
        session.execute(update(Campaign).values(roster_on=(stage.now + timedelta(days=400)).date()))
    return History(cast, stage, running.attempt_id)


class History:
    """A history that goes on: each of its events changes who counts where, through the services."""

    def __init__(self, cast, stage, model: str):
        self.cast, self.stage, self.number = cast, stage, 1
        self.keys = keys_in_paper(model)
        attempt = db.session.scalar(select(Attempt).where(Attempt.public_id == model))
        self.exam_id, self.paper = attempt.exam_id, attempt.paper
        self.people = dict(db.session.execute(select(Person.login, Person.id).where(Person.login.in_(LOGINS))).all())

    def happen(self, dice: random.Random) -> None:
        """Let one thing happen."""
        kinds = ("sit", "sit", "sit", "mark_again", "excuse", "transfer", "move", "leave")
        getattr(self, dice.choice(kinds))(dice, dice.choice(LOGINS))

    def sit(self, dice, login: str) -> None:
        self.number += 1
        now, seconds = self.stage.now, dice.choice((60, 61, 300))
        with writing() as session:
            attempt = Attempt(exam_id=self.exam_id, person_id=self.people[login], number=self.number, paper=self.paper,
                              state="submitted", started_at=now, deadline_at=now + timedelta(hours=1),
                              finished_at=now + timedelta(seconds=seconds))  # fmt: skip
            session.add(attempt)
            session.flush()
            attempt_id = attempt.id
            self._answer(session, attempt_id, dice)
        marking.mark([attempt_id], now)

    def mark_again(self, dice, login: str) -> None:
        marked = select(Attempt.id).where(Attempt.person_id == self.people[login], Attempt.state == "marked")
        for attempt_id in db.session.scalars(marked.order_by(Attempt.id).limit(1)).all():
            with writing() as session:
                session.execute(delete(Answer).where(Answer.attempt_id == attempt_id))
                self._answer(session, attempt_id, dice)
                marking.mark_again(session, session.get(Attempt, attempt_id), self.stage.now)

    def _answer(self, session, attempt_id: int, dice) -> None:
        for slot in dice.sample(sorted(self.keys), dice.randint(0, 4)):
            value = msgspec.json.encode(self.keys[slot]).decode()
            session.add(Answer(attempt_id=attempt_id, slot=slot, epoch=1, seq=1, value=value, arrived_at=self.stage.now))

    def excuse(self, dice, login: str) -> None:
        if db.session.get(RosterEntry, (self._campaign(), self.people[login])):
            person = db.session.scalar(select(Person.public_id).where(Person.login == login))
            leader = self.cast.actor("township_leader")
            campaigns.excuse(leader, self.stage.campaign, person, dice.choice(("", "住院")), self.stage.now)

    def _campaign(self) -> int:
        return db.session.scalar(select(Campaign.id))

    def transfer(self, dice, login: str) -> None:
        codes = dict(db.session.execute(select(Unit.code, Unit.id)).all())
        with writing() as session:
            where = codes[dice.choice((VILLAGE, NEXT_VILLAGE, TOWNSHIP))]
            session.execute(update(Person).where(Person.login == login).values(unit_id=where))
        roster_day.follow_due(self.stage.now)

    def leave(self, dice, login: str) -> None:
        with writing() as session:
            session.execute(update(Person).where(Person.login == login).values(is_active=dice.random() < 0.6))
        roster_day.follow_due(self.stage.now)

    def move(self, dice, login: str) -> None:
        units.move(None, VILLAGE, dice.choice((TOWNSHIP, TOWNSHIP, OTHER_TOWNSHIP)), self.stage.now)

    def check(self) -> None:
        """Hold every page of every ranking against the rules over the primary rows."""
        exam = db.session.get(Exam, self.exam_id)
        inside = set(db.session.scalars(scope.below(exam.unit_id)))
        for unit in db.session.scalars(select(Unit).where(Unit.id.in_(inside))).all():
            best = {one.person_id: one for one in standings.best_results(exam.id, unit.id)}
            naive = rank_people(
                PersonResult(one.person_id, one.name, one.points_milli, one.seconds_used) for one in best.values()
            )
            wanted = [(one.rank, best[one.row.id].public_id, one.row.score_milli, one.row.seconds_used) for one in naive]
            assert self._pages(unit.code, "person") == wanted
            self._check_own(unit.code, {entry[1]: entry[0] for entry in wanted})
            sums = rank_units(standings.village_sums(exam, unit.id))
            told = [(one.rank, one.row.name, one.row.roster_size, one.row.excused, one.row.sat,
                     None if one.row.score is None else float(one.row.score),
                     None if one.row.pass_share is None else float(one.row.pass_share)) for one in sums]  # fmt: skip
            assert self._pages(unit.code, "unit") == told

    def _pages(self, code: str, by: str) -> list[tuple]:
        rows, page = [], 1
        while True:
            board = ranking.get_board(None, self.stage.exam, by, code, page, size=2)
            rows += board.rows
            page += 1
            if not board.has_more:
                break
        assert len(rows) == board.total
        if by == "person":
            return [(row.rank, row.person_id, row.points_milli, row.seconds_used) for row in rows]
        return [(row.rank, row.name, row.roster, row.excused, row.sat, row.score, row.pass_share) for row in rows]

    def _check_own(self, code: str, ranks: dict[str, int]) -> None:
        for login in LOGINS:
            actor = self.cast.actor(login)
            if actor.unit_id in set(db.session.scalars(scope.below(db.session.get(Exam, self.exam_id).unit_id))):
                me = ranking.get_board(actor, self.stage.exam, "person", code, 1, size=1).me
                assert (me.rank if me else None) == ranks.get(actor.public_id)


def play(town: History, histories: int, seed: int) -> None:
    dice = random.Random(seed)
    print(f"B8: {histories} histories, seed {seed}")
    for _ in range(histories):
        for _ in range(dice.randint(1, 4)):
            town.happen(dice)
        town.check()
    assert db.session.scalar(select(Result.attempt_id).limit(1))
    report = Report()
    checking.check(report)
    assert not report.findings


def test_b8_rankings_equal_a_naive_recount_after_any_history(town):
    """B8, short seed: sittings, re-marking, excuses, transfers between villages, leaving, a village that is moved."""
    play(town, 8, random.randrange(10**6))


@pytest.mark.soak("B8")
@pytest.mark.timeout(900)
def test_b8_a_thousand_histories(town):
    """B8: 1,000 random histories, 100 % equal; ties are stable."""
    play(town, 1000, random.randrange(10**6))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE board_places SET seconds_used = seconds_used + 1",
        "UPDATE board_scores SET people = people + 1",
        "UPDATE board_sums SET sat = sat - 1, passed = 0, points_milli = 0, full_milli = 0",
        "DELETE FROM roster_sums",
    ],
)
def test_a_ranking_that_does_not_follow_is_found_and_mended(town, damage):
    dice = random.Random(8)
    for login in LOGINS:
        town.sit(dice, login)
    with writing() as session:
        session.execute(text(damage))
    report = Report()
    checking.check(report)
    assert {one.area for one in report.findings} == {"board"}
    checking.mend(town.stage.exam)
    report = Report()
    checking.check(report)
    assert not report.findings
    town.check()
