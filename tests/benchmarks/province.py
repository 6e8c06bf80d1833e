"""A unit as large as one likes, with results: 200 people a village, everybody sat, ties among them; written in bulk."""

from sqlalchemy import select, text

VILLAGE = 200
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT "
FILL = (
    "INSERT INTO units (code, name, kind, parent_id) "
    + NUMBERS
    + "'v' || i, '村' || i, 'village', :township FROM n WHERE i % 200 = 1",
    "INSERT INTO unit_closure (ancestor_id, descendant_id, depth) SELECT id, id, 0 FROM units WHERE code LIKE 'v%'"
    " AND id NOT IN (SELECT descendant_id FROM unit_closure)",
    "INSERT INTO unit_closure (ancestor_id, descendant_id, depth) SELECT above.ancestor_id, units.id, above.depth + 1"
    " FROM units JOIN unit_closure above ON above.descendant_id = units.parent_id WHERE units.code LIKE 'v%'"
    " AND units.id NOT IN (SELECT descendant_id FROM unit_closure WHERE depth > 0)",
    "INSERT INTO people (public_id, login, login_key, name, unit_id, post, is_active, created_at) "
    + NUMBERS
    + "'c' || i, 'c' || i, 'c' || i, '甲', units.id, '', {true}, 0 FROM n"
    " JOIN units ON units.code = 'v' || (i - (i - 1) % 200)",
    "INSERT INTO roster_entries (campaign_id, person_id, unit_id, post, excuse)"
    " SELECT :campaign, id, unit_id, '', '' FROM people WHERE login LIKE 'c%'"
    " AND id NOT IN (SELECT person_id FROM roster_entries)",
    "INSERT INTO attempts (public_id, exam_id, person_id, number, state, epoch, paper, started_at, deadline_at,"
    " outage_seconds, finished_at) SELECT 'c' || id, :exam, id, 1, 'marked', 1, '{{}}', 0, 1, 0, 1 FROM people"
    " WHERE login LIKE 'c%' AND id NOT IN (SELECT person_id FROM attempts)",
    "INSERT INTO results (attempt_id, exam_id, person_id, points_milli, full_milli, seconds_used, marks,"
    " marking_version, answers_digest, marked_at) SELECT id, exam_id, person_id, id * 7919 % 201 * 500, 100000,"
    " 60 + id * 31 % 1200, '{{}}', 1, '', 0 FROM attempts WHERE public_id LIKE 'c%'"
    " AND id NOT IN (SELECT attempt_id FROM results)",
)


def fill(exam_public_id: str, township: str, first: int, last: int) -> None:
    """Add people number `first` to `last` of villages below a township, each with a result; inside a context."""
    from quizapp.extensions import db
    from quizapp.models import Exam, Unit
    from quizapp.services import boards
    from quizapp.services.transaction import is_postgresql, writing

    with writing() as session:
        exam = session.scalar(select(Exam).where(Exam.public_id == exam_public_id))
        values = {
            "first": first,
            "last": last,
            "exam": exam.id,
            "campaign": exam.campaign_id,
            "township": session.scalar(select(Unit.id).where(Unit.code == township)),
        }
        for statement in FILL:
            session.execute(text(statement.format(true="true" if is_postgresql() else "1")), values)
        boards.count_roster(session, exam.campaign_id)
        boards.rebuild(session, exam.id)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
