"""A section of an exam's paper as one option: KIND:COUNT:POINTS, and what narrows it down."""

import click

from quizapp.cli.report import words
from quizapp.rules.difficulty import CALLED
from quizapp.rules.question_types import HELD
from quizapp.rules.words import N_

MORE = ("bank", "chapter", "difficulty", "title", "article", "rule", "parts")


class SectionType(click.ParamType):
    """Reads "single_choice:15:2" and "case:2:1.5:chapter=第一章:difficulty=易:parts=3"."""

    name = "KIND:COUNT:POINTS"

    def convert(self, value, param, context):
        """Return the section as plain data; its heading is the name of its kind unless told."""
        kind, *numbers = value.split(":")
        try:
            count, points = int(numbers[0]), float(numbers[1])
            more = dict(part.split("=", 1) for part in numbers[2:])
        except (IndexError, ValueError):
            self.fail(words(N_("A section is written as single_choice:15:2.")), param, context)
        if kind not in HELD or set(more) - set(MORE):
            self.fail(words(N_("A section is written as single_choice:15:2.")), param, context)
        if "parts" in more:
            more["parts"] = int(more["parts"]) if more["parts"].isdecimal() else 0
        if "difficulty" in more:
            more["difficulty"] = CALLED.get(more["difficulty"], more["difficulty"])
        return {"title": words(HELD[kind].NAME), "kind": kind, "count": count, "points": points, **more}


section_option = click.option(
    "--section",
    "sections",
    type=SectionType(),
    multiple=True,
    help="Section of the paper, such as single_choice:15:2 or true_false:5:1:chapter=第一章; once for each, in order.",
)
