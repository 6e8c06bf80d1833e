"""The house table: one row a question below columns of fixed names; what it holds comes back exactly.

It is known by its column 顺序, which nobody else has. A row that somebody filled in in another habit is read as one of
any other table.
"""

from dataclasses import replace

from quizapp.rules import bulk
from quizapp.rules.articles import read_citations, write_citations
from quizapp.rules.formats import holding, parted, records, typed
from quizapp.rules.formats.drafts import CHOICES, LETTERS, Draft, read_letters, read_truth, without_examples
from quizapp.rules.formats.lines import Account
from quizapp.rules.formats.markdown import answers, escaping, writing
from quizapp.rules.formats.records import Record
from quizapp.rules.formats.tags import BETWEEN, DIFFICULTIES, LEVELS
from quizapp.rules.formats.text.habit import Habit

FEWEST_OPTIONS, TAGS = 4, "标签"
TYPED = ("numerical", "matching", "ordering")
HELD = (*CHOICES, "true_false", "fill_blank", *TYPED)  # kinds whose answer fits a cell
KINDS = {writing.HEADINGS[kind]: kind for kind in HELD}
BEHIND = ("正确答案", "解析", "分值", "难度", "章节", "手册条款", "编号", "顺序", TAGS)
MARKS = {"题型", "题干", "顺序", "编号"}
ANY_ORDER = "不限"


def is_ours(names: dict[int, str]) -> bool:
    """Return whether a head names the columns that only the house table has."""
    return set(names.values()) >= MARKS


def is_tags(name: str, names: dict[int, str]) -> bool:
    """Return whether a column of this name, in a head of these, holds tags."""
    return name == TAGS and is_ours(names)


def columns(most_options: int) -> list[str]:
    """Return the names of the columns for questions of at most so many options."""
    options = [f"选项{letter}" for letter in LETTERS[: max(most_options, FEWEST_OPTIONS)]]
    return ["题型", "题干", *options, *BEHIND]


def write(document: dict) -> dict:
    """Return {"sheets": [{"name", "rows"}]} of the questions in the shape of `bank check --json`."""
    held = [one for one in document["questions"] if not holding.is_left_out(one, unheld)]
    most = max((len(one["options"]) for one in held), default=0)
    return {"sheets": [{"name": "题库", "rows": [columns(most), *(_row(one, most) for one in held)]}]}


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
    ]


def unheld(question: dict) -> list[str]:
    """Return what the house table does not hold of a question, by names in holding.LOSSES."""
    if question["kind"] not in HELD:
        return ["kind"]
    kind, answer = question["kind"], question["answer"]
    if kind in TYPED and typed.read(kind, typed.written(answer)) != answer:
        return ["cell"]
    lost = [name for name in writing.unheld(question) if name != "chapter"]
    lost += ["material"] if question.get("material") else []
    return lost if holding.is_plain(question.get("chapter") or "") else [*lost, "chapter"]


def understood(found: list[Record], habit: Habit, account: Account) -> list[Draft]:
    """Return the questions of the rows of a house table."""
    drafts = [_exactly(record) or records.understood([_usual(record)], habit)[0] for record in found]
    for draft, record in zip(drafts, found, strict=True):
        draft.tags = list(bulk.split_tags(record.tags))
    return without_examples(drafts, account)


def _usual(record: Record) -> Record:
    """Return a row of another habit, its options without the letters that they may bear."""
    return replace(record, options=parted.without_letters(record.options))


def _exactly(record: Record) -> Draft | None:
    """Return the question of a row that is filled in as the house fills it in, else None."""
    kind, stem, points = KINDS.get(record.kind.strip()), record.stem, record.points.strip()
    answer = _answer(kind, record)
    citations, unread = read_citations(record.citations) if record.citations.strip() else ([], [])
    is_known = record.difficulty in ("", *LEVELS) and (not points or answers.POINTS.fullmatch(points))
    if answer is None or unread or not is_known or record.has_picture or record.blanks:
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
    if record.options or kind is None:
        return None
    if kind in TYPED:
        return typed.read(kind, text) or None
    return read_truth(text) if kind == "true_false" else answers.blanks_of(text) or None
