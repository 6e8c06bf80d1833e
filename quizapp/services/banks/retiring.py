"""Taking a question out of use and back: no new paper holds it, papers that were drawn keep it."""

from datetime import datetime

from sqlalchemy import select, update

from quizapp.extensions import db
from quizapp.models import Bank, Question
from quizapp.rules.errors import Invalid, NotFound
from quizapp.rules.permissions import Actor
from quizapp.services import audit, scope
from quizapp.services.banks import stakes
from quizapp.services.transaction import writing


def set_retired(
    actor: Actor | None,
    slug: str,
    question: str,
    is_retired: bool,
    now: datetime,
    trace: audit.Trace = audit.NO_TRACE,
) -> None:
    """Take a question out of use, or back into it; again changes nothing.

    Raises Invalid, naming the exams, where one that is not over yet could not be drawn without it.
    """
    query = select(Question.id, Bank.id.label("bank_id"), Bank.unit_id).join(Bank, Bank.id == Question.bank_id)
    row = db.session.execute(query.where(Bank.slug == slug, Question.public_id == question)).first()
    if row is None:
        raise NotFound(scope.NOT_HERE)
    scope.require(actor, "banks.manage", row.unit_id)
    before = stakes.broken(row.bank_id, now) if is_retired else frozenset()
    with writing() as session:
        moved = session.execute(
            update(Question)
            .where(Question.id == row.id, Question.is_retired.is_(not is_retired))
            .values(is_retired=is_retired)
        )
        if not moved.rowcount:
            return
        problems = stakes.endangered(row.bank_id, now, before) if is_retired else []
        if problems:
            raise Invalid(problems)
        action = "question.retired" if is_retired else "question.returned"
        audit.record(actor, row.unit_id, action, f"{slug} {question}", now, trace)
