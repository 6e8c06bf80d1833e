"""The walk through the lines of a text: each is cut at its marks, and every piece goes to a question or is left out."""

import re
from collections import Counter

from quizapp.rules.formats import checks
from quizapp.rules.formats.drafts import letter_at
from quizapp.rules.formats.lines import Account, Row
from quizapp.rules.formats.text import (
    answering,
    headings,
    keying,
    marks,
    materials,
    nesting,
    numbering,
    options,
    vocabulary,
)
from quizapp.rules.formats.text.entries import Entry, Section
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

MOST_PIECES = 200
CORRECTS = re.compile(r"[【\[(（]?(?:更正|勘误|订正|修正)[】\])）]?\s?[:：]?.{0,40}?\d+\s?题")
QUESTION = re.compile(r"(\d{1,4})\s?题")
CORRECTED = N_("A line of this file corrects a question of this number; it was not applied.")
CORRECTION = N_("This line corrects other questions; it was not applied. Please correct them where it says.")
GOES_ON = N_("“%(text)s” was taken with the last option; please see whether it belongs to it.")
BETWEEN = " \t\u3000;；|,，、/／"  # signs between options of one line
SHORT = 20  # characters of a line that was not broken because it was too long
LONGEST_ROW = 20_000  # characters; a longer one is text, whatever it holds


def _no_wraps(rows: list[Row], times: Counter) -> set[str]:
    """Return the texts that stand below a short line, or below such a one that is repeated: no rest of a long line."""
    found: set[str] = set()
    for before, row in zip(rows, rows[1:], strict=False):
        is_repeated = times[before.text] > 2 and before.text in found and not marks.read_option(before.text)
        if len(before.text) < SHORT or is_repeated:
            found.add(row.text)
    return found


def _beside_pages(rows: list[Row]) -> set[str]:
    """Return the texts that stand just before or behind the number of a page."""
    pairs = list(zip(rows, rows[1:], strict=False))
    return {
        one.text for pair in pairs for one, other in (pair, pair[::-1]) if headings.PAGE.fullmatch(other.text[:200])
    }


