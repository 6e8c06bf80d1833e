"""Pairs of questions that are nearly the same: contradictions first, decided once and remembered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import aliased

from quizapp.extensions import db
from quizapp.models import DuplicatePair, Question
from quizapp.rules.duplicates import RELATIONS
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.banks import browsing, comparing, sight, stakes
from quizapp.services.banks.shelf import MANAGE
from quizapp.services.transaction import writing

SIZE = 10
DECISIONS = ("both", "first", "second")


@dataclass(frozen=True)
class Pair:
    """Two questions that wait for a decision, with the parts that differ."""

    first: browsing.Shown
    second: browsing.Shown
    relation: str
    likeness: float
    differences: list[comparing.Changed]


def list_open(actor: Actor, slug: str, page: int = 1) -> tuple[list[Pair], int]:
    """Return a page of the pairs that wait, contradictions first and the most alike before others; and how many."""
    bank = sight.get_visible(actor, slug)
    one, other = aliased(Question), aliased(Question)
    query = (
        select(DuplicatePair, one.public_id, other.public_id)
        .join(one, one.id == DuplicatePair.first_id)
        .join(other, other.id == DuplicatePair.second_id)
        .where(_open(bank.id), one.is_retired.is_(False), other.is_retired.is_(False))
    )
    found = db.session.scalar(select(func.count()).select_from(query.subquery()))
    rank = case({name: place for place, name in enumerate(RELATIONS)}, value=DuplicatePair.relation)
    query = query.order_by(rank, DuplicatePair.likeness_milli.desc(), DuplicatePair.first_id, DuplicatePair.second_id)
    rows = db.session.execute(query.limit(SIZE).offset((page - 1) * SIZE)).all()
    ids = {public for _, *both in rows for public in both}
    shown = {each.id: each for each in browsing.list_shown(list(ids))}
    texts = comparing.present_texts(list(ids))
    return [
        Pair(shown[a], shown[b], pair.relation, pair.likeness_milli / 1000, comparing.differences(texts[a], texts[b]))
        for pair, a, b in rows
        if a in shown and b in shown
    ], found


def count_open(bank_id: int) -> dict[str, int]:
    """Return how many pairs of each relation wait, those with a question out of use left out."""
    one, other = aliased(Question), aliased(Question)
    query = (
        select(DuplicatePair.relation, func.count())
        .join(one, one.id == DuplicatePair.first_id)
        .join(other, other.id == DuplicatePair.second_id)
        .where(_open(bank_id), one.is_retired.is_(False), other.is_retired.is_(False))
    )
    counts = dict(db.session.execute(query.group_by(DuplicatePair.relation)).all())
    return {name: counts[name] for name in RELATIONS if name in counts}


def _open(bank_id: int):
    return (DuplicatePair.bank_id == bank_id) & (DuplicatePair.decision == "")


def decide(
    actor: Actor,
    slug: str,
    first: str,
    second: str,
    decision: str,
    now: datetime,
    trace: audit.Trace = audit.NO_TRACE,
) -> None:
    """Keep both, or take one out of use, once and for all. Raises Invalid where an exam needs the question."""
    bank = sight.get_visible(actor, slug)
    scope.require(actor, MANAGE, bank.unit_id)
    bank_id, unit_id = bank.id, bank.unit_id
    query = select(Question.public_id, Question.id).where(
        Question.bank_id == bank_id, Question.public_id.in_([first, second])
    )
    ids = dict(db.session.execute(query).all())
    if decision not in DECISIONS or len(ids) != 2:
        raise NotFound(scope.NOT_HERE)
    before = stakes.broken(bank_id, now)
    with writing() as session:
        pair = (DuplicatePair.first_id == ids[first]) & (DuplicatePair.second_id == ids[second])
        values = {"decision": decision, "decided_by_id": actor.person_id, "decided_at": now}
        moved = session.execute(update(DuplicatePair).where(pair, DuplicatePair.decision == "").values(values))
        if not moved.rowcount:
            raise Conflict(N_("Somebody has decided this already."))
        if decision != "both":
            leaving = ids[first if decision == "first" else second]
            session.execute(update(Question).where(Question.id == leaving).values(is_retired=True))
            endangered = stakes.endangered(bank_id, now, before)
            if endangered:
                raise Invalid(endangered)
        audit.record(actor, unit_id, "pair.decided", f"{slug} {first} {second}", now, trace, decision=decision)
