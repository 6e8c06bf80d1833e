"""Aiken: a stem on its lines, options with letters, and ANSWER: B."""

import re

from quizapp.rules.formats import checks
from quizapp.rules.formats.drafts import LETTERS, Draft, read_letters
from quizapp.rules.formats.lines import Account, join_wrapped, visible

NAME = "Aiken"
ANSWER = re.compile(r"ANSWER\s*:\s*(?P<answer>.*)", re.IGNORECASE)
OPTION = re.compile(r"(?P<letter>[A-Za-z])\s*[.)]\s*(?P<text>.*)")
FEEDBACK = re.compile(r"FEEDBACK\s*:\s*(?P<text>.*)", re.IGNORECASE)
NUMBERED = re.compile(r"^[ \t]*\d{1,4}[ \t]?[.．、)）]", re.MULTILINE)
FEEDBACK = re.compile(r"(?:FEEDBACK|解析|答案解析)\s?[:：]", re.IGNORECASE)
LIKE = re.compile(r"^[ \t]*ANSWER[ \t]*:[ \t]*[A-Z][ \t]*$", re.MULTILINE)


def likeness(text: str) -> float:
    """Return how sure it is, 0 to 1, that a text is Aiken: by its lines of answers, in capitals.

    Where as many lines bear numbers it is a paper, which is read otherwise.
    """
    answers = len(LIKE.findall(text))
    return 0.9 if answers and len(NUMBERED.findall(text)) < 0.8 * answers else 0.0


def read(text: str, options: dict | None = None) -> dict:
    """Return the document of `bank check` for an Aiken text; it never refuses, but lists problems."""
    account = Account()
    questions: list[Draft] = []
    current: Draft | None = None
    is_apart = False  # an empty line stands before this one
    for number, line in enumerate(visible(text, account), 1):
        words = line.strip()
        answer, option = ANSWER.fullmatch(words), OPTION.fullmatch(words)
        if not words:
            is_apart = True
            continue
        if questions and current is None and (feedback := FEEDBACK.match(words)):
            questions[-1].explanation, questions[-1].last = words[feedback.end() :].strip(), number
            continue
        if is_apart and current and len(current.options) > 1 and not (answer or option):
            current = None  # it had no answer, and the next question begins
        is_apart = False
        if current is None and questions and (feedback := FEEDBACK.fullmatch(words)):
            questions[-1].explanation, questions[-1].last = feedback["text"], number
            continue
        if current is None and (answer or option):
            account.problem("unread-line", checks.UNREAD, number)
            continue
        if current is None:
            current = Draft(first=number, last=number, kind="single_choice", stem=words)
            questions.append(current)
            continue
        current.last = number
        if answer:
            _take_answer(current, answer["answer"], number)
            current = None
        elif option and _is_next(option["letter"], current):
            current.options.append(option["text"].strip())
        elif current.options:
            current.options[-1] = join_wrapped(current.options[-1], words)
        else:
            current.stem = join_wrapped(current.stem, words)
    return checks.finished(questions, account, {"layout": "aiken"})


def _is_next(letter: str, draft: Draft) -> bool:
    """Return whether a letter is that of the next option; a small one only behind others."""
    return letter.upper() == LETTERS[min(len(draft.options), 25)] and (letter.isupper() or bool(draft.options))


def _take_answer(draft: Draft, text: str, number: int) -> None:
    draft.answer = read_letters(text)
    if draft.answer is None:
        draft.problem("answer-unreadable", checks.NO_SUCH_ANSWER, number, answer=text[:40])
    elif len(draft.answer) > 1:
        draft.kind = "multiple_choice"
