"""Receipts: the signed proof of what was handed in, and the page that checks one."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Attempt, Exam, Receipt
from quizapp.models.types import to_ms
from quizapp.rules import marking
from quizapp.rules import receipts as rules
from quizapp.rules.clock import rfc3339
from quizapp.rules.errors import NotFound, TooMany
from quizapp.rules.words import N_
from quizapp.services.signing import public_keys, signing_key
from quizapp.services.transaction import dialects, run

KEPT = ("code", "attempt_id", "answered", "salt", "digest", "key_id", "signature", "submitted_at")
CURRENT = dialects(f"SELECT {', '.join(KEPT)} FROM receipts WHERE attempt_id = :attempt_id AND superseded_by IS NULL")
KEEP = dialects(f"INSERT INTO receipts ({', '.join(KEPT)}) VALUES ({', '.join(f':{name}' for name in KEPT)})")
SUPERSEDE = dialects("UPDATE receipts SET superseded_by = :code WHERE code = :former")
NOTHING: Mapping[str, str] = MappingProxyType({})
GUESSES_PER_MINUTE = 60  # wrong codes from one address; a code has 2**50 values


@dataclass(frozen=True)
class Checked:
    """What anybody may learn from a code."""

    valid: bool
    exam: str
    submitted_at: datetime
    answered: int
    superseded_by: str | None
    is_missing: bool = False  # the signature speaks for it, and there is no record of it (any more)


def ensure(attempt: Attempt, values: dict[str, object]) -> Receipt:
    """Return the attempt's receipt for exactly these answers and this end, in the open transaction.

    The one there is stays where it covers them; else a new one is issued that supersedes it.
    """
    present = current(attempt.id)
    if _is_of(present, attempt) and rules.answers_digest(bytes.fromhex(present.salt), values) == present.digest:
        return present
    return _replace(present, attempt, values)


def ensure_for_end(
    connection, attempt_id: int, public_id: str, finished_at: datetime, read: Callable[[], tuple[dict, int]]
) -> Receipt:
    """Return the receipt of an attempt as it was handed in last, in the open transaction; a part of no session.

    Where there is none yet it is issued for the answers that `read()` returns, with how many of them answer something.
    """
    row = run(connection, CURRENT, {"attempt_id": attempt_id}).first()
    if row is not None and row.submitted_at == to_ms(finished_at):
        return Receipt(**{**row._mapping, "submitted_at": finished_at})
    values, answered = read()
    fresh = _issue(attempt_id, public_id, values, answered, finished_at)
    kept = {name: getattr(fresh, name) for name in KEPT}
    run(connection, KEEP, {**kept, "submitted_at": to_ms(finished_at)})
    if row is not None:
        run(connection, SUPERSEDE, {"code": fresh.code, "former": row.code})
    return fresh


def _replace(present: Receipt | None, attempt: Attempt, values: dict[str, object]) -> Receipt:
    answered = marking.count_answered(attempt.paper, values)
    fresh = _issue(attempt.id, attempt.public_id, values, answered, attempt.finished_at)
    db.session.add(fresh)
    db.session.flush()
    if present is not None:
        present.superseded_by = fresh.code
    return fresh


def of_this_end(attempt: Attempt) -> Receipt | None:
    """Return the receipt of an attempt as it was handed in last; none while it is open (again)."""
    present = current(attempt.id)
    return present if _is_of(present, attempt) else None


def _is_of(receipt: Receipt | None, attempt: Attempt) -> bool:
    return receipt is not None and receipt.submitted_at == attempt.finished_at


def current(attempt_id: int) -> Receipt | None:
    """Return the receipt of an attempt that nothing supersedes."""
    return db.session.scalar(select(Receipt).where(Receipt.attempt_id == attempt_id, Receipt.superseded_by.is_(None)))


def _issue(attempt_id: int, public_id: str, values: dict, answered: int, finished_at: datetime) -> Receipt:
    key_id, key = signing_key()
    salt = secrets.token_bytes(rules.SALT_BYTES)
    receipt = Receipt(
        code=rules.new_code(secrets.token_bytes(rules.RANDOM_BYTES)),
        attempt_id=attempt_id,
        salt=salt.hex(),
        answered=answered,
        digest=rules.answers_digest(salt, values),
        key_id=key_id,
        submitted_at=finished_at,
    )
    receipt.signature = rules.sign(statement(receipt, public_id), key)
    return receipt


def statement(receipt: Receipt, attempt: str) -> dict:
    """Return what a receipt states and its signature covers."""
    return rules.payload(
        receipt.code, attempt, receipt.digest, receipt.answered, rfc3339(receipt.submitted_at), receipt.key_id
    )


misses: dict[str, list[int]] = {}  # address -> [minute, unknown codes asked]


def check(code: str, address: str, now: datetime, brought: Mapping[str, str] = NOTHING) -> Checked:
    """Return what a code stands for. Raises NotFound for an unknown one and TooMany for whoever guesses.

    Where a restored backup lacks the record, the statement and the signature that were `brought` along still prove it.
    """
    minute = int(now.timestamp() // 60)
    asked = misses.get(address, [minute, 0])
    if asked[0] == minute and asked[1] >= GUESSES_PER_MINUTE:
        raise TooMany(N_("Too many unknown codes. Please wait a minute and try again."), retry_after=60)
    query = (
        select(Receipt, Attempt.public_id, Exam.title)
        .join(Attempt, Attempt.id == Receipt.attempt_id)
        .join(Exam, Exam.id == Attempt.exam_id)
    )
    known = rules.normalise_code(code) or ""
    row = db.session.execute(query.where(Receipt.code == known)).first()
    if row is None and (proven := _proven(known, brought)):
        return proven
    if row is None:
        if len(misses) > 10_000:
            misses.clear()
        misses[address] = [minute, (asked[1] if asked[0] == minute else 0) + 1]
        raise NotFound(N_("There is no receipt with this code. Please compare it letter by letter."))
    receipt = row.Receipt
    key = public_keys().get(receipt.key_id)
    is_genuine = key is not None and rules.is_genuine(statement(receipt, row.public_id), receipt.signature, key)
    return Checked(is_genuine, row.title, receipt.submitted_at, receipt.answered, receipt.superseded_by)


def _proven(code: str, brought: Mapping[str, str]) -> Checked | None:
    """Return what a statement brought along says, if one of our keys signed exactly that for this code."""
    texts = [brought.get(name, "") for name in ("attempt", "digest", "answered", "submitted_at", "key_id", "signature")]
    attempt, digest, answered, submitted_at, key_id, signature = texts
    key = public_keys().get(key_id)
    if key is None or not (answered.isascii() and answered.isdigit() and len(answered) < 6):
        return None
    stated = rules.payload(code, attempt, digest, int(answered), submitted_at, key_id)
    if not rules.is_genuine(stated, signature, key):
        return None
    return Checked(True, "", datetime.fromisoformat(submitted_at), int(answered), None, is_missing=True)


def brought_by(done) -> dict[str, str]:
    """Return what a receipt states and its signature, as `check` takes it from an address."""
    return {
        "attempt": done.attempt_id, "digest": done.digest, "answered": str(done.answered),
        "submitted_at": rfc3339(done.submitted_at), "key_id": done.key_id, "signature": done.signature,
    }  # fmt: skip
