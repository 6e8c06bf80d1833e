"""What became of every line of a file: part of a question, left out for a reason, the place of a problem, or none."""

import re
from dataclasses import dataclass

from quizapp.rules.formats.places import NUMBER, is_of_key, number

HEAD = 8  # characters by which the beginning of a stem is found
BRACKET = re.compile(r"[（(\[【_＿\n]")  # where an answer was taken out of the stem
NUMBER_BEFORE = re.compile(r"[(（【]?\d{1,4}[)）】]?\s?[.．、:：]?\s*$")
KEY, KEY_PROBLEM = "answer-key", "key-problem"  # a line of a key in a file of its own, one that a problem names
UNREAD, PROBLEM = "unread", "problem"  # a line that nothing was made of, and one that a problem names


@dataclass(frozen=True)
class Line:
    """A line of the source; `what` is "question", the reason for which it was left out, "problem", or UNREAD."""

    place: str
    text: str
    what: str
    questions: tuple[int, ...] = ()  # indices of the questions that it belongs to
    answered: tuple[int, ...] = ()  # of those that it answers, where it stands in a key in a file of its own

    @property
    def is_unread(self) -> bool:
        """Whether nothing was made of it, with or without a problem that says so."""
        return self.what in (UNREAD, PROBLEM)


def account(document: dict) -> list[Line]:
    """Return every line of a document's `source`, in order, with what became of it."""
    source = document.get("source") or []
    index = _Places(source)
    whose: dict[int, list[int]] = {}
    for position, question in enumerate(document["questions"]):
        for line in index.within(question["source"]):
            whose.setdefault(line, []).append(position)
    reasons = {line: span["reason"] for span in document.get("ignored", []) for line in index.within(span)}
    troubled = {
        line
        for one in document.get("problems", [])
        for line in index.within({"from": one["place"], "to": one["place"]})
    }
    answered: dict[int, list[int]] = {}
    for position, question in enumerate(document["questions"]):
        for line in {each for one in question.get("keyed", ()) for each in index.within({"from": one, "to": one})}:
            answered.setdefault(line, []).append(position)
    found = []
    for line, (place, text) in enumerate(source):
        if is_of_key(place):
            what = KEY_PROBLEM if line in troubled else KEY
            found.append(Line(str(place), text, what, (), tuple(answered.get(line, ()))))
            continue
        what = "question" if line in whose else reasons.get(line) or (PROBLEM if line in troubled else UNREAD)
        found.append(Line(str(place), text, what, tuple(whose.get(line, ()))))
    return found


def order(document: dict) -> list[int]:
    """Return the indices of a document's questions in the order in which the source has them."""
    index = _Places(document.get("source") or [])
    first = [min(index.within(one["source"]), default=-1) for one in document["questions"]]
    return sorted(range(len(first)), key=lambda position: (first[position], position))


class _Places:
    """Finds the lines of a source by place: a number, or Sheet!12."""

    def __init__(self, source: list):
        self.lines: dict[tuple[str, int], list[int]] = {}
        for line, (place, _) in enumerate(source):
            self.lines.setdefault(_key(place), []).append(line)

    def within(self, span: dict) -> list[int]:
        """Return the lines of a span from one place to another of the same sheet."""
        (prefix, first), (_, last) = _key(span["from"]), _key(span["to"])
        return [line for at in range(first, max(first, last) + 1) for line in self.lines.get((prefix, at), ())]


def _key(place) -> tuple[str, int]:
    return re.sub(NUMBER, "", str(place)), number(place)


@dataclass
class Pair:
    """Lines that stand together and the questions that were made of them; none for lines that are no question."""

    lines: list[Line]
    questions: list[int]


def pairs(lines: list[Line], questions: list[dict]) -> list[Pair]:
    """Return lines in order beside the questions they belong to; one line of several questions is cut at each."""
    found: list[Pair] = []
    for line in lines:
        for piece in _pieces(line, questions):
            last = found[-1] if found else None
            is_same = last and (
                set(piece.questions) & set(last.questions)
                or not piece.questions
                and not last.questions
                and piece.what == last.lines[-1].what
            )
            if not is_same:
                found.append(Pair([], []))
            found[-1].lines.append(piece)
            found[-1].questions += [one for one in piece.questions if one not in found[-1].questions]
    return found


def lines_of(lines: list[Line], questions: list[dict]) -> dict[int, list[Line]]:
    """Return each question's own lines by its index: of a line of several questions only its own piece."""
    found: dict[int, list[Line]] = {}
    for line in lines:
        for piece in _pieces(line, questions):
            for one in piece.questions:
                found.setdefault(one, []).append(piece)
    return found


def _pieces(line: Line, questions: list[dict]) -> list[Line]:
    """Return a line of several questions as one piece each, where the beginning of each is found in it."""
    if len(line.questions) < 2:
        return [line]
    cuts, place = [(0, [])], 0
    for one in line.questions:
        head = BRACKET.split(questions[one]["stem"])[0][:HEAD]
        found = line.text.find(head, place) if head else -1
        if found >= 0:
            start = max(cuts[-1][0], _before_number(line.text, found))
            if cuts[-1][1]:
                cuts.append((start, []))
            place = found + len(head)
        cuts[-1][1].append(one)  # one that is not found stays with the one before it
    ends = [*(start for start, _ in cuts[1:]), len(line.text)]
    return [
        Line(line.place, line.text[start:end].strip(), line.what, tuple(own))
        for (start, own), end in zip(cuts, ends, strict=True)
    ]


def _before_number(text: str, place: int) -> int:
    """Return where the number before a stem begins."""
    found = NUMBER_BEFORE.search(text[max(0, place - 12) : place])
    return place - len(found[0]) if found else place
