"""Where a question begins: by its number, told from points of a list, decimals and years; or by its place."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import habit, headings, marks, options, vocabulary
from quizapp.rules.formats.text.entries import Entry
from quizapp.rules.words import N_

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

TAG = re.compile(
    rf"_?[【\[(（]\s?(?P<kind>{vocabulary.KIND})题?\s?(?:[,，、]\s?[\d.]+\s?分)?[】\])）]_?\s*", re.IGNORECASE
)
NAMED = re.compile(  # 1.单选题：…
    rf"(?:(?P<kind>{vocabulary.KIND})题|(?P<short>[单多]选|填空|简答))\s?[:：]\s*(?=\S)", re.IGNORECASE
)
BLANK = re.compile(r"[(（]\s{0,80}[)）]|_{2,}")
FILLED = re.compile(r"[(（]\s{0,9}(?:[A-Z]{1,6}|[√×对错是否]|正确|错误)\s{0,9}[)）]")
SIGNED = re.compile(
    r"(?:[(（【\[]\s{0,9}(?:[√×✓✔✗✘✖╳✕对错是否TFX]|正确|错误)\s{0,9}[)）】\]]|[。.\s]\s?[√×✓✔✗✘✖╳✕])\s?[。.]?$"
)
IN_WORDS = re.compile(r"[(（][^()（）]{1,40}[)）]")  # 首都是（北京）
HOW = re.compile(  # how to answer: 正确的打√，每题2分
    r"^请|请[在将把从您你]|请(?:判断|选择|填|根据|阅读|回答|用)|[每共]\s{0,3}(?:小?题|\d+)|(?:下列|以下|下面)各|[打填划画写涂][入上]?[“\"'‘√×]"
    r"|括号[内里中]|横线[上处]|答题|满分|字母|序号"
)
ODD_LEAD = re.compile(  # what may stand for a number: ●, ①, ⒈, Ⅰ、, 1/, P1.
    r"^(?:[●○•·■□◆◇▪-]|[①-⒛Ⅰ-Ⅻ]\s?[.．、]?|[A-Z判单多填]?\d{1,3}\s?[/;；\]>·.．、,，:：])\s{0,3}(?=\D)"
)
RIGHT, WRONG = re.compile("[√✓✔]"), re.compile("[×✗✘✖╳✕]")
DECIMAL = re.compile(r"\d{1,4}[.．]\d{1,3}(?!\d)")  # 3.5, and no 3.2014年
FIGURE = re.compile(r"(?!\d{4}年)\d")
AS_FAR = 12  # rows within which the options or the answer of a question begin
NOT_CONTINUOUS = N_("The numbers are not continuous: %(number)s follows %(last)s.")
AGAIN = N_("Number %(number)s is there twice in a row.")


@dataclass(frozen=True)
class Numbered:
    """The beginning of a question: its number, the text behind it, and a sign that stood before it."""

    number: int | None
    rest: str
    sign: str = ""


def of_part(walk: "Walk", index: int) -> tuple[list[str], bool]:
    """Return how the questions of the part that begins here are numbered, and whether they bear no numbers at all.

    A part that numbers none as the file does may have a way of its own.
    """
    rows, kind = list(_rows_of_part(walk, index)), walk.section.kind
    bare = [marks.without_lead(row.text)[0] for row in rows]
    if any(marks.read_number(text, one) for text in bare for one in walk.habit.numbers):
        return walk.habit.numbers, False
    own = habit.find(rows).numbers
    numbered = [place for place, text in enumerate(bare) if any(marks.read_number(text, one) for one in own)]
    if numbered and (kind == "short_answer" or all(asks(bare[place], kind) for place in numbered)):
        return own, False
    return walk.habit.numbers, any(asks(row.text, kind) or _is_answer(row.text) for row in rows)


def _rows_of_part(walk: "Walk", index: int) -> Iterator[Row]:
    for row in walk.rows[index + 1 :]:
        is_key = vocabulary.KEY_HEAD.fullmatch(row.text[: headings.LONGEST]) and not marks.read_label(row.text)
        if is_key or headings.read_section(row.text):
            return
        yield row


def _is_answer(text: str) -> bool:
    label = marks.read_label(text)
    return label is not None and label.sort == "answer"


def asks(text: str, kind: str | None) -> bool:
    """Return whether a row without a number asks something by itself, and does not say how to answer others."""
    text = text[:2000]
    if HOW.search(text) or RIGHT.search(text) and WRONG.search(text):
        return False
    is_own = kind == "fill_blank" and IN_WORDS.search(text) or kind == "true_false" and SIGNED.search(text)
    return bool(BLANK.search(text) or FILLED.search(text) or is_own)


def any_number(walk: "Walk", text: str) -> tuple[int | None, str] | None:
    """Return (number, rest) of a text that begins with a number as this file writes them."""
    for one in walk.numbers:
        if found := marks.read_number(text, one):
            return found
    return None


def habit_of(walk: "Walk", text: str) -> str:
    """Return the key of marks.NUMBERS by which a text begins with a number, "" where it begins with none."""
    bare = marks.without_lead(text)[0]
    return next((one for one in walk.numbers if marks.read_number(bare, one)), "")


def read(walk: "Walk", index: int, row: Row, text: str, is_start: bool) -> Numbered | None:
    """Return the question that a piece begins, or None."""
    if not is_start:
        return None
    if not walk.numbers or walk.is_unnumbered:
        bare = ODD_LEAD.sub("", text, count=1) if walk.is_unnumbered else text
        return Numbered(None, bare) if _begins_unnumbered(walk, index, row, text) else None
    bare, sign = marks.lead_of(text, walk.numbers, walk.last_number)
    found, tag = any_number(walk, bare), None
    if not found and (tag := TAG.match(bare)):
        found = any_number(walk, bare[tag.end() :])
    if not found:
        found = _without_sign(walk, index, bare)
    is_statement = _is_statement(walk, text)
    if not found and _is_forgotten(walk, index, text):
        glued = marks.read_number(text, "1题") or marks.read_number(text, "1:")
        return Numbered(*glued) if glued and glued[0] == walk.last_number + 1 else Numbered(None, text)
    if not found and walk.part == "stem" and walk.entry.lead and (signed := marks.SIGNED.match(text)):
        return Numbered(None, text[signed.end() :], signed["sign"])
    if not found and is_statement:
        return Numbered(None, ODD_LEAD.sub("", text, count=1))
    if not found or found[0] is not None and not (is_statement or _is_accepted(walk, index, row, *found)):
        return None
    again = any_number(walk, found[1])  # 3、3、灯要多：typed beside an automatic one, and no 5. 5.12 or 7、7、8月
    is_twice = again and again[0] == found[0] is not None and not FIGURE.match(again[1])
    rest = again[1] if is_twice else found[1]
    return Numbered(found[0], (tag[0] if tag else "") + rest, sign)


def _without_sign(walk: "Walk", index: int, text: str) -> tuple[int | None, str] | None:
    """Return the next number where only its sign was forgotten: 8 灯要多（ ）。 between 7. and 9., behind an answer."""
    if walk.part not in ("answer", "explanation", "given"):
        return None
    found = marks.read_number(text, "1 ") or marks.read_number(text, "1题")
    following = str(walk.last_number + 1)
    if walk.part == "answer" and "1题" in walk.numbers and text.startswith(following):
        found = walk.last_number + 1, text[len(following) :]  # 71949年…, glued to a figure as others are to words
    is_next = found is not None and found[1] and found[0] == walk.last_number + 1 and not walk.is_new_group
    return found if is_next and looks_like_question(walk, index) else None


def _is_forgotten(walk: "Walk", index: int, text: str) -> bool:
    """Return whether a row behind a question that is whole begins one whose number was forgotten.

    Another answer stands below it before the next number, or options from A on where nothing else may.
    """
    entry = walk.entry
    if marks.read_option(text) or marks.read_label(text) or options.read_loose(walk, index, text):
        return False
    if walk.part == "option" and len(entry.options) > 1 and entry.options[-1] and entry.number is not None:
        return _is_before_options(walk, index)  # options begin anew
    is_whole = walk.part in ("answer", "explanation") and entry is not None and bool(entry.answers)
    if not is_whole or entry.wanted_kind() == "short_answer":
        return False
    has_options = False
    for row in walk.rows[index + 1 : index + AS_FAR]:
        option, label = marks.read_option(row.text), marks.read_label(row.text)
        if label:
            return label.sort == "answer" and (has_options or walk.part == "answer")
        if any_number(walk, row.text) or headings.read_section(row.text):
            return False
        if option and not has_options and not (option[0] == "A" and entry.options):
            return False
        has_options = has_options or option is not None
    return False


def _is_statement(walk: "Walk", text: str) -> bool:
    """Return whether a row is a statement with its sign, whose number was forgotten: first, or behind another one."""
    if walk.section.kind != "true_false" or not _is_signed(text) or marks.read_label(text):
        return False
    if walk.entry is None:
        return walk.is_new_group
    return walk.part == "stem" and bool(walk.entry.stem) and _is_signed(walk.entry.stem[-1])


def _is_signed(text: str) -> bool:
    return bool(SIGNED.search(text)) and asks(text, "true_false")


def _is_accepted(walk: "Walk", index: int, row: Row, number: int, rest: str) -> bool:
    is_next = number == walk.last_number + 1
    if walk.is_new_group:
        is_in_place = bool(walk.entries) or walk.section.kind is not None or not walk.has_sections
        return is_in_place and (is_next or number == 1) or looks_like_question(walk, index)
    if walk.part == "stem" and _is_point_of_stem(walk, index, row, number):
        walk.last_point = number
        return False
    if walk.part == "stem" and number == 1 and (walk.entry.lead or _is_signed("".join(walk.entry.stem[-1:]))):
        return True  # a statement is over with the row of its sign
    is_point = walk.part in ("explanation", "answer") and number == walk.last_point + 1 and not row.is_apart
    if walk.entry.wanted_kind() == "short_answer" and walk.part == "answer" and number == walk.last_point + 1:
        is_point = True
    if is_next and not is_point:
        return True
    is_decimal = "1.1" not in walk.numbers and bool(DECIMAL.match(row.text)) and not row.is_apart
    is_filled = _is_filled(walk, rest)
    may_jump = walk.part != "stem" or number > walk.last_number - is_filled
    if not is_decimal and may_jump and (is_filled or looks_like_question(walk, index)):
        return True
    walk.last_point = number
    return False


def _is_filled(walk: "Walk", text: str) -> bool:
    """Return whether a row holds its answer in a bracket, 首都是（北京）, as the question above it does."""
    if walk.part != "stem" or walk.entry.options or walk.entry.wanted_kind() not in (None, "fill_blank"):
        return False
    return bool(IN_WORDS.search(text) and IN_WORDS.search("".join(walk.entry.stem[-1:])))


def _is_point_of_stem(walk: "Walk", index: int, row: Row, number: int) -> bool:
    """Return whether a row in a stem is numbered otherwise than questions are, and options follow before the next.

    So are the rows that number on behind such a one: （1）____振兴 （2）____振兴.
    """
    if habit_of(walk, row.text) == walk.numbered_as:
        return False
    if number == walk.last_point + 1 > 1:
        return True
    for following in walk.rows[index + 1 : index + AS_FAR]:
        option = marks.read_option(following.text)
        if option and option[0] == "A" or len(marks.options_inside(following.text, "A")) >= 2:
            return True
        if habit_of(walk, following.text) == walk.numbered_as or headings.read_section(following.text):
            return False
    return False


def looks_like_question(walk: "Walk", index: int) -> bool:
    """Return whether a row has an empty place, options or an answer, in itself or before the next number."""
    text = walk.rows[index].text[:2000]
    if walk.habit.is_dashed and marks.DASHED.search(text) or BLANK.search(text) or FILLED.search(text):
        return True
    if marks.label_inside(text) > 0 or len(marks.options_inside(text, "A")) >= 2:
        return True
    for row in walk.rows[index + 1 : index + AS_FAR]:
        option, label = marks.read_option(row.text), marks.read_label(row.text)
        if option and option[0] == "A" or label and label.sort == "answer":
            return True
        if any_number(walk, row.text) or headings.read_section(row.text):
            return False
    return False


def _begins_unnumbered(walk: "Walk", index: int, row: Row, text: str) -> bool:
    """Return whether a row begins a question where nothing is numbered: after an answer, or before new options."""
    if marks.read_option(text) or marks.read_label(text) or options.read_loose(walk, index, text):
        return False
    if walk.entry is None:
        is_asked = _is_before_options(walk, index) or looks_like_question(walk, index)
        return (is_asked or asks(text, walk.section.kind)) and not (HOW.search(text) and walk.is_unnumbered)
    if walk.part in ("answer", "explanation", "given") and row.is_apart:
        return True
    kind = walk.entry.wanted_kind()
    if kind in ("true_false", "fill_blank") and asks(text, kind):
        is_asked = walk.part == "stem" and bool(walk.entry.stem) and asks(walk.entry.stem[-1], kind)
        return is_asked or walk.part in ("answer", "explanation")
    if walk.part == "answer" and walk.entry.answers and _is_before_answer(walk, index):
        return True
    if walk.part == "option" and (TAG.match(text) or row.is_apart and looks_like_question(walk, index)):
        return True
    return walk.part in ("option", "answer", "explanation") and _is_before_options(walk, index)


def _is_before_answer(walk: "Walk", index: int) -> bool:
    label = marks.read_label(walk.rows[index + 1].text) if index + 1 < len(walk.rows) else None
    return label is not None and label.sort == "answer"


def _is_before_options(walk: "Walk", index: int) -> bool:
    following = walk.rows[index + 1].text if index + 1 < len(walk.rows) else ""
    option = marks.read_option(following)
    return bool(option and option[0] == "A") or len(marks.options_inside(walk.rows[index].text, "A")) >= 2


def take_tag(entry: Entry, text: str) -> str:
    """Take the kind that stands in brackets before a stem; return the text behind it."""
    tag = TAG.match(text) or NAMED.match(text)
    if not tag:
        return text
    entry.kind = vocabulary.KINDS[(tag["kind"] or tag["short"]).lower()]
    return text[tag.end() :]


def checked(walk: "Walk", index: int, row: Row, number: int | None) -> int | None:
    """Return the number of a question; one that does not follow is noted, and beginning again at 1 is no gap.

    Where the next goes on as if it had followed, it was mistyped: 140 between 39 and 41 is 40.
    """
    if number is None:
        walk.last_number = 1 if walk.is_new_group else walk.last_number
        return None
    if number not in (walk.last_number + 1, 1) and walk.entries:
        walk.account.problem(
            "number-gap",
            AGAIN if number == walk.last_number else NOT_CONTINUOUS,
            row.number,
            "warning",
            number=number,
            last=walk.last_number,
        )
        if _next_number(walk, index) == walk.last_number + 2 != number + 1:
            number = walk.last_number + 1
    walk.last_number = number
    return number


def _next_number(walk: "Walk", index: int) -> int | None:
    """Return the number of the next question below a row, None where none is near."""
    for place, row in enumerate(walk.rows[index + 1 : index + AS_FAR], index + 1):
        found = any_number(walk, row.text)
        if found and not DECIMAL.match(row.text) and looks_like_question(walk, place):
            return found[0]
    return None


def forgive_order(walk: "Walk") -> None:
    """Take back what was noted of numbers where a part has them all, in another order: 1, 3, 2, 4 of two columns."""
    places = {str(entry.first): (id(entry.section), entry.chapter) for entry in walk.entries}
    parts = defaultdict(list)
    for entry in walk.entries:
        parts[id(entry.section), entry.chapter].append(entry.number or 0)
    whole = {part: set(found) for part, found in parts.items()
             if sorted(found) == list(range(min(found), min(found) + len(found)))}  # fmt: skip
    walk.account.problems = [
        one
        for one in walk.account.problems
        if one["code"] != "number-gap"
        or not {one["params"]["last"], one["params"]["number"]} <= whole.get(places.get(one["place"]), set())
    ]
