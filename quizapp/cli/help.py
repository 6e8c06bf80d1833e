"""Help in the operator's language, laid out for letters that are two columns wide."""

import gettext
import os
import re
import unicodedata
from copy import copy
from textwrap import wrap

import click

from quizapp.cli.report import CATALOGUES, language, words

GAP = 2
WIDEST_TERM = 30


def speak_the_language() -> None:
    """Let click itself find its words ("Usage:", "No such option") in our catalogue."""
    gettext.bindtextdomain("messages", CATALOGUES)
    os.environ["LANGUAGE"] = language()
    click.Context.formatter_class = WideFormatter


def translated(command: click.Command) -> click.Command:
    """Return a copy of the command with its help, and that of its options and verbs, in the operator's language."""
    told = copy(command)
    told.help = paragraphs(command.help or "")
    told.short_help = told.help.split("\n\n")[0]
    told.params = [_translated(param) for param in command.params]
    if isinstance(command, click.Group):
        told.commands = {name: translated(verb) for name, verb in command.commands.items()}
    return told


def _translated(param: click.Parameter) -> click.Parameter:
    if not isinstance(param, click.Option) or not param.help:
        return param
    told = copy(param)
    told.help = paragraphs(param.help)
    return told


def paragraphs(text: str) -> str:
    """Translate a help text; each of its paragraphs, on one line, is a message of the catalogue."""
    return "\n\n".join(words(" ".join(part.split())) for part in re.split(r"\n\s*\n", text.strip()))


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


class WideFormatter(click.HelpFormatter):
    """click's layout counts letters; this one counts columns and may break between two Chinese letters."""

    def write_text(self, text: str) -> None:
        for index, paragraph in enumerate(text.split("\n\n")):
            if index:
                self.write("\n")
            for line in broken(paragraph, self.width - self.current_indent):
                self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(self, rows, col_max=WIDEST_TERM, col_spacing=GAP) -> None:
        rows = list(rows)
        column = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing
        for term, meaning in rows:
            lines = broken(meaning, max(self.width - self.current_indent - column, 20)) or [""]
            if width(term) > column - col_spacing:
                self.write(f"{'':>{self.current_indent}}{term}\n")
                term = ""
            for line in lines:
                padding = " " * (column - width(term))
                self.write(f"{'':>{self.current_indent}}{term}{padding}{line}".rstrip() + "\n")
                term = ""


def broken(text: str, columns: int) -> list[str]:
    """Return the text in lines of at most so many columns, broken at spaces or beside Chinese letters."""
    pieces = re.findall(r"[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef][，。；：、！？）》”]*\s*|\s+", " ".join(text.split()))
    lines, line = [], ""
    for piece in pieces:
        if line and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return lines + wrap(line, max(columns, 1)) if line.isascii() else [*lines, line.rstrip()]
