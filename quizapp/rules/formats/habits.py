"""The habit of a file in words: how its questions, options and answers are written, as far as that was found out."""

from collections.abc import Callable

from quizapp.rules.formats import FORMATS
from quizapp.rules.words import N_

ANSWERS = {
    "line": N_("in a line of their own"),
    "stem": N_("in the text of the question"),
    "key": N_("in a key elsewhere in the file"),
}
CELLS = ("sheet", "json")  # an answer has a place of its own there anyway
SEMICOLON = {"next": N_("the next blank"), "or": N_("another accepted answer")}
IN_FILE = N_("answers out of %(file)s")
FEW = 5  # files that are told one by one
AND_MORE = N_("%(file)s and %(count)s more files")


def told(document: dict, say: Callable[..., str]) -> list[tuple[str, str]]:
    """Return (what, how) of a document's habit, of an archive in one line for each file; `say` is what translates.

    More than a few files of an archive that are written alike share a line: a QTI package has one for each question.
    """
    habit = document.get("habit") or {}
    if "files" in habit:
        alike: dict[str, list[str]] = {}
        for name, one in habit["files"].items():
            alike.setdefault(_in_line(one, say), []).append(name)
        return [(name, line) for line, names in alike.items() for name in _together(names, say)]
    return _told(habit, say)


def _together(names: list[str], say: Callable[..., str]) -> list[str]:
    return names if len(names) <= FEW else [say(AND_MORE, file=names[0], count=len(names) - 1)]


def kind_of_file(name: str | None, say: Callable[..., str]) -> str:
    """Return what a format is called; "" where it is none."""
    return say(FORMATS[name].NAME) if name in FORMATS else ""


def _in_line(habit: dict, say: Callable[..., str]) -> str:
    found = [kind_of_file(habit.get("format"), say)]
    found += [f"{what} {how}" for what, how in _told(habit, say)]
    if habit.get("key"):
        found.append(say(IN_FILE, file=habit["key"]))
    return " · ".join(filter(None, found))


def _told(habit: dict, say: Callable[..., str]) -> list[tuple[str, str]]:
    found = []
    if habit.get("numbers"):
        found.append((say(N_("Numbers")), "　".join(habit["numbers"])))
    if habit.get("options"):
        found.append((say(N_("Options")), "a." if habit.get("is_lower") else f"{habit['options']}"))
    if habit.get("is_run_on"):
        found.append((say(N_("Lines")), say(N_("several questions in one line"))))
    answers = [
        f"{say(ANSWERS[place])} {count}"
        for place, count in (habit.get("answers") or {}).items()
        if place in ANSWERS and (place != "line" or habit.get("layout") not in CELLS)
    ]
    marks = habit.get("marks") or {}
    if isinstance(marks, dict) and marks:
        answers.append(f"{say(N_('by colour or other marks'))} {sum(marks.values())}")
    if answers:
        found.append((say(N_("Answers")), " · ".join(answers)))
    if habit.get("semicolon") in SEMICOLON:
        found.append((say(N_("“；” means")), say(SEMICOLON[habit["semicolon"]])))
    for table in habit.get("tables") or []:
        columns = "、".join(name for name in table["columns"] if name)
        what = say(N_("Columns of %(sheet)s"), sheet=table["sheet"]) if table["sheet"] else say(N_("Columns"))
        found.append((what, columns))
    return found
