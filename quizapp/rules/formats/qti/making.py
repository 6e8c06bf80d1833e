"""Elements of QTI as texts, each under the name that its version gives it."""

import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

EXTRA_SPACE = re.compile(r"(?<= ) |^ | $")
PLAIN = ("p", "div")  # elements that are HTML in both versions


def maker(version: str) -> Callable:
    """Return what makes elements in a version: qti-choice-interaction in 3.0 is choiceInteraction in 2.1.

    Names are those of 3.0 without their prefix; what is passed as content is XML already.
    """

    def named(name: str) -> str:
        first, *rest = name.split("-")
        return "-".join([first, *rest]) if version == "3.0" else first + "".join(word.capitalize() for word in rest)

    def make(name: str, content, **attributes) -> str:
        tag = name if name in PLAIN else ("qti-" if version == "3.0" else "") + named(name)
        given = {named(one.replace("_", "-")): value for one, value in attributes.items() if value is not None}
        head = tag + "".join(f" {one}={quoteattr(str(value))}" for one, value in given.items())
        return f"<{head}>{content}</{tag}>\n" if content != "" else f"<{head}/>\n"

    return make


def words(text: str) -> str:
    """Return a line as XML in which several spaces in a row do not become one."""
    return escape(EXTRA_SPACE.sub("\u00a0", text))


def lines(text: str, make: Callable) -> str:
    """Return a text as XML, a paragraph a line."""
    return "".join(make("p", words(line) or "\u00a0") for line in text.split("\n"))


def option(text: str, make: Callable) -> str:
    """Return the text of something to choose as XML."""
    return words(text) if "\n" not in text else lines(text, make)


def told(text: str, make: Callable, version: str) -> str:
    """Return an explanation as XML; nothing where there is none."""
    use = "scoring" if version == "3.0" else None
    return make("rubric-block", lines(text, make), use=use, view="scorer") if text else ""


def declaration(name: str, right: list[str], make: Callable, cardinality: str, base: str, mapped: str = "") -> str:
    """Return the declaration of a response: what is right, and what each value earns where that is mapped."""
    values = "".join(make("value", words(value)) for value in right)
    return make("response-declaration", make("correct-response", values) + mapped, identifier=name,
                cardinality=cardinality, base_type=base)  # fmt: skip


def mapping(values: list[str], share: float, make: Callable) -> str:
    """Return that each of these values earns a share of the points."""
    entries = "".join(make("map-entry", "", map_key=text, mapped_value=f"{share:.6g}") for text in values)
    return make("mapping", entries, default_value=0)


def scored(amount: str, make: Callable) -> str:
    """Return what adds an amount to the score."""
    before = make("variable", "", identifier="SCORE")
    return make("set-outcome-value", make("sum", before + amount), identifier="SCORE")


def worth(points: float, make: Callable) -> str:
    """Return points as an amount."""
    return make("base-value", f"{points:.6g}", base_type="float")


def condition(test: str, deed: str, make: Callable) -> str:
    """Return that something is done where a test holds."""
    return make("response-condition", make("response-if", test + deed))
