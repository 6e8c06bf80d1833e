"""Options of a question: on lines of their own or several in one, with a sign behind the letter or without."""

import re
from typing import TYPE_CHECKING

from quizapp.rules.formats import drafts
from quizapp.rules.formats.drafts import LETTERS, letter_at
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import marks, numbering
from quizapp.rules.words import N_

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

TRUTH_OPTION = re.compile(
    r"(?:true|false|[TF√×]|对|错)\s?[.．、:：)）]\s{0,9}(?:正确|错误|对|错|true|false)?", re.IGNORECASE
)

OVER = ("", "option", "answer", "explanation", "given")  # parts after which a question may be over
SHARED = re.compile(  # （1～3题共用备选答案）
    r"[^。；;？?]{0,30}共用[^。；;？?]{0,6}(?:选项|答案)[^。；;？?]{0,20}[:：。]?"
)
AS_FAR = 30  # rows of options above questions, and of the first two of these

ODD_SIGN = re.compile(r"[A-Z](?:\s?[,，]\s?(?=[^\sA-Z])|[ \t\u3000]{1,4}(?=[\u4e00-\u9fff]))")  # D，伞 and D 伞
LEAD = re.compile(r"[-*•·○□◯☐⬜]\s?")  # before a truth
BOX = r"(?:[○□◯☐●]|[(（\[]\s{0,3}[)）\]])?\s?"
BOTH_TRUTHS = re.compile(rf"{BOX}(?:正确|对|是|√)[\s/／]{{0,9}}{BOX}(?:错误|错|否|×)")


def take_truth_option(walk: "Walk", index: int, row: Row) -> bool:
    """Take "true. 正确" and "false. 错误", or the words alone, below a statement: options that say nothing more."""
    is_truth = TRUTH_OPTION.fullmatch(row.text) or BOTH_TRUTHS.fullmatch(row.text) or _is_of_two(walk, index)
    if walk.entry is None or walk.part not in ("stem", "option") or not is_truth:
        return False
    walk.entry.kind, walk.entry.last = walk.entry.kind or "true_false", row.number
    return True


def are_both_truths(walk: "Walk", index: int) -> bool:
    """Return whether a row and the one below it say right and wrong, and nothing else."""
    rows = walk.rows[index : index + 2]
    return {drafts.read_truth(LEAD.sub("", row.text, count=1)) for row in rows} == {True, False}


def _is_of_two(walk: "Walk", index: int) -> bool:
    """Return whether a row says right or wrong and nothing else, and the other stands above or below it as well."""
    own, above, below = (
        drafts.read_truth(LEAD.sub("", walk.rows[place].text, count=1)) if 0 <= place < len(walk.rows) else None
        for place in (index, index - 1, index + 1)
    )
    if own is None or walk.entry is None or not walk.entry.stem or own == above:
        return False
    return below is (not own) if walk.entry.last != walk.rows[index - 1].number or above is None else above is (not own)


def take_shared(walk: "Walk", index: int, row: Row) -> bool:
    """Take options that stand above several questions, none of which has options of its own; return whether it did."""
    if SHARED.fullmatch(row.text) and walk.part in OVER and not numbering.any_number(walk, row.text):
        walk.entry, walk.part, walk.is_new_group, walk.shared = None, "", True, []
        walk.account.ignore(row.number, "instruction")
        return True
    is_anew = walk.entry is None and not walk.shared or walk.entry is not None and bool(walk.entry.shared)
    wanted = "A" if is_anew else letter_at(len(walk.shared)) if walk.entry is None else ""
    places = marks.options_inside(row.text, wanted) if wanted else []
    if places[:1] != [0] or is_anew and not _are_shared(walk, index):
        return False
    pieces = [row.text[start:end] for start, end in zip(places, [*places[1:], None], strict=True)]
    found = [option[1].strip() for piece in pieces if (option := marks.read_option(piece))]
    walk.shared = ([] if is_anew else walk.shared) + found
    walk.entry, walk.part, walk.is_new_group = None, "", True
    walk.account.ignore(row.number, "material")
    return True


def _are_shared(walk: "Walk", index: int) -> bool:
    """Return whether two questions follow the options that begin here, and none of these has options of its own."""
    questions = 0
    for place, row in enumerate(walk.rows[index : index + AS_FAR], index):
        option = marks.read_option(row.text)
        if option and questions or not option and not questions and not numbering.any_number(walk, row.text):
            return False
        questions += not option and numbering.any_number(walk, row.text) is not None
        if questions > 1:
            return len(marks.options_inside(row.text, "A")) < 2 and not _next_letter(walk, place)
    return False


