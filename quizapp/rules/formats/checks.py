"""What is wrong with questions, whatever their file: each by the rules of its kind, and all among each other."""

import json
from collections import Counter
from collections.abc import Iterable

from quizapp.rules import question_types
from quizapp.rules.formats import places
from quizapp.rules.formats.drafts import CHOICES, LETTERS, Draft
from quizapp.rules.formats.lines import Account
from quizapp.rules.pictures import IN_MARKDOWN, LEFT
from quizapp.rules.question_types import HELD, KINDS
from quizapp.rules.texts import even_out
from quizapp.rules.words import N_

NOT_HELD = {"short_answer": N_("Short answer")}  # that files hold and a bank cannot: people have to mark it
KIND_NOT_HELD = N_(
    "Questions of this kind are understood, but a bank cannot hold them. "
    "Choose another kind and give its answer, or leave the question out."
)
MANY = 4  # questions of one text
ALIKE = {  # code -> (sentence for another line, sentence for the same line)
    "duplicate-question": (
        N_("The same question is in line %(row)s%(where)s already."),
        N_("The same question is there already, as number %(number)s from the beginning."),
    ),
    "contradiction": (
        N_("The same question in line %(row)s%(where)s has another answer."),
        N_("The same question, number %(number)s from the beginning, has another answer."),
    ),
    "duplicate-stem": (
        N_("The question in line %(row)s%(where)s has the same text and other options."),
        N_("Number %(number)s from the beginning has the same text and other options."),
    ),
}
SAME_CODE = N_("The code %(code)s belongs to the question in line %(row)s%(where)s already.")
UNREAD = N_("This line belongs to nothing, so it was not read.")
TOO_LONG = N_("This line is too long to be read to its end; please break it into lines.")
PARAGRAPH = {  # what tells of a line -> what tells of a paragraph of a Word file
    UNREAD: N_("This paragraph belongs to nothing, so it was not read."),
    TOO_LONG: N_("This paragraph is too long to be read to its end; please break it up."),
    ALIKE["duplicate-question"][0]: N_("The same question is in paragraph %(row)s%(where)s already."),
    ALIKE["contradiction"][0]: N_("The same question in paragraph %(row)s%(where)s has another answer."),
    ALIKE["duplicate-stem"][0]: N_("The question in paragraph %(row)s%(where)s has the same text and other options."),
    SAME_CODE: N_("The code %(code)s belongs to the question in paragraph %(row)s%(where)s already."),
}
NO_SUCH_ANSWER = N_("“%(answer)s” is no answer to a question of this kind.")
NAMED_HERE = {"key-missing", "key-no-option"}  # said here in words that fit a file


def finished(questions: list[Draft], account: Account, habit: dict, matter: dict | None = None) -> dict:
    """Return the document of `bank check` for questions that were read, checked among each other."""
    check(questions)
    _check_pictures(questions)
    if not questions:
        account.problem("no-questions", N_("There is no question in this file."))
    return {
        "habit": habit,
        "front_matter": matter or {},
        "questions": [question.as_document() for question in questions],
        "problems": account.problems,
        "ignored": account.ranges(),
    }


def worded(message: str, place, name: str | None) -> str:
    """Return a sentence that tells of a place in a file of this format so that it calls the place what it is."""
    return PARAGRAPH.get(message, message) if places.is_paragraph(place, name) else message


def word(questions: list[dict], name: str | None) -> None:
    """Have the problems of questions, or of a document, call places what they are in a file of this format."""
    for question in questions:
        for one in question["problems"]:
            one["message"] = worded(one["message"], one["params"].get("line") or one["place"], name)


def check(questions: list[Draft]) -> None:
    """Note the problems of every question on the question itself."""
    for question in questions:
        check_one(question)
    check_among(questions)


def check_among(questions: list[Draft], numbers: Iterable[int] | None = None) -> None:
    """Note what is wrong with questions among each other: codes given twice, twins, contradictions.

    `numbers` say which ones of their file they are, where some of it are not among them.
    """
    _check_codes(questions)
    _check_twins(questions, numbers or range(1, len(questions) + 1))


def check_one(question: Draft) -> None:
    """Note what is wrong with one question by itself."""
    if question.kind is None:
        if not any(problem["code"] == "kind-no-equal" for problem in question.problems):
            question.problem("no-kind", N_("It is not clear which kind of question this is."))
    elif question.kind not in HELD:
        question.problem("kind-not-held", KIND_NOT_HELD)
    if question.kind == "case" and question.parts:
        if not _check_parts(question):
            return
    elif question.answer is None:
        if not any("answer" in problem["code"] for problem in question.problems):
            question.problem("no-answer", N_("The question has no answer."))
        if not question.stem.strip():
            question.problem("stem-missing", N_("The question has no text."))
        return
    if question.kind in CHOICES:
        _check_letters(question)
    if question.kind in HELD:
        told = {problem["code"] for problem in question.problems} | (NAMED_HERE if question.kind in KINDS else set())
        for problem in question_types.check(question.kind, *question_types.define(vars(question))):
            if problem.code not in told:
                question.problem(problem.code, problem.message, severity=problem.severity, **problem.params)


