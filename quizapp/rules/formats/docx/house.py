"""The house template in Word: the lines of the house format as paragraphs, its headings as headings of the outline."""

from quizapp.rules.formats import holding, markdown
from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account, Row, clean
from quizapp.rules.formats.markdown import writing

KEYWORD = "quizapp-bank"  # in the properties of the document, by which it is known
HEAD = "#"


def write(document: dict) -> dict:
    """Return {"blocks": [{"text", "heading"?}], "keywords"} of the questions in the shape of `bank check --json`."""
    blocks: list[dict] = []
    for lines in writing.parts([one for one in document["questions"] if not holding.is_left_out(one, markdown.unheld)]):
        blocks += [_block(line) for line in lines] if lines[0].startswith(HEAD) else [{"text": line} for line in lines]
        blocks.append({"text": ""})
    return {"blocks": blocks, "keywords": KEYWORD}


def _block(line: str) -> dict:
    marks, _, words = line.partition(" ")
    return {"text": words, "heading": len(marks)}


def questions_in(blocks: list[dict], account: Account) -> list[Draft]:
    """Return the questions of the blocks of such a document; what stands before its first heading is instruction."""
    rows, is_apart, is_begun = [], True, False
    for block in blocks:
        head = HEAD * block.get("heading", 0)
        is_begun = is_begun or bool(head)
        for line in block["text"].split("\n"):
            words = clean(line)
            if (words.strip() or head) and is_begun:
                rows.append(Row(block["number"], f"{head} {words}".strip(), is_apart, words[:1].isspace()))
            elif words.strip():
                account.ignore(block["number"], "instruction")
            is_apart = not words.strip()
    return markdown.questions_in(rows, account)
