"""The shelf of question banks: what each holds, by kind and chapter."""

from dataclasses import dataclass, field

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Bank, Handbook, Question, QuestionTag, Unit
from quizapp.rules.difficulty import in_order
from quizapp.rules.permissions import Actor
from quizapp.rules.question_types import HELD
from quizapp.services import scope
from quizapp.services.banks import sight, unfinished

MANAGE = "banks.manage"
MOST_TAGS = 200


@dataclass
class Shelved:
    """A bank; the counts are of questions in use, by kind, chapter and difficulty, in the order of the bank.

    No chapter is none: questions without one are counted apart.
    """

    slug: str
    title: str
    unit: str
    handbook: str | None
    may_manage: bool
    kinds: dict[str, int] = field(default_factory=dict)
    chapters: dict[str, int] = field(default_factory=dict)
    unchaptered: int = 0
    difficulties: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    retired: int = 0
    unfinished: int = 0  # questions of files that could not be taken in yet

    @property
    def total(self) -> int:
        """How many questions are in use."""
        return sum(self.kinds.values())


def list_banks(actor: Actor) -> list[Shelved]:
    """Return the banks that the actor may look into, by title."""
    return _shelved(actor, sight.in_sight(actor))


def get_bank(actor: Actor, slug: str) -> Shelved:
    """Return one bank with its counts. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    found = _shelved(actor, Bank.id == bank.id)[0]
    found.unfinished = unfinished.count(bank.id)
    found.tags = list_tags(bank.id)
    return found


def _shelved(actor: Actor, condition) -> list[Shelved]:
    query = select(Bank, Unit.name, Handbook.title).join(Unit, Unit.id == Bank.unit_id)
    query = query.outerjoin(Handbook, Handbook.id == Bank.handbook_id).where(condition)
    found = {
        bank.id: Shelved(bank.slug, bank.title, unit, book, scope.covers(actor, MANAGE, bank.unit_id))
        for bank, unit, book in db.session.execute(query.order_by(Bank.title, Bank.id))
    }
    _count(found)
    return list(found.values())


def _count(found: dict[int, Shelved]) -> None:
    """Fill in the counts; kinds in the order of HELD, levels from easy to hard, chapters as they come in a bank."""
    parts = (Question.bank_id, Question.kind, Question.chapter, Question.difficulty)
    query = select(*parts, Question.is_retired, func.count(), func.min(Question.id).label("first"))
    query = query.where(Question.bank_id.in_(found)).group_by(*parts, Question.is_retired).order_by("first")
    for bank_id, kind, chapter, difficulty, is_retired, count, _ in db.session.execute(query):
        bank = found[bank_id]
        if is_retired:
            bank.retired += count
            continue
        for value, counts in ((kind, bank.kinds), (chapter, bank.chapters), (difficulty, bank.difficulties)):
            counts[value] = counts.get(value, 0) + count
    for bank in found.values():
        bank.unchaptered = bank.chapters.pop("", 0)
        bank.kinds = {kind: bank.kinds[kind] for kind in HELD if kind in bank.kinds}
        bank.difficulties = {level: bank.difficulties[level] for level in in_order(bank.difficulties)}


def list_tags(bank_id: int) -> dict[str, int]:
    """Return the tags of a bank's questions in use, the most used first."""
    query = select(QuestionTag.tag, func.count()).join(Question, Question.id == QuestionTag.question_id)
    query = query.where(Question.bank_id == bank_id, Question.is_retired.is_(False)).group_by(QuestionTag.tag)
    return dict(db.session.execute(query.order_by(func.count().desc(), QuestionTag.tag).limit(MOST_TAGS)).all())
