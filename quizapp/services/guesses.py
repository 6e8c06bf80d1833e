"""Wrong guesses at passwords: who has to wait before the next one, and for how long."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from quizapp.extensions import db
from quizapp.models import SignInFailure
from quizapp.rules.errors import TooMany
from quizapp.rules.words import N_
from quizapp.services.transaction import dialects, insert, run_one, writing

FREE = 2  # wrong guesses before the delay begins
LONGEST_DELAY = timedelta(minutes=15)
KEPT = timedelta(days=1)  # after the last one; until then every further guess costs the longest delay

COUNTED = dialects("SELECT 1 FROM sign_in_failures WHERE subject IN (:one, :other)")

recent: dict[str, list[int]] = {}  # address -> [minute, sign-ins in it]; a brake, so one process' view is enough


def refuse_flood(address: str, ceiling: int, now: datetime) -> None:
    """Brake one address at `ceiling` sign-ins a minute: a village of hundreds behind one address stays far below."""
    minute = int(now.timestamp() // 60)
    if len(recent) > 10_000:
        recent.clear()
    seen = recent.setdefault(address, [minute, 0])
    if seen[0] != minute:
        seen[:] = [minute, 0]
    seen[1] += 1
    if seen[1] > ceiling:
        raise TooMany(N_("Very many sign-ins from this address. Please wait a minute and try again."), retry_after=60)


def knock(subjects: list[str], now: datetime) -> bool:
    """Let a guess at these subjects in, or raise TooMany while it has to wait.

    Where wrong ones came before, it counts as wrong at once, so that a hundred at the same moment do not slip in
    together; then True is returned, and whoever proves right is forgotten by `forget`.
    """
    if run_one(COUNTED, {"one": subjects[0], "other": subjects[-1]}) is None:
        return False
    with writing() as session:
        rows = _locked(session, subjects, now)
        wait = max(row.blocked_until - now for row in rows)
        if wait > timedelta():
            seconds = int(wait.total_seconds()) + 1
            raise TooMany(
                N_("Too many wrong passwords for this account. Please wait %(seconds)s seconds and try again."),
                retry_after=seconds,
                seconds=seconds,
            )
        _count(rows, now)
    return True


def count(subjects: list[str], now: datetime) -> None:
    """Note a wrong guess; from the third on the next has to wait 2, 4, 8 … seconds, at most a quarter of an hour."""
    with writing() as session:
        _count(_locked(session, subjects, now), now)


def _locked(session, subjects: list[str], now: datetime) -> list[SignInFailure]:
    """Return the subjects' rows for this transaction alone, made where there are none."""
    for subject in sorted(subjects):
        fresh = {"subject": subject, "failures": 0, "last_at": now, "blocked_until": now}
        session.execute(insert(SignInFailure).values(**fresh).on_conflict_do_nothing())
    query = select(SignInFailure).where(SignInFailure.subject.in_(subjects)).order_by(SignInFailure.subject)
    return list(session.scalars(query.with_for_update()))


def _count(rows: list[SignInFailure], now: datetime) -> None:
    for row in rows:
        row.failures += 1
        over = row.failures - FREE
        delay = timedelta(seconds=2 ** min(over, 20)) if over > 0 else timedelta()
        row.last_at, row.blocked_until = now, now + min(delay, LONGEST_DELAY)


def forget(session, subjects: list[str]) -> None:
    """Forget the wrong guesses of somebody who proved right, inside an open transaction."""
    if subjects:
        session.execute(delete(SignInFailure).where(SignInFailure.subject.in_(subjects)))


def forget_old(now: datetime) -> int:
    """Forget what was guessed wrongly more than a day ago; returns how many subjects. Repeatable."""
    old = SignInFailure.last_at < now - KEPT
    if db.session.scalar(select(SignInFailure.subject).where(old).limit(1)) is None:
        return 0
    with writing() as session:
        return session.execute(delete(SignInFailure).where(old)).rowcount
