"""What each revision of a question changed, part by part, as texts that people can compare."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Article, Citation, Question, QuestionKey, QuestionRevision
from quizapp.rules.choices import LETTERS
from quizapp.rules.formats.markdown.writing import answered
from quizapp.rules.permissions import Actor
from quizapp.rules.question_types import document
from quizapp.rules.revisions import compare, readable
from quizapp.services.banks import sight

OWN_SHAPE = ("single_choice", "multiple_choice", "true_false", "fill_blank")  # kinds whose key says it by itself
PARTS = ("stem", "options", "answer", "explanation", "chapter", "difficulty", "points", "tags", "articles")


@dataclass(frozen=True)
class Changed:
    """One part of a question that differs, in pieces ("same" | "gone" | "new", text)."""

    part: str
    pieces: list[tuple[str, str]]


def list_changes(actor: Actor, slug: str, question: str) -> dict[int, list[Changed]]:
    """Return by revision number what it changed in the one before it; the first changed nothing. Raises NotFound."""
    bank = sight.get_visible(actor, slug)
    rows = _texts((Question.bank_id == bank.id) & (Question.public_id == question))
    texts = {number: parts for _, number, parts in rows}
    numbers = sorted(texts)
    return {
        number: differences(texts[before], texts[number]) for before, number in zip(numbers, numbers[1:], strict=False)
    }


def differences(before: dict[str, str], after: dict[str, str]) -> list[Changed]:
    """Return the parts that differ, in the order of PARTS."""
    changed = [part for part in PARTS if before[part] != after[part]]
    return [Changed(part, compare(*(_shown(part, each[part]) for each in (before, after)))) for part in changed]


def _shown(part: str, text: str) -> str:
    return text if part == "answer" else readable(text)  # there a bar stands between blanks


def present_texts(questions: list[str]) -> dict[str, dict[str, str]]:
    """Return the parts of the present revisions of questions by public id."""
    is_present = QuestionRevision.number == Question.current_number
    return {public: parts for public, _, parts in _texts(Question.public_id.in_(questions) & is_present)}


def _texts(condition) -> list[tuple[str, int, dict[str, str]]]:
    """Return (question's public id, revision's number, parts) of revisions."""
    query = (
        select(QuestionRevision, QuestionKey, Question.public_id)
        .join(Question, Question.id == QuestionRevision.question_id)
        .join(QuestionKey, QuestionKey.revision_id == QuestionRevision.id)
        .where(condition)
    )
    rows = db.session.execute(query).all()
    cited: dict[int, list[str]] = {}
    articles = select(Citation.revision_id, Article.identity).join(Article, Article.id == Citation.article_id)
    ids = [revision.id for revision, *_ in rows]
    for revision_id, identity in db.session.execute(
        articles.where(Citation.revision_id.in_(ids)).order_by(Article.id)
    ):
        cited.setdefault(revision_id, []).append(identity)
    return [
        (public, revision.number, parts_of(revision, key, cited.get(revision.id, []))) for revision, key, public in rows
    ]


def parts_of(revision: QuestionRevision, key: QuestionKey, articles: list[str]) -> dict[str, str]:
    """Return a revision's parts as texts."""
    options = revision.content.get("options", [])
    return {
        "stem": revision.content["stem"],
        "options": "\n".join(f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=False)),
        "answer": answer_text(key.key) if revision.kind in OWN_SHAPE else listed(revision, key.key),
        "explanation": key.explanation,
        "chapter": revision.chapter,
        "difficulty": revision.difficulty,
        "points": f"{revision.points_milli / 1000:g}",
        "tags": "、".join(revision.tags),
        "articles": "、".join(articles),
    }


def listed(revision: QuestionRevision, key: dict) -> str:
    """Return the key of a longer kind as the house format writes it: pairs, an order, a number, a case's questions."""
    told = document(revision.kind, revision.content, key)
    return "\n".join(answered({"kind": revision.kind, **told}))


def answer_text(key: dict) -> str:
    """Return a key as people write it: letters, √ or ×, accepted texts; any other shape as it is kept."""
    right = key.get("right")
    if isinstance(right, bool):
        return "√" if right else "×"
    if isinstance(right, list) and all(type(place) is int for place in right):
        return "".join(LETTERS[place] for place in sorted(right))
    if set(key) <= {"blanks", "any_order"} and isinstance(key.get("blanks"), list):
        return " | ".join("；".join(texts) for texts in key["blanks"])
    return msgspec.json.encode(key).decode()
