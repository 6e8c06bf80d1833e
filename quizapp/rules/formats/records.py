"""A question whose parts are named, by columns or keys: understood with the same rules as one in plain text."""

import html
import itertools
import re
from dataclasses import dataclass, field

from quizapp.rules.formats import keyed, markup, parted, typed
from quizapp.rules.formats.drafts import LETTERS, Draft, is_code, read_letters, read_truth
from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import blanks, marked, marks, tags, vocabulary
from quizapp.rules.formats.text.entries import Entry, Section
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.formats.text.understanding import understand
from quizapp.rules.words import N_

KIND = re.compile(rf".*?(?P<kind>{vocabulary.KIND}).*", re.IGNORECASE | re.DOTALL)
CODED_KINDS = {
    **dict.fromkeys(["singlechoice", "single", "radio"], "single_choice"),
    **dict.fromkeys(["multiplechoice", "multiple", "multi", "multichoice", "checkbox"], "multiple_choice"),
    **dict.fromkeys(["truefalse", "judge", "judgement", "bool"], "true_false"),
    **dict.fromkeys(["fillblank", "blank", "fill"], "fill_blank"),
    **dict.fromkeys(["shortanswer", "short", "essay"], "short_answer"),
}
TAG = re.compile(rf"[【\[(（]\s?(?P<kind>{vocabulary.KIND})题?\s?[】\])）]\s?(?=\S)", re.IGNORECASE)  # （单选题）
NUMBERED = re.compile(r"\s*[(（【\[]?(\d{1,4})[)）】\]]?\s*[.．、。,，:：)）]+\s*(?P<rest>.*)", re.DOTALL)
KIND_BEFORE = re.compile(
    rf"(?P<number>\s*\d{{1,4}}\s*[.．、]\s*)?[(（【\[]\s*(?P<kind>{vocabulary.KIND})题?(?:[,，、\s]*\d+(?:\.\d+)?\s*分)?\s*"
    r"[)）】\]]\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
FIGURES = ("0", "1", "2")  # by which statements are answered
CODE = re.compile(r"(\d)\s?[-—=:：.、]?\s?([\u4e00-\u9fff]{2,5})")
ENTITY = re.compile(r"&(?:nbsp|[lr][ds]quo|mdash|hellip|quot|amp|[lg]t|#\d{2,5});")
ENCLOSED = re.compile(r"\s*<(p|div|span|section|ul|ol|h[1-6])\b[^<>]*>.*</\1>\s*", re.DOTALL | re.IGNORECASE)
SIGNED = re.compile(r"\s*(?P<sign>[*＊√✓✔☑☒✅★■●◉☐□○◯]|[\[(（【]\s?[√✓✔]\s?[\])）】])?\s*(?P<words>.*)")
ANSWER = "答案："
FIRST_OPTION = re.compile(r"\n\s{0,9}[(（]?[AＡ][)）]?\s?[.．、:：)）]")
TWICE = re.compile(r"([^()（）]{1,4})[(（]([^()（）]{1,4})[)）]")
UNDRAWN = N_("No blank is drawn in the text; “%(answer)s” was taken for one blank that accepts several texts.")
FIGURED = N_(
    "The answer is the figure %(figure)s, 1 taken for right; in this file figures count options from 0. Please look."
)
COUNTED = N_("The answer is the figure %(figure)s, counted from %(base)s; please look whether that is right.")


@dataclass
class Record:
    """The parts of one question as a file names them, all plain texts."""

    first: int | str
    last: int | str
    number: str = ""
    code: str = ""
    kind: str = ""
    stem: str = ""
    options: list[str] = field(default_factory=list)
    answer: str = ""
    blanks: list[str] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    points: str = ""
    difficulty: str = ""
    chapter: str = ""
    citations: str = ""
    order: str = ""
    tags: str = ""
    material: str = ""
    part: str = ""  # the stem of a question of a case, whose own stem is then what its questions share
    part_kind: str = ""
    has_picture: bool = False
    counting: keyed.Counting | None = None  # how its figures count, where they count as those of others do not


def understood(
    records: list[Record], habit: Habit, default_kind: str | None = None, counting: keyed.Counting | None = None
) -> list[Draft]:
    """Return the questions of records that belong together; what figures mean is settled over all of them.

    `counting` says how figures count options where a whole file has settled it.
    """
    _show(records)
    typed_answers = {id(one): (kind, typed.of_row(kind, one.answer, one.options))
                     for one in records if (kind := typed.kind_of(one.kind))}  # fmt: skip
    _take_marks(records)
    _take_kinds(records)
    kinds = {id(record): "short_answer" if id(record) in typed_answers else kind_named(record.kind)
             for record in records}  # fmt: skip
    bare = [one for one in records if not (one.kind or one.options or one.blanks) and one.answer.strip() in FIGURES]
    if default_kind is None and len({one.answer.strip() for one in bare}) > 1:
        kinds |= {id(one): "true_false" for one in bare}
    kinds |= _single_by_name(records, kinds)
    codes = _coded_kinds([record for record in records if kinds[id(record)] is None], habit)
    is_numbered = sum(bool(NUMBERED.fullmatch(record.stem)) for record in records) * 2 > len(records)
    statements = [one for one in records if (kinds[id(one)] or codes.get(one.kind) or default_kind) == "true_false"]
    truths = _truth_codes(statements)
    of_all = counting or keyed.counting([(record.answer, record.options) for record in records])
    drafts, last = [], 0
    for record in records:
        counting = record.counting or of_all
        kind = kinds[id(record)] or codes.get(record.kind) or default_kind
        number, stem = _unnumbered(record, is_numbered, last)
        if tag := TAG.match(stem):
            stem, kind = stem[tag.end() :], kind or vocabulary.KINDS[tag["kind"].lower()]
        stem = _without_options(record, kind, stem)
        last = int(number) if number.isdigit() else last
        answer = _answer(record, kind, truths, counting)
        drafts.append(_draft(record, kind, number, stem, answer, habit))
        is_figure = bool(keyed.DIGITS.fullmatch(keyed.bare(record.answer)))
        if is_figure and counting and not counting.is_sure and record.options and answer != keyed.bare(record.answer):
            told = {"figure": record.answer.strip()[:20], "base": counting.base}
            drafts[-1].problem("answer-counted", COUNTED, severity="warning", **told)
        figure = keyed.bare(record.answer)
        if kind == "true_false" and not record.options and counting and counting.base == 0 and figure in ("0", "1"):
            drafts[-1].problem("answer-counted", FIGURED, severity="warning", figure=figure)
        if id(record) in typed_answers:
            drafts[-1].kind, drafts[-1].answer = typed_answers[id(record)]
            drafts[-1].options = []
    return drafts


def _take_kinds(records: list[Record]) -> None:
    """Take the kind that stands in brackets before a stem, where no other is named: 1.（单选题）…"""
    for record in records:
        found = KIND_BEFORE.fullmatch(record.stem)
        if found and kind_named(record.kind or found["kind"]) == kind_named(found["kind"]):
            record.kind = record.kind or found["kind"]
            record.stem = (found["number"] or "") + found["rest"]


def _take_marks(records: list[Record]) -> None:
    """Answer questions that have no answer by a sign at their right options, as rules/formats/text/marked does."""
    rows = []
    for place, record in enumerate(records):
        if not record.answer.strip() and not record.blanks and 1 < len(record.options) <= len(LETTERS):
            texts = ["1. ?", *map(_lettered, LETTERS, record.options)]
            rows += [Row(place, text, is_apart=False, is_indented=False) for text in texts]
    answered = marked.with_answers(rows)
    if len(answered) == len(rows):
        return
    for place, of_one in itertools.groupby(answered, key=lambda row: row.number):
        _, *options = [row.text for row in of_one]
        if options[-1].startswith(ANSWER):
            records[place].answer = options.pop().removeprefix(ANSWER)
            records[place].options = [option[2:].strip() for option in options]


def _lettered(letter: str, option: str) -> str:
    """Return an option as a row of a text: with its letter, behind which a sign stands that was before its words."""
    found = SIGNED.match(" ".join(option.split("\n")))
    return f"{found['sign'] or ''}{letter}.{found['words']}"


def _show(records: list[Record]) -> None:
    """Make HTML the words that a page shows, in files whose texts stand within elements of a page."""
    texts = [text for one in records for text in (one.stem, *one.options)]
    for record in records:
        record.has_picture = record.has_picture or any(map(markup.has_picture, (record.stem, *record.options)))
    if any(map(ENCLOSED.fullmatch, texts)):
        for record in records:
            record.stem, record.answer = markup.shown(record.stem), markup.shown(record.answer)
            for texts in (record.options, record.blanks, record.explanation):
                texts[:] = map(markup.shown, texts)
            record.options[:] = parted.without_letters(record.options)
    elif any(map(ENTITY.search, texts)):
        for record in records:
            record.stem, record.answer = _unescaped(record.stem), _unescaped(record.answer)
            for texts in (record.options, record.blanks, record.explanation):
                texts[:] = map(_unescaped, texts)


def _unescaped(text: str) -> str:
    return html.unescape(text).replace("\xa0", " ").strip()


def _answer(record: Record, kind: str | None, truths: dict, counting: keyed.Counting | None) -> str:
    """Return the answer of a choice as letters, that of a statement as a word; others as they are."""
    if kind in ("fill_blank", "short_answer") or not record.answer.strip():
        return record.answer
    bare = keyed.bare(record.answer)
    if kind == "true_false" and not (counting and record.options):
        bare = truths.get(bare, bare)
    if kind == "true_false" and (twice := TWICE.fullmatch(bare)) and read_truth(twice[1]) is read_truth(twice[2]):
        bare = twice[1]  # 正确（√）
    if not record.options:
        return bare if kind else record.answer
    is_truth = kind == "true_false" and bare != keyed.bare(record.answer)
    return keyed.letters(bare if is_truth else record.answer, record.options, counting) or bare


def _single_by_name(records: list[Record], kinds: dict[int, str | None]) -> dict[int, str]:
    """Return the questions of kind “multiple choice” where the name means that one of several options is right."""
    named = [one for one in records if re.fullmatch(r"multiple[\s_-]?choice", one.kind.strip(), re.IGNORECASE)]
    letters = [read_letters(keyed.bare(one.answer)) or keyed.bare(one.answer) for one in named]
    is_one = all(len(each) == 1 for each in letters) and len(named) > 1
    return {id(one): "single_choice" for one in named} if is_one and "single_choice" not in kinds.values() else {}


def kind_named(name: str) -> str | None:
    """Return the kind that a word names: 单选题, 是非, multiple_choice; None for figures and unknown words."""
    found = KIND.fullmatch(name.strip())
    if found:
        return vocabulary.KINDS[found["kind"].lower()]
    return CODED_KINDS.get(re.sub(r"[\s_-]", "", name).lower())


def kinds_by_codes(name: str) -> dict[str, str]:
    """Return the words for kinds by the figures that stand before them: 类别(1单选2多选3判断)."""
    return {code: kind for code, kind in CODE.findall(name) if kind_named(kind)}


def kind_of_all(name: str) -> str | None:
    """Return the kind of the questions below a title or on a sheet of this name; None where it names none or several.

    Words like 综合 or 计算 say what they are about unless 题 follows them: 综合题, but 综合题库.
    """
    named = [(found[0].lower(), name[found.end() :]) for found in re.finditer(vocabulary.KIND, name, re.IGNORECASE)]
    kinds = {
        kind
        for word, behind in named
        if (kind := vocabulary.KINDS[word]) != "short_answer" or re.match(r"题(?!库)", behind) or word == name.strip()
    }
    return kinds.pop() if len(kinds) == 1 else None


def _unnumbered(record: Record, is_numbered: bool, last: int) -> tuple[str, str]:
    """Return (number, stem): the number of its own column, else the one that stands before the stem."""
    stem = re.sub(r"^(?:\*+\s*)", "", record.stem.strip())
    number = record.number.strip()
    found = NUMBERED.fullmatch(stem) if is_numbered else None
    if found and found["rest"] and (not found["rest"][0].isdigit() or int(found[1]) in (last + 1, 1)):
        return number or found[1], found["rest"].strip()
    return number, stem


def _coded_kinds(records: list[Record], habit: Habit) -> dict[str, str]:
    """Return what each figure in the column of kinds means, by the questions that bear it."""
    found = {}
    for code in {record.kind for record in records if record.kind} - {"choice"}:
        same = [record for record in records if record.kind == code]
        letters = [read_letters(record.answer) for record in same]
        if all(len(record.options) < 2 or _are_truths(record.options) for record in same):
            is_truth = all(_is_truth(one.answer.strip()) for one in same)
            found[code] = "true_false" if is_truth else ""
        elif sum(bool(one) and len(one) > 1 for one in letters) * 2 >= len(letters):
            found[code] = "multiple_choice"
        elif all(one and len(one) == 1 for one in letters):
            found[code] = "single_choice"
    return {code: kind for code, kind in found.items() if kind}


def _is_truth(answer: str) -> bool:
    return read_truth(answer) is not None or answer in (*FIGURES, "A", "B")


def _are_truths(options: list[str]) -> bool:
    return {read_truth(option) for option in options} == {True, False}


def _truth_codes(records: list[Record]) -> dict[str, str]:
    """Return what 1 and 2, or 1 and 0, mean in the answers of statements; one of them is not enough for 0 or 2."""
    seen = {record.answer.strip() for record in records}
    if not seen & set(FIGURES):
        return {}
    return {"1": "正确", "2": "错误"} if "2" in seen else {"1": "正确", "0": "错误"}


def _without_options(record: Record, kind: str | None, stem: str) -> str:
    """Return the stem without the options that stand in it, which become the record's own where it has none."""
    if record.options or kind == "fill_blank" or not read_letters(record.answer) and kind != "true_false":
        return stem
    below = FIRST_OPTION.search(stem)
    start = below.start() if below else 0
    places = [start + place for place in marks.options_inside(stem[start:], "A")]
    if len(places) < 2:
        return stem
    ends = [*places[1:], len(stem)]
    options = parted.without_letters([stem[start:end].strip() for start, end in zip(places, ends, strict=True)])
    if kind == "true_false" and not _are_truths(options):
        return stem
    record.options = options
    return stem[: places[0]].strip()


def _draft(record: Record, kind: str | None, number: str, stem: str, answer: str, habit: Habit) -> Draft:
    entry = Entry(None, record.first, record.last, Section(), record.chapter[:120], kind=kind)
    entry.stem, entry.options = [stem], [[option] for option in record.options]
    entry.answers = [(record.first, answer.strip())] if answer.strip() else []
    entry.explanation = [one for one in record.explanation if one]
    entry.beside = {"points": record.points.strip(), "difficulty": record.difficulty.strip()}
    listed = keyed.loaded(record.answer.strip()) if kind == "fill_blank" and record.answer.strip()[:1] == "[" else None
    if isinstance(listed, list) and len(listed) > 1 and all(isinstance(one, str) for one in listed):
        record.blanks = listed
    elif isinstance(listed, list) and len(listed) == 1:
        entry.answers = [(record.first, str(listed[0]).strip())]
    if record.blanks:
        entry.kind, entry.answers = kind or "fill_blank", [(record.first, text) for text in record.blanks]
    draft = understand(entry, habit)
    draft.number = number
    if record.blanks and draft.kind == "fill_blank":
        _fill(draft, record)
    elif draft.kind == "fill_blank" and not blanks.count(draft.stem) and len((draft.answer or [""])[0]) > 1:
        draft.problem("blank-undrawn", UNDRAWN, severity="warning", answer=record.answer.strip()[:40])
    draft.material = record.material.strip()
    _add_code(draft, record.code.strip())
    tags.add_citations(draft, record.citations)
    if record.has_picture:
        message = N_("A picture that was not taken belongs to this question. It can be put in at the question later.")
        draft.problem("picture-left-out", message, severity="warning")
    return draft


def _fill(draft: Draft, record: Record) -> None:
    draft.answer = [blanks.accepted(text) for text in record.blanks]
    unlike = ("blank-count", "blank-lines", "answer-unreadable")  # of the blanks as one text
    draft.problems = [one for one in draft.problems if one["code"] not in unlike]


def _add_code(draft: Draft, code: str) -> None:
    if is_code(code):
        draft.code = code
    elif code.isdigit() and not draft.number:
        draft.number = code
