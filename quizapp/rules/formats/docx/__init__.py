"""Questions in a Word document: its paragraphs as text, its tables as sheets, its colours as answers."""

from quizapp.rules import pictures
from quizapp.rules.formats import checks, records
from quizapp.rules.formats.docx import essays, house, tables
from quizapp.rules.formats.docx.evidence import Evidence
from quizapp.rules.formats.docx.house import write
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account, Row, clean
from quizapp.rules.formats.markdown import unheld
from quizapp.rules.formats.sheet import apart, table
from quizapp.rules.formats.sheet.cells import COMMENT
from quizapp.rules.formats.text import bare, understood
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

__all__ = ["NAME", "as_text", "read", "unheld", "write"]

NAME = N_("Word document")
LEFT = {  # what the reader notes on a block -> (code, sentence)
    **pictures.LEFT,
    "object": ("object-left-out", N_("An embedded object stands here (a formula or a drawing); it was not taken.")),
    "formula": ("formula-as-text", N_("A formula stands here; it was taken as text. Please look whether it is right.")),
    "footnote": ("footnote-left-out", N_("A footnote stands here; it was not taken.")),
    "comment": ("comment-left-out", N_("Somebody has commented on this place; the comment was not taken.")),
    "endnote": ("footnote-left-out", N_("A footnote stands here; it was not taken.")),
    "struck": ("struck-out", N_("Words are struck out here; they were taken all the same. Please look.")),
    "chunk": ("chunk-left-out", N_("A part of another document stands here that could not be read.")),
}

SAYING = {  # the same of notes whose words are known
    "footnote": N_("A footnote stands here, “%(text)s”; it was not taken."),
    "endnote": N_("A footnote stands here, “%(text)s”; it was not taken."),
    "comment": COMMENT,
}


def read(content: dict, options: dict | None = None) -> dict:
    """Return the document of `bank check` for the blocks of services/readers/docx; it never refuses.

    Every block that holds anything is in a question's source, in `ignored` with a reason, or the place of a problem.
    A document that was made from the house template is read as strictly as that allows, unless another way reads more.
    """
    found = _in_any_habit(content, options)
    if content.get("keywords") != house.KEYWORD:
        return found
    account = Account()
    questions = house.questions_in(content["blocks"], account)
    _note_left(content["blocks"], questions, account)
    ours = checks.finished(questions, account, {"layout": "house"})
    return min(ours, found, key=_faults)


UNREAD = (
    "unread-line",
    "unknown-label",
    "unknown-heading",
    "no-kind",
    "no-answer",
    "answer-unreadable",
    "option-order",
)


def _faults(document: dict) -> int:
    """Return how many problems of a document say that something in it was not understood."""
    problems = document["problems"] + [one for question in document["questions"] for one in question["problems"]]
    return sum(one["code"] in UNREAD for one in problems)


def _in_any_habit(content: dict, options: dict | None) -> dict:
    account, habit = Account(), Habit()
    habit.take_wishes(options or {})
    blocks, sheets, keys = tables.sorted_out(content["blocks"], account)
    evidence = Evidence(blocks)
    rows = bare(rows_of(blocks), account)
    questions, found = understood(rows, account, options, evidence.look)
    parts = [one for sheet, its in sheets for one in (table.each(sheet, its) if its.head >= 0 else [(sheet, its)])]
    gathered = [tables.gather(part, of_part, account) for part, of_part in parts]
    apart.give(keys, [("", each) for each in gathered], account)
    for each in gathered:
        questions += records.understood(each, habit)
    questions = sorted(questions, key=lambda question: question.first) or essays.found_in(blocks, account)
    found.answers += habit.answers
    _note_left(content["blocks"], questions, account)
    return checks.finished(questions, account, {"layout": "docx", **found.as_document(), "marks": evidence.counted})


def as_text(content: dict) -> str:
    """Return the words of a document, a line a paragraph: for an answer key in a file of its own."""
    return "\n".join(block["text"] for block in content["blocks"])


def rows_of(blocks: list[dict]) -> list[Row]:
    """Return the rows of blocks; the lines of one block share its number."""
    rows, is_apart = [], True
    for block in blocks:
        for line in block["text"].split("\n"):
            words = clean(line)
            if words.strip():
                rows.append(Row(block["number"], words.strip(), is_apart, words[0].isspace()))
            is_apart = not words.strip()
    return rows


def _note_left(blocks: list[dict], questions: list[Draft], account: Account) -> None:
    """Name what the reader left out, on the question whose block it is."""
    for block in blocks:
        for told in dict.fromkeys(block["left"]):
            what, _, words = told.partition(":")
            code, message = LEFT[what][0], SAYING[what] if words else LEFT[what][1]
            params = {"text": words[:200]} if words else {}
            of = next((one for one in questions if one.first <= block["number"] <= one.last), None)
            if of:
                of.problem(code, message, block["number"], severity="warning", **params)
            else:
                account.problem(code, message, block["number"], "warning", **params)
