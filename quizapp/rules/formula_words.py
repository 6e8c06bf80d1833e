"""A formula in MathML as words on one line, for where no two-dimensional one can be drawn; never ambiguous."""

import re
from dataclasses import dataclass, field

from quizapp.rules.pdf_words import fraction, level, lowered, raised

ONE = re.compile(r"\w|\d[\d.,]*|[\d.]*\w")  # needs no brackets
HIGH = {"∘", "°", "′", "″"}  # stand high by themselves
NAME = re.compile(r"[A-Za-z]{2,}")  # sin, lim: what follows stands apart


@dataclass
class Node:
    """A piece of markup: its tag, attributes, and what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)


def told(node: Node | str, is_small: bool = False) -> str:
    """Return a formula's words; `is_small` in what is raised or lowered already, where signs say it instead."""
    if isinstance(node, str):
        return node.strip()
    inner = [one for one in node.children if isinstance(one, Node)]
    if not inner:
        return "" if node.tag == "mphantom" else "".join(one for one in node.children if isinstance(one, str))
    if node.tag in SHAPES and len(inner) == SHAPES[node.tag][0]:
        return SHAPES[node.tag][1](inner, is_small)
    if node.tag == "mtable":
        return "; ".join(told(row, is_small) for row in inner)
    if node.tag == "mtr":
        return ", ".join(told(cell, is_small) for cell in inner)
    return _row(inner, is_small)


def _row(inner: list[Node], is_small: bool) -> str:
    if len(inner) == 1:
        return told(inner[0], is_small)
    said = ""
    for place, one in enumerate(inner):
        words = told(one, is_small)
        beside = [*inner[max(0, place - 1) : place], *inner[place + 1 : place + 2]]
        if one.tag == "mfrac" and "(" in words[:1] + words[-1:]:
            words = f"({words})" if any(each.tag != "mo" for each in beside) else words
        elif one.tag == "mfrac" and (said[-1:].isalnum() or said and level(said[-1])):
            said += " "  # 2 and a quarter is no 2 with something raised beside it
        said += " " * bool(NAME.fullmatch(said.split(" ")[-1]) and words[:1].isalnum()) + words
        said += " " * bool(place + 1 < len(inner) and one.tag in ("mi", "mo") and NAME.fullmatch(words))
    return said.replace("  ", " ")


def _group(node: Node, is_small: bool) -> str:
    words = told(node, is_small)
    while node.tag == "mrow" and len(node.children) == 1 and isinstance(node.children[0], Node):
        node = node.children[0]
    fences = [one for one in node.children if isinstance(one, Node) and "fence" in one.attributes]
    return words if node.tag == "mo" or len(fences) == 2 or ONE.fullmatch(words) else f"({words})"


def _fraction(inner: list[Node], is_small: bool) -> str:
    above, below = (told(one, is_small) for one in inner)
    if ONE.fullmatch(above) and ONE.fullmatch(below):
        return f"{above}/{below}" if is_small else fraction(above, below)
    return f"{_group(inner[0], is_small)}/{_group(inner[1], is_small)}"


def _scripts(*places: tuple[str, int]):
    """Return how to tell a base with what is raised ("^") or lowered ("_") beside it."""

    def tell(inner: list[Node], is_small: bool) -> str:
        said = _group(inner[0], is_small)
        for sign, place in places:
            beside = told(inner[place], True)
            if beside in HIGH:
                said += beside
            elif is_small:
                said += sign + _group(inner[place], True)
            else:
                said += (raised if sign == "^" else lowered)(beside)
        return said

    return tell


def _root(inner: list[Node], is_small: bool) -> str:
    degree = told(inner[1], True)
    return " " + (f"({degree})" if is_small else raised(degree)) + "√" + _group(inner[0], is_small)


SHAPES = {
    "mfrac": (2, _fraction),
    "msqrt": (1, lambda inner, is_small: "√" + _group(inner[0], is_small)),
    "mroot": (2, _root),
    "msub": (2, _scripts(("_", 1))),
    "munder": (2, _scripts(("_", 1))),
    "msup": (2, _scripts(("^", 1))),
    "mover": (2, _scripts(("^", 1))),
    "msubsup": (3, _scripts(("_", 1), ("^", 2))),
    "munderover": (3, _scripts(("_", 1), ("^", 2))),
}