def read(walk: "Walk", index: int, text: str) -> tuple[str, str] | None:
    """Return (letter, text) of the option that a piece begins, or None."""
    found = marks.read_option(text)
    is_late = walk.part in ("answer", "explanation") and walk.entry is not None and not walk.entry.options
    is_late = (
        is_late and found is not None and (_next_letter(walk, index) == "B" or bool(marks.options_inside(text, "B")))
    )
    if walk.entry is None or walk.part not in ("stem", "option") and not is_late:
        return _read_late(walk, index, text)
    if found and found[0] == walk.wanted_letter():
        return found
    if loose := read_loose(walk, index, text) or _read_odd(walk, text):
        return loose
    return found if found and found[1] and walk.part == "option" and _is_misprint(walk, found[0]) else None


def _read_odd(walk: "Walk", text: str) -> tuple[str, str] | None:
    """Return the third option or a later one where a comma, or nothing, stands for the sign that others have."""
    is_next = walk.part == "option" and len(walk.entry.options) > 1 and text[:1] == walk.wanted_letter()
    found = ODD_SIGN.match(text) if is_next else None
    return (text[0], text[found.end() :]) if found else None


def _read_late(walk: "Walk", index: int, text: str) -> tuple[str, str] | None:
    """Return the first option without a sign below an answer, where nothing but the answer is there yet."""
    is_open = walk.entry is not None and walk.part == "answer" and walk.entry.answers and not walk.entry.options
    return read_loose(walk, index, text) if is_open else None


def _is_misprint(walk: "Walk", letter: str) -> bool:
    """Return whether a wrong letter is still an option: the one before again, or the one after the wanted."""
    return LETTERS.index(letter) in (len(walk.entry.options) - 1, len(walk.entry.options) + 1)


def read_loose(walk: "Walk", index: int, text: str) -> tuple[str, str] | None:
    """Return an option without a sign (A灯) if the letter is wanted and its neighbours are options too."""
    found = marks.read_loose_option(text)
    wanted = (walk.wanted_letter() if walk.entry else "") or "A"
    if not found or found[0] != wanted or marks.read_option(text):
        return None
    if wanted != "A" and walk.habit.options == "A":
        return found
    following = chr(ord(wanted) + 1)
    if wanted != "Z" and marks.options_inside(text[1:], following):
        return found
    for row in walk.rows[index + 1 : index + 3]:
        option = marks.read_option(row.text) or marks.read_loose_option(row.text)
        if option and option[0] == following:
            return found
    return None


def add(walk: "Walk", index: int, row: Row, letter: str, text: str) -> None:
    """Add an option to the question; its text goes on to the next mark."""
    if letter != walk.wanted_letter():
        walk.entry.warn(
            "option-order",
            N_("Option %(letter)s stands where %(wanted)s should be."),
            row.number,
            letter=letter,
            wanted=walk.wanted_letter(),
        )
    if not walk.entry.options:
        walk.habit.options = "A." if marks.read_option(row.text) or marks.options_inside(row.text, "A") else "A"
    walk.entry.options.append([])
    walk.entry.last, walk.part = row.number, "option"
    walk.cut(index, row, text)


def inside(walk: "Walk", index: int, text: str) -> int:
    """Return where options begin inside a stem or an option, minding what the next row begins with; else -1.

    A stem that only names letters (甲地A、乙地B) is followed by rows that begin with A.
    """
    wanted = walk.wanted_letter()
    following = _next_letter(walk, index)
    if not wanted or following and following <= wanted and following != "A":
        return -1
    last = chr(ord(following) - 1) if following > "A" else ""
    places = marks.options_inside(text, wanted, last)
    if wanted == "A" and (len(places) < 2 or following == "A"):
        return -1
    return places[0] if places else -1


def _next_letter(walk: "Walk", index: int) -> str:
    following = walk.rows[index + 1].text if index + 1 < len(walk.rows) else ""
    found = marks.read_option(following)
    is_lead = found and marks.lead_of(following, walk.numbers, walk.last_number)[1]
    return found[0] if found and not is_lead else ""
