"""Help: every command has one, in the interface language, and it fits the terminal."""

import re
import subprocess
import sys
from importlib import import_module

import click
import pytest

from quizapp.cli import COMMANDS, quizapp
from quizapp.cli.help import broken, width
from quizapp.cli.report import catalogue
from tests.cli.commands import PROJECT, run


@pytest.mark.parametrize("command", [[], ["bank"], ["bank", "check"], ["handbook"], ["handbook", "check"]])
def test_help_is_in_the_interface_language(command):
    chinese = run(*command, "--help").stdout
    english = run(*command, "--help", QUIZAPP_LANGUAGE="en").stdout
    assert chinese.startswith("用法：")
    assert english.startswith("Usage:")
    lines = [line for line in chinese.splitlines()[1:] if line.strip()]
    untranslated = [line for line in lines if line.isascii() and line in english.splitlines()]
    assert untranslated == []
    assert max(width(line) for line in chinese.splitlines()) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_in_both_languages(name):
    module, attribute, line = COMMANDS[name]
    told = [line, *sentences(getattr(import_module(f"quizapp.cli.{module}"), attribute)), *sentences(quizapp)]
    assert [sentence for sentence in told if catalogue().gettext(sentence) == sentence] == []


def sentences(command: click.Command) -> list[str]:
    """Return the paragraphs of a command's help, its options' and its verbs', as messages of the catalogue."""
    assert command.help, command.name
    texts = [command.help, *[one.help for one in command.params if isinstance(one, click.Option) and one.help]]
    found = [" ".join(part.split()) for text in texts for part in re.split(r"\n\s*\n", text.strip())]
    return found + [one for verb in getattr(command, "commands", {}).values() for one in sentences(verb)]


def test_check_starts_without_the_rooms_it_does_not_need():
    code = (
        "import sys; from quizapp.cli import main; sys.argv = ['quizapp', 'bank', 'check', '--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([name for name in ('flask', 'sqlalchemy', 'quizapp.models', 'quizapp.config') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "text, columns, lines",
    [
        ("灯要亮，门要关。", 8, ["灯要亮，", "门要关。"]),
        ("the light is on", 9, ["the light", "is on"]),
        ("see README.md 说明", 14, ["see README.md", "说明"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("", 10, []),
    ],
)
def test_lines_are_broken_by_the_columns_they_take(text, columns, lines):
    assert broken(text, columns) == lines
