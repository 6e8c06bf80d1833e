"""One change for many questions: what it may say, and what it makes of each question's own values."""

import re
from dataclasses import dataclass

from quizapp.rules.errors import Problem
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_

CHAPTER_LONGEST, DIFFICULTY_LONGEST, TAG_LONGEST, MOST_TAGS = 120, 16, 40, 12
MOST_POINTS_MILLI = 1_000_000
DEEDS = ("retire", "return", "ask")
SPLIT = re.compile(r"[,，、;；\n]")  # no space: “fire safety” is one tag


@dataclass(frozen=True)
class Held:
    """What of a question can be changed for many at once."""

    chapter: str
    difficulty: str
    points_milli: int
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What is to be done; None and empty leave things as they are. `deed` is "" or one of DEEDS."""

    chapter: str | None = None
    difficulty: str | None = None
    points_milli: int | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    deed: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was asked for."""
        return self == Change()


def split_tags(text: str) -> tuple[str, ...]:
    """Return the tags that somebody wrote side by side, each once, in their order."""
    return tuple(dict.fromkeys(tag for one in SPLIT.split(text) if (tag := " ".join(one.split()))))


def check_tags(tags: tuple[str, ...], place: str) -> list[Problem]:
    """Return what is wrong with tags that are to be kept."""
    if len(tags) > MOST_TAGS:
        message = N_("A question can bear at most %(most)s tags.")
        return [Problem("too-many-tags", message, place, {"most": MOST_TAGS})]
    return [problem for tag in tags for problem in check_text(tag, TAG_LONGEST, place)]


def check(change: Change) -> list[Problem]:
    """Return what is wrong with a change, whatever was written into it."""
    problems = check_text(change.chapter or "", CHAPTER_LONGEST, "chapter")
    problems += check_text(change.difficulty or "", DIFFICULTY_LONGEST, "difficulty")
    problems += check_tags(change.add_tags, "add_tags") + check_tags(change.remove_tags, "remove_tags")
    if change.points_milli is not None and not 0 < change.points_milli <= MOST_POINTS_MILLI:
        problems.append(Problem("points", N_("Points must be above 0 and at most 1000."), "points"))
    if change.is_nothing:
        problems.append(Problem("nothing", N_("Please say what is to be changed.")))
    return problems


def applied(change: Change, held: Held) -> Held:
    """Return what a question holds after the change; tags beyond the most are not added."""
    tags = [tag for tag in held.tags if tag not in change.remove_tags]
    tags += [tag for tag in change.add_tags if tag not in tags]
    return Held(
        held.chapter if change.chapter is None else change.chapter,
        held.difficulty if change.difficulty is None else change.difficulty,
        held.points_milli if change.points_milli is None else change.points_milli,
        tuple(tags[:MOST_TAGS]),
    )
