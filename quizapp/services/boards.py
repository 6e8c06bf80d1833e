"""The figures that rankings are read from, kept in the transaction that changes a result or a roster.

Whatever changes who counts where calls one of the functions below before it commits; each takes out what it kept of
the people concerned and puts in what follows from results, roster and tree. `rebuild` does so for a whole exam.
"""

from collections import defaultdict

from sqlalchemy import bindparam, delete, select, text

from quizapp.models import BoardPlace, BoardScore, BoardSum, Campaign, Exam, RosterEntry, RosterSum, UnitClosure

PLACES = """
SELECT best.exam_id, best.person_id, above.ancestor_id AS unit_id, entry.unit_id AS home_id,
  -best.points_milli AS order_milli, best.points_milli,
  best.full_milli, best.seconds_used, CASE WHEN entry.excuse = '' THEN 1 ELSE 0 END AS is_counted,
  CASE WHEN best.points_milli * 1000.0 >= best.full_milli * exams.pass_share_milli THEN 1 ELSE 0 END AS is_passed
FROM (
  SELECT exam_id, person_id, points_milli, full_milli, seconds_used,
    row_number() OVER (PARTITION BY person_id ORDER BY points_milli DESC, attempt_id) AS number
  FROM results WHERE exam_id = :exam_id {whose}
) best
JOIN exams ON exams.id = best.exam_id
JOIN roster_entries entry ON entry.campaign_id = exams.campaign_id AND entry.person_id = best.person_id
JOIN unit_closure above ON above.descendant_id = entry.unit_id
JOIN unit_closure inside ON inside.descendant_id = above.ancestor_id AND inside.ancestor_id = exams.unit_id
WHERE best.number = 1
"""
PLACE_COLUMNS = (
    "exam_id, person_id, unit_id, home_id, order_milli, points_milli, full_milli, seconds_used, is_counted, is_passed"
)
SCORES = """
INSERT INTO board_scores (exam_id, unit_id, points_milli, people)
SELECT exam_id, unit_id, points_milli, :sign * count(*) FROM board_places WHERE exam_id = :exam_id {whose}
GROUP BY exam_id, unit_id, points_milli ORDER BY unit_id, points_milli
ON CONFLICT (exam_id, unit_id, points_milli) DO UPDATE SET people = board_scores.people + excluded.people
"""
SUMS = """
INSERT INTO board_sums (exam_id, unit_id, sat, passed, points_milli, full_milli)
SELECT exam_id, unit_id, :sign * sum(is_counted), :sign * sum(is_counted * is_passed),
  :sign * sum(is_counted * points_milli), :sign * sum(is_counted * full_milli)
FROM board_places WHERE exam_id = :exam_id {whose} GROUP BY exam_id, unit_id ORDER BY unit_id
ON CONFLICT (exam_id, unit_id) DO UPDATE SET sat = board_sums.sat + excluded.sat,
  passed = board_sums.passed + excluded.passed, points_milli = board_sums.points_milli + excluded.points_milli,
  full_milli = board_sums.full_milli + excluded.full_milli
"""
ROSTER = """
SELECT entry.campaign_id, above.ancestor_id AS unit_id, count(*) AS people,
  sum(CASE WHEN entry.excuse = '' THEN 0 ELSE 1 END) AS excused
FROM roster_entries entry JOIN unit_closure above ON above.descendant_id = entry.unit_id
WHERE entry.campaign_id = :campaign_id GROUP BY entry.campaign_id, above.ancestor_id
"""
SOME = "AND person_id IN :people"
MANY = 1000  # people; for more of them everything is made anew


def refresh(session, exam_id: int, people: list[int]) -> None:
    """Bring what is kept of these people's results in an exam up to date, in the open transaction."""
    if len(people) > MANY:
        rebuild(session, exam_id)
        return
    _lock(session, exam_id)
    values = {"exam_id": exam_id, "people": people}
    _add(session, -1, SOME, values)
    session.execute(delete(BoardPlace).where(BoardPlace.exam_id == exam_id, BoardPlace.person_id.in_(people)))
    _run(session, f"INSERT INTO board_places ({PLACE_COLUMNS}) {PLACES}", SOME, values)
    _add(session, 1, SOME, values)


def refresh_attempts(session, attempts) -> None:
    """Bring what is kept up to date for the people of some attempts, of whatever exams."""
    people = defaultdict(set)
    for attempt in attempts:
        people[attempt.exam_id].add(attempt.person_id)
    for exam_id in sorted(people):
        refresh(session, exam_id, sorted(people[exam_id]))


def rebuild(session, exam_id: int) -> None:
    """Make everything kept of an exam anew, in the open transaction."""
    _lock(session, exam_id)
    for table in (BoardPlace, BoardScore, BoardSum):
        session.execute(delete(table).where(table.exam_id == exam_id))
    _run(session, f"INSERT INTO board_places ({PLACE_COLUMNS}) {PLACES}", "", {"exam_id": exam_id})
    _add(session, 1, "", {"exam_id": exam_id})


def count_roster(session, campaign_id: int) -> None:
    """Count a campaign's roster anew, in the open transaction that changed it."""
    session.execute(delete(RosterSum).where(RosterSum.campaign_id == campaign_id))
    session.execute(
        text(f"INSERT INTO roster_sums (campaign_id, unit_id, people, excused) {ROSTER}"), {"campaign_id": campaign_id}
    )


def follow_roster(session, campaign_id: int, people: list[int]) -> None:
    """Take over a change of these people's roster entries, in the open transaction that made it."""
    count_roster(session, campaign_id)
    for exam_id in _exams(session, campaign_id):
        refresh(session, exam_id, people)


def follow_tree(session, unit_id: int) -> None:
    """Take over that a unit with everybody below it hangs elsewhere, in the open transaction that moved it."""
    moved = select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id == unit_id)
    concerned = select(RosterEntry.campaign_id).where(RosterEntry.unit_id.in_(moved)).distinct()
    campaigns = select(Campaign.id).where(Campaign.id.in_(concerned)).order_by(Campaign.id)
    for campaign_id in session.scalars(campaigns).all():
        count_roster(session, campaign_id)
        for exam_id in _exams(session, campaign_id):
            rebuild(session, exam_id)


def _exams(session, campaign_id: int) -> list[int]:
    return session.scalars(select(Exam.id).where(Exam.campaign_id == campaign_id).order_by(Exam.id)).all()


def _lock(session, exam_id: int) -> None:
    """Let one change of an exam's figures go on at a time (SQLite has a single writer anyhow)."""
    session.execute(select(Exam.id).where(Exam.id == exam_id).with_for_update(key_share=True))


def _add(session, sign: int, whose: str, values: dict) -> None:
    for statement in (SCORES, SUMS):
        _run(session, statement, whose, {**values, "sign": sign})


def _run(session, statement: str, whose: str, values: dict) -> None:
    made = text(statement.format(whose=whose))
    session.execute(made.bindparams(bindparam("people", expanding=True)) if whose else made, values)
