"""The stage of a rehearsal: a copy of the database where the exam is open now and nothing goes out to anybody."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select, update

from quizapp.extensions import db
from quizapp.models import Answer, Attempt, Delivery, Exam, Person, Receiver, Result, RoleGrant
from quizapp.models.types import new_public_id
from quizapp.services import exams, sign_in
from quizapp.services.backup import copying
from quizapp.services.safety import coming
from quizapp.services.transaction import writing

SPARE = timedelta(hours=1)  # the window stays open far longer than the play lasts
LOGIN = "rehearsal-{number}"


def expected(exam_id: str) -> int:
    """Return how many people an exam is for. Raises NotFound."""
    return coming.audience_size(exams.get_exam(exam_id))


def copy_to(folder: Path) -> None:
    """Copy the database into a folder that becomes an instance of its own; of the running one nothing is written."""
    copying.copy(db.engine, folder / "quizapp.sqlite3")


def set_up(exam_id: str, people: int, password: str, now: datetime) -> None:
    """Open the exam on the copy, let `people` who do not exist into it, and switch off whatever would go out."""
    hashed = sign_in.hash_password(password)
    with writing() as session:
        session.execute(delete(Delivery).where(Delivery.state != "delivered"))
        session.execute(update(Receiver).values(is_active=False))
        exam = session.scalar(select(Exam).where(Exam.public_id == exam_id))
        exam.opens_at, exam.closes_at = now - timedelta(minutes=1), now + SPARE
        exam.limit_seconds, exam.attempts_allowed = int(SPARE.total_seconds()), 1
        exam.release_rule, exam.released_at = "at_close", None
        post = exam.posts[0] if exam.posts else ""
        for number in range(people):
            session.add(_person(exam, LOGIN.format(number=number), post, hashed, now))
        session.flush()
        ours = select(Person.id).where(Person.login_key.startswith(LOGIN.format(number="")))
        for person_id in session.scalars(ours).all():
            session.add(RoleGrant(person_id=person_id, unit_id=exam.unit_id, role="trainee"))


def _person(exam: Exam, login: str, post: str, hashed: str, now: datetime) -> Person:
    return Person(
        public_id=new_public_id(), login=login, login_key=login, name=login, unit_id=exam.unit_id, post=post,
        password_hash=hashed, created_at=now,
    )  # fmt: skip


def close(exam_id: str, now: datetime) -> int:
    """Close, mark and release the exam on the copy; returns how many of the played people have a result."""
    exams.close(None, exam_id, now)
    ours = Person.login_key.startswith(LOGIN.format(number=""))
    played = select(func.count()).select_from(Result).join(Person, Person.id == Result.person_id)
    return db.session.scalar(played.where(ours))


def standing() -> dict[tuple[str, str], tuple[int, int]]:
    """Return (attempt, slot) -> (epoch, seq) of what is in the copy's database."""
    query = select(Attempt.public_id, Answer.slot, Answer.epoch, Answer.seq).join_from(Answer, Attempt)
    return {(attempt, slot): (epoch, seq) for attempt, slot, epoch, seq in db.session.execute(query)}
