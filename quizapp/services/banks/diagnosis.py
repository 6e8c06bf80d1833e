"""What would become of each question of a file: taken in as new or changed, or in need of a person, and why."""

from dataclasses import dataclass, field

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Question, QuestionKey, QuestionRevision
from quizapp.rules import question_types
from quizapp.rules.errors import Problem
from quizapp.rules.formats import bundle, checks, mending
from quizapp.rules.texts import even_out
from quizapp.rules.words import N_
from quizapp.services.banks import documents, planning
from quizapp.services.banks.sight import current

CONTRADICTION = "bank-contradiction"
SAME_TEXT = "bank-duplicate-stem"
OF_BANK = (CONTRADICTION, SAME_TEXT)  # problems that speak of a question of the bank
OTHER_KEY = N_("The bank has this question with another answer. Which one is right?")
SAME_STEM = N_("The bank has a question with the same text and other options.")


@dataclass
class Verdict:
    """One question: `entry` where it can be taken in, else `problems` has the errors that stand in the way."""

    question: dict
    entry: planning.Entry | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_left_out(self) -> bool:
        """Whether a person has said that the bank shall not have it."""
        return bool(self.question.get("left_out"))

    @property
    def is_good(self) -> bool:
        """Whether nothing stands in the way of taking it in."""
        return self.entry is not None and not self.is_left_out and not any(is_error(one) for one in self.problems)

    @property
    def is_contradiction(self) -> bool:
        """Whether the bank has it with another answer, and nobody has said yet which one is right."""
        return any(one.code == CONTRADICTION and is_error(one) for one in self.problems)

    @property
    def what(self) -> str:
        """Return one of planning.WHAT, "mend" where a person is needed, "left" where it is left out."""
        return "left" if self.is_left_out else self.entry.what if self.is_good else "mend"


def is_error(problem: Problem) -> bool:
    """Return whether a problem stands in the way of taking something in."""
    return problem.severity == "error"


def diagnose(
    document: dict, bank_id: int | None, handbook: str, known: dict[int, documents.Prepared] | None = None
) -> list[Verdict]:
    """Return the verdict on each question of a document against a bank (None: a new one), in the document's order.

    `known` holds what was prepared of them before, by the id() of the question.
    """
    verdicts = [Verdict(one, problems=[Problem(**each) for each in one["problems"]]) for one in document["questions"]]
    ready: list[tuple[Verdict, documents.Prepared]] = []
    for verdict in verdicts:
        one = verdict.question
        if one["answer"] is None and not one.get("parts") and not any(map(is_error, verdict.problems)):
            verdict.problems.append(Problem("no-answer", N_("The question has no answer."), str(one["source"]["from"])))
        if verdict.is_left_out or any(map(is_error, verdict.problems)):
            continue
        if known and id(one) in known:
            ready.append((verdict, known[id(one)]))
            continue
        prepared, wrong = documents.prepare([one])
        wrong += [problem for each in prepared for problem in documents.check_words(each)]
        verdict.problems += wrong
        if not wrong:
            ready.append((verdict, prepared[0]))
    _note_codes(ready, document.get("format"))
    ready = [(verdict, prepared) for verdict, prepared in ready if not any(map(is_error, verdict.problems))]
    is_complete = bundle.says_everything(document)
    planned = planning.plan(bank_id, handbook, [prepared for _, prepared in ready], is_complete)
    for (verdict, _), entry in zip(ready, planned.entries, strict=True):
        verdict.entry = entry
        verdict.problems += entry.problems
    if bank_id is not None:
        _compare(bank_id, [verdict for verdict in verdicts if verdict.entry])
    return verdicts


def _note_codes(ready: list[tuple[Verdict, documents.Prepared]], name: str | None) -> None:
    """Note questions whose code another one of the file bears already."""
    seen: dict[str, documents.Prepared] = {}
    for verdict, prepared in ready:
        first = seen.setdefault(prepared.code, prepared)
        if first is not prepared:
            values = {"code": prepared.code, **checks.other_place(prepared.place, first.place)}
            message = checks.worded(checks.SAME_CODE, first.place, name)
            verdict.problems.append(Problem("duplicate-code", message, prepared.place, values))


def _compare(bank_id: int, verdicts: list[Verdict]) -> None:
    """Note questions that the bank has with another answer, or with other options."""
    fresh = [one for one in verdicts if one.entry.what != "unchanged"]
    if not fresh:
        return
    columns = (Question.id, Question.public_id, QuestionRevision.kind, QuestionRevision.content, QuestionKey.key)
    query = select(*columns)
    query = query.join(QuestionRevision, current()).join(QuestionKey, QuestionKey.revision_id == QuestionRevision.id)
    known = db.session.execute(query.where(Question.bank_id == bank_id, Question.is_retired.is_(False))).all()
    if not known:
        return  # a new bank: nobody waits while thousands of texts are evened out
    by_id, by_stem = {row.id: row for row in known}, {even_out(row.content["stem"]): row for row in known}
    for verdict in fresh:
        one, place = verdict.entry.question, verdict.entry.question.place
        same = by_id.get(verdict.entry.question_id)
        if same is not None and same.key != one.key and not verdict.question.get("code"):
            severity = "warning" if CONTRADICTION in verdict.question.get("confirmed", ()) else "error"
            verdict.problems.append(Problem(CONTRADICTION, OTHER_KEY, place, told_of(same), severity))
        elif same is None and (near := by_stem.get(even_out(one.content["stem"]))):
            verdict.problems.append(Problem(SAME_TEXT, SAME_STEM, place, told_of(near), "warning"))


def told_of(row) -> dict[str, str]:
    """Return which question of the bank a problem speaks of, and its answer in words."""
    whole = {"kind": row.kind, "answer": None, **question_types.document(row.kind, row.content, row.key)}
    return {"question": row.public_id, "answer": mending.answer_words(whole)}
