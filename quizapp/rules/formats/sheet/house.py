"""The house table: one row a question below columns of fixed names; what it holds comes back exactly.

It is known by its column 顺序, which nobody else has. A row that somebody filled in in another habit is read as one of
any other table. A case has a row for its text, and below it a row for each of its questions, with 同上 for a material.
"""

from dataclasses import replace

from quizapp.rules import bulk
from quizapp.rules.articles import read_citations, write_citations
from quizapp.rules.formats import cases, holding, parted, records, typed
from quizapp.rules.formats.drafts import CHOICES, LETTERS, Draft, read_letters, read_truth, without_examples
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.markdown import answers, escaping, writing
from quizapp.rules.formats.records import Record
from quizapp.rules.formats.tags import BETWEEN, DIFFICULTIES, LEVELS
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

FEWEST_OPTIONS, TAGS = 4, "标签"
TYPED = ("numerical", "matching", "ordering")
HELD = (*CHOICES, "true_false", "fill_blank", *TYPED, "case")  # a case in several rows, all else in one
KINDS = {writing.HEADINGS[kind]: kind for kind in HELD}
BEHIND = ("正确答案", "解析", "分值", "难度", "章节", "手册条款", "编号", "顺序", TAGS, "材料")
MARKS = {"题型", "题干", "顺序", "编号"}
ANY_ORDER = "不限"
AS_ABOVE = "同上"  # a material that is that of the row above; below a case, the question is one of that case
OF_CASE = N_(
    "This is a question of a case: its points, chapter, articles, difficulty, tags and code are those of the case, "
    "so what this row says of them was not read."
)


def is_ours(names: dict[int, str]) -> bool:
    """Return whether a head names the columns that only the house table has."""
    return set(names.values()) >= MARKS


def is_tags(name: str, names: dict[int, str]) -> bool:
    """Return whether a column of this name, in a head of these, holds tags."""
    return name == TAGS and is_ours(names)


def is_case(kind: str, names: dict[int, str]) -> bool:
    """Return whether a row of this kind, below a head of these names, is a case, whose text may stand as material."""
    return KINDS.get(kind.strip()) == "case" and is_ours(names)


def columns(most_options: int) -> list[str]:
    """Return the names of the columns for questions of at most so many options."""
    options = [f"选项{letter}" for letter in LETTERS[: max(most_options, FEWEST_OPTIONS)]]
    return ["题型", "题干", *options, *BEHIND]


def write(document: dict) -> dict:
    """Return {"sheets": [{"name", "rows"}]} of the questions in the shape of `bank check --json`."""
    held = [one for one in document["questions"] if not holding.is_left_out(one, unheld)]
    most = max((len(part["options"]) for one in held for part in (one, *one.get("parts", ()))), default=0)
    return {"sheets": [{"name": "题库", "rows": [columns(most), *(row for one in held for row in _rows(one, most))]}]}


def _rows(question: dict, most: int) -> list[list[str]]:
    """Return the row of a question, of a case with those of its questions below it."""
    parts = question.get("parts") or ()
    return [_row(question, most), *(_row({**part, "material": AS_ABOVE}, most) for part in parts)]


def _row(question: dict, most: int) -> list[str]:
    width, points = max(most, FEWEST_OPTIONS), question.get("points")
    return [
        writing.HEADINGS[question["kind"]],
        writing.kept_stem(question),
        *[*question["options"], *[""] * width][:width],
        typed.written(question["answer"]) if question["kind"] in TYPED else writing.answer(question),
        question.get("explanation") or "",
        "" if points is None else str(points),
        DIFFICULTIES.get(question.get("difficulty") or "", ""),
        question.get("chapter") or "",
        write_citations(question.get("citations") or []),
        question.get("code") or "",
        ANY_ORDER if question.get("any_order") else "",
        BETWEEN.join(question.get("tags") or []),
        question.get("material") or "",
    ]


