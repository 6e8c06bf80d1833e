"""What the lines of a question mean: the answer by its kind, citations, points, difficulty, code."""

import re
from typing import TYPE_CHECKING

from quizapp.rules import bulk
from quizapp.rules.articles import read_citations
from quizapp.rules.formats import checks
from quizapp.rules.formats.drafts import EXAMPLE, Draft, read_letters, read_truth
from quizapp.rules.formats.markdown import escaping
from quizapp.rules.formats.tags import LEVELS
from quizapp.rules.question_types import numerical
from quizapp.rules.words import N_

if TYPE_CHECKING:
    from quizapp.rules.formats.markdown.reading import Entry

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
POINTS = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)\s*分?")
BLANK = re.compile(r"_{2,}")
FILLED_BRACKET = re.compile(r"([（(])(?P<inside>[^（()）]{1,40})([)）])(?P<end>\s?[。.？?！!：:]?)$")
ARROW = re.compile(r"(?<!\\)(?:→|->|=>)")
KEPT_ARROW = re.compile(r"\\(→|->|=>)")
TOLERANCE = re.compile(r"(?P<value>\S.*?)\s{0,3}[(（]?\s{0,3}(?:±|\+/?-|误差)\s{0,9}(?P<tolerance>[^)）]+)[)）]?")
SPAN = re.compile(r"(?P<first>[+-]?[\d.]+)\s*[～~至到]\s*(?P<last>[+-]?[\d.]+)")
LISTED = {"matching", "ordering"}  # kinds whose answer is their lines
EMPTY = {"single_choice", "multiple_choice", "true_false"}  # kinds whose stem may hold the answer in a bracket


def understand(entry: "Entry") -> Draft:
    """Return the question with its answer and everything else its lines say, problems noted on it."""
    draft = entry.draft
    draft.stem = escaping.shown("\n".join(entry.stem).strip())
    draft.options = [escaping.shown("\n".join(lines).strip()) for lines in entry.options]
    values = _single_values(draft, entry.labels)
    draft.material = values.get("material", (0, ""))[1]
    draft.explanation = escaping.shown(values.get("explanation", (0, ""))[1])
    if draft.kind is None:
        draft.kind = _guess_kind(draft, values.get("answer", (0, ""))[1])
    if draft.kind == "case":
        _read_parts(draft, entry.parts)
    elif draft.kind in LISTED:
        _read_items(draft, ["\n".join(lines).strip() for lines in entry.items])
    if draft.kind in LISTED | {"case"} and "answer" in values:
        message = N_("The answer to a question of this kind is written in its lines, not after 答案.")
        draft.problem("answer-unwanted", message, values["answer"][0])
    elif draft.kind not in LISTED | {"case"}:
        _read_answer(draft, *values.get("answer", (0, "")))
    for name, reader in (
        ("citations", _citations),
        ("tags", _tags),
        ("difficulty", _difficulty),
        ("points", _points),
        ("code", _code),
        ("order", _order),
    ):
        if name in values:
            reader(draft, *values[name])
    if draft.options and draft.kind not in ("single_choice", "multiple_choice", None):
        draft.problem("options-unwanted", N_("A question of this kind has no options."))
    return draft


def _single_values(draft: Draft, labels: dict) -> dict[str, tuple[int, str]]:
    """Return the value of each label; one given twice is a problem, citations and explanations add up."""
    values = {}
    for name, given in labels.items():
        if name in ("explanation", "material"):
            values[name] = (given[0][0], "\n".join(text for _, text in given).strip())
        elif name == "citations":
            values[name] = (given[0][0], "、".join(text for _, text in given))
        else:
            values[name] = given[0]
            if len(given) > 1:
                draft.problem("label-twice", N_("This is given twice for the same question."), given[1][0])
    return values


def _read_parts(draft: Draft, entries: list["Entry"]) -> None:
    """Understand the questions of a case; their problems are told of the case, each at its own line."""
    for number, entry in enumerate(entries, 1):
        part = understand(entry)
        part.number = str(number)
        draft.parts.append(part.as_part())
        draft.problems += part.problems


def _read_items(draft: Draft, items: list[str]) -> None:
    """Read the lines of pairs (left → right; without a left: one on the right more), or of the right order."""
    if draft.kind == "ordering":
        draft.answer = [escaping.shown(item) for item in items] or None
        return
    pairs = []
    for item in items:
        left, *right = ARROW.split(item, maxsplit=1)
        if not right:
            message = N_("“%(line)s” is no pair; it wants an arrow: left → right.")
            draft.problem("pair-unreadable", message, line=item[:40])
        else:
            sides = (KEPT_ARROW.sub(r"\1", side).strip() for side in (left, right[0]))
            pairs.append([escaping.shown(side) for side in sides])
    draft.answer = pairs or None


