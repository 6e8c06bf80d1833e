"""The habit of a file in words, and what became of one of its lines."""

from flask_babel import gettext, ngettext

from quizapp.rules import pictures
from quizapp.rules.formats import FORMATS, accounting, places
from quizapp.rules.formats.reasons import REASONS
from quizapp.rules.words import N_

ANSWERS = {
    "line": N_("in a line of their own"),
    "stem": N_("in the text of the question"),
    "key": N_("in a key elsewhere in the file"),
}
CELLS = ("sheet", "json")  # an answer has a place of its own there anyway
SHOWN = 2_000  # characters of one line
MOST = 60  # questions of one line that mark it
SEMICOLON = {"next": N_("the next blank"), "or": N_("another accepted answer")}
ONE = {  # what one line is, where it is no part of a question
    "heading": N_("heading"),
    "material": N_("shared material"),
    "answer-key": N_("answer key"),
    "instruction": N_("instruction"),
    "front-matter": N_("head of the file"),
    "title": N_("title"),
    accounting.UNREAD: N_("not understood"),
    accounting.PROBLEM: N_("not understood"),
}


def told(document: dict) -> list[tuple[str, str]]:
    """Return (what, how) of everything that was found out about a file's habit."""
    habit, found = document["habit"] or {}, []
    if document["format"] in FORMATS:
        name = FORMATS[document["format"]].NAME
        kind = gettext(name)
        found.append((gettext("Kind of file"), " · ".join(filter(None, [kind, (document["encoding"] or "").upper()]))))
    if habit.get("numbers"):
        found.append((gettext("Numbers"), "　".join(habit["numbers"])))
    if habit.get("options"):
        found.append((gettext("Options"), "a." if habit.get("is_lower") else f"{habit['options']}"))
    if habit.get("is_run_on"):
        found.append((gettext("Lines"), gettext("several questions in one line")))
    answers = [
        f"{gettext(ANSWERS[place])} {count}"
        for place, count in (habit.get("answers") or {}).items()
        if place in ANSWERS and (place != "line" or habit.get("layout") not in CELLS)
    ]
    marks = habit.get("marks") or {}
    answers += (
        [f"{gettext('by colour or other marks')} {sum(marks.values())}"] if isinstance(marks, dict) and marks else []
    )
    if answers:
        found.append((gettext("Answers"), " · ".join(answers)))
    meaning = SEMICOLON.get(habit.get("semicolon"))
    if meaning:
        found.append((gettext("“；” means"), gettext(meaning)))
    for table in habit.get("tables") or []:
        columns = "、".join(name for name in table["columns"] if name)
        what = gettext("Columns of %(sheet)s", sheet=table["sheet"]) if table["sheet"] else gettext("Columns")
        found.append((what, columns))
    repaired = sum((document.get("repaired") or {}).values())
    if repaired:
        told = ngettext(
            "%(num)s character that only looked right", "%(num)s characters that only looked right", repaired
        )
        found.append((gettext("Repaired"), told))
    return found


def line(one: accounting.Line) -> dict:
    """Return a line as the page shows it: its number, its text, what it is, which file and sheet it stands in."""
    what = "" if one.what == "question" else gettext(ONE.get(one.what) or REASONS.get(one.what, one.what))
    text = pictures.named(one.text)
    text = text if len(text) <= SHOWN else f"{text[:SHOWN]} …"
    return {"place": places.number(one.place) or one.place, "head": places.head(one.place), "text": text, "what": what,
            "is_unread": one.is_unread,
            "of": " ".join(f"q{index}" for index in one.questions[:MOST])}  # fmt: skip
