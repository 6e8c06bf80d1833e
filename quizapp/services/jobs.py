"""Background work: sweepers that find what is due by looking at the database; any number of workers may run."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import or_, update

from quizapp.extensions import db
from quizapp.models import Lease
from quizapp.services import exams, guesses, roster_day, sign_in, time_keeping
from quizapp.services.attempts import finish, marking
from quizapp.services.backup import keeping
from quizapp.services.banks import checking
from quizapp.services.deliveries import sending
from quizapp.services.handbooks import editions
from quizapp.services.proposals import deciding
from quizapp.services.transaction import insert, writing

LEASE = timedelta(seconds=20)  # what a worker that was killed held is taken over after so long
LEASES = {  # of jobs that take longer, or may not stand still for so long when their worker dies
    "backup": timedelta(minutes=5),
    "restore_test": timedelta(hours=1),
    "journal": timedelta(seconds=10),
    "bank_checks": timedelta(minutes=10),
}
Jobs = list[tuple[str, Callable[[datetime], int]]]
MARKING: Jobs = [("mark", marking.mark_due)]
# What time decides about exams: on time, whatever else is to do; not at all while the time is in doubt.
EXAM_JOBS: Jobs = [
    ("close", finish.close_expired),
    ("receipts", finish.give_receipts),
    *MARKING,
    ("release", exams.release_due),
]
OTHER_JOBS: Jobs = [
    ("deliver", sending.deliver_due),
    ("rosters", roster_day.follow_due),
    ("editions", editions.follow_due),
    ("proposals", deciding.expire_due),
    ("guesses", guesses.forget_old),
    ("sessions", sign_in.forget_expired),
]


def keeping_safe(since: datetime) -> Jobs:
    """Return the jobs that may take long and keep nobody waiting; `since`: when this worker began."""
    return [
        ("backup", lambda now: keeping.back_up_due(now, since, keeping.gently)),
        ("restore_test", lambda now: keeping.test_due(now, since)),
        ("bank_checks", checking.run_due),
    ]


def run_due(holder: str | None, now: datetime, jobs: Jobs | None = None) -> dict[str, int]:
    """Do everything that is due and return how much of each; nothing about exams while the clock's alarm is on.

    A job whose lease another worker holds is left to it; without a holder no lease is asked for, since every job may
    run any number of times. A job that fails does not keep the next from running; its error is raised at the end.
    """
    done, failure = {}, None
    is_in_doubt = time_keeping.find_alarm() is not None
    for name, job in EXAM_JOBS + OTHER_JOBS if jobs is None else jobs:
        try:
            is_ours = holder is None or take(name, holder, now)
            if is_ours and not (is_in_doubt and (name, job) in EXAM_JOBS):
                done[name] = job(now)
                if holder and name in LEASES:
                    give_back(name, holder, now)
        except Exception as error:
            db.session.rollback()
            failure = failure or error
    if failure is not None:
        raise failure
    return done


def mark_awaited(holder: str, now: datetime) -> dict[str, int]:
    """Mark at once what a live board waits for; where there is nothing, nothing is written either."""
    return run_due(holder, now, MARKING) if marking.is_awaited() else {}


def give_back(name: str, holder: str, now: datetime) -> None:
    """Let go of a lease that is longer than the pause between two looks."""
    with writing() as session:
        session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(expires_at=now))


def take(name: str, holder: str, now: datetime) -> bool:
    """Take a lease or renew it; False where another worker holds it."""
    with writing() as session:
        session.execute(insert(Lease).values(name=name, holder="", expires_at=now).on_conflict_do_nothing())
        free = or_(Lease.holder == holder, Lease.expires_at <= now)
        return (
            session.execute(
                update(Lease)
                .where(Lease.name == name, free)
                .values(holder=holder, expires_at=now + LEASES.get(name, LEASE))
            ).rowcount
            == 1
        )
