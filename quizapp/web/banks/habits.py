"""The habit of a file in words, and what became of one of its lines."""

from flask_babel import gettext, ngettext

from quizapp.rules import pictures
from quizapp.rules.formats import accounting, habits, places
from quizapp.rules.formats.reasons import REASONS
from quizapp.rules.words import N_

SHOWN = 2_000  # characters of one line
MOST = 60  # questions of one line that mark it
ONE = {  # what one line is, where it is no part of a question
    "heading": N_("heading"),
    "material": N_("shared material"),
    "answer-key": N_("answer key"),
    "instruction": N_("instruction"),
    "front-matter": N_("head of the file"),
    "title": N_("title"),
    accounting.UNREAD: N_("not understood"),
    accounting.PROBLEM: N_("not understood"),
    accounting.KEY_PROBLEM: N_("look"),
}


def told(document: dict) -> list[tuple[str, str]]:
    """Return (what, how) of everything that was found out about a file's habit."""
    found, kind = [], habits.kind_of_file(document["format"], gettext)
    if kind:
        found.append((gettext("Kind of file"), " · ".join(filter(None, [kind, (document["encoding"] or "").upper()]))))
    found += habits.told(document, gettext)
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
    head = [places.head(one.place), gettext("Answer key") if places.is_of_key(one.place) else ""]
    return {"place": places.number(one.place) or one.place, "head": " › ".join(filter(None, head)), "text": text,
            "what": what, "is_unread": one.is_unread or one.what == accounting.KEY_PROBLEM,
            "of": " ".join(f"q{index}" for index in (*one.questions, *one.answered)[:MOST])}  # fmt: skip
