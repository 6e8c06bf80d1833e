"""Taking a bank away as a file: its questions in use with their keys, so each time is written down."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Article, Bank, Citation, Handbook, Question, QuestionKey, QuestionRevision
from quizapp.rules import question_types
from quizapp.rules.errors import Invalid, NotFound, Problem
from quizapp.rules.formats import holding
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.banks import pictures, sight
from quizapp.services.banks.finding import Wanted, conditions
from quizapp.services.banks.sight import current
from quizapp.services.readers.pictures import AS_IT_IS, MOST_ALL
from quizapp.services.readers.text import LARGEST
from quizapp.services.transaction import writing
from quizapp.services.writers.banks import FORMATS, Format

WANTED = (
    QuestionRevision.id,
    QuestionRevision.kind,
    QuestionRevision.content,
    QuestionRevision.chapter,
    QuestionRevision.difficulty,
    QuestionRevision.points_milli,
    QuestionRevision.tags,
    Question.code,
    QuestionKey.key,
    QuestionKey.explanation,
)  # of a question, without its rendering
NOT_WRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # no text and no XML holds them
IN_USE = Wanted()
MOST_FILES = 1_900  # a question or a picture each, in formats that make files of them: more come in nowhere
TOO_MANY = N_("In this format a file holds at most %(most)s questions, this bank has %(count)s. Choose another format.")
TOO_MANY_PICTURED = N_(
    "In this format a file holds at most %(most)s questions and pictures together; here are %(count)s questions and "
    "%(pictures)s pictures. Choose fewer questions, or another format."
)
NOTHING = N_("There is no question here that this format holds.")


@dataclass(frozen=True)
class Exported:
    """A file that was made of a bank: how many questions are in it, and what it does not hold."""

    name: str
    content_type: str
    data: bytes
    questions: int
    losses: list[holding.Loss]


@dataclass(frozen=True)
class Foreseen:
    """What taking a bank away would make: of how many questions, and by format what is lost and how the file ends."""

    questions: int
    losses: dict[str, list[holding.Loss]]
    endings: dict[str, str]


def foreseen(actor: Actor, slug: str, wanted: Wanted = IN_USE) -> Foreseen:
    """Return what taking away what is wanted would make in every format. Raises NotFound."""
    questions = _document(_find(actor, slug), wanted)["questions"]
    found = {unheld: holding.summary(questions, unheld) for unheld in {one.unheld for one in FORMATS.values()}}
    shown, count = holding.markers(questions), len(questions)
    weighed = pictures.weighed(shown.keys())
    lost = {}
    for name, one in FORMATS.items():
        length = sum(weighed.get(kind, 0) * weight for kind, weight in one.weights.items())
        lost[name] = found[one.unheld] + _size(length, shown, one, count)
    return Foreseen(count, lost, {name: one.ending_of(shown) for name, one in FORMATS.items()})


def _size(length: float, shown: dict[str, int], made: Format, count: int) -> list[holding.Loss]:
    """Return the loss that a file is too large for the reader here: by its bytes, or by the points of its pictures."""
    points = sum(shown.values()) // AS_IT_IS if made.weights else 0
    return [holding.Loss("size", count, [])] if length > LARGEST or points > MOST_ALL else []


def export(
    actor: Actor | None, slug: str, to: str, now: datetime, trace: audit.Trace = audit.NO_TRACE, wanted: Wanted = IN_USE
) -> Exported:
    """Return what is wanted of the bank as a file of the format `to`, and write down that its keys left the house.

    `to` is one of FORMATS. Raises NotFound, or Invalid where the format holds none of it or not so many questions.
    """
    made, bank = FORMATS[to], _find(actor, slug)
    document = _document(bank, wanted)
    held = [one for one in document["questions"] if not holding.is_left_out(one, made.unheld)]
    points = holding.markers(held) if made.weights else {}
    shown = pictures.packed(points.keys())
    _refuse(made, len(held), len(shown))
    lost = holding.summary(document["questions"], made.unheld)
    data = made.make({**_writable({**document, "questions": held}), "pictures": shown})
    lost += _size(len(data), points, made, len(held))
    with writing():
        audit.record(actor, bank.unit_id, "bank.exported", slug, now, trace, format=to, questions=len(held))
    ending = made.ending_of(shown)
    content_type = made.content_type if ending == made.ending else "application/zip"
    return Exported(f"{slug}.{ending}", content_type, data, len(held), lost)


def _refuse(made: Format, count: int, pictures: int) -> None:
    if not count:
        raise Invalid([Problem("no-questions", NOTHING)])
    is_archive = made.is_package or made.with_pictures and pictures
    if is_archive and (count if made.is_package else 1) + pictures > MOST_FILES:
        told = {"most": MOST_FILES, "count": count} | ({"pictures": pictures} if pictures else {})
        raise Invalid([Problem("too-many-questions", TOO_MANY_PICTURED if pictures else TOO_MANY, "", told)])


def _find(actor: Actor | None, slug: str) -> Bank:
    if actor is not None:
        return sight.get_visible(actor, slug)
    bank = db.session.scalar(select(Bank).where(Bank.slug == slug))
    if bank is None:
        raise NotFound(scope.NOT_HERE)
    return bank


def _document(bank: Bank, wanted: Wanted) -> dict:
    """Return what is wanted of a bank in the shape of `bank check --json`, its names before it."""
    handbook = db.session.scalar(select(Handbook.slug).where(Handbook.id == bank.handbook_id))
    query = (
        select(*WANTED)
        .join(Question, current())
        .join(QuestionKey, QuestionKey.revision_id == QuestionRevision.id)
        .where(*conditions(bank.id, wanted))
        .order_by(Question.position)
    )
    cited = _cited(bank.id, handbook)
    head = {"title": bank.title, "slug": bank.slug, **({"handbook": handbook} if handbook else {})}
    return {
        "front_matter": head,
        "questions": [
            _question(row, cited.get(row.id, [])) for row in db.session.execute(query)
        ],
    }


def _question(row, cited: list[str]) -> dict:
    points = row.points_milli / 1000
    return {
        "kind": row.kind,
        "stem": row.content["stem"],
        "options": [],
        "answer": None,
        "any_order": False,
        **question_types.document(row.kind, row.content, row.key),
        "explanation": row.explanation,
        "points": int(points) if points.is_integer() else points,
        "chapter": row.chapter,
        "difficulty": row.difficulty,
        "citations": cited,
        "tags": list(row.tags),
        "code": row.code,
    }


def _cited(bank_id: int, handbook: str | None) -> dict[int, list[str]]:
    """Return what the revisions of a bank cite, an article of another handbook with that one's short name."""
    query = (
        select(Citation.revision_id, Handbook.slug, Article.identity)
        .join(Article, Article.id == Citation.article_id)
        .join(Handbook, Handbook.id == Article.handbook_id)
        .join(QuestionRevision, QuestionRevision.id == Citation.revision_id)
        .join(Question, current())
        .where(Question.bank_id == bank_id)
        .order_by(Article.id)
    )
    found: dict[int, list[str]] = {}
    for revision_id, slug, identity in db.session.execute(query):
        found.setdefault(revision_id, []).append(identity if slug == handbook else f"{slug}#{identity}")
    return found


def _writable(value):
    """Return a document without the characters that no file of text holds."""
    if isinstance(value, str):
        return NOT_WRITABLE.sub("", value)
    if isinstance(value, dict):
        return {name: _writable(one) for name, one in value.items()}
    return [_writable(one) for one in value] if isinstance(value, list) else value
