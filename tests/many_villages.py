"""A large township: hundreds of villages with people at an exam, inserted row by row, since hiring them takes minutes."""

from datetime import datetime, timedelta

from sqlalchemy import select

from tests.cast import TOWNSHIP

FIRST_ID = 100_000


def settle(exam_id: str, villages: int, people: int, now: datetime, paper: dict | None = None) -> None:
    """Add villages below the cast's township, each with people on the roster: of four one is silent, one has not begun."""
    from quizapp.extensions import db
    from quizapp.models import Attempt, AttemptContact, Exam, Person, RosterEntry, Unit, UnitClosure
    from quizapp.services.transaction import writing

    exam = db.session.scalar(select(Exam).where(Exam.public_id == exam_id))
    campaign, number = exam.campaign_id, exam.id
    township = db.session.scalar(select(Unit.id).where(Unit.code == TOWNSHIP))
    above = db.session.execute(
        select(UnitClosure.ancestor_id, UnitClosure.depth).where(UnitClosure.descendant_id == township)
    ).all()
    rows = {table: [] for table in (Unit, UnitClosure, Person, RosterEntry, Attempt, AttemptContact)}
    for village in range(FIRST_ID, FIRST_ID + villages):
        code = f"{TOWNSHIP}{village}"
        rows[Unit].append({"id": village, "code": code, "name": f"村{village}", "kind": "village", "parent_id": township})
        rows[UnitClosure].append({"ancestor_id": village, "descendant_id": village, "depth": 0})
        rows[UnitClosure] += [{"ancestor_id": one, "descendant_id": village, "depth": depth + 1} for one, depth in above]
        for place in range(people):
            one = village * 100 + place
            rows[Person].append({"id": one, "login": f"p{one}", "login_key": f"p{one}", "name": f"人{one}", "post": "村专干",
                                 "unit_id": village, "is_active": True, "created_at": now})  # fmt: skip
            rows[RosterEntry].append({"campaign_id": campaign, "person_id": one, "unit_id": village, "post": "村专干"})
            if place % 4:
                heard = now - timedelta(minutes=10 if place % 4 == 1 else 0)
                rows[Attempt].append({"id": one, "public_id": f"a{one:015}", "exam_id": number, "person_id": one, "number": 1,
                                      "paper": paper or {"items": []}, "started_at": now - timedelta(minutes=20),
                                      "deadline_at": now + timedelta(minutes=30)})  # fmt: skip
                rows[AttemptContact].append({"attempt_id": one, "heard_at": heard})
    with writing() as session:
        for table, values in rows.items():
            for start in range(0, len(values), 1000):
                session.execute(table.__table__.insert(), values[start : start + 1000])
