"""Writes questions as items of QTI 2.1 or 3.0, one a file, with the manifest of their package."""

import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from quizapp.rules.formats import holding
from quizapp.rules.formats.drafts import CHOICES, LETTERS
from quizapp.rules.question_types import numerical

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = {"2.1": "http://www.imsglobal.org/xsd/imsqti_v2p1", "3.0": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"}
PACKAGES = {  # version -> (name space of the manifest, schema, its version, type of a resource)
    "2.1": ("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.1 Package", "1.0.0", "imsqti_item_xmlv2p1"),
    "3.0": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "QTI Package", "3.0.0", "imsqti_item_xmlv3p0"),
}
BLANK = re.compile(r"_{2,}")
EXTRA_SPACE = re.compile(r"(?<= ) |^ | $")
PLAIN = ("p", "div")  # elements that are HTML in both versions


def files(document: dict, version: str) -> dict[str, str]:
    """Return the files of a package of the questions in the shape of `bank check --json`, by name."""
    held = [one for one in document["questions"] if not holding.is_left_out(one, unheld)]
    items = {f"items/q{number:04d}.xml": item(one, number, version) for number, one in enumerate(held, 1)}
    return {"imsmanifest.xml": _manifest(list(items), version), **items}


def unheld(question: dict) -> list[str]:
    """Return what an item of QTI does not hold of a question, by names in holding.LOSSES."""
    if question["kind"] not in BODIES:
        return ["kind"]
    is_blank, points = question["kind"] == "fill_blank", question.get("points")
    lost = {
        "any-order": is_blank and bool(question.get("any_order")),
        "blank-drawn": is_blank and not _is_drawn(question) or question["kind"] == "numerical" and is_entered(question),
        "digits": question["kind"] == "numerical" and holding.is_rounded(question),
        "truth-options": question["kind"] in CHOICES and holding.are_truths(question["options"]),
        "chapter": bool(question.get("chapter")),
        "citations": bool(question.get("citations")),
        "difficulty": bool(question.get("difficulty")),
        "points": points is not None and not points > 0,
        "spaces": holding.has_spaces(question) or any("\u00a0" in text for text in holding.texts(question)),
        "pictures": holding.has_pictures(question),
        "material": bool(question.get("material")),
    }
    return [name for name, is_lost in lost.items() if is_lost]


def _is_drawn(question: dict) -> bool:
    return BLANK.findall(question["stem"]) == ["____"] * len(question["answer"])


def is_entered(question: dict) -> bool:
    """Return whether the field for a number changes the text: a blank that is drawn becomes the field, as ____."""
    return BLANK.findall(question["stem"]) not in ([], ["____"]) or question["stem"].endswith("\n____")


def item(question: dict, number: int, version: str) -> str:
    """Return the file of one item."""
    make = maker(version)
    declared, body, processing = BODIES[question["kind"]](question, make)
    told = question.get("explanation") or ""
    most = make("default-value", make("value", _points(question)))
    scored = make("outcome-declaration", "", identifier="SCORE", cardinality="single", base_type="float")
    scored += make("outcome-declaration", most, identifier="MAXSCORE", cardinality="single", base_type="float")
    rubric = make("rubric-block", _lines(told, make), use="scoring" if version == "3.0" else None, view="scorer")
    return HEAD + make(
        "assessment-item",
        declared + scored + make("item-body", body + (rubric if told else ""))
        + make("response-processing", processing),
        xmlns=SPACES[version], identifier=f"q{number:04d}", title=" ".join(question["stem"].split())[:80],
        label=question.get("code") or None, adaptive="false", time_dependent="false",
    )  # fmt: skip


def _points(question: dict) -> float:
    """Return what a question is worth: one point where it does not say."""
    return question["points"] if question.get("points") is not None else 1


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


def _words(text: str) -> str:
    """Return a line as XML in which several spaces in a row do not become one."""
    return escape(EXTRA_SPACE.sub("\u00a0", text))


def _lines(text: str, make: Callable) -> str:
    return "".join(make("p", _words(line) or "\u00a0") for line in text.split("\n"))


def _choice(question: dict, make: Callable) -> tuple[str, str, str]:
    if question["kind"] == "true_false":
        pairs, right = [("true", "正确"), ("false", "错误")], ["true" if question["answer"] else "false"]
    else:
        pairs, right = list(zip(LETTERS, question["options"], strict=False)), list(question["answer"])
    is_single = question["kind"] != "multiple_choice"
    declared = _declaration("RESPONSE", right, make, "single" if is_single else "multiple", "identifier")
    choices = "".join(make("simple-choice", _option(text, make), identifier=one) for one, text in pairs)
    body = _lines(question["stem"], make)
    most = 1 if is_single else 0
    body += make("choice-interaction", choices, response_identifier="RESPONSE", shuffle="false", max_choices=most)
    right = make("match", make("variable", "", identifier="RESPONSE") + make("correct", "", identifier="RESPONSE"))
    return declared, body, _all_or_nothing(right, make)


def _option(text: str, make: Callable) -> str:
    return _words(text) if "\n" not in text else _lines(text, make)


