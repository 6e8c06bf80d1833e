"""A question in its authored order, as pages show it outside a paper: to trainers with its key, to others without."""

from dataclasses import dataclass, field

from quizapp.rules.question_types import KINDS, as_authored
from quizapp.services import rendering


@dataclass(frozen=True)
class Face:
    """What a page shows of a question; ids are places. `key` is as its kind explains it, None where it stays hidden."""

    kind: str
    stem_html: str
    options: list[tuple[str, str]]
    right: list[tuple[str, str]]
    blanks: int | None
    material_html: str
    key: dict | None
    explanation_html: str = ""
    parts: list["Face"] = field(default_factory=list)


def face(kind: str, content: dict, html: dict, key: dict | None = None) -> Face:
    """Return the face of a stored question of any kind that a bank holds."""
    parts = []
    if kind == "case":
        keys = key["parts"] if key else [None] * len(content["parts"])
        parts = [_part(*one) for one in zip(content["parts"], html["parts"], keys, strict=True)]
    return Face(
        kind,
        html["stem"],
        _numbered(html.get("options", [])),
        _numbered(html.get("right", [])),
        content.get("blanks"),
        html.get("material", ""),
        KINDS[kind].explain(as_authored(content), key) if key and kind in KINDS else None,
        parts=parts,
    )


def _part(content: dict, html: dict, key: dict | None) -> Face:
    one = face(content["kind"], content, html, key)
    told = rendering.block(key.get("explanation", "")) if key else ""
    return Face(**{**vars(one), "explanation_html": told})


def _numbered(texts: list[str]) -> list[tuple[str, str]]:
    return [(str(place), html) for place, html in enumerate(texts)]
