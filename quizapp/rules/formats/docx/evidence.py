"""Answers that stand in no words: the option in red, the highlighted one, the word that is underlined in a blank."""

import re
from collections import Counter

from quizapp.rules.formats.drafts import LETTERS, read_letters, read_truth
from quizapp.rules.formats.text import blanks, choosing, truths
from quizapp.rules.formats.text.entries import Entry

STRONG = ("colour", "highlight")
WEAK = ("underline", "bold")
MOST = 0.6  # of the letters: a mark that nearly all bear says nothing
MOST_OF_BLANKS = 0.8  # of the letters of a question that is told to have blanks
HALF = 0.5  # of an option's letters
FEWEST = 3  # questions before a weak mark is a habit
PADDING = " \t\u3000()（）[]【】_"
BRACKETS = re.compile(r"[\[\]\s]")


class Evidence:
    """The marks of a document's letters, and which of them tell answers."""

    def __init__(self, blocks: list[dict]):
        self.blocks = {block["number"]: block for block in blocks}
        letters = sum(len(block["text"]) for block in blocks) or 1
        marked = Counter()
        for block in blocks:
            for first, last, what in block["marks"]:
                marked[what] += last - first
        self.telling = {what for what in (*STRONG, *WEAK) if 0 < marked[what] <= MOST * letters}
        self.counted: dict[str, int] = {}

    def look(self, entries: list[Entry]) -> None:
        """Add an answer to every entry that has none in words but one in its marks."""
        open_ = [entry for entry in entries if self.telling and not _is_answered(entry)]
        found = {what: self._marked(open_, what) for what in (*STRONG, *WEAK) if what in self.telling}
        for what, answers in found.items():
            choices = sum(len(entry.options) > 1 for entry in open_)
            if what in WEAK and len(answers) < max(FEWEST, HALF * choices):
                continue
            for entry in open_:
                if id(entry) in answers and not entry.answers:
                    self._answer(entry, answers[id(entry)], what)
        in_words = [entry for entry in open_ if not entry.answers and len(entry.options) < 2]
        kindless = [entry for entry in in_words if entry.wanted_kind() is None]
        underlined = sum(bool(self._spans(entry, "underline")) for entry in kindless)
        is_habit = "underline" in self.telling and underlined >= max(FEWEST, HALF * len(kindless))
        for entry in in_words:
            self._look_in_stem(entry, is_habit)

    def _answer(self, entry: Entry, text: str, what: str) -> None:
        entry.answers.append((entry.first, text))
        self.counted[what] = self.counted.get(what, 0) + 1

    def _marked(self, entries: list[Entry], what: str) -> dict[int, str]:
        """Return the letters of the options that bear a mark, for entries in which some do and some do not.

        Where that is a habit, all of them are right in a multiple choice in which all do, and the stem does not; a kind
        that nobody tells may be that one where others have several right options.
        """
        found, whole = {}, {}
        for entry in entries:
            letters = [letter for letter, place in self._places(entry) if self._bears(place, what)]
            if 0 < len(letters) < len(entry.options):
                found[id(entry)] = "".join(letters)
            elif letters and not self._spans(entry, what):
                whole[id(entry)] = (entry.wanted_kind(), "".join(letters))
        is_habit, some = len(found) >= FEWEST, any(len(letters) > 1 for letters in found.values())
        allowed = ("multiple_choice", *((None, "choice") if some else ())) if is_habit else ()
        return found | {entry: letters for entry, (kind, letters) in whole.items() if kind in allowed}

    def _places(self, entry: Entry) -> list[tuple[str, tuple[int, int, int]]]:
        """Return (letter, (block, first, last)) of each option of an entry that is found in its blocks."""
        found, number, start = [], entry.first, 0
        for letter, lines in zip(LETTERS, entry.options, strict=False):
            words = lines[0] if lines else ""
            for at in range(number, entry.last + 1) if words else ():
                text = self.blocks[at]["text"] if at in self.blocks else ""
                place = text.find(words, start if at == number else _stem_end(text, at == entry.first))
                if place >= 0:
                    found.append((letter, (at, place, place + len(words))))
                    number, start = at, place + len(words)
                    break
        return found

    def _bears(self, place: tuple[int, int, int], what: str) -> bool:
        """Return whether most letters of a place, or the option letter before it, bear a mark."""
        number, first, last = place
        block = self.blocks[number]
        spans = [(start, end) for start, end, one in block["marks"] if one == what]
        borne = sum(max(0, min(end, last) - max(start, first)) for start, end in spans)
        head = re.search(r"[A-ZＡ-Ｚ][\s.．、:：)）]*$", block["text"][max(0, first - 8) : first])
        at = first - len(head[0]) if head else -1
        return borne >= HALF * (last - first) or any(start <= at < end for start, end in spans)

    def _look_in_stem(self, entry: Entry, is_habit: bool) -> None:
        """Take the answer that is set off within a stem: a sign at its end, or the words that fill its blanks.

        `is_habit` says that questions of which nobody tells the kind have underlined answers.
        """
        kinds = [what for what in STRONG if what in self.telling]
        wanted = entry.wanted_kind()
        if wanted == "fill_blank" and "underline" in self.telling or wanted is None and is_habit:
            kinds.append("underline")
        for what in kinds:
            self._take_spans(entry, self._spans(entry, what), what)
            if entry.answers:
                return

    def _spans(self, entry: Entry, what: str) -> list[tuple[int, int]]:
        """Return where the first line of a stem bears a mark, space and brackets at the ends left out."""
        block = self.blocks.get(entry.first)
        start = block["text"].find(entry.stem[0]) if block and entry.stem else -1
        if start < 0:
            return []
        spans = [(first - start, last - start) for first, last, one in block["marks"] if one == what]
        return [span for first, last in spans if (span := _inner(entry.stem[0], first, last))]

    def _take_spans(self, entry: Entry, spans: list[tuple[int, int]], what: str) -> None:
        """Take a sign that ends the stem, or the words of blanks; nothing where neither is likely."""
        stem = entry.stem[0]
        if not spans:
            return
        first, last = spans[-1]
        most = MOST if entry.wanted_kind() is None else MOST_OF_BLANKS
        if _is_sign(stem[first:last]) and not stem[last:].strip("()（）。. "):
            entry.stem[0] = stem[:first].rstrip() + stem[last:].lstrip()
            self._answer(entry, stem[first:last], what)
        elif entry.wanted_kind() in (None, "fill_blank") and sum(b - a for a, b in spans) < most * len(stem):
            pieces = [BRACKETS.sub("", stem[first:last]) for first, last in spans]
            for first, last in reversed(spans):
                entry.stem[0] = entry.stem[0][:first] + "____" + entry.stem[0][last:]
            entry.kind, entry.in_brackets = "fill_blank", True
            self._answer(entry, "".join(f"[{piece}]" for piece in pieces), what)