def _check_parts(question: Draft) -> bool:
    """Note which parts of a case a bank cannot hold or that lack an answer; return whether all are whole."""
    for number, part in enumerate(question.parts, 1):
        if part.get("kind") not in KINDS:
            message = N_("Question %(number)s of the case is of a kind that a case cannot hold.")
            question.problem("part-kind", message, number=number)
        elif part.get("answer") is None:
            question.problem("no-answer", N_("Question %(number)s of the case has no answer."), number=number)
    return all(part.get("kind") in KINDS and part.get("answer") is not None for part in question.parts)


def _check_letters(question: Draft) -> None:
    without = [letter for letter in question.answer if LETTERS.index(letter) >= len(question.options)]
    if without and question.options:
        question.problem(
            "answer-without-option",
            N_("The answer %(letters)s names an option that is not there."),
            letters="".join(without),
        )


def _check_pictures(questions: list[Draft]) -> None:
    """Note questions whose words name a picture as Markdown does: the reader has put its own in already."""
    for question in questions:
        is_told = any(problem["code"] == LEFT["picture"][0] for problem in question.problems)
        if not is_told and IN_MARKDOWN.search(json.dumps(question.as_document(), ensure_ascii=False)):
            question.problem(*LEFT["picture"], severity="warning")


def _check_codes(questions: list[Draft]) -> None:
    seen: dict[str, Draft] = {}
    for question in questions:
        first = seen.setdefault(question.code, question) if question.code else question
        if first is not question:
            question.problem(
                "duplicate-code",
                SAME_CODE,
                code=question.code,
                **other_place(question.first, first.first),
            )


def _check_twins(questions: list[Draft], numbers: Iterable[int]) -> None:
    """Find questions that are there twice; the same text with another key is a contradiction.

    A text that many share says what to do (选择词语的正确词形): they are alike only where they share an option too.
    """
    stems = [even_out(question.stem) for question in questions]
    count = Counter(stems)
    seen: dict[tuple, tuple[int, Draft]] = {}
    for number, stem, question in zip(numbers, stems, questions, strict=True):
        if not stem or count[stem] < 2:
            continue  # nearly all of a bank: their options need not be looked at
        options = sorted(even_out(option) for option in question.options)
        parts = [(stem, None)] if count[stem] < MANY else [(stem, option) for option in options]
        at, twin = seen.setdefault((stem, tuple(options)), (number, question))
        found = [seen.setdefault(part, (number, question)) for part in parts]
        if twin is not question:
            _note_twin(question, number, twin, at)
        elif others := [other for other in found if other[1] is not question]:
            _note(question, "duplicate-stem", *reversed(others[0]), severity="warning")


def _note_twin(question: Draft, number: int, twin: Draft, at: int) -> None:
    """Note a twin on the later question, a contradiction on both: either may be the wrong one."""
    is_same = not question.parts and None in (question.answer, twin.answer) or _meaning(question) == _meaning(twin)
    _note(question, "duplicate-question" if is_same else "contradiction", twin, at)
    if not is_same and all(one["code"] != "contradiction" for one in twin.problems):
        _note(twin, "contradiction", question, number)


def _note(question: Draft, code: str, other: Draft, at: int, severity: str = "error") -> None:
    """Name the other question by its line, or where both stand in one line by its number."""
    by_line, by_number = ALIKE[code]
    message = by_number if other.first == question.first else by_line
    question.problem(code, message, severity=severity, number=at, **other_place(question.first, other.first))


def other_place(place, other) -> dict:
    """Return what a sentence at one place says of another: its number, and its file and sheet where they differ."""
    head = places.head(other)
    where = f"（{head}）" if head and head != places.head(place) else ""
    return {"line": other, "row": places.number(other), "where": where}


def _meaning(question: Draft):
    """Return the answer in words, so that options in another order do not make another answer."""
    if question.parts:
        return [(part.get("stem"), part.get("answer")) for part in question.parts]
    if question.kind not in CHOICES:
        return question.answer
    return sorted(
        even_out(option) for letter, option in zip(LETTERS, question.options, strict=False) if letter in question.answer
    )