class Walk:
    """One pass over the rows.

    `entry` is the question that takes the next line and `part` what of it the piece before belonged to: stem, option,
    answer, explanation, given (what somebody answered), one of entries.BESIDE, or "" before any question.
    """

    def __init__(self, rows: list[Row], habit: Habit, account: Account):
        self.rows, self.habit, self.account = rows, habit, account
        self.entries: list[Entry] = []
        self.entry: Entry | None = None
        self.part = ""
        self.section, self.chapter = Section(), ""
        self.last_number, self.is_new_group = 0, True
        self.numbers = habit.numbers  # keys of marks.NUMBERS by which the questions of this part are numbered
        self.is_unnumbered = False  # the questions of this part bear no numbers, while others do
        self.numbered_as = ""  # how the number of the question is written, a key of marks.NUMBERS
        self.last_point = 0  # of a numbered list in an answer or an explanation
        self.key: keying.Key | None = None  # while the rows are an answer key
        self.material: materials.Material | None = None
        self.nested: nesting.Nested | None = None  # while the questions are those of a case with numbers of its own
        self.corrected: set[int] = set()  # numbers of questions that a line corrects
        self.shared: list[str] = []  # options above several questions
        self.group_start = 0  # the first question that the next answer key may answer
        self.times = Counter(row.text for row in rows)
        self.beside_pages = _beside_pages(rows)
        self.has_bare_pages = headings.have_bare_pages(rows)
        self.no_wraps = _no_wraps(rows, self.times) | self.beside_pages
        self.has_sections = any(headings.read_section(row.text) for row in rows)
        if not self.has_sections and rows:
            self.section = headings.of_title(rows[0].text)
        self.rest = ""

    def run(self) -> list[Entry]:
        """Return the questions."""
        for index, row in enumerate(self.rows):
            if self.key is None or not keying.take(self, index, row):
                self._take(index, row)
        keying.end(self)
        numbering.forgive_order(self)
        for entry in self.entries:
            if entry.number in self.corrected:
                entry.warn("correction-unread", CORRECTED, entry.first)
        return self.entries

    def _take(self, index: int, row: Row) -> None:
        """Take a row piece by piece; what no piece took is text."""
        self.rest = row.text
        if CORRECTS.match(row.text):
            self.account.problem("correction-unread", CORRECTION, row.number, "warning")
            self.corrected |= set(map(int, QUESTION.findall(row.text)))
        if not self._as_a_whole(index, row):
            self.take_rest(index, row)

    def take_rest(self, index: int, row: Row) -> None:
        """Take what is left of a row piece by piece."""
        text, pieces = self.rest.strip(), 0
        while text:
            self.rest = ""
            pieces += 1
            if pieces > MOST_PIECES or len(text) > LONGEST_ROW:
                self._take_unread(row, text)
                return
            self._feed(index, row, text, is_start=text == row.text)
            if len(self.rest) >= len(text):
                self.add(row, self.rest)
                return
            text = self.rest.strip()

    def _as_a_whole(self, index: int, row: Row) -> bool:
        """Take a row that is no part of a question, or all of one."""
        return (
            headings.leave_out(self, index, row)
            or headings.enter(self, index, row)
            or headings.leave_out_repeated(self, index, row)
            or keying.begin(self, index, row)
            or options.take_truth_option(self, index, row)
            or options.take_shared(self, index, row)
            or materials.begin(self, index, row)
            or nesting.take(self, index, row)
        )

    def _take_unread(self, row: Row, text: str) -> None:
        self.account.problem("line-too-full", checks.TOO_LONG, row.number)
        if self.entry is not None:
            self.add(row, text)

    def _feed(self, index: int, row: Row, text: str, is_start: bool) -> None:
        """Take a piece of a row: up to the next mark; what begins there is `rest`."""
        whose = vocabulary.KEY_OF.match(text) if is_start else None
        label = marks.read_label(text[whose.end() :] if whose else text)
        if label and label.sort == "answer" and keying.begin_behind_label(self, row, label.value):
            return
        if label and not whose and answering.take_label(self, row, label):
            return
        if numbered := numbering.read(self, index, row, text, is_start):
            self.begin(index, row, numbered)
        elif option := options.read(self, index, text):
            options.add(self, index, row, *option)
        elif not (is_start and answering.take_alone(self, index, row, text)):
            self._go_on(index, row, text)

    def begin(self, index: int, row: Row, found: numbering.Numbered) -> None:
        """Begin a question; what of the row is left then is `rest`."""
        self.rest = ""
        number = numbering.checked(self, index, row, found.number)
        self.numbered_as = numbering.habit_of(self, row.text)
        self.entry = Entry(number, row.number, row.number, self.section, self.chapter, lead=found.sign)
        self.entry.shared = self.shared
        self.entry.material = materials.of_question(self, number)
        self.entries.append(self.entry)
        self.part, self.is_new_group, self.last_point = "stem", False, 0
        rest = answering.take_dashed(self, row, numbering.take_tag(self.entry, found.rest))
        self.cut(index, row, rest)
        if self.entry.answers and self.part == "stem":
            self.part = "explanation"

    def _go_on(self, index: int, row: Row, text: str) -> None:
        if self.entry is None and materials.goes_on(self, row):
            materials.take(self, row)
            return
        if self.entry is None:
            self._leave_out(row, text)
            return
        self.entry.last = row.number
        if self.part == "given":
            return
        if self.part in self.entry.beside and not self.entry.beside[self.part]:
            self.entry.beside[self.part] = text.strip()
            return
        if self.part == "answer" and not self.entry.answers:
            answering.take_value(self, row, text)
            return
        if self.part == "answer" and self.entry.wanted_kind() not in ("short_answer", "fill_blank", None):
            self.part = "explanation"
        if self.part == "option" and self._is_odd_below_options(index, row, text):
            self.entry.warn("option-goes-on", GOES_ON, row.number, text=text[:40])
        self.cut(index, row, text)

    def _is_odd_below_options(self, index: int, row: Row, text: str) -> bool:
        """Return whether a row below the last option, which is short, is hardly the rest of it."""
        is_whole = len(self.entry.options) > 1 and all(self.entry.options) and text == row.text in self.no_wraps
        following = self.rows[index + 1].text if index + 1 < len(self.rows) else ""
        return is_whole and not marks.read_option(following) and all(len(one) == 1 for one in self.entry.options)

    def _leave_out(self, row: Row, text: str) -> None:
        """Leave out a line before any question, unless it looks like a part of one that was not found."""
        kind = self.section.kind
        if marks.read_option(text) or marks.read_label(text) or kind and numbering.asks(text, kind):
            self.account.problem("unread-line", checks.UNREAD, row.number, "warning")
        else:
            reason = "instruction" if self.entries or self.section.kind else "front-matter"
            self.account.ignore(row.number, reason)

    def cut(self, index: int, row: Row, text: str) -> None:
        """Add text to the part that is open, up to the next mark inside it; `rest` is what begins there."""
        if self.part == "stem" and not self.entry.stem:
            text = numbering.take_tag(self.entry, text)
        place = self._mark_inside(index, text)
        if place < 0:
            self.add(row, text.strip())
        else:
            is_between = self.part == "option" and marks.read_option(text[place:])
            self.entry.is_listed |= bool(is_between) and text[:place].rstrip().endswith(("；", ";"))
            self.add(row, text[:place].strip(BETWEEN if is_between else None))
            self.rest = text[place:]

    def _mark_inside(self, index: int, text: str) -> int:
        """Return where the first option or label begins inside the text, or -1."""
        place = marks.label_inside(text, self.part == "explanation")
        if self.part in ("stem", "option"):
            option = options.inside(self, index, text[:place] if place >= 0 else text)
            return option if option >= 0 else place
        return place

    def add(self, row: Row, text: str) -> None:
        """Add text to the part that is open."""
        self.entry.last = row.number
        if not text:
            return
        if self.part == "stem":
            self.entry.stem.append(text)
        elif self.part == "option":
            self.entry.options[-1].append(text)
        elif self.part == "answer":
            self.entry.answers.append((row.number, text))
        else:
            self.entry.explanation.append(text)

    def wanted_letter(self) -> str:
        """Return the letter that the next option of the question bears, "" where there can be none."""
        return letter_at(len(self.entry.options)) if self.entry else ""
