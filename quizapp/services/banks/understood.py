"""A parsed bank to look at before it is taken in: every question rendered, with its key and its problems."""

from dataclasses import dataclass

from quizapp.rules import question_types
from quizapp.rules.question_types import HELD, KINDS
from quizapp.services import rendering
from quizapp.services.banks.documents import rendered
from quizapp.services.faces import Face, face


@dataclass(frozen=True)
class Understood:
    """A question as it was understood; without a kind or an answer `face` is None and only the words are shown."""

    number: str
    kind: str | None
    stem_html: str
    options: list[tuple[str, str]]
    face: Face | None
    explanation_html: str
    citations: list[str]
    tags: list[str]
    chapter: str
    difficulty: str
    first: int | str
    last: int | str
    problems: list[dict]
    material_html: str = ""


def understood(questions: list[dict]) -> list[Understood]:
    """Return the questions of a document as a page shows them; whatever is missing in them."""
    return [_one(question) for question in questions]


def _one(one: dict) -> Understood:
    whole = _defined(one)
    content = whole[0] if whole else {"stem": one["stem"], "options": one.get("options") or []}
    html = rendered(content)
    return Understood(
        one["number"],
        one["kind"] if whole else None,
        html["stem"],
        [(str(place), option) for place, option in enumerate(html.get("options", []))],
        face(one["kind"], content, html, whole[1]) if whole else None,
        rendering.block(one.get("explanation") or ""),
        [str(citation) for citation in one.get("citations", [])],
        list(one.get("tags") or ()),
        one.get("chapter") or "",
        one.get("difficulty") or "",
        one["source"]["from"],
        one["source"]["to"],
        one["problems"],
        rendering.block(one.get("material") or ""),
    )


def _defined(one: dict) -> tuple[dict, dict] | None:
    """Return (content, key) where the question is whole and its answer fits it, so that it can be shown in it."""
    parts = one.get("parts") or ()
    has_answer = one["answer"] is not None or bool(parts)
    if one["kind"] not in HELD or not has_answer:
        return None
    if any(part["kind"] not in KINDS or part["answer"] is None for part in parts):
        return None
    content, key = question_types.define(one)
    return None if question_types.check(one["kind"], content, key) else (content, key)
