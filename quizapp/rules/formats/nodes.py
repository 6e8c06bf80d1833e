"""A JSON text as objects that know their lines, also where it stands in a script or holds an object a line."""

import json
import re
from dataclasses import dataclass

from quizapp.rules.formats.lines import BREAK

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]|\r\n|\r|\n', re.DOTALL)
SCRIPT = re.compile(
    r"\s*(?:(?:(?:var|let|const)\s+|window\.)[\w$]{1,80}\s*=|module\.exports\s*=|export\s+default)\s*(?=[\[{])"
)


@dataclass
class Node:
    """An object of the file, with its lines."""

    pairs: dict
    first: int
    last: int


def load(text: str):
    """Return the value of a JSON text, or of one with an object a line; every object becomes a Node.

    Objects close in the order in which they are built. Raises ValueError for what is no JSON, RecursionError for
    what is too deep.
    """
    try:
        return _nodes([bare(text)], text)[0]
    except ValueError:
        lines = [line for line in BREAK.split(text.lstrip("\ufeff")) if line.strip()]
        if len(lines) < 2 or not all(line.strip().startswith("{") for line in lines):
            raise
    return _nodes(lines, text)  # an object a line


def bare(text: str) -> str:
    """Return a text without what makes it a script: var questions = […];"""
    text = text.lstrip("\ufeff \t\r\n")
    return text[found.end() :].rstrip("; \t\r\n") if (found := SCRIPT.match(text)) else text


def _nodes(texts: list[str], whole: str) -> list:
    spans = iter(_spans(whole))
    made = json.JSONDecoder(object_pairs_hook=lambda pairs: Node(dict(pairs), *next(spans, (1, 1))))
    return [made.decode(one) for one in texts]


def _spans(text: str) -> list[tuple[int, int]]:
    """Return first and last line of every object, in the order in which they close."""
    line, opened, closed = 1, [], []
    for found in TOKEN.finditer(text):
        token = found[0]
        if token == "{":
            opened.append(line)
        elif token == "}":
            closed.append((opened.pop() if opened else line, line))
        elif token[0] != '"':
            line += 1
    return closed
