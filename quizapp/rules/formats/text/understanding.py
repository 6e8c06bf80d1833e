"""What the sorted lines of a question mean: its kind, its stem without marks, its answer."""

import re

from quizapp.rules.formats import checks, typed
from quizapp.rules.formats.drafts import CHOICES, Draft, read_letters, read_truth
from quizapp.rules.formats.markdown.answers import ARROW
from quizapp.rules.formats.text import blanks, choosing, numbering, tags, truths
from quizapp.rules.formats.text.entries import Entry
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

SHARED = N_(
    "This question is asked about a text above it, which was taken with it; please see whether it is all there."
)
SHARED_OPTIONS = N_(
    "The options stand above several questions and were taken with each; please see whether they belong to this one."
)
OPTIONS = re.compile(
    r"\s?(?:(?:备选|供选择?的?|以下)?选项|备选答案|可选答案)(?:如下|有|为)?\s?[:：]$"
)  # before the first
NO_ANSWER = re.compile(  # what stands where an answer is still to come
    r"[(（]?(?:略|无|暂无(?:答案)?|暂缺|待[定补]充?|待完善|未知|不详|见(?:教材|书本?|课本|手册|解析).{0,6}|[?？…—–-]{1,6}|/|N/?A)[)）]?[。.]?",
    re.I,
)
SQUARE = re.compile(r"【\s{0,9}】|〔\s{0,9}〕")  # an empty place
BARE_OPTIONS = range(3, 9)  # how many of them there may be
LONGEST_FILLED = 40  # characters of what fills brackets in a stem
USUAL = 3  # answers in stems before they are the habit of a file


def understand(entry: Entry, habit: Habit) -> Draft:
    """Return the question an entry holds."""
    draft = Draft(
        number="" if entry.number is None else str(entry.number),
        stem=_tidy("\n".join(entry.stem), bool(entry.options)),
        options=["\n".join(lines).rstrip("|｜ ").strip() for lines in entry.options],
        explanation="\n".join(entry.explanation).strip(),
        first=entry.first,
        last=entry.last,
        chapter=entry.chapter,
        any_order=entry.any_order,
        material=entry.material,
        keyed=entry.keyed,
    )
    if entry.is_listed and draft.options[-1:]:
        draft.options[-1] = draft.options[-1].removesuffix("。")
    tags.take(draft, entry)
    given = entry.kind or entry.section.kind or habit.kind or None
    text = _answer_text(entry)
    text = "" if NO_ANSWER.fullmatch(text) else text
    if given in (None, "choice", *CHOICES) and not (draft.options or entry.shared):
        _take_bare_options(draft, text)
    if entry.shared and not draft.options and given in (None, "choice", *CHOICES):
        draft.options = list(entry.shared)
        draft.problem("shared-options", SHARED_OPTIONS, severity="warning")
    if entry.material:
        draft.problem("shared-material", SHARED, severity="warning")
    for code, message, line, params in entry.warnings:
        draft.problem(code, message, line, severity="warning", **params)
    is_truth = truths.BRACKET.search(draft.stem) or read_truth(text) is not None
    if given == "short_answer" and (len(draft.options) > 1 or entry.material and is_truth):
        given = None  # of a case, that may ask anything
    draft.kind = given if given not in (None, "choice") else _guess(draft, text, entry, given)
    _read(draft, entry, text, habit)
    if draft.answer is not None:
        habit.answers["line" if entry.answers else "key" if entry.key else "stem"] += 1
    return draft


def _tidy(stem: str, has_options: bool) -> str:
    stem = re.sub(r"^(?:\*+\s*|_(?!_)\s*|、(?=[\u4e00-\u9fff])|问\s?[:：]\s*)", "", stem).strip()
    return OPTIONS.sub("", stem) if has_options else stem


def _take_bare_options(draft: Draft, text: str) -> None:
    """Take the rows below a stem as its options where none bears a letter and the answer is one of them."""
    stem, *rows = draft.stem.split("\n")
    asks = numbering.BLANK.search(stem) or stem.endswith(("？", "?"))
    if asks and len(rows) in BARE_OPTIONS and rows.count(text) == 1:
        draft.stem, draft.options = stem, rows


def _answer_text(entry: Entry) -> str:
    """Return what answers the question, lines joined; a key elsewhere counts where the question itself has nothing."""
    if entry.answers:
        return "\n".join(text for _, text in entry.answers).strip()
    return (entry.key or entry.lead or "").strip()


def _guess(draft: Draft, text: str, entry: Entry, given: str | None) -> str | None:
    """Return the kind that options, answer and blanks speak for."""
    told = choosing.letters_of(draft.options, text)[0] or ""
    letters = read_letters(told) or choosing.bracket_letters(draft.stem) or ""
    letters = letters or not text and choosing.explained_letters(draft.explanation) or ""
    if draft.options or given == "choice":
        if truths.are_options(draft.options) and len(letters) <= 1 and given != "choice":
            return "true_false"
        is_all = len(draft.options) > 1 and choosing.ALL.match(text)
        return "multiple_choice" if len(letters) > 1 or is_all else "single_choice"
    signs = (truths.BRACKET, truths.IN_LINE) if text else (truths.BRACKET, truths.IN_LINE, truths.BEHIND)
    if read_truth(text) is not None or any(sign.search(draft.stem) for sign in signs):
        return "true_false"
    if truths.REMARKED.match(text):
        return "true_false"
    if letters and read_letters(text):
        return "multiple_choice" if len(letters) > 1 else "single_choice"
    if blanks.BLANK.search(draft.stem) or SQUARE.search(draft.stem) or entry.in_brackets and blanks.count(draft.stem):
        return "fill_blank"
    if text and len(text) <= LONGEST_FILLED and blanks.EMPTY_BRACKET.search(draft.stem):
        return "fill_blank"
    return "short_answer" if text else None


def _read(draft: Draft, entry: Entry, text: str, habit: Habit) -> None:
    if draft.kind in CHOICES:
        counts = habit.answers
        choosing.read(draft, text, counts["stem"] >= USUAL and counts["stem"] > counts["line"] + counts["key"])
    elif draft.kind == "true_false":
        truths.read(draft, text)
    elif draft.kind == "fill_blank":
        blanks.read(draft, entry, text, habit)
    elif draft.kind in ("numerical", "matching", "ordering"):
        _read_typed(draft, text)
    elif draft.kind == "short_answer":
        draft.answer = _without_lead(_unwrapped(text)) or None
    if draft.answer is None and text and draft.kind:
        draft.problem("answer-unreadable", checks.NO_SUCH_ANSWER, answer=text[:40])


def _read_typed(draft: Draft, text: str) -> None:
    """Read a number, pairs or an order; pairs may be the last lines of the stem, with no line of answers."""
    lines = draft.stem.split("\n")
    first = next((place for place in range(len(lines), 0, -1) if not ARROW.search(lines[place - 1])), 0)
    if draft.kind == "matching" and not (text or draft.options) and 0 < first < len(lines):
        draft.stem, draft.options = "\n".join(lines[:first]), lines[first:]
    draft.answer = typed.of_row(draft.kind, text, draft.options)
    draft.options = [] if draft.answer is not None else draft.options


def _unwrapped(text: str) -> str:
    """Return an answer that stands in one group, with points behind it: [当晚登记。][10分]."""
    found = re.fullmatch(r"\[([^\[\]]+)\](?:\s?\[[\d.]+分\]){0,2}", text)
    return found[1].strip() if found else text


def _without_lead(text: str) -> str:
    return re.sub(r"^(?:答\s*[:：])\s*", "", text).strip()
