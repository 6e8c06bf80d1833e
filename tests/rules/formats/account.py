"""The promise of every reader: no line that is not blank is dropped silently."""

import re


def lines_lost(text: str, document: dict) -> list[int]:
    """Return the numbers of lines that are in no source, not ignored, and not the place of a problem."""
    items = document.get("articles", []) + document.get("questions", [])
    told = {
        number
        for one in [item["source"] for item in items] + document["ignored"]
        for number in range(one["from"], one["to"] + 1)
    }
    problems = document["problems"] + [one for item in document.get("questions", []) for one in item["problems"]]
    told |= {int(one["place"]) for one in problems if one["place"].isdigit()}
    lines = re.split(r"\r\n|\r|\n", text)
    return [number for number, line in enumerate(lines, 1) if line.strip() and number not in told]


def codes(document: dict) -> list[str]:
    """Return the codes of all problems, in order."""
    found = list(document["problems"])
    for question in document.get("questions", []):
        found += question["problems"]
    return [one["code"] for one in found]


def rows_lost(book: dict, document: dict) -> list[str]:
    """Return the places of rows of a workbook that are in no source, not ignored, and not the place of a problem."""
    spans = [item["source"] for item in document["questions"]] + document["ignored"]
    problems = document["problems"] + [one for item in document["questions"] for one in item["problems"]]
    told = {one["place"] for one in problems}
    for span in spans:
        name, first, last = _split(span)
        told |= {f"{name}{number}" for number in range(first, last + 1)}
    lost = []
    for sheet in book["sheets"]:
        for index, row in enumerate(sheet["rows"]):
            place = str(sheet["lines"][index][0]) if "lines" in sheet else f"{sheet['name']}!{index + 1}"
            if any(cell.strip() for cell in row) and place not in told:
                lost.append(place)
    return lost


def _split(span: dict) -> tuple[str, int, int]:
    head, sign, first = str(span["from"]).rpartition("!")
    return head + sign, int(first), int(str(span["to"]).rpartition("!")[2])
