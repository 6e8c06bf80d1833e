"""Every result marked again from the stored answers and the pinned key, and held against its row in the chain."""

import json

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, Campaign, Exam, QuestionKey, Receipt, Result, SealedRow
from quizapp.rules import marking, sealed_result
from quizapp.rules.receipts import answers_digest
from quizapp.rules.words import N_
from quizapp.services.evaluation.sealing import to_seal
from quizapp.services.late_answers import records
from quizapp.services.verification.findings import Report, snapshot

GROUP = 200
SENTENCES = {
    "marks": N_("The marks of attempt %(attempt)s are not what its answers earn by the pinned key."),
    "digest": N_("The answers of attempt %(attempt)s are not those that its receipt covers."),
    "late": N_("Answers of attempt %(attempt)s came too late and stand without a decision: question %(slots)s."),
    "no_result": N_("Attempt %(attempt)s is marked, but its result is missing."),
    "no_receipt": N_("Attempt %(attempt)s is marked, but has no receipt."),
    "not_sealed": N_("Attempt %(attempt)s is said to be sealed, but stands in no row of the chain."),
    "sealed_otherwise": N_("The result of attempt %(attempt)s is not the one that was sealed: %(fields)s."),
    "unreadable": N_("Attempt %(attempt)s cannot be marked again: %(why)s."),
}
SEALED_FIELDS = ("points_milli", "full_milli", "seconds_used", "marking_version", "answers", "pinned")


def check(report: Report) -> None:
    """Add every attempt whose result does not follow from what is stored, in groups so that no read lasts long."""
    sealed, ids = _sealed_rows(), [0]
    while ids:
        later = select(Attempt.id).where(Attempt.state.in_(("marked", "sealed")), Attempt.id > ids[-1])
        ids = db.session.scalars(later.order_by(Attempt.id).limit(GROUP)).all()
        report.guard_each("result", "attempts", ids, lambda group: _check_group(report, group, sealed))
        report.count("results", len(ids))


def _check_group(report: Report, ids: list[int], sealed: dict) -> None:
    with snapshot() as session:
        rows = _rows(session, ids)
        answers, keys = _answers(session, ids), _keys(session, rows)
        late = undecided(session, ids)
        for row in rows:
            attempt = row.Attempt.public_id
            problems = list(_problems(row, answers.get(row.Attempt.id, {}), keys, sealed))
            if row.Attempt.id in late:
                problems.append(("late", {"slots": ", ".join(sorted(late[row.Attempt.id]))}))
            for kind, params in problems:
                where = f"results attempt={attempt}"
                report.add("result", kind, where, SENTENCES[kind], attempt=attempt, **params)


def _sealed_rows() -> dict[tuple[str, str], dict]:
    """Return the newest sealed row of every result, by campaign and the row's random id."""
    query = select(Campaign.public_id, SealedRow.row).join_from(SealedRow, Campaign)
    found = {}
    for campaign, text in db.session.execute(query.order_by(SealedRow.campaign_id, SealedRow.position)):
        try:
            row = json.loads(text)
            if row["kind"] == "result":
                found[campaign, row["id"]] = row
        except (ValueError, KeyError, TypeError):
            continue  # the chain's own check names the row
    return found


def _rows(session, ids: list[int]) -> list:
    query = (
        select(Attempt, Exam.public_id.label("exam"), Campaign.public_id.label("campaign"), Result, Receipt)
        .join_from(Attempt, Exam)
        .join(Campaign, Campaign.id == Exam.campaign_id)
        .outerjoin(Result, Result.attempt_id == Attempt.id)
        .outerjoin(Receipt, (Receipt.attempt_id == Attempt.id) & Receipt.superseded_by.is_(None))
        .where(Attempt.id.in_(ids))
    )
    return session.execute(query).all()


def _answers(session, attempt_ids: list[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    query = select(Answer.attempt_id, Answer.slot, Answer.value).where(Answer.attempt_id.in_(attempt_ids))
    for attempt_id, slot, value in session.execute(query):
        found.setdefault(attempt_id, {})[slot] = value
    return found


def undecided(session, attempt_ids: list[int]) -> dict[int, list[str]]:
    """Return the slots of attempts in which an answer stands that came after its time, unless a decision counted it."""
    came_late = Answer.arrived_at > Attempt.deadline_at + Exam.grace_seconds * 1000
    standing = select(Answer).join(Attempt, Attempt.id == Answer.attempt_id).join(Exam, Exam.id == Attempt.exam_id)
    late = session.scalars(standing.where(Answer.attempt_id.in_(attempt_ids), came_late)).all()
    decided = records.counted(attempt_ids) if late else {}
    found: dict[int, list[str]] = {}
    for answer in late:
        if records.key_of(answer) not in decided.get(answer.attempt_id, ()):
            found.setdefault(answer.attempt_id, []).append(answer.slot)
    return found


def _keys(session, rows: list) -> dict[int, dict]:
    pinned = {item["revision_id"] for row in rows for item in row.Attempt.paper["items"]}
    query = select(QuestionKey.revision_id, QuestionKey.key).where(QuestionKey.revision_id.in_(pinned))
    return dict(session.execute(query).all())


def _problems(row, answers: dict[str, str], keys: dict[int, dict], sealed: dict):
    """Yield (kind, params) of everything that is wrong with one attempt."""
    attempt, result, receipt = row.Attempt, row.Result, row.Receipt
    if result is None or receipt is None:
        yield ("no_result" if result is None else "no_receipt"), {}
        return
    try:
        values = {slot: json.loads(value) for slot, value in answers.items()}
        marked = marking.mark_paper(attempt.paper, keys, values)
        digest = answers_digest(bytes.fromhex(receipt.salt), values)
    except Exception as error:  # whatever a damaged row may cause
        yield "unreadable", {"why": f"{type(error).__name__}: {error}"}
        return
    stored = (result.points_milli, result.full_milli, result.marks)
    if result.marking_version == marking.VERSION and stored != (marked.points_milli, marked.full_milli, marked.marks):
        yield "marks", {}
    if not digest == receipt.digest == result.answers_digest:
        yield "digest", {}
    if attempt.state == "sealed":
        yield from _held_against_the_chain(row, sealed)


def _held_against_the_chain(row, sealed: dict):
    now = sealed_result.sealed_row(
        to_seal(row.Attempt.public_id, row.Receipt.salt, row.exam, "", row.Attempt.paper, row.Result)
    )
    then = sealed.get((row.campaign, now["id"]))
    if then is None:
        yield "not_sealed", {}
        return
    differing = [name for name in SEALED_FIELDS if now[name] != then.get(name)]
    if differing:
        yield "sealed_otherwise", {"fields": ", ".join(differing)}
