"""The blueprint of an exam: sections that say which questions a paper holds, read from and written to plain data."""

from dataclasses import dataclass

from quizapp.rules.difficulty import CALLED
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.question_types import HELD, case
from quizapp.rules.scoring import DEFAULT_RULE, RULES
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_

MOST_QUESTIONS = 300
MOST_SECTIONS = 30
MOST_POINTS_MILLI = 1_000_000
TEXT_LONGEST = 120
NUMBERS = {"forms": 20, "fresh_days": 3650}  # of the whole paper, with the most of each; 0 is none
DIFFICULTY = {kept: word for word, kept in CALLED.items()}  # as banks write it
SECTION_WORDS = ("title", "bank", "chapter", "difficulty", "article", "rule")
SECTION_FIELDS = {"kind", "count", "points_milli", "parts", *SECTION_WORDS}


@dataclass(frozen=True)
class Section:
    """So many questions of one kind at so many thousandths of a point each; an empty filter takes every one.

    Of cases it is so many with exactly `parts` questions each. `bank` is a bank's short name, `article` a
    handbook's and an article's identity ("slug#第三条", or 第三条 of whichever); `rule` scores its multiple choice,
    else the blueprint's does.
    """

    title: str
    kind: str
    count: int
    points_milli: int
    chapter: str = ""
    difficulty: str = ""
    article: str = ""
    rule: str = ""
    parts: int = 1
    bank: str = ""

    @property
    def label(self) -> str:
        """The title with what narrows the section down, to name it in a problem."""
        number, level = self.article.rpartition("#")[2], DIFFICULTY.get(self.difficulty, self.difficulty)
        return " · ".join(part for part in (self.title, self.chapter, number, level) if part)

    @property
    def questions(self) -> int:
        """How many questions a paper has of it."""
        return self.count * self.parts


@dataclass(frozen=True)
class Blueprint:
    """The sections in the order of the paper, and the scoring rule of its multiple-choice questions.

    `forms` fixed papers are dealt evenly; with 0 every person gets a paper of their own. Questions that the person had
    within `fresh_days` are drawn only where the banks do not hold enough others.
    """

    sections: tuple[Section, ...]
    rule: str = DEFAULT_RULE
    forms: int = 0
    fresh_days: int = 0

    @property
    def count(self) -> int:
        """How many questions a paper has."""
        return sum(section.questions for section in self.sections)

    @property
    def full_milli(self) -> int:
        """What a whole paper is worth, in thousandths of a point."""
        return sum(section.questions * section.points_milli for section in self.sections)


def to_plain(blueprint: Blueprint) -> dict:
    """Return the plain data that `parse` reads, without empty filters."""
    sections = [
        {name: value for name, value in vars(section).items() if value != "" and (name, value) != ("parts", 1)}
        for section in blueprint.sections
    ]
    extra = {name: value for name in NUMBERS if (value := getattr(blueprint, name))}
    return {"sections": sections, "rule": blueprint.rule, **extra}


def parse(plain) -> Blueprint:
    """Return the blueprint that plain data describes; raises Invalid with every problem and its place."""
    problems = check(plain)
    if problems:
        raise Invalid(problems)
    sections = tuple(Section(**section) for section in plain["sections"])
    return Blueprint(sections, plain.get("rule", DEFAULT_RULE), *(plain.get(name, 0) for name in NUMBERS))


def check(plain) -> list[Problem]:
    """Return everything that is wrong with the plain data of a blueprint, whatever its shapes."""
    sections = plain.get("sections") if isinstance(plain, dict) else None
    if not isinstance(sections, list) or not 1 <= len(sections) <= MOST_SECTIONS:
        message = N_("A blueprint needs 1 to %(most)s sections.")
        return [Problem("sections", message, "sections", {"most": MOST_SECTIONS})]
    problems = [_unknown(name, name) for name in sorted(set(map(str, plain)) - {"sections", "rule", *NUMBERS})]
    if not isinstance(plain.get("rule", DEFAULT_RULE), str) or plain.get("rule", DEFAULT_RULE) not in RULES:
        problems.append(Problem("rule", N_("There is no scoring rule of this name."), "rule"))
    for name, most in NUMBERS.items():
        problems += _check_number(plain.get(name, 0), most, name, least=0)
    for index, section in enumerate(sections):
        problems += _check_section(section, f"sections[{index}]")
    return problems or _check_size(sections)


def _check_size(sections: list[dict]) -> list[Problem]:
    count = sum(section["count"] * section.get("parts", 1) for section in sections)
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
    if not isinstance(section.get("kind"), str) or section["kind"] not in HELD:
        problems.append(Problem("section-kind", N_("There is no kind of question of this name."), f"{place}.kind"))
    problems += _check_number(section.get("count"), MOST_QUESTIONS, f"{place}.count")
    problems += _check_number(section.get("points_milli"), MOST_POINTS_MILLI, f"{place}.points_milli")
    most_parts = case.MOST if section.get("kind") == "case" else 1
    problems += _check_number(section.get("parts", 1), most_parts, f"{place}.parts")
    if section.get("rule", "") != "" and section["rule"] not in tuple(RULES):
        problems.append(Problem("rule", N_("There is no scoring rule of this name."), f"{place}.rule"))
    for name in SECTION_WORDS:
        problems += _check_word(section.get(name, ""), f"{place}.{name}")
    return problems


def _check_number(value, most: int, place: str, least: int = 1) -> list[Problem]:
    if type(value) is int and least <= value <= most:
        return []
    message = N_("This has to be a whole number from %(least)s to %(most)s.")
    return [Problem("section-number", message, place, {"least": least, "most": most})]


def _check_word(value, place: str) -> list[Problem]:
    if not isinstance(value, str):
        return [Problem("section-word", N_("This has to be a text."), place)]
    return check_text(value, TEXT_LONGEST, place)


def _unknown(name: str, place: str) -> Problem:
    return Problem("unknown-field", N_("There is no field of this name."), place)