def _declaration(name: str, right: list[str], make: Callable, cardinality: str, base: str, mapped="") -> str:
    values = "".join(make("value", _words(value)) for value in right)
    return make("response-declaration", make("correct-response", values) + mapped, identifier=name,
                cardinality=cardinality, base_type=base)  # fmt: skip


def _entry(question: dict, make: Callable) -> tuple[str, str, str]:
    """Return a text with a field in each blank; fields of blanks that are not drawn stand below it."""
    answers, fields, mapped = question["answer"], [], []
    declared, share = "", f"{_points(question) / len(question['answer']):.6g}"
    for number, texts in enumerate(answers, 1):
        name = "RESPONSE" if len(answers) == 1 else f"RESPONSE{number}"
        entries = "".join(make("map-entry", "", map_key=text, mapped_value=share) for text in texts)
        declared += _declaration(name, texts[:1], make, "single", "string", make("mapping", entries, default_value=0))
        fields.append(make("text-entry-interaction", "", response_identifier=name).strip())
        mapped.append(make("map-response", "", identifier=name))
    processing = make("set-outcome-value", make("sum", "".join(mapped)), identifier="SCORE")
    if len(BLANK.findall(question["stem"])) != len(fields):
        return declared, _lines(question["stem"], make) + make("p", " ".join(fields)), processing
    left = iter(fields)
    body = BLANK.sub(lambda _: next(left), _lines(question["stem"], make))
    return declared, body, processing


def _number(question: dict, make: Callable) -> tuple[str, str, str]:
    """Return a text with one field, in its blank or below it, that a number within the tolerance fits."""
    value, tolerance = (numerical.written(question["answer"][name]) for name in ("value", "tolerance"))
    declared = _declaration("RESPONSE", [value], make, "single", "float")
    field = make("text-entry-interaction", "", response_identifier="RESPONSE").strip()
    lines, seen = _lines(question["stem"], make), BLANK.search(question["stem"])
    body = BLANK.sub(field, lines, count=1) if seen else lines + make("p", field)
    both = make("variable", "", identifier="RESPONSE") + make("correct", "", identifier="RESPONSE")
    near = make("equal", both, tolerance_mode="absolute", tolerance=f"{tolerance} {tolerance}")
    return declared, body, _all_or_nothing(near, make)


def _all_or_nothing(condition: str, make: Callable) -> str:
    earned = make("set-outcome-value", make("variable", "", identifier="MAXSCORE"), identifier="SCORE")
    return make("response-condition", make("response-if", condition + earned))


def _order(question: dict, make: Callable) -> tuple[str, str, str]:
    shown = sorted(question["answer"])
    names = {text: LETTERS[place] for place, text in enumerate(shown)}
    declared = _declaration("RESPONSE", [names[text] for text in question["answer"]], make, "ordered", "identifier")
    choices = "".join(make("simple-choice", _option(text, make), identifier=names[text]) for text in shown)
    body = _lines(question["stem"], make)
    body += make("order-interaction", choices, response_identifier="RESPONSE", shuffle="true")
    both = make("variable", "", identifier="RESPONSE") + make("correct", "", identifier="RESPONSE")
    return declared, body, _all_or_nothing(make("match", both), make)


def _match(question: dict, make: Callable) -> tuple[str, str, str]:
    """Return two sets to be joined: L1, L2 … and R1, R2 …; each right pair earns its share."""
    pairs = [pair for pair in question["answer"] if pair[0]]
    rights = sorted({right for _, right in question["answer"]})
    joined = [f"L{place} R{rights.index(right) + 1}" for place, (_, right) in enumerate(pairs, 1)]
    share = f"{_points(question) / len(pairs):.6g}"
    entries = "".join(make("map-entry", "", map_key=one, mapped_value=share) for one in joined)
    mapping = make("mapping", entries, default_value=0)
    declared = _declaration("RESPONSE", joined, make, "multiple", "directedPair", mapping)

    def side(letter: str, texts: list[str], most: int) -> str:
        named = enumerate(texts, 1)
        return make("simple-match-set", "".join(
            make("simple-associable-choice", _option(text, make), identifier=f"{letter}{place}", match_max=most)
            for place, text in named))  # fmt: skip

    sets = side("L", [left for left, _ in pairs], 1) + side("R", rights, 0)
    body = _lines(question["stem"], make)
    body += make("match-interaction", sets, response_identifier="RESPONSE", shuffle="true", max_associations=len(pairs))
    earned = make("map-response", "", identifier="RESPONSE")
    return declared, body, make("set-outcome-value", earned, identifier="SCORE")


def _manifest(names: list[str], version: str) -> str:
    space, schema, number, kind = PACKAGES[version]
    resources = "".join(
        f'<resource identifier="r{place:04d}" type="{kind}" href="{name}"><file href="{name}"/></resource>\n'
        for place, name in enumerate(names, 1)
    )
    return (
        f'{HEAD}<manifest xmlns="{space}" identifier="bank">\n<metadata><schema>{schema}</schema>'
        f"<schemaversion>{number}</schemaversion></metadata>\n<organizations/>\n"
        f"<resources>\n{resources}</resources>\n</manifest>\n"
    )


BODIES = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "true_false": _choice,
    "fill_blank": _entry,
    "numerical": _number,
    "matching": _match,
    "ordering": _order,
}
