"""Writes questions as items of QTI 2.1 or 3.0, one a file, with the manifest of their package."""

import base64
import re

from quizapp.rules.formats import cases, holding
from quizapp.rules.formats.drafts import CHOICES
from quizapp.rules.formats.qti import bodies, making
from quizapp.rules.formats.qti.bodies import BLANK, BODIES
from quizapp.rules.pictures import MARKER, named

WORDS = re.compile(r">[^<>]*⟦图[^<>]*<")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = {"2.1": "http://www.imsglobal.org/xsd/imsqti_v2p1", "3.0": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"}
PACKAGES = {  # version -> (name space of the manifest, schema, its version, type of a resource)
    "2.1": ("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.1 Package", "1.0.0", "imsqti_item_xmlv2p1"),
    "3.0": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "QTI Package", "3.0.0", "imsqti_item_xmlv3p0"),
}


def files(document: dict, version: str) -> dict[str, str | bytes]:
    """Return the files of a package of the questions in the shape of `bank check --json`, by name."""
    held = [one for one in document["questions"] if not holding.is_left_out(one, unheld)]
    known = {digest: f"images/{digest}.{one['kind']}" for digest, one in (document.get("pictures") or {}).items()}
    items, uses = {}, {}
    for number, one in enumerate(held, 1):
        name = f"items/q{number:04d}.xml"
        items[name] = _shown(item(one, number, version), known)
        uses[name] = [known[digest] for digest in sorted(holding.pictures(one) & known.keys())]
    images = {known[digest]: base64.b64decode(document["pictures"][digest]["data"]) for digest in sorted(known)}
    return {"imsmanifest.xml": _manifest(uses, version), **items, **images}


def _shown(item: str, known: dict[str, str]) -> str:
    """Return an item with an image in the place of each marker in its words, where the picture is known."""

    def image(found: re.Match) -> str:
        if found["digest"] not in known:
            return found[0]
        size = f'width="{found["width"]}" height="{found["height"]}"'
        return f'<img src="../{known[found["digest"]]}" alt="图" {size}/>'

    return WORDS.sub(lambda words: MARKER.sub(image, words[0]), item) if known else item


def unheld(question: dict) -> list[str]:
    """Return what an item of QTI does not hold of a question, by names in holding.LOSSES."""
    if question["kind"] not in (*BODIES, "case"):
        return ["kind"]
    in_parts = cases.losses_of_parts(question, unheld) if question["kind"] == "case" else []
    if "part" in in_parts:
        return in_parts
    is_blank, points = question["kind"] == "fill_blank", question.get("points")
    lost = {
        "any-order": is_blank and bool(question.get("any_order")),
        "blank-drawn": is_blank and not _is_drawn(question),
        "truth-options": question["kind"] in CHOICES and holding.are_truths(question["options"]),
        "chapter": bool(question.get("chapter")),
        "citations": bool(question.get("citations")),
        "difficulty": bool(question.get("difficulty")),
        "points": points is not None and not points > 0,
        "spaces": holding.has_spaces(question) or any("\u00a0" in text for text in holding.texts(question)),
        "material": bool(question.get("material")),
        "tags": bool(question.get("tags")),
    }
    return [name for name, is_lost in lost.items() if is_lost or name in in_parts]


def _is_drawn(question: dict) -> bool:
    return BLANK.findall(question["stem"]) == ["____"] * len(question["answer"])


def item(question: dict, number: int, version: str) -> str:
    """Return the file of one item."""
    make, points = making.maker(version), _points(question)

    def explained(text: str) -> str:
        return making.told(text, make, version)

    if question["kind"] == "case":
        declared, body, processing = bodies.case(question, make, points, explained)
    else:
        declared, body, processing = BODIES[question["kind"]](question, make, bodies.WHOLE, points)
    most = make("default-value", make("value", points))
    scored = make("outcome-declaration", "", identifier="SCORE", cardinality="single", base_type="float")
    scored += make("outcome-declaration", most, identifier="MAXSCORE", cardinality="single", base_type="float")
    return HEAD + make(
        "assessment-item",
        declared + scored + make("item-body", body + explained(question.get("explanation") or ""))
        + make("response-processing", processing),
        xmlns=SPACES[version], identifier=f"q{number:04d}", title=" ".join(named(question["stem"]).split())[:80],
        label=question.get("code") or None, adaptive="false", time_dependent="false",
    )  # fmt: skip


def _points(question: dict) -> float:
    """Return what a question is worth: one point where it does not say."""
    return question["points"] if question.get("points") is not None else 1


def _manifest(uses: dict[str, list[str]], version: str) -> str:
    """Return what says which items there are, and which pictures each shows."""
    space, schema, number, kind = PACKAGES[version]
    resources = "".join(
        f'<resource identifier="r{place:04d}" type="{kind}" href="{name}">'
        + "".join(f'<file href="{one}"/>' for one in (name, *shown))
        + "</resource>\n"
        for place, (name, shown) in enumerate(uses.items(), 1)
    )
    return (
        f'{HEAD}<manifest xmlns="{space}" identifier="bank">\n<metadata><schema>{schema}</schema>'
        f"<schemaversion>{number}</schemaversion></metadata>\n<organizations/>\n"
        f"<resources>\n{resources}</resources>\n</manifest>\n"
    )