def read_tolerance(text: str) -> dict | None:
    """Return {"value", "tolerance"} of "12.5", "12.5±0.5" or "12～13"; None for anything else."""
    span, near = SPAN.fullmatch(text), TOLERANCE.fullmatch(text)
    texts = (span["first"], span["last"]) if span else (near["value"], near["tolerance"]) if near else (text, "0")
    one, other = map(numerical.read_number, texts)
    if one is None or other is None:
        return None
    value, tolerance = ((one + other) / 2, abs(other - one) / 2) if span else (one, other)
    return {"value": numerical.figure(value), "tolerance": numerical.figure(tolerance)}


def _guess_kind(draft: Draft, answer: str) -> str | None:
    if draft.options:
        return "multiple_choice" if len(read_letters(answer) or "") > 1 else "single_choice"
    if read_truth(answer) is not None:
        return "true_false"
    return "fill_blank" if BLANK.search(draft.stem) else None


def _read_answer(draft: Draft, place: int, text: str) -> None:
    """Read the labelled answer, else the one in the bracket that ends the stem; both must agree."""
    if text:
        draft.answer = _reader(draft.kind)(text)
        if draft.answer is None:
            draft.problem("answer-unreadable", checks.NO_SUCH_ANSWER, place, answer=text[:40])
    if draft.kind in EMPTY:
        _empty_bracket(draft, bool(text))
    if draft.kind == "fill_blank" and draft.answer is not None:
        _check_blanks(draft, place)


def read_bracket(stem: str, kind: str | None) -> tuple[str | bool, str, str] | None:
    """Return (answer, as it is written, stem with the bracket emptied) where the stem ends with a filled bracket."""
    found = FILLED_BRACKET.search(stem)
    answer = _reader(kind)(found["inside"].strip()) if found and kind in EMPTY else None
    if answer is None:
        return None
    return answer, found["inside"].strip(), stem[: found.start()] + found[1] + found[3] + found["end"]


def _empty_bracket(draft: Draft, has_label: bool) -> None:
    if kept := escaping.BRACKET.search(draft.stem):
        draft.stem = draft.stem[: kept.start()] + kept["bracket"]
        return
    found = read_bracket(draft.stem, draft.kind)
    if found is None:
        return
    answer, written, draft.stem = found
    if not has_label:
        draft.answer = answer
    elif answer != draft.answer:
        draft.problem(
            "answer-contradicts",
            N_("The bracket in the text says %(bracket)s, the answer says something else."),
            bracket=written,
        )


def _reader(kind: str | None):
    readers = {"true_false": read_truth, "fill_blank": blanks_of, "numerical": read_tolerance, "short_answer": str}
    return readers.get(kind, read_letters)


def blanks_of(text: str) -> list[list[str]]:
    """Return the accepted texts of each blank: | begins the next blank, ； separates what one accepts."""
    return [
        [accepted for one in escaping.parted(blank, ";；") if (accepted := escaping.unsigned(one))]
        for blank in escaping.parted(text, "|｜")
    ]


def _check_blanks(draft: Draft, place: int) -> None:
    drawn = len(BLANK.findall(draft.stem))
    if drawn != len(draft.answer):
        draft.problem(
            "blank-count",
            N_("The text has %(drawn)s blanks, the answer fills %(given)s."),
            place,
            drawn=drawn,
            given=len(draft.answer),
        )


def _citations(draft: Draft, place: int, text: str) -> None:
    draft.citations, unread = read_citations(text)
    for piece in unread:
        draft.problem("citation-unreadable", N_("“%(piece)s” names no article."), place, piece=piece[:40])


def _tags(draft: Draft, place: int, text: str) -> None:
    draft.tags = list(bulk.split_tags(text))


def _difficulty(draft: Draft, place: int, text: str) -> None:
    draft.difficulty = LEVELS.get(text, "")
    if not draft.difficulty:
        draft.problem(
            "difficulty-unknown", N_("The difficulty is one of 易, 中, 难, not “%(text)s”."), place, text=text[:40]
        )


def _points(draft: Draft, place: int, text: str) -> None:
    found = POINTS.fullmatch(text)
    if not found or float(found[1]) == 0:
        draft.problem("points-unreadable", N_("“%(text)s” is no number of points."), place, text=text[:40])
        return
    draft.points = points_of(text)


def points_of(text: str) -> float:
    """Return the number that a text which POINTS matches begins with."""
    figure = POINTS.fullmatch(text)[1]
    return float(figure) if "." in figure else int(figure)


def _code(draft: Draft, place: int, text: str) -> None:
    draft.code = text
    if not CODE.fullmatch(text) and not text.startswith(EXAMPLE):
        draft.problem(
            "code-unreadable",
            N_("A code holds letters, digits, dots and dashes, at most 64, not “%(text)s”."),
            place,
            text=text[:40],
        )


def _order(draft: Draft, place: int, text: str) -> None:
    draft.any_order = text == "不限"
    if text not in ("不限", "固定"):
        draft.problem("order-unknown", N_("The order is 不限 or 固定, not “%(text)s”."), place, text=text[:40])
