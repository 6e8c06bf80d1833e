"""A parsed bank (the shape of `bank check --json`) made ready to be stored; no table is looked at here."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from quizapp.rules import bulk
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.formats import checks
from quizapp.rules.question_types import HELD, check, define
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_
from quizapp.services import rendering

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
TITLE_LONGEST, CODE_LONGEST, CHAPTER_LONGEST, DIFFICULTY_LONGEST, EXPLANATION_LONGEST = 200, 64, 120, 16, 20_000
NO_QUESTIONS = N_("There is no question in this file.")


@dataclass(frozen=True)
class Head:
    """What a file says of its bank as a whole; `handbook` is the short name that its citations mean."""

    slug: str
    title: str
    handbook: str


@dataclass(frozen=True)
class Prepared:
    """A question of a file as it would be stored; `citations` are (handbook's short name or "", article)."""

    place: str
    code: str
    kind: str
    content: dict
    key: dict
    explanation: str
    chapter: str
    difficulty: str
    points: float | None
    citations: list[tuple[str, str]]
    tags: tuple[str, ...] = ()  # none: those that the question bears already stay

    @cached_property
    def html(self) -> dict:
        """Stem and options as clean markup; made when first asked for, since it takes most of an import's time."""
        return rendered(self.content)

    @cached_property
    def explanation_html(self) -> str:
        """The explanation as clean markup."""
        return rendering.block(self.explanation)


def head(document: dict, slug: str | None, title: str | None, handbook: str | None = None) -> Head:
    """Return what a document, and whoever brings it, say of the bank as a whole. Raises Invalid."""
    matter = document.get("front_matter") or {}
    slug = slug or str(matter.get("slug") or "")
    title, handbook = title or str(matter.get("title") or slug), handbook or str(matter.get("handbook") or "")
    found = Head(slug, title.strip(), handbook)
    errors = check_text(found.title, TITLE_LONGEST, "title")
    if not SLUG.fullmatch(slug):
        errors.append(Problem("slug", N_("A bank needs a short name of small letters, digits and dashes."), slug))
    if errors:
        raise Invalid(errors)
    return found


def check_words(one: Prepared) -> list[Problem]:
    """Return what of a question is longer than a bank can hold."""
    limits = (
        (one.code, CODE_LONGEST),
        (one.chapter, CHAPTER_LONGEST),
        (one.difficulty, DIFFICULTY_LONGEST),
        (one.explanation, EXPLANATION_LONGEST),
    )
    found = [problem for text, longest in limits for problem in check_text(text, longest, one.place)]
    return found + bulk.check_tags(one.tags, one.place)


def rendered(content: dict) -> dict:
    """Return the words of a question as clean markup, in the shape of its content; a material is set in paragraphs."""
    html = {"stem": rendering.block(content["stem"]) if "parts" in content else rendering.stem(content["stem"])}
    for side in ("options", "right"):
        if side in content:
            html[side] = [rendering.inline(text) for text in content[side]]
    if "material" in content:
        html["material"] = rendering.block(content["material"])
    if "parts" in content:
        html["parts"] = [rendered(part) for part in content["parts"]]
    return html


def prepare(questions: list[dict]) -> tuple[list[Prepared], list[Problem]]:
    """Return the parsed questions as they would be stored, and what their kinds find wrong with them."""
    prepared, problems, seen = [], [], {}
    for one in questions:
        place = str(one["source"]["from"])
        if one["kind"] not in HELD:
            message = N_("Questions of this kind cannot be taken in yet.")
            problems.append(Problem("kind-unknown", message, place))
            continue
        content, key = define(one)
        wrong = check(one["kind"], content, key)
        problems += [Problem(each.code, each.message, place, each.params) for each in wrong]
        if wrong:
            continue
        prepared.append(_prepared(one, place, content, key))
        first = seen.setdefault(prepared[-1].code, place)
        if len(seen) < len(prepared):
            values = {"code": prepared.pop().code, **checks.other_place(place, first)}
            problems.append(Problem("duplicate-code", checks.SAME_CODE, place, values))
    return prepared, problems


def _prepared(one: dict, place: str, content: dict, key: dict) -> Prepared:
    return Prepared(
        place,
        str(one.get("code") or _own_code(one)),
        one["kind"],
        content,
        key,
        one.get("explanation") or "",
        one.get("chapter") or "",
        one.get("difficulty") or "",
        one.get("points"),
        [_cited(citation) for citation in one.get("citations", [])],
        tuple(one.get("tags") or ()),
    )


def _own_code(one: dict) -> str:
    """A question without a code is known by its stem and options."""
    parts = [part["stem"] for part in one.get("parts") or ()]
    words = "".join([one["stem"], *(one.get("options") or []), *parts])
    return hashlib.sha256(re.sub(r"\s", "", words).encode()).hexdigest()[:16]


def _cited(citation: dict | str) -> tuple[str, str]:
    """Return (handbook, article) of "第三条", "slug#第三条" or {"handbook", "article"}."""
    if isinstance(citation, str):
        slug, _, number = citation.rpartition("#")
        return slug, number
    return citation.get("handbook") or "", citation["article"]
