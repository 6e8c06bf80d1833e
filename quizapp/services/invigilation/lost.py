"""The time that people of an exam lost together, as far as it is neither made up for nor dismissed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import (
    Attempt,
    AttemptContact,
    AttemptSilence,
    Exam,
    Extension,
    OutageDismissal,
    RosterEntry,
    ServingSpan,
)
from quizapp.models.types import to_ms
from quizapp.rules import outage as rules
from quizapp.services import scope
from quizapp.services.invigilation.counting import heard_at
from quizapp.services.standings import village_of


@dataclass(frozen=True)
class Lost:
    """An outage with what is still to be given for it; without a unit it was the server's and fell on all."""

    unit_id: int | None
    outage: rules.Outage
    minutes: int

    @property
    def key(self) -> str:
        """What tells it from others of the same unit, in an address."""
        return str(to_ms(self.outage.start))


def find_lost(exam: Exam, now: datetime) -> list[Lost]:
    """Return what the people of an exam lost together, without what was granted or dismissed."""
    down = rules.gaps(_spans(exam, now), exam.opens_at, now)
    silences = _silences(exam, now)
    if not down and len(silences) < rules.FEWEST:
        return []
    home, sittings = village_of(exam.unit_id), _sittings(exam)
    unit_of = _units_of(exam, home)
    found = [(None, one) for one in rules.server_outages(down, [sitting for _, sitting in sittings], now)]
    villages: dict[int, tuple[list, list]] = {}
    persons = {sitting.attempt: person for person, sitting in sittings}
    for person, sitting in sittings:
        villages.setdefault(unit_of.get(person), ([], []))[0].append(sitting)
    for silence in silences:
        villages.setdefault(unit_of.get(persons.get(silence.attempt)), ([], []))[1].append(silence)
    for unit_id, (sat, silent) in villages.items():
        if unit_id is not None:
            found += [(unit_id, one) for one in rules.village_outages(silent, sat, down, now)]
    return _left(exam, found)


def _left(exam: Exam, found: list[tuple[int | None, rules.Outage]]) -> list[Lost]:
    """Take off what was granted and what was dismissed."""
    dismissals = db.session.scalars(select(OutageDismissal).where(OutageDismissal.exam_id == exam.id)).all()
    granted = _granted(exam, {unit_id for unit_id, _ in found if unit_id is not None})
    lost = []
    for unit_id in {unit_id for unit_id, _ in found}:
        outages = [one for place, one in found if place == unit_id]
        for one, minutes in rules.unmet(outages, granted.get(unit_id, 0)):
            lost.append(Lost(unit_id, one, minutes))
    return [one for one in lost if not any(is_dismissed(one, each) for each in dismissals)]


def _granted(exam: Exam, unit_ids: set[int]) -> dict[int | None, int]:
    """Return unit -> minutes granted for outages to it or to units above it; those for all stand under None."""
    query = select(Extension.unit_id, Extension.minutes).where(Extension.exam_id == exam.id, Extension.is_outage)
    given = [(unit_id, minutes) for unit_id, minutes in db.session.execute(query) if unit_id is not None]
    found: dict[int | None, int] = {None: sum(minutes for unit_id, minutes in given if unit_id == exam.unit_id)}
    if len(given) == 0:
        return found
    below = {unit_id: set(db.session.scalars(scope.below(unit_id))) for unit_id, _ in given if unit_id != exam.unit_id}
    for one in unit_ids:
        found[one] = sum(minutes for unit_id, minutes in given if one in below.get(unit_id, ()))
    return found


def is_dismissed(one: Lost, dismissal: OutageDismissal) -> bool:
    """Whether a dismissal is about this outage."""
    same_unit = one.unit_id == dismissal.unit_id
    return same_unit and rules.is_same(one.outage.start, dismissal.start_at, dismissal.until_at)


def _spans(exam: Exam, now: datetime) -> list[tuple[datetime, datetime]]:
    query = select(ServingSpan.started_at, ServingSpan.last_at)
    query = query.where(ServingSpan.last_at >= exam.opens_at - timedelta(days=1), ServingSpan.started_at <= now)
    return [tuple(row) for row in db.session.execute(query)]


def _silences(exam: Exam, now: datetime) -> list[rules.Silence]:
    """Return the silences that ended, those that go on, and those that the clock ended: after it nothing is lost."""
    ended = select(AttemptSilence.attempt_id, AttemptSilence.from_at, AttemptSilence.until_at)
    ended = ended.join(Attempt, Attempt.id == AttemptSilence.attempt_id).where(Attempt.exam_id == exam.id)
    found = [rules.Silence(*row) for row in db.session.execute(ended)]
    query = select(Attempt.id, heard_at(), Attempt.finished_at)
    query = query.outerjoin(AttemptContact, AttemptContact.attempt_id == Attempt.id).where(Attempt.exam_id == exam.id)
    going_on = (Attempt.state == "open") & (heard_at() < now - rules.SHORTEST)
    cut_off = (Attempt.state == "auto_submitted") & (heard_at() < Attempt.finished_at)
    return found + [rules.Silence(*row) for row in db.session.execute(query.where(going_on | cut_off))]


def _sittings(exam: Exam) -> list[tuple[int, rules.Sitting]]:
    query = select(Attempt.person_id, Attempt.id, Attempt.started_at, Attempt.finished_at)
    rows = db.session.execute(query.where(Attempt.exam_id == exam.id))
    return [(person, rules.Sitting(*sitting)) for person, *sitting in rows]


def _units_of(exam: Exam, home: dict[int, int]) -> dict[int, int]:
    query = select(RosterEntry.person_id, RosterEntry.unit_id).where(RosterEntry.campaign_id == exam.campaign_id)
    return {person: home.get(unit_id, unit_id) for person, unit_id in db.session.execute(query)}
