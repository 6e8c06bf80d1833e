"""Questions in bold with their answers in plain paragraphs below, as notes are written that have no other mark."""

from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.lines import Account

FEWEST = 2
LONGEST = 120  # characters of a question
MOSTLY = 0.9


def found_in(blocks: list[dict], account: Account) -> list[Draft]:
    """Return the questions of such a document; nothing where bold lines and plain ones do not take turns."""
    held = [block for block in blocks if block["text"].strip() and "table" not in block]
    questions: list[Draft] = []
    for block in held:
        if _is_bold(block):
            questions.append(Draft(kind="short_answer", stem=block["text"].strip(), first=block["number"], answer=""))
        elif questions:
            questions[-1].answer = f"{questions[-1].answer}\n{block['text'].strip()}".strip()
        if questions:
            questions[-1].last = block["number"]
    if len(questions) < FEWEST or not all(one.answer for one in questions):
        return []
    account.ignored = {place: reason for place, reason in account.ignored.items() if place < questions[0].first}
    return questions


def _is_bold(block: dict) -> bool:
    borne = sum(last - first for first, last, what in block["marks"] if what == "bold")
    return len(block["text"]) <= LONGEST and borne >= MOSTLY * len(block["text"].strip())
