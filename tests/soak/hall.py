"""An instance in which thousands sit an exam right now: written into the tables, so that the load can begin at once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, text, update

from tests.benchmarks.crowd import PAPER, Seat, seat
from tests.databases import SECRET_KEY, close_app, open_app
from tests.live import LiveServer
from tests.processes import family

PASSWORD = "crane-over-the-lake-7"
OPTIONS = PAPER["items"][0]["option_ids"]
SLOTS = [item["slot"] for item in PAPER["items"]]


@dataclass
class Hall:
    """A running server and those who sit in it; `seats[n]` belongs to the login p<n>."""

    server: LiveServer
    seats: list[Seat]

    def memory_mb(self) -> float:
        """Return the memory that the serving process holds, in MB."""
        pages = int(Path(f"/proc/{self.server.process.pid}/statm").read_text().split()[1])
        return pages * 4096 / 1e6

    def cpu_seconds(self) -> float:
        """Return the processor time of the server, its worker included."""
        from tests.benchmarks.load import cpu_seconds

        return cpu_seconds(family(self.server.process.pid))


def fill(server: LiveServer, people: int, **exam) -> list[Seat]:
    """Fill an instance that does not run yet; `exam` are columns of the exam to change."""
    from quizapp.models import Campaign, Exam, Person
    from quizapp.services import boards, signing
    from quizapp.services.sign_in import hash_password
    from quizapp.services.transaction import writing

    server.settings["QUIZAPP_SECRET_KEY"] = SECRET_KEY
    app = open_app(server.settings["DATABASE_URL"], server.instance_path)
    seats = seat(app, people)
    with app.app_context(), writing() as session:
        session.execute(update(Person).values(password_hash=hash_password(PASSWORD)))
        session.execute(
            text("INSERT INTO roster_entries (campaign_id, person_id, unit_id, post, excuse)"
                 " SELECT campaigns.id, people.id, people.unit_id, '', '' FROM people, campaigns")
        )  # fmt: skip
        session.execute(
            text("INSERT INTO role_grants (person_id, unit_id, role) SELECT id, unit_id, 'trainee' FROM people")
        )
        boards.count_roster(session, session.scalar(select(Campaign.id)))
        if exam:
            session.execute(update(Exam).values(**exam))
        _write_questions(session)
    with app.app_context():
        signing.publish_key(datetime.now(UTC))
    close_app(app)
    return seats


def _write_questions(session) -> None:
    """Give the paper of everybody its questions and keys, so that it can be shown and marked."""
    from quizapp.models import Bank, Question, QuestionKey, QuestionRevision, Unit

    now = datetime.now(UTC)
    bank = Bank(slug="hall", title="题库", unit_id=session.scalar(select(Unit.id)), created_at=now)
    session.add(bank)
    session.flush()
    for item in PAPER["items"]:
        number = item["revision_id"]
        session.add(Question(id=number, bank_id=bank.id, code=f"q{number}", position=number, current_number=1))
        session.flush()
        words = ["甲项", "乙项", "丙项", "丁项"]
        session.add(
            QuestionRevision(
                id=number,
                question_id=number,
                number=1,
                kind=item["kind"],
                content={"stem": f"第{number}题", "options": words},
                html={"stem": f"第{number}题", "options": words},
                digest=str(number),
                created_at=now,
            )
        )
        session.flush()
        session.add(QuestionKey(revision_id=number, key={"right": [1]}))


def standing(hall: Hall) -> dict[tuple[str, str], tuple[int, str]]:
    """Return what stands: (attempt, slot) -> (seq, chosen option), read once the server has stopped."""
    from tests.faults import crowd

    return crowd.held(hall.server.settings["DATABASE_URL"]).stands
