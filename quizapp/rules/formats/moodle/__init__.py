"""Moodle XML: one element a question, its kind in an attribute, its answers with their share of the points."""

from quizapp.rules.formats.moodle.reading import read
from quizapp.rules.formats.moodle.writing import unheld, write

__all__ = ["NAME", "read", "unheld", "write"]

NAME = "Moodle XML"