def _inner(stem: str, first: int, last: int) -> tuple[int, int] | None:
    """Return a span within a stem without the space and the brackets at its ends; None where nothing is left."""
    first, last = max(first, 0), min(last, len(stem))
    while first < last and stem[first] in PADDING:
        first += 1
    while last > first and stem[last - 1] in PADDING:
        last -= 1
    return (first, last) if first < last else None


def _stem_end(text: str, is_first: bool) -> int:
    """Return where options may begin in a block: in the first one behind the stem's bracket, if there is any."""
    found = re.search(r"[(（][^()（）]{0,9}[)）]", text) if is_first else None
    return found.end() if found else 0


def _is_sign(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{1,6}", text) and read_letters(text)) or read_truth(text) is not None


def _is_answered(entry: Entry) -> bool:
    stem = "\n".join(entry.stem)
    is_told = entry.answers or entry.key or entry.lead or entry.options and choosing.bracket_letters(stem)
    return bool(is_told or truths.BRACKET.search(stem) or _is_filled(entry, stem))


def _is_filled(entry: Entry, stem: str) -> bool:
    """Return whether a blank of the stem holds its answer in words."""
    return entry.wanted_kind() == "fill_blank" and any(found[1].strip() for found in blanks.FILLED_LINE.finditer(stem))
