"""The blueprint of an exam: sections that say which questions a paper holds, read from and written to plain data."""

from dataclasses import dataclass

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.question_types import KINDS
from quizapp.rules.scoring import DEFAULT_RULE, RULES
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_

MOST_QUESTIONS = 300
MOST_SECTIONS = 30
MOST_POINTS_MILLI = 1_000_000
TEXT_LONGEST = 120
SECTION_FIELDS = {"title", "kind", "count", "points_milli", "chapter", "difficulty"}


@dataclass(frozen=True)
class Section:
    """So many questions of one kind at so many thousandths of a point each; an empty filter takes every one."""

    title: str
    kind: str
    count: int
    points_milli: int
    chapter: str = ""
    difficulty: str = ""

    @property
    def label(self) -> str:
        """The title with what narrows the section down, to name it in a problem."""
        return " · ".join(part for part in (self.title, self.chapter, self.difficulty) if part)


@dataclass(frozen=True)
class Blueprint:
    """The sections in the order of the paper, and the scoring rule of its multiple-choice questions."""

    sections: tuple[Section, ...]
    rule: str = DEFAULT_RULE

    @property
    def count(self) -> int:
        """How many questions a paper has."""
        return sum(section.count for section in self.sections)

    @property
    def full_milli(self) -> int:
        """What a whole paper is worth, in thousandths of a point."""
        return sum(section.count * section.points_milli for section in self.sections)


def to_plain(blueprint: Blueprint) -> dict:
    """Return the plain data that `parse` reads, without empty filters."""
    sections = [{name: value for name, value in vars(section).items() if value != ""} for section in blueprint.sections]
    return {"sections": sections, "rule": blueprint.rule}


def parse(plain) -> Blueprint:
    """Return the blueprint that plain data describes; raises Invalid with every problem and its place."""
    problems = check(plain)
    if problems:
        raise Invalid(problems)
    return Blueprint(tuple(Section(**section) for section in plain["sections"]), plain.get("rule", DEFAULT_RULE))


def check(plain) -> list[Problem]:
    """Return everything that is wrong with the plain data of a blueprint, whatever its shapes."""
    sections = plain.get("sections") if isinstance(plain, dict) else None
    if not isinstance(sections, list) or not 1 <= len(sections) <= MOST_SECTIONS:
        message = N_("A blueprint needs 1 to %(most)s sections.")
        return [Problem("sections", message, "sections", {"most": MOST_SECTIONS})]
    problems = [_unknown(name, name) for name in sorted(set(map(str, plain)) - {"sections", "rule"})]
    if not isinstance(plain.get("rule", DEFAULT_RULE), str) or plain.get("rule", DEFAULT_RULE) not in RULES:
        problems.append(Problem("rule", N_("There is no scoring rule of this name."), "rule"))
    for index, section in enumerate(sections):
        problems += _check_section(section, f"sections[{index}]")
    return problems or _check_size(sections)


def _check_size(sections: list[dict]) -> list[Problem]:
    count = sum(section["count"] for section in sections)
    if count <= MOST_QUESTIONS:
        return []
    message = N_("A paper may have at most %(most)s questions; this one would have %(count)s.")
    return [Problem("too-many-questions", message, "sections", {"most": MOST_QUESTIONS, "count": count})]


def _check_section(section, place: str) -> list[Problem]:
    if not isinstance(section, dict):
        return [Problem("section", N_("A section is a set of named fields."), place)]
    problems = [_unknown(name, f"{place}.{name}") for name in sorted(set(map(str, section)) - SECTION_FIELDS)]
    if not isinstance(section.get("title"), str) or not section["title"].strip():
        problems.append(Problem("section-title", N_("A section needs a title."), f"{place}.title"))
    if not isinstance(section.get("kind"), str) or section["kind"] not in KINDS:
        problems.append(Problem("section-kind", N_("There is no kind of question of this name."), f"{place}.kind"))
    problems += _check_number(section.get("count"), MOST_QUESTIONS, f"{place}.count")
    problems += _check_number(section.get("points_milli"), MOST_POINTS_MILLI, f"{place}.points_milli")
    for name in ("title", "chapter", "difficulty"):
        problems += _check_word(section.get(name, ""), f"{place}.{name}")
    return problems


def _check_number(value, most: int, place: str) -> list[Problem]:
    if type(value) is int and 1 <= value <= most:
        return []
    message = N_("This has to be a whole number from 1 to %(most)s.")
    return [Problem("section-number", message, place, {"most": most})]


def _check_word(value, place: str) -> list[Problem]:
    if not isinstance(value, str):
        return [Problem("section-word", N_("This has to be a text."), place)]
    return check_text(value, TEXT_LONGEST, place)


def _unknown(name: str, place: str) -> Problem:
    return Problem("unknown-field", N_("There is no field of this name."), place)
