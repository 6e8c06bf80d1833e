"""GIFT, the text format of Moodle: a stem, and its answers in braces."""

from quizapp.rules.formats.gift.reading import likeness, read
from quizapp.rules.formats.gift.writing import unheld, write

__all__ = ["NAME", "likeness", "read", "unheld", "write"]

NAME = "GIFT"
