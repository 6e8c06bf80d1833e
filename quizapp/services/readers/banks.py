"""A question bank's file -> the document of `bank check`."""

import json
import os
import re

from quizapp.rules import formats
from quizapp.services.readers import Unreadable, kinds
from quizapp.services.readers.text import LARGEST, read_text

HEADINGS = re.compile(r"题干|题目|题型|题号|序号|试题|答案|选项|question|answer|option", re.IGNORECASE)


def read(stream, options: dict) -> dict:
    """Return the document of the bank in a binary stream.

    Option `format` names one of FORMATS, or is "auto"; `beside` is the handle of an answer key. Raises Unreadable.
    """
    text, encoding = _text(stream)
    wanted = options.get("format", "auto")
    name = formats.find(text) if wanted == "auto" else wanted
    if "beside" in options:
        name = "text" if wanted == "auto" else name
        with os.fdopen(options["beside"], "rb") as beside:
            options = {**options, "answers": _text(beside)[0]}
    return {"format": name, "encoding": encoding, **formats.FORMATS[name].read(text, options)}


def _text(stream) -> tuple[str, str]:
    text, encoding = read_text(stream.read(LARGEST + 1))
    kind = (
        "CSV" if _is_table(text) else "JSON" if _is_json(text) else "XML" if text.lstrip().startswith("<?xml") else ""
    )
    if kind:
        raise Unreadable("not-text", kinds.AS_SHEET, kind=kind)
    return text, encoding


def _is_table(text: str) -> bool:
    """Return whether the lines are rows of a table below a row of headings."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    if len(lines) < 3 or not HEADINGS.search(lines[0]):
        return False
    for sign in (",", "\t"):
        columns = lines[0].count(sign)
        if columns and sum(line.count(sign) >= columns for line in lines) >= 0.8 * len(lines):
            return True
    return False


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
