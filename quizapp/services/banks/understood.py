"""A parsed bank to look at before it is taken in: every question rendered, with its key and its problems."""

from dataclasses import dataclass

from quizapp.rules.question_types import KINDS
from quizapp.services import rendering
from quizapp.services.banks.documents import definition, rendered


@dataclass(frozen=True)
class Understood:
    """A question as it was understood; without a kind or an answer `key` is None and only the words are shown."""

    number: str
    kind: str | None
    stem_html: str
    options: list[tuple[str, str]]
    blanks: int | None
    key: dict | None
    explanation_html: str
    citations: list[str]
    chapter: str
    difficulty: str
    first: int | str
    last: int | str
    problems: list[dict]


def understood(questions: list[dict]) -> list[Understood]:
    """Return the questions of a document as a page shows them; whatever is missing in them."""
    return [_one(question) for question in questions]


def _one(one: dict) -> Understood:
    is_whole = one["kind"] in KINDS and one["answer"] is not None and _is_sound(one)
    content, key = definition(one) if is_whole else ({"stem": one["stem"], "options": one.get("options") or []}, None)
    html = rendered(content)
    options = [(str(place), option) for place, option in enumerate(html.get("options", []))]
    ids = {"option_ids": [identity for identity, _ in options]}
    return Understood(
        one["number"],
        one["kind"] if is_whole else None,
        html["stem"],
        options,
        content.get("blanks"),
        KINDS[one["kind"]].explain(ids, key) if is_whole else None,
        rendering.block(one.get("explanation") or ""),
        [str(citation) for citation in one.get("citations", [])],
        one.get("chapter") or "",
        one.get("difficulty") or "",
        one["source"]["from"],
        one["source"]["to"],
        one["problems"],
    )


def _is_sound(one: dict) -> bool:
    """Whether the answer fits the question, so that it can be shown in it."""
    content, key = definition(one)
    return not KINDS[one["kind"]].check(content, key)
