"""What would become of each question of a file: taken in as new or changed, or in need of a person, and why."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Question, QuestionKey, QuestionRevision
from quizapp.rules import duplicates, question_types
from quizapp.rules.errors import Problem
from quizapp.rules.formats import bundle, checks, mending
from quizapp.rules.words import N_
from quizapp.services.banks import documents, planning
from quizapp.services.banks.sight import current

CONTRADICTION = "bank-contradiction"
SAME_TEXT = "bank-duplicate-stem"
OF_BANK = (CONTRADICTION, SAME_TEXT)  # problems that speak of a question of the bank
OTHER_KEY = N_("The bank has this question with another answer. Which one is right?")
SAME_QUESTION = N_("The bank has this question already.")
DROP_THIS = N_("The bank has this question already. If it is the same one, drop this one.")
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
    """Note questions that the bank has: with another answer, with options in another order, with other options."""
    fresh = [one for one in verdicts if one.entry.what != "unchanged"]
    if not fresh:
        return
    known = rows_of((Question.bank_id == bank_id) & Question.is_retired.is_(False))
    if not known:
        return  # a new bank: nobody waits while thousands of texts are evened out
    by_id = {row.id: row for row in known}
    asked = duplicates.ready_all(_told(number, one.entry.question) for number, one in enumerate(fresh))
    stems = {one.stem for one in asked}
    evened = duplicates.even_all([row.content["stem"] for row in known])
    there = duplicates.ready_all(_told(row.id, row) for row, stem in zip(known, evened, strict=True) if stem in stems)
    alike = defaultdict(list)
    for one in there:
        alike[one.stem].append(one)
        alike[one.stem, one.options].append(one)
    for verdict, one in zip(fresh, asked, strict=True):
        same = by_id.get(verdict.entry.question_id)
        near = alike[one.stem, one.options] + alike[one.stem][: duplicates.MOST_SHARING]
        if same is not None and same.key != verdict.entry.question.key and not verdict.question.get("code"):
            verdict.problems.append(_contradiction(verdict, same))
        elif same is None and near:
            other = min(near, key=lambda other: duplicates.RELATIONS.index(duplicates.relation(one, other)))
            _note_alike(verdict, one, other, by_id[other.id])


def _told(number: int, one) -> tuple:
    return number, one.kind, one.content, one.key


def _note_alike(verdict: Verdict, one: duplicates.Compared, other: duplicates.Compared, row) -> None:
    """Note that the bank asks with the same words; what differs in the order of its options alone is the bank's own.

    Where the file gives it a code, it is another one all the same.
    """
    relation, entry = duplicates.relation(one, other), verdict.entry
    if relation == "contradiction":
        verdict.problems.append(_contradiction(verdict, row))
    else:
        message = SAME_STEM if relation == "near" else SAME_QUESTION
        verdict.problems.append(Problem(SAME_TEXT, message, entry.question.place, told_of(row), "warning"))
    if (one.kind, one.options) == (other.kind, other.options) and not verdict.question.get("code"):
        what = "unchanged" if relation == "same" else "changed"
        verdict.entry = replace(entry, question_id=row.id, what=what)


def _contradiction(verdict: Verdict, row) -> Problem:
    """Return that the bank has a question with another answer: in the way until a person says which one is right."""
    severity = "warning" if CONTRADICTION in verdict.question.get("confirmed", ()) else "error"
    return Problem(CONTRADICTION, OTHER_KEY, verdict.entry.question.place, told_of(row), severity)


def already(question_id: int) -> Problem:
    """Return that the bank has this question, for somebody who is about to add it a second time."""
    (row,) = rows_of(Question.id == question_id)
    return Problem(SAME_TEXT, DROP_THIS, "", told_of(row))


def rows_of(condition) -> list:
    """Return (id, public_id, kind, content, key) of questions as they are worded now."""
    columns = (Question.id, Question.public_id, QuestionRevision.kind, QuestionRevision.content, QuestionKey.key)
    query = select(*columns).join(QuestionRevision, current())
    return db.session.execute(
        query.join(QuestionKey, QuestionKey.revision_id == QuestionRevision.id).where(condition)
    ).all()


def told_of(row) -> dict[str, str]:
    """Return which question of the bank a problem speaks of, and its answer in words."""
    whole = {"kind": row.kind, "answer": None, **question_types.document(row.kind, row.content, row.key)}
    return {"question": row.public_id, "answer": mending.answer_words(whole)}
