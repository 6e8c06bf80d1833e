"""Which questions of a bank one that is written by hand is nearly the same as, or contradicts."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Question, QuestionWords
from quizapp.rules import duplicates
from quizapp.rules.permissions import Actor
from quizapp.rules.pictures import named
from quizapp.services.banks import diagnosis, sight
from quizapp.services.banks.editing import Draft, Standing

CHUNK = 500
MOST = 10  # that are told


@dataclass(frozen=True)
class Twin:
    """A question of the bank that is alike: which of duplicates.RELATIONS it stands in, its text and its answer."""

    id: str
    relation: str
    stem: str
    answer: str


def find_twins(actor: Actor, slug: str, draft: Draft, standing: Standing | None = None) -> list[Twin]:
    """Return the questions in use that a sound draft is alike to, the gravest first.

    Where it changes a question, that one is left out, and so is what it was alike to already. Raises NotFound.
    """
    bank = sight.get_visible(actor, slug)
    if standing and (draft.content, draft.key) == (standing.draft.content, standing.draft.key):
        return []
    mine = _ready(draft)
    others = _others(bank.id, standing.id if standing else "", duplicates.has_runs_of(mine))
    found = duplicates.alike(mine, others)
    before = set(duplicates.alike(_ready(standing.draft), others)) if found and standing else set()
    return _twins([one for one in found if one not in before])


def _ready(draft: Draft) -> duplicates.Compared:
    return duplicates.ready(0, draft.kind, draft.content, draft.key)


def _others(bank_id: int, but: str, is_worth_it: Callable[[str], bool]) -> list[duplicates.Compared]:
    """Return a bank's questions in use whose words are worth comparing: all of a large one would take a second."""
    query = select(QuestionWords.question_id, QuestionWords.words)
    query = query.join(Question, Question.id == QuestionWords.question_id)
    query = query.where(Question.bank_id == bank_id, Question.is_retired.is_(False), Question.public_id != but)
    ids = [question_id for question_id, words in db.session.execute(query) if is_worth_it(words)]
    rows = [row for start in range(0, len(ids), CHUNK) for row in _rows(ids[start : start + CHUNK])]
    return duplicates.ready_all((row.id, row.kind, row.content, row.key) for row in rows)


def _rows(ids: list[int]) -> list:
    return diagnosis.rows_of(Question.id.in_(ids))


def _twins(found: list[tuple[int, str]]) -> list[Twin]:
    by_id = {row.id: row for row in _rows([question_id for question_id, _ in found[:MOST]])}
    return [
        Twin(row.public_id, what, named(row.content["stem"]), named(diagnosis.told_of(row)["answer"]))
        for question_id, what in found[:MOST]
        if (row := by_id.get(question_id))
    ]
