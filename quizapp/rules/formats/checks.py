"""What is wrong with questions, whatever their file: each by the rules of its kind, and all among each other."""

from quizapp.rules import question_types
from quizapp.rules.formats.drafts import CHOICES, LETTERS, Draft
from quizapp.rules.formats.lines import Account
from quizapp.rules.question_types import HELD, KINDS
from quizapp.rules.texts import even_out
from quizapp.rules.words import N_

NOT_HELD = {"short_answer": N_("Short answer")}  # that files hold and a bank cannot: people have to mark it
NAMED_HERE = {"key-missing", "key-no-option"}  # said here in words that fit a file


def finished(questions: list[Draft], account: Account, habit: dict, matter: dict | None = None) -> dict:
    """Return the document of `bank check` for questions that were read, checked among each other."""
    check(questions)
    if not questions:
        account.problem("no-questions", N_("There is no question in this file."))
    return {
        "habit": habit,
        "front_matter": matter or {},
        "questions": [question.as_document() for question in questions],
        "problems": account.problems,
        "ignored": account.ranges(),
    }


def check(questions: list[Draft]) -> None:
    """Note the problems of every question on the question itself."""
    for question in questions:
        check_one(question)
    check_among(questions)


def check_among(questions: list[Draft]) -> None:
    """Note what is wrong with questions among each other: codes given twice, twins, contradictions."""
    _check_codes(questions)
    _check_twins(questions)


def check_one(question: Draft) -> None:
    """Note what is wrong with one question by itself."""
    if question.kind is None:
        if not any(problem["code"] == "kind-no-equal" for problem in question.problems):
            question.problem("no-kind", N_("It is not clear which kind of question this is."))
    elif question.kind not in HELD:
        question.problem("kind-not-held", N_("Questions of this kind are understood, but a bank cannot hold them."))
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


def _check_codes(questions: list[Draft]) -> None:
    seen: dict[str, Draft] = {}
    for question in questions:
        first = seen.setdefault(question.code, question) if question.code else question
        if first is not question:
            question.problem(
                "duplicate-code",
                N_("The code %(code)s belongs to the question in line %(line)s already."),
                code=question.code,
                line=first.first,
            )


def _check_twins(questions: list[Draft]) -> None:
    """Find questions that are there twice; the same text with another key is a contradiction."""
    seen: dict[tuple, Draft] = {}
    for question in questions:
        stem = even_out(question.stem)
        if not stem:
            continue
        whole = (stem, tuple(sorted(even_out(option) for option in question.options)))
        twin, namesake = seen.setdefault(whole, question), seen.setdefault((stem,), question)
        if twin is not question:
            _note_twin(question, twin)
        elif namesake is not question:
            question.problem(
                "duplicate-stem",
                N_("The question in line %(line)s has the same text and other options."),
                severity="warning",
                line=namesake.first,
            )


def _note_twin(question: Draft, twin: Draft) -> None:
    if not question.parts and None in (question.answer, twin.answer) or _meaning(question) == _meaning(twin):
        question.problem("duplicate-question", N_("The same question is in line %(line)s already."), line=twin.first)
    else:
        question.problem("contradiction", N_("The same question in line %(line)s has another answer."), line=twin.first)


def _meaning(question: Draft):
    """Return the answer in words, so that options in another order do not make another answer."""
    if question.parts:
        return [(part.get("stem"), part.get("answer")) for part in question.parts]
    if question.kind not in CHOICES:
        return question.answer
    return sorted(
        even_out(option) for letter, option in zip(LETTERS, question.options, strict=False) if letter in question.answer
    )
