"""Options that say of themselves that they are right: B.伞(正确答案), *B.伞, B.伞 √, **B.伞**, ☑ 伞 beside ☐ 灯."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quizapp.rules.formats.drafts import LETTERS, letter_at, read_truth
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import marks
from quizapp.rules.formats.webpage import BOLD_SIGN, COLOURED_SIGN, NAMED_SIGN, TICKED_SIGN

BULLET = r"(?:[-+•·*]\s{1,9})?"
LETTER = r"[(（]?\s?[A-Ha-hＡ-Ｈ]\s?[.．、:：)）]"
STARTS, ENDS = rf"(?:^{BULLET}|(?<=\s))", rf"(?=\s{{0,60}}(?:$|{LETTER}))"
LEADS = re.compile(rf"^\s*(?:{BULLET}|[☐□⬜○◯]\s?)(?={LETTER})")
BOLD = BOLD_SIGN  # stands for bold words, as a sign before their letter
LOOKS = NAMED_SIGN + COLOURED_SIGN + TICKED_SIGN + BOLD
BOLD_WORDS = [
    re.compile(rf"^{BULLET}(\*\*|__)(?P<letter>{LETTER})(?P<words>.*)\1$"),
    re.compile(rf"^{BULLET}(?P<letter>{LETTER})\s?(\*\*|__)(?P<words>[^*_].*)\2$"),
]
WORDS = r"[(（\[【]\s*(?:正确(?:答案|选项|项)|(?:这是|此为|为)?答案|正解)\s*[)）\]】]"
MARK = re.compile(rf"{WORDS}$")
BOXES = [("[☑☒✅■]", "[☐□⬜]"), ("[●◉]", "[○◯]"), (r"\[[xX*√✓]\]", r"\[\s?\]")]
FILLED_BOX, EMPTY_BOX = r"(?:[●◉☑☒✅■]|[(（\[]\s?[√✓✔]\s?[)）\]])", r"(?:[○◯☐□⬜]|[(（\[]\s{0,3}[)）\]])"
TRUTHS = re.compile(
    rf"\s*(?P<true>{FILLED_BOX}|{EMPTY_BOX})\s?(?:A\s?[.．、]\s?)?(?:正确|对|是|√)\s{{0,20}}"
    rf"(?P<false>{FILLED_BOX}|{EMPTY_BOX})\s?(?:B\s?[.．、]\s?)?(?:错误|错|否|不正确|×)\s*"
)
SMALL = str.maketrans("abcdefgh", "ABCDEFGH")
NO_OPTION = re.compile(r"\s*[(（【第]{0,2}\d")  # a row that begins the next question
FILLED = re.compile(r"[(（]\s*[A-H](?:[\s、,，]*[A-H])*\s*[)）]")
MOST = 0.6  # of the questions without another answer: a sign that fewer bear tells nothing
LONGEST = 2000  # characters of a row that is looked at


@dataclass(frozen=True)
class Style:
    """How right options are marked, and what the others may bear in its place."""

    right: re.Pattern
    other: re.Pattern
    signs: str  # one of which stands in every mark
    is_before: bool  # the mark stands before the letter, not behind the words
    is_certain: bool = False  # it says so in words


def _before(signs: str, right: str, other: str = "[-×✗✘❌☐□⬜○◯]") -> Style:
    mark, no_mark = (re.compile(rf"{STARTS}{form}\s{{0,9}}(?={LETTER})") for form in (right, other))
    return Style(mark, no_mark, signs, True)


def _behind(signs: str, right: str, other: str = "[×✗✘❌]", is_certain: bool = False) -> Style:
    mark, no_mark = (re.compile(rf"\s{{0,9}}{form}{ENDS}") for form in (right, other))
    return Style(mark, no_mark, signs, False, is_certain)


STYLES = [
    _behind("正答", WORDS, is_certain=True),
    _before("*", rf"\*(?!{LETTER}\*)"),  # *A.* is only slanted
    _before("●◉☑✅■", "[●◉☑✅■]", "[○◯☐□⬜]"),
    *(_before(sign, re.escape(sign)) for sign in "＊√✓✔☑☒✅★■●◉→#+"),
    *(_before(sign, f"[{LOOKS}]{{0,3}}{sign}[{LOOKS}]{{0,3}}", f"[{LOOKS}]") for sign in LOOKS),
    _before("*xX√✓✔■●", r"[\[(（【]\s?[*xX√✓✔■●]\s?[\])）】]", r"[\[(（【]\s{0,9}[×✗]?\s{0,9}[\])）】]"),
    *(_behind(sign, re.escape(sign)) for sign in "*＊√✓✔☑✅★"),
    _behind("√✓✔正对", r"[(（\[【]\s?(?:[√✓✔]|正确|对)\s?[)）\]】]", r"[(（\[【]\s?(?:[×✗✘]|错误?)\s?[)）\]】]"),
]


@dataclass
class Run:
    """The options of one question: their rows, how many they are, and the letters (or truths) that are marked."""

    rows: list[int] = field(default_factory=list)
    count: int = 0
    right: list[str] = field(default_factory=list)
    other: int = 0  # how many options bear the mark of a wrong one
    is_answered: bool = False
    is_truth: bool = False


def with_answers(rows: list[Row]) -> list[Row]:
    """Return the rows with an answer behind the options of which some bear a mark, which is taken off.

    One that is a sign has to be the habit of the file: most questions bear it, each at some of its options.
    """
    rows = [_told(row) for row in _lettered(rows)]
    signs = {sign for row in rows for sign in row.text} | {BOLD}
    for style in STYLES:
        tried = [_bold(row) for row in rows] if style.signs == BOLD else rows
        if signs.intersection(style.signs) and any(style.right.search(row.text[:LONGEST]) for row in tried):
            runs = list(_runs(tried, style))
            if style.is_certain or _is_habit(runs):
                rows = _answered(tried, runs, style)
    return rows


def _told(row: Row) -> Row:
    """Return a row of both truths of which one box is filled (○对 ●错) as the answer."""
    found = TRUTHS.fullmatch(row.text) if len(row.text) < LONGEST else None
    filled = [bool(re.match(FILLED_BOX, found[box])) for box in ("true", "false")] if found else []
    return replace(row, text=f"答案：{'对' if filled[0] else '错'}") if sum(filled) == 1 else row


def _bold(row: Row) -> Row:
    """Return an option in bold, or whose words are, with the sign of it before its letter."""
    found = next(filter(None, (form.match(row.text) for form in BOLD_WORDS)), None) if len(row.text) < LONGEST else None
    return replace(row, text=f"{BOLD}{found['letter']}{found['words']}") if found else row


def _lettered(rows: list[Row]) -> list[Row]:
    """Return the rows with letters behind the boxes of options that have none, where some boxes are ticked."""
    for right, empty in BOXES:
        box = re.compile(rf"^{BULLET}(?P<box>(?P<right>{right})|{empty})\s*(?!{LETTER})(?P<words>[^\s×√]\S?.*)")
        found = [box.match(row.text) for row in rows]
        is_told = any(one and (one["right"] or MARK.search(one["words"])) for one in found)
        if is_told and any(one and not one["right"] for one in found):
            rows = list(_with_letters(rows, found))
    return rows


def _with_letters(rows: list[Row], found: list[re.Match | None]) -> Iterator[Row]:
    index = 0
    for place, (row, one) in enumerate(zip(rows, found, strict=True)):
        has_next = place + 1 < len(found) and found[place + 1]
        if one and (index or has_next) and index < len(LETTERS):
            yield replace(row, text=f"{one['box']}{LETTERS[index]}. {one['words']}")
            index += 1
        else:
            index = 0
            yield row


def _runs(rows: list[Row], style: Style) -> Iterator[Run]:
    """Yield the options of each question with the letters of those that are marked."""
    run = Run()
    for index, row in enumerate(rows):
        bare, places = _bare(row.text, style)
        found = _options(bare)
        is_truth = not found and read_truth(bare.strip()) is not None
        is_next = found and run.count and found[0][0] == letter_at(run.count)
        if is_next and not run.is_truth or is_truth and run.is_truth:
            pass
        elif found and found[0][0] == "A" or is_truth:
            yield run
            is_filled = bool(FILLED.search(rows[index - 1].text[:LONGEST])) if index else False
            run = Run(is_truth=is_truth, is_answered=is_filled)
        else:
            label = marks.read_label(bare.strip()) if run.count else None
            run.is_answered |= label is not None and label.sort == "answer"
            if run.is_answered or NO_OPTION.match(row.text):
                yield run
                run = Run()
            continue
        run.rows.append(index)
        run.count += len(found) or 1
        run.other += len(style.other.findall(row.text[:LONGEST]))
        run.right += [bare.strip()] if is_truth and places else _marked(found, places, style)
    yield run


def _bare(text: str, style: Style) -> tuple[str, list[int]]:
    """Return a row with spaces for all marks and its bullet, and where the marks of right options stand."""
    text = text[:LONGEST]
    places = [found.end() if style.is_before else found.start() for found in style.right.finditer(text)]
    for pattern in (style.right, style.other):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    text = LEADS.sub(lambda found: " " * len(found[0]), text)
    return text.replace("**", "  "), places


def _options(text: str) -> list[tuple[str, int]]:
    """Return (letter, place) of the options that a row holds."""
    start = len(text) - len(text.lstrip())
    text = text[start:]
    if re.match(rf"{LETTER}", text) and text.lstrip("(（ ")[0] in "abcdefgh":
        text = text.translate(SMALL)
    first = marks.read_option(text)
    places = marks.options_inside(text, first[0] if first else "A") or ([0] if first else [])
    if not first and len(places) < 2:
        return []
    letters = LETTERS[LETTERS.index(first[0] if first else "A") :]
    return [(letter, start + place) for letter, place in zip(letters, places, strict=False)]


def _marked(found: list[tuple[str, int]], places: list[int], style: Style) -> list[str]:
    """Return the letters at the places of marks."""
    if style.is_before:
        return [next((letter for letter, at in found if at >= place), "") for place in places]
    return [next((letter for letter, at in reversed(found) if at <= place), "") for place in places]


def _is_habit(runs: list[Run]) -> bool:
    """Return whether most questions without another answer bear marks, and seldom at all of their options.

    One whose boxes are all empty says nothing against it.
    """
    asked = [run for run in runs if run.count > 1 and not run.is_answered]
    asked = [run for run in asked if run.right or not run.is_truth and run.other < run.count]
    telling = sum(0 < len(run.right) < run.count for run in asked)
    every = sum(len(run.right) >= run.count for run in asked)
    return telling > 0 and telling >= every and telling + every >= MOST * len(asked)


def _answered(rows: list[Row], runs: list[Run], style: Style) -> list[Row]:
    """Return the rows without the marks of their options, an answer behind each of the runs that bear them."""
    found: list[list[Row]] = [[row] for row in rows]
    for run in runs:
        is_told = bool(run.right) and not run.is_answered
        for index in run.rows:
            text = _bare(rows[index].text, style)[0].strip() + rows[index].text[LONGEST:]
            found[index] = [] if is_told and run.is_truth else [replace(rows[index], text=text)]
        if is_told:
            last = run.rows[-1]
            found[last].append(replace(rows[last], text=f"答案：{''.join(run.right)}"))
    return [row for part in found for row in part]
