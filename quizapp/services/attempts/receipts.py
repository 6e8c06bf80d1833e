"""Receipts: the signed proof of what was handed in, and the page that checks one."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, Receipt
from quizapp.rules import marking
from quizapp.rules import receipts as rules
from quizapp.rules.errors import NotFound, TooMany
from quizapp.rules.words import N_
from quizapp.services.signing import signing_key
from quizapp.services.transaction import writing

GUESSES_PER_MINUTE = 60  # wrong codes from one address; a code has 2**50 values


@dataclass(frozen=True)
class Checked:
    """What anybody may learn from a code."""

    valid: bool
    exam: str
    submitted_at: datetime
    answered: int
    superseded_by: str | None


def ensure(attempt: Attempt, values: dict[str, object]) -> Receipt:
    """Return the attempt's receipt for exactly these answers, in the open transaction.

    The one there is stays where it covers them; else a new one is issued that supersedes it.
    """
    present = current(attempt.id)
    if present is not None and rules.answers_digest(present.salt, values) == present.digest:
        return present
    fresh = _issue(attempt, values)
    db.session.add(fresh)
    db.session.flush()
    if present is not None:
        present.superseded_by = fresh.code
    return fresh


def current(attempt_id: int) -> Receipt | None:
    """Return the receipt of an attempt that nothing supersedes."""
    return db.session.scalar(
        select(Receipt).where(Receipt.attempt_id == attempt_id, Receipt.superseded_by.is_(None))
    )


def _issue(attempt: Attempt, values: dict[str, object]) -> Receipt:
    key_id, key = signing_key()
    salt = secrets.token_hex(16)
    digest = rules.answers_digest(salt, values)
    answered = marking.count_answered(attempt.paper, values)
    return Receipt(
        code=rules.new_code(secrets.token_bytes(8)), attempt_id=attempt.id, answered=answered, salt=salt, digest=digest,
        key_id=key_id, submitted_at=attempt.finished_at,
        signature=rules.sign(key, rules.payload(attempt.public_id, digest, answered, attempt.finished_at, key_id)),
    )


misses: dict[str, list[int]] = {}  # address -> [minute, unknown codes asked]


def check(code: str, address: str, now: datetime) -> Checked:
    """Return what a code stands for. Raises NotFound for an unknown one and TooMany for whoever guesses."""
    minute = int(now.timestamp() // 60)
    asked = misses.get(address, [minute, 0])
    if asked[0] == minute and asked[1] >= GUESSES_PER_MINUTE:
        raise TooMany(N_("Too many unknown codes. Please wait a minute and try again."), retry_after=60)
    query = select(Receipt, Attempt.public_id, Exam.title).join(Attempt, Attempt.id == Receipt.attempt_id).join(
        Exam, Exam.id == Attempt.exam_id
    )
    row = db.session.execute(query.where(Receipt.code == rules.normalise(code))).first()
    if row is None:
        if len(misses) > 10_000:
            misses.clear()
        misses[address] = [minute, (asked[1] if asked[0] == minute else 0) + 1]
        raise NotFound(N_("There is no receipt with this code. Please compare it letter by letter."))
    return Checked(_is_genuine(row.Receipt, row.public_id), row.title, row.Receipt.submitted_at, row.Receipt.answered,
                   row.Receipt.superseded_by)
