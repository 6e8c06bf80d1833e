"""A question that a person corrects in a form: its parts as plain texts, and back again, checked anew."""

import re
from dataclasses import asdict

from quizapp.rules.articles import read_citations, write_citations
from quizapp.rules.errors import Problem
from quizapp.rules.formats import checks, markdown, typed
from quizapp.rules.formats.drafts import CHOICES, LETTERS, Draft, read_letters, read_truth
from quizapp.rules.words import N_

FIELDS = ("kind", "stem", "options", "answer", "explanation", "parts")  # and "citations", where the question has any
AMONG = {"duplicate-question", "contradiction", "duplicate-stem", "duplicate-code"}  # found by comparing questions
LETTERED = re.compile(r"\s*[(（]?([A-ZＡ-Ｚ])[)）]?\s*[.．、:：)）]\s*(.*)")
NO_ARTICLE = N_("“%(piece)s” names no article.")


def fields_of(question: dict) -> dict[str, str]:
    """Return a question as a form shows it: an option a line, blanks parted by | and ；, a case in the house format."""
    return {
        "kind": question["kind"] or "",
        "stem": question["stem"],
        "options": "\n".join(one.replace("\n", " ") for one in question.get("options") or []),
        "answer": answer_text(question["answer"], question["kind"]),
        "explanation": question.get("explanation") or "",
        "parts": "\n".join(markdown.answered(question)) if question["kind"] == "case" else "",
        "citations": write_citations(question.get("citations") or []),
    }


def answer_text(answer, kind: str | None = None) -> str:
    """Return an answer as a person types it."""
    if isinstance(answer, dict) or (kind in ("matching", "ordering") and isinstance(answer, list)):
        return typed.written(answer)
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "正确" if answer else "错误"
    if isinstance(answer, list):
        return "|".join("；".join(map(str, texts)) if isinstance(texts, list) else str(texts) for texts in answer)
    return str(answer)


def answer_words(question: dict) -> str:
    """Return the answer of a question so that it is understood away from it: with the words of its options."""
    text = answer_text(question["answer"], question["kind"])
    if question["kind"] not in CHOICES:
        return text
    options = dict(zip(LETTERS, question.get("options") or [], strict=False))
    return "　".join(f"{letter}. {options[letter]}" if letter in options else letter for letter in text)


def twin_of(questions: list[dict], problem: Problem) -> int | None:
    """Return the place of the question that a problem found by comparing speaks of; None where it speaks of none."""
    place = problem.params.get("number", 0) - 1
    is_there = problem.code in AMONG and 0 <= place < len(questions)
    return place if is_there and questions[place]["source"]["from"] == problem.params.get("line") else None


def mended(question: dict, fields: dict[str, str]) -> dict:
    """Return the question as it was corrected, with the problems that it has now; what no field shows stays."""
    draft = draft_of({**question, "problems": []})
    draft.kind, draft.stem = fields["kind"] or None, fields["stem"].strip()
    draft.parts, wrong = _parts(fields["parts"]) if draft.kind == "case" else ([], [])
    draft.options = _options(fields["options"]) if draft.kind in (*CHOICES, None) else []
    draft.explanation, draft.answer = fields["explanation"].strip(), None
    if "citations" in fields:
        draft.citations, unread = read_citations(fields["citations"])
        for piece in unread:
            draft.problem("citation-unreadable", NO_ARTICLE, piece=piece[:40])
    text = fields["answer"].strip()
    if text and draft.kind != "case":
        draft.answer = read_answer(draft.kind, text)
        if draft.answer is None:
            draft.problem("answer-unreadable", checks.NO_SUCH_ANSWER, answer=text[:40])
    checks.check_one(draft)
    found = [(one["code"], one["params"]) for one in draft.problems]
    draft.problems += [asdict(one) for one in wrong if (one.code, one.params) not in found]
    return {**question, **draft.as_document()}


def _parts(text: str) -> tuple[list[dict], list[Problem]]:
    """Return the questions of a case as they were typed, and what is wrong; words that are none become one to mend."""
    parts, wrong = markdown.read_parts(text)
    is_lost = not parts and text.strip()
    return [Draft(number="1", stem=text.strip()).as_part()] if is_lost else parts, wrong


def read_answer(kind: str | None, text: str):
    """Return the answer that a person typed, in the shape of its kind; None where it is none."""
    if kind == "true_false":
        return read_truth(text)
    if kind == "fill_blank":
        return [[one.strip() for one in re.split("[;；]", blank) if one.strip()] for blank in re.split("[|｜]", text)]
    if kind in ("numerical", "matching", "ordering"):
        return typed.read(kind, text)
    return read_letters(text) if kind in CHOICES else text


def compare(questions: list[dict], name: str | None) -> None:
    """Note anew which questions of a file of this format are there twice or contradict each other.

    Those that are left out do not count.
    """
    drafts = {}
    for number, question in enumerate(questions, 1):
        question["problems"] = [one for one in question["problems"] if one["code"] not in AMONG]
        if not question.get("left_out"):
            drafts[number] = draft_of(question)
    checks.check_among(list(drafts.values()), drafts)
    checks.word(questions, name)


def repeats(questions: list[dict]) -> list[int]:
    """Return the places of questions that stand earlier in the file too, but for those that know an answer it lacks."""
    found, unanswered = [], set()  # the lines where a question without an answer begins
    for place, question in enumerate(questions):
        is_unanswered = question["answer"] is None
        of = [one["params"]["line"] for one in question["problems"] if one["code"] == "duplicate-question"]
        if of and not question.get("left_out") and (is_unanswered or of[0] not in unanswered):
            found.append(place)
        if is_unanswered:
            unanswered.add(question["source"]["from"])
    return found


def draft_of(question: dict) -> Draft:
    """Return the draft that a document's question is made of; its problems are the document's own list."""
    span = question["source"]
    values = {name: question[name] for name in vars(Draft()) if name in question}
    return Draft(
        **{**values, "options": list(question.get("options") or []), "first": span["from"], "last": span["to"]}
    )


def _options(text: str) -> list[str]:
    """Return the lines of a text as options, without letters where each line bears its own."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [LETTERED.fullmatch(line) for line in lines]
    if all(found) and [one[1].translate(NARROW) for one in found] == list(LETTERS[: len(lines)]):
        return [one[2] for one in found]
    return lines


NARROW = {ord("Ａ") + place: letter for place, letter in enumerate(LETTERS)}