def unheld(question: dict) -> list[str]:
    """Return what the house table does not hold of a question, by names in holding.LOSSES."""
    if question["kind"] not in HELD:
        return ["kind"]
    kind, answer = question["kind"], question["answer"]
    if kind in TYPED and typed.read(kind, typed.written(answer)) != answer:
        return ["cell"]
    in_parts = cases.losses_of_parts(question, unheld) if kind == "case" else []
    if "part" in in_parts:
        return in_parts
    lost = list(dict.fromkeys([*(name for name in writing.unheld(question) if name != "chapter"), *in_parts]))
    lost += ["material"] if question.get("material") == AS_ABOVE else []
    return lost if holding.is_plain(question.get("chapter") or "") else [*lost, "chapter"]


def understood(found: list[Record], habit: Habit, account: Account) -> list[Draft]:
    """Return the questions of the rows of a house table."""
    _name_materials(found)
    drafts = [_exactly(record) or records.understood([_usual(record)], habit)[0] for record in found]
    marks = [AS_ABOVE if draft.kind == "case" else record.material for draft, record in zip(drafts, found, strict=True)]
    for draft, record in zip(drafts, found, strict=True):
        draft.tags = list(bulk.split_tags(record.tags))
        draft.material = "" if draft.kind == "case" else record.material.strip()
    return without_examples(cases.gathered(zip(drafts, marks, strict=True), _note_part), account)


def _name_materials(found: list[Record]) -> None:
    """Put the material in the place of each 同上 that stands for one, but for those below a case."""
    above = ""
    for record in found:
        if _opens_case(record):
            record.stem, record.material, above = record.stem or record.material, "", AS_ABOVE
        elif record.material.strip() == AS_ABOVE:
            record.material = above
        else:
            above = record.material


def _opens_case(record: Record) -> bool:
    return KINDS.get(record.kind.strip()) == "case" and not record.options and not record.answer.strip()


def _note_part(case: Draft, part: Draft) -> None:
    """Say of a question of a case what its row says in vain."""
    names = ("points", "chapter", "citations", "difficulty", "tags", "code")
    if any(getattr(part, name) and getattr(part, name) != getattr(case, name) for name in names):
        part.problem("part-of-case", OF_CASE, severity="warning")


def _usual(record: Record) -> Record:
    """Return a row of another habit, its options without the letters that they may bear."""
    return replace(record, options=parted.without_letters(record.options))


def _exactly(record: Record) -> Draft | None:
    """Return the question of a row that is filled in as the house fills it in, else None."""
    kind, stem, points = KINDS.get(record.kind.strip()), record.stem, record.points.strip()
    answer = _answer(kind, record)
    citations, unread = read_citations(record.citations) if record.citations.strip() else ([], [])
    is_known = record.difficulty in ("", *LEVELS) and (not points or answers.POINTS.fullmatch(points))
    if answer is None and not _opens_case(record) or unread or not is_known or record.has_picture or record.blanks:
        return None
    if kind in answers.EMPTY and (kept := escaping.BRACKET.search(stem)):
        stem = stem[: kept.start()] + kept["bracket"]
    elif kind in answers.EMPTY and answers.read_bracket(stem, kind):
        return None
    return Draft(
        kind=kind,
        stem=stem,
        options=record.options,
        answer=answer,
        explanation="\n".join(record.explanation),
        points=answers.points_of(points) if points else None,
        first=record.first,
        last=record.last,
        chapter=record.chapter,
        citations=citations,
        difficulty=LEVELS.get(record.difficulty, ""),
        code=record.code,
        any_order=record.order == ANY_ORDER,
    )


def _answer(kind: str | None, record: Record):
    text = record.answer.strip()
    if kind in CHOICES:
        letters = read_letters(text) if text.isalpha() and text.isascii() else None
        return letters if letters and LETTERS.index(letters[-1]) < len(record.options) else None
    if record.options or kind in (None, "case"):
        return None
    if kind in TYPED:
        return typed.read(kind, text) or None
    return read_truth(text) if kind == "true_false" else answers.blanks_of(text) or None
