"""What rankings are read from is kept: places, people by score, sums of units and of rosters."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

PLACES = """
INSERT INTO board_places (exam_id, person_id, unit_id, home_id, order_milli, points_milli, full_milli, seconds_used,
  is_counted, is_passed)
SELECT best.exam_id, best.person_id, above.ancestor_id, entry.unit_id, -best.points_milli, best.points_milli,
  best.full_milli, best.seconds_used, CASE WHEN entry.excuse = '' THEN 1 ELSE 0 END,
  CASE WHEN best.points_milli * 1000.0 >= best.full_milli * exams.pass_share_milli THEN 1 ELSE 0 END
FROM (
  SELECT exam_id, person_id, points_milli, full_milli, seconds_used,
    row_number() OVER (PARTITION BY exam_id, person_id ORDER BY points_milli DESC, attempt_id) AS number
  FROM results
) best
JOIN exams ON exams.id = best.exam_id
JOIN roster_entries entry ON entry.campaign_id = exams.campaign_id AND entry.person_id = best.person_id
JOIN unit_closure above ON above.descendant_id = entry.unit_id
JOIN unit_closure inside ON inside.descendant_id = above.ancestor_id AND inside.ancestor_id = exams.unit_id
WHERE best.number = 1
"""
SCORES = """
INSERT INTO board_scores (exam_id, unit_id, points_milli, people)
SELECT exam_id, unit_id, points_milli, count(*) FROM board_places GROUP BY exam_id, unit_id, points_milli
"""
SUMS = """
INSERT INTO board_sums (exam_id, unit_id, sat, passed, points_milli, full_milli)
SELECT exam_id, unit_id, sum(is_counted), sum(is_counted * is_passed), sum(is_counted * points_milli),
  sum(is_counted * full_milli)
FROM board_places GROUP BY exam_id, unit_id
"""
ROSTERS = """
INSERT INTO roster_sums (campaign_id, unit_id, people, excused)
SELECT entry.campaign_id, above.ancestor_id, count(*), sum(CASE WHEN entry.excuse = '' THEN 0 ELSE 1 END)
FROM roster_entries entry JOIN unit_closure above ON above.descendant_id = entry.unit_id
GROUP BY entry.campaign_id, above.ancestor_id
"""


def keys(name: str, **others: str) -> list:
    """Return columns that are a table's key (column -> table it refers to, or none) with their constraints."""
    return [
        *(sa.Column(key, sa.Integer(), nullable=False, autoincrement=False) for key in others),
        *(
            sa.ForeignKeyConstraint([key], [f"{other}.id"], name=op.f(f"fk_{name}_{key}_{other}"))
            for key, other in others.items()
            if other
        ),
        sa.PrimaryKeyConstraint(*others, name=op.f(f"pk_{name}")),
    ]


def numbers(*names: str, kind=sa.Integer) -> list:
    """Return columns of whole numbers."""
    return [sa.Column(name, kind(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "board_places",
        *keys("board_places", exam_id="exams", person_id="people", unit_id="units"),
        sa.Column("home_id", sa.Integer(), nullable=False),
        *numbers("order_milli", "points_milli", "full_milli", "seconds_used", "is_counted", "is_passed"),
        sa.ForeignKeyConstraint(["home_id"], ["units.id"], name=op.f("fk_board_places_home_id_units")),
        sqlite_with_rowid=False,
    )
    columns = ["exam_id", "unit_id", "order_milli", "seconds_used", "person_id"]
    op.create_index("ix_board_places_rank", "board_places", columns, unique=False)
    op.create_table(
        "board_scores",
        *keys("board_scores", exam_id="exams", unit_id="units", points_milli=""),
        *numbers("people"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "board_sums",
        *keys("board_sums", exam_id="exams", unit_id="units"),
        *numbers("sat", "passed"),
        *numbers("points_milli", "full_milli", kind=sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roster_sums",
        *keys("roster_sums", campaign_id="campaigns", unit_id="units"),
        *numbers("people", "excused"),
        sqlite_with_rowid=False,
    )
    for statement in (PLACES, SCORES, SUMS, ROSTERS):
        op.execute(statement)


def downgrade() -> None:
    for name in ("roster_sums", "board_sums", "board_scores", "board_places"):
        op.drop_table(name)
