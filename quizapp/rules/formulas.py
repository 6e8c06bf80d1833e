"""Formulas in TeX between two $ signs: where one stands in a text, and how a browser draws it."""

import re

FORMULA = re.compile(r"(?<![\\$\w])\$(?=[^\s$])([^$\n]{1,500}?)(?<=\S)\$(?![\d$])")  # $5 and $6 are prices
UNKNOWN = re.compile(r"<m[ion]>\\[A-Za-z]")  # the converter passes a command that it does not know through


def mathml(latex: str) -> str | None:
    r"""Return a formula as MathML; None where it cannot be drawn, as \ce{H2O}, of which nobody knows the half."""
    from latex2mathml.converter import convert  # reads a table of signs, which no start should wait for

    try:
        made = convert(latex)
    except Exception:  # whatever it stumbles over
        return None
    return None if UNKNOWN.search(made) else made


def not_drawn(text: str) -> list[str]:
    """Return the formulas of a text that cannot be drawn."""
    return [latex for latex in FORMULA.findall(text) if mathml(latex) is None] if "$" in text else []
