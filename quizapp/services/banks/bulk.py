"""One change for many questions of a bank: seen before, done in one transaction, a revision for each that changes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, func, literal, select, update

from quizapp.extensions import db
from quizapp.models import Citation, Question, QuestionKey, QuestionReview, QuestionRevision, QuestionTag
from quizapp.models.types import Moment
from quizapp.rules import bulk as rules
from quizapp.rules.bulk import Change, Held
from quizapp.rules.errors import Conflict, Invalid, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope
from quizapp.services.banks import finding, planning, sight, stakes
from quizapp.services.banks.shelf import MANAGE
from quizapp.services.banks.sight import current
from quizapp.services.transaction import writing

MOST = 5000  # at once: everybody else's writing waits for it
CHUNK = 500
SAMPLES = 20
OTHERS = N_("Meanwhile %(now)s questions are found instead of %(before)s. Nothing was changed; look again.")


@dataclass(frozen=True)
class Line:
    """What one question holds before and after; `moves` is whether it comes into use or goes out of it."""

    code: str
    stem_html: str
    before: Held
    after: Held
    moves: bool


@dataclass(frozen=True)
class Outcome:
    """How many questions were chosen and what becomes of them; the first lines of those that change."""

    chosen: int
    changed: int
    revised: int
    moved: int
    lines: list[Line]


def rehearse(actor: Actor, slug: str, wanted: finding.Wanted, change: Change) -> Outcome:
    """Return what `apply` would do, and change nothing. Raises Invalid with what it would refuse."""
    bank = sight.get_visible(actor, slug)
    scope.require(actor, MANAGE, bank.unit_id)
    _check(change)
    return _outcome(_rows(db.session, bank.id, wanted), change)


def count(actor: Actor, slug: str, wanted: finding.Wanted) -> int:
    """Return how many questions would be chosen."""
    bank = sight.get_visible(actor, slug)
    asked = finding.conditions(bank.id, wanted)
    return db.session.scalar(select(func.count()).select_from(Question).where(*asked))


def apply(
    actor: Actor,
    slug: str,
    wanted: finding.Wanted,
    change: Change,
    expected: int,
    now: datetime,
    trace: audit.Trace = audit.NO_TRACE,
) -> Outcome:
    """Change every wanted question, all or none. `expected` is how many the person saw.

    Raises Conflict where it would be others by now, Invalid where an exam that is not over would lack questions.
    """
    bank = sight.get_visible(actor, slug)
    scope.require(actor, MANAGE, bank.unit_id)
    _check(change)
    bank_id, unit_id, before = bank.id, bank.unit_id, stakes.broken(bank.id, now)
    with writing() as session:
        rows = _rows(session, bank_id, wanted, is_claiming=True)
        if len(rows) != expected:
            raise Conflict(OTHERS, now=len(rows), before=expected)
        outcome = _outcome(rows, change)
        for start in range(0, len(rows), CHUNK):
            _revise(session, rows[start : start + CHUNK], change, actor, now)
        _move(session, rows, change, actor, now)
        endangered = stakes.endangered(bank_id, now, before)
        if endangered:
            raise Invalid(endangered)
        told = [f"{name} {_plain(value)}" for name, value in vars(change).items() if value not in (None, "", ())]
        counts = {name: getattr(outcome, name) for name in ("chosen", "changed", "revised", "moved")}
        audit.record(actor, unit_id, "questions.changed", slug, now, trace, **counts, change=told)
        return outcome


def _plain(value) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _check(change: Change) -> None:
    problems = rules.check(change)
    if problems:
        raise Invalid(problems)


def _rows(session, bank_id: int, wanted: finding.Wanted, is_claiming: bool = False) -> list:
    """Return (question, its present revision) of what is wanted. Raises Invalid where it is too much at once."""
    query = select(Question, QuestionRevision).join(QuestionRevision, current())
    query = query.where(*finding.conditions(bank_id, wanted)).order_by(Question.position).limit(MOST + 1)
    if is_claiming:
        query = query.with_for_update(of=Question)
    rows = session.execute(query).all()
    if len(rows) > MOST:
        message = N_("At most %(most)s questions can be changed at once; please narrow the choice down.")
        raise Invalid([Problem("too-many", message, "", {"most": MOST})])
    return rows


def _held(question: Question, revision: QuestionRevision) -> Held:
    return Held(revision.chapter, revision.difficulty, revision.points_milli, tuple(revision.tags))


def _moves(question: Question, change: Change) -> bool:
    """Whether the deed does something to a question: what was sent to review or agreed to is not sent again."""
    if change.deed == "ask":
        at = question.current_number
        return not question.is_retired and at not in (question.asked_number, question.reviewed_number)
    return bool(change.deed) and question.is_retired != (change.deed == "retire")


def _outcome(rows: list, change: Change) -> Outcome:
    revised = moved = changed = 0
    lines: list[Line] = []
    for question, revision in rows:
        before = _held(question, revision)
        after, moves = rules.applied(change, before), _moves(question, change)
        revised += after != before
        moved += moves
        changed += moves or after != before
        if (moves or after != before) and len(lines) < SAMPLES:
            lines.append(Line(question.code, revision.html["stem"], before, after, moves))
    return Outcome(len(rows), changed, revised, moved, lines)


def _revise(session, rows: list, change: Change, actor: Actor, now: datetime) -> None:
    """Write the next revision of those that change, key, explanation and citations copied."""
    after = {one.id: rules.applied(change, _held(one, revision)) for one, revision in rows}
    rows = [(one, revision) for one, revision in rows if after[one.id] != _held(one, revision)]
    if not rows:
        return
    old = [revision.id for _, revision in rows]
    found = session.scalars(select(QuestionKey).where(QuestionKey.revision_id.in_(old)))
    keys = {key.revision_id: key for key in found}
    cited: dict[int, list[int]] = {}
    for one in session.scalars(select(Citation).where(Citation.revision_id.in_(old))):
        cited.setdefault(one.revision_id, []).append(one.article_id)
    made = [
        _revision(revision, after[one.id], keys[revision.id], cited.get(revision.id, []), actor, now)
        for one, revision in rows
    ]
    added = session.scalars(
        QuestionRevision.__table__.insert().returning(QuestionRevision.id, sort_by_parameter_order=True), made
    ).all()
    new = dict(zip(old, added, strict=True))
    session.execute(
        QuestionKey.__table__.insert(),
        [
            {"revision_id": new[was], "key": key.key, "explanation": key.explanation,
             "explanation_html": key.explanation_html}
            for was, key in keys.items()
        ],
    )  # fmt: skip
    citations = [{"revision_id": new[was], "article_id": article} for was, some in cited.items() for article in some]
    if citations:
        session.execute(Citation.__table__.insert(), citations)
    _follow(session, [one.id for one, _ in rows], after, change)


def _revision(was: QuestionRevision, after: Held, key: QuestionKey, cited: list[int], actor: Actor, now) -> dict:
    points = after.points_milli / 1000
    digest = planning.digest_of(
        was.kind, was.content, key.key, after.chapter, after.difficulty, points, key.explanation, cited
    )
    return {
        "question_id": was.question_id,
        "number": was.number + 1,
        "kind": was.kind,
        "content": was.content,
        "html": was.html,
        "chapter": after.chapter,
        "difficulty": after.difficulty,
        "points_milli": after.points_milli,
        "tags": list(after.tags),
        "is_rewording": False,
        "digest": digest,
        "author_id": actor.person_id,
        "created_at": now,
    }


def _follow(session, ids: list[int], after: dict[int, Held], change: Change) -> None:
    """Let the lists know the revisions just written."""
    values = {"current_number": Question.current_number + 1}
    for number in (Question.asked_number, Question.reviewed_number):  # the words are as they were agreed to
        values[number.key] = case((number == Question.current_number, number + 1), else_=number)
    values |= {name: value for name in ("chapter", "difficulty") if (value := getattr(change, name)) is not None}
    session.execute(update(Question).where(Question.id.in_(ids)).values(values), execution_options=UNSEEN)
    if change.add_tags or change.remove_tags:
        session.execute(delete(QuestionTag).where(QuestionTag.question_id.in_(ids)), execution_options=UNSEEN)
        tags = [{"question_id": one, "tag": tag} for one in ids for tag in after[one].tags]
        if tags:
            session.execute(QuestionTag.__table__.insert(), tags)


UNSEEN = {"synchronize_session": False}  # rows in hand are not read again after this


def _move(session, rows: list, change: Change, actor: Actor, now: datetime) -> None:
    """Do the deed to those that it does something to; the numbers in hand are those before this change."""
    ids = [question.id for question, revision in rows if _moves(question, change)]
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        values = {"asked_number": Question.current_number}
        if change.deed != "ask":
            values = {"is_retired": change.deed == "retire"}
        session.execute(update(Question).where(Question.id.in_(some)).values(values), execution_options=UNSEEN)
        if change.deed == "ask":
            at = select(Question.id, Question.current_number, literal("asked"), literal(actor.person_id))
            at = at.add_columns(literal(""), literal(now, Moment())).where(Question.id.in_(some))
            columns = ["question_id", "number", "what", "person_id", "note", "at"]
            session.execute(QuestionReview.__table__.insert().from_select(columns, at))
