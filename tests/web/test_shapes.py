"""Shapes are made ready by one thread: met for the first time by several at once, msgspec crashes the whole process."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "quizapp"


def late_shapes(source: str) -> list[int]:
    """Return the lines that decode into a type which nobody has made ready before."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "msgspec.json.decode"
        and any(word.arg == "type" for word in node.keywords)
    ]


def test_no_shape_is_met_for_the_first_time_inside_a_request():
    found = {str(path): late_shapes(path.read_text()) for path in PACKAGE.rglob("*.py")}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_late_shape_would_be_noticed():
    assert late_shapes("msgspec.json.decode(raw)\nmsgspec.json.decode(raw, type=Shape)") == [2]
