"""Whether the figures that rankings are read from follow from results, rosters and tree; and the way to mend them."""

from sqlalchemy import select, text

from quizapp.extensions import db
from quizapp.models import Campaign, Exam
from quizapp.rules.words import N_
from quizapp.services import boards
from quizapp.services.exams import get_exam
from quizapp.services.transaction import writing
from quizapp.services.verification.findings import Report, snapshot

SCORES = "SELECT unit_id, points_milli, people FROM board_scores WHERE exam_id = :exam_id AND people <> 0"
SUMS = (
    "SELECT unit_id, sat, passed, points_milli, full_milli FROM board_sums WHERE exam_id = :exam_id"
    " AND (sat <> 0 OR passed <> 0 OR points_milli <> 0 OR full_milli <> 0)"
)
SCORES_AGAIN = (
    "SELECT unit_id, points_milli, count(*) FROM board_places WHERE exam_id = :exam_id GROUP BY unit_id, points_milli"
)
SUMS_AGAIN = (
    "SELECT unit_id, sum(is_counted), sum(is_counted * is_passed), sum(is_counted * points_milli),"
    " sum(is_counted * full_milli) FROM board_places WHERE exam_id = :exam_id GROUP BY unit_id"
    " HAVING sum(is_counted) > 0"
)
WRONG = N_("The ranking of exam %(exam)s is not what its results make of it; “quizapp exam recount” mends it.")
WRONG_ROSTER = N_("The counts of the roster of campaign %(campaign)s are wrong; “quizapp exam recount” mends them.")


def check(report: Report) -> None:
    """Add every exam and every campaign whose kept figures are not those that follow."""
    places = f"SELECT {boards.PLACE_COLUMNS} FROM board_places WHERE exam_id = :exam_id"
    again = boards.PLACES.format(whose="")
    for exam_id, public_id in db.session.execute(select(Exam.id, Exam.public_id).order_by(Exam.id)).all():
        report.count("boards")
        with snapshot() as session:
            pairs = ((places, again), (SCORES, SCORES_AGAIN), (SUMS, SUMS_AGAIN))
            if any(_differ(session, *pair, exam_id=exam_id) for pair in pairs):
                report.add("board", "figures", f"boards exam={public_id}", WRONG, exam=public_id)
    kept = "SELECT campaign_id, unit_id, people, excused FROM roster_sums WHERE campaign_id = :campaign_id"
    for campaign_id, public_id in db.session.execute(select(Campaign.id, Campaign.public_id)).all():
        with snapshot() as session:
            if _differ(session, kept, boards.ROSTER, campaign_id=campaign_id):
                where = f"roster_sums campaign={public_id}"
                report.add("board", "roster", where, WRONG_ROSTER, campaign=public_id)


def mend(exam_public_id: str) -> None:
    """Make everything kept of an exam and of its campaign's roster anew. Raises NotFound."""
    exam = get_exam(exam_public_id)
    exam_id, campaign_id = exam.id, exam.campaign_id
    with writing() as session:
        boards.count_roster(session, campaign_id)
        boards.rebuild(session, exam_id)


def _differ(session, kept: str, again: str, **values) -> bool:
    """Whether one of two selects has a row that the other has not."""
    return any(
        session.execute(text(f"SELECT * FROM ({one}) one EXCEPT SELECT * FROM ({other}) other LIMIT 1"), values).first()
        for one, other in ((kept, again), (again, kept))
    )
