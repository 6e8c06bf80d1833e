"""Saving answers: said only after the durable commit, and only of what then stands."""

from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from flask import current_app

from quizapp.extensions import db
from quizapp.models.types import from_ms, to_ms
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.question_types import KINDS
from quizapp.rules.words import N_
from quizapp.services.attempts import papers
from quizapp.services.attempts.group_commit import GroupCommit
from quizapp.services.remembered import Remembered
from quizapp.services.transaction import dialects, is_postgresql, run, run_one, writing

UNKNOWN_EPOCH = N_("This device has not opened the exam; please load the page again.")
LARGEST_STEP = 10_000  # how far a sequence number may run ahead of the last one known
tickets = Remembered(20_000)

# One statement claims the attempt, decides by arrival alone, and puts the newer of (epoch, seq) in place.
PLACE = """
WITH mine AS (
  SELECT id FROM attempts
  WHERE id = :attempt_id AND state IN ('open', 'auto_submitted') AND deadline_at + :grace_ms >= :arrived_at
    AND epoch >= :epoch AND least_epoch <= :epoch
    AND :seq <= 10000 + coalesce((SELECT max(seq) FROM answers WHERE attempt_id = :attempt_id AND epoch = :epoch), 0)
  {lock}
){placed}
INSERT INTO answers (attempt_id, slot, epoch, seq, value, arrived_at)
SELECT id, {given} WHERE true
ON CONFLICT (attempt_id, slot) DO UPDATE
SET epoch = excluded.epoch, seq = excluded.seq, value = excluded.value, arrived_at = excluded.arrived_at
WHERE (excluded.epoch, excluded.seq) > (answers.epoch, answers.seq)
RETURNING {returned}
"""
STATE = "(SELECT state FROM attempts WHERE id = attempt_id), (SELECT deadline_at FROM attempts WHERE id = attempt_id)"
ONE = ":slot, :epoch, :seq, :value, :arrived_at FROM mine"
EACH = (
    "sent.slot, :epoch, sent.seq, sent.value, :arrived_at"
    " FROM mine, unnest(:slots::text[], :seqs::integer[], :values::text[]) AS sent (slot, seq, value)"
)
UPSERTS = dialects(
    PLACE.replace("{placed}", "").replace("{given}", ONE).replace("{returned}", STATE),
    lock={"sqlite": "", "postgresql": "FOR UPDATE"},
)


def in_one_go(given: str, told: str) -> dict[str, str]:
    """Return the statement by which PostgreSQL places answers and keeps their history, in one round trip."""
    returned = "attempt_id, slot, epoch, seq, value, arrived_at"
    placing = PLACE.format(lock="FOR UPDATE", placed=", placed AS (", given=given, returned=returned)
    history = f"INSERT INTO answer_events ({returned}) SELECT * FROM placed"
    return dialects(f"{placing}), kept AS ({history}) SELECT {told} FROM attempts JOIN placed ON id = attempt_id")


ALONE = in_one_go(ONE, "state, deadline_at")
TOGETHER = in_one_go(EACH, "min(state), min(deadline_at), array_agg(slot)")
KEEP = (
    "INSERT INTO {table} (attempt_id, slot, epoch, seq, value, arrived_at{more})"
    " VALUES (:attempt_id, :slot, :epoch, :seq, :value, :arrived_at{given})"
)
KEPT = (
    "SELECT 1 FROM {table} WHERE attempt_id = :attempt_id AND slot = :slot AND epoch = :epoch AND seq = :seq"
    " AND value = :value"
)
EVENT = dialects(KEEP.format(table="answer_events", more="", given=""))
LATE = dialects(KEEP.format(table="late_answers", more=", source", given=", :source"))
EVENT_KEPT, LATE_KEPT = (dialects(KEPT.format(table=table)) for table in ("answer_events", "late_answers"))
# Locked: more time granted at this moment either is seen here, or sees what is recorded as late here.
ATTEMPT = dialects(
    "SELECT state, deadline_at, epoch, least_epoch FROM attempts WHERE id = :attempt_id {lock}",
    lock={"sqlite": "", "postgresql": "FOR UPDATE"},
)
STANDING = dialects("SELECT epoch, seq, value FROM answers WHERE attempt_id = :attempt_id AND slot = :slot")
LAST_SEQ = dialects("SELECT max(seq) FROM answers WHERE attempt_id = :attempt_id AND epoch = :epoch")


@dataclass(frozen=True)
class Sent:
    """One answer as it came: the value is plain JSON data."""

    slot: str
    seq: int
    value: object


@dataclass
class Outcome:
    """What became of each slot; `superseded` holds (epoch, seq, value) of what stands."""

    state: str = ""
    deadline_at: datetime | None = None
    saved: dict[str, int] = field(default_factory=dict)
    superseded: dict[str, tuple[int, int, object]] = field(default_factory=dict)
    recorded: dict[str, int] = field(default_factory=dict)
    refused: dict[str, Problem] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """Checked answers of one attempt, ready to be written."""

    attempt_id: int
    rows: list[dict]  # the parameters of UPSERT

    def apply(self, connection) -> Outcome:
        """Write the answers in the open transaction; nothing is acknowledged before its commit."""
        outcome = Outcome()
        stored = []
        for row in _place_together(connection, self.rows, outcome):
            found = run(connection, UPSERTS, row).first()
            if found is None and not _settle(connection, row, outcome):
                found = run(connection, UPSERTS, row).first()
            if found is not None:
                outcome.state, deadline_ms = found
                outcome.deadline_at = from_ms(deadline_ms)
                outcome.saved[row["slot"]] = row["seq"]
                stored.append(row)
        if stored:
            run(connection, EVENT, stored)
        if not outcome.state:
            _tell_state(connection, self.attempt_id, outcome)
        return outcome

    def save_alone(self) -> Outcome | None:
        """Save a single answer that goes into its slot, for PostgreSQL; None for every other, with nothing written."""
        found = run_one(ALONE, self.rows[0]) if len(self.rows) == 1 else None
        if found is None:
            return None
        row, (state, deadline_ms) = self.rows[0], found
        return Outcome(state, from_ms(deadline_ms), saved={row["slot"]: row["seq"]})


def _place_together(connection, rows: list[dict], outcome: Outcome) -> list[dict]:
    """On PostgreSQL place all answers that go into their slots by one statement; return those left to be settled.

    A phone that was without network sends twenty at once: one by one each costs two round trips.
    """
    slots = [row["slot"] for row in rows]
    if connection.dialect.name == "sqlite" or len(rows) < 2 or len(set(slots)) < len(slots):
        return rows
    lists = {"slots": slots, "seqs": [row["seq"] for row in rows], "values": [row["value"] for row in rows]}
    *told, placed = run(connection, TOGETHER, {**rows[-1], **lists}).one()
    if not placed:
        return rows
    outcome.state, outcome.deadline_at = told[0], from_ms(told[1])
    outcome.saved.update((row["slot"], row["seq"]) for row in rows if row["slot"] in placed)
    return [row for row in rows if row["slot"] not in placed]


def _tell_state(connection, attempt_id: int, outcome: Outcome) -> tuple:
    attempt = run(connection, ATTEMPT, {"attempt_id": attempt_id}).one()
    outcome.state, outcome.deadline_at = attempt.state, from_ms(attempt.deadline_at)
    return attempt


def _settle(connection, row: dict, outcome: Outcome) -> bool:
    """Say what became of an answer that did not go into its slot: already there, older, too late, or not possible.

    False where nothing of that is true: more time was granted at this very moment, and it may go in now.
    """
    slot = row["slot"]
    attempt = _tell_state(connection, row["attempt_id"], outcome)
    standing = run(connection, STANDING, row).first()
    is_known = attempt.least_epoch <= row["epoch"] <= attempt.epoch  # else issued after the backup that is running now
    is_in_time = row["arrived_at"] <= attempt.deadline_at + row["grace_ms"]
    if standing and tuple(standing) == (row["epoch"], row["seq"], row["value"]):
        outcome.saved[slot] = row["seq"]
    elif attempt.state == "open" and is_in_time and not is_known:
        outcome.refused[slot] = Problem("unknown-epoch", UNKNOWN_EPOCH)
    elif row["seq"] > LARGEST_STEP + (run(connection, LAST_SEQ, row).scalar() or 0):
        outcome.refused[slot] = Problem(
            "seq-too-far", N_("The number of this answer is too far ahead of the last one.")
        )
    elif not is_known or attempt.state not in ("open", "auto_submitted") or not is_in_time:
        if run(connection, LATE_KEPT, row).first() is None:
            run(connection, LATE, row)
        outcome.recorded[slot] = row["seq"]
    elif standing is None or (standing.epoch, standing.seq) < (row["epoch"], row["seq"]):
        return False
    else:
        if run(connection, EVENT_KEPT, row).first() is None:
            run(connection, EVENT, row)
        outcome.superseded[slot] = (standing.epoch, standing.seq, msgspec.json.decode(standing.value))
    return True


def ticket_of(public_id: str, person_id: int) -> papers.Ticket:
    """Return the ticket of a person's own attempt, from memory where it is known. Raises NotFound for any other."""
    return papers.get_ticket(public_id, person_id, tickets)


def check(
    ticket: papers.Ticket, epoch: int, answers: list[Sent], arrival: datetime, source: str = "network"
) -> tuple[Batch, dict[str, Problem]]:
    """Return the answers that fit the paper, oldest first, and a problem for each slot whose answer does not.

    `source`: "file" where they were carried by somebody instead of sent.
    """
    rows, refused = [], {}
    for answer in sorted(answers, key=lambda sent: sent.seq):
        item = ticket.item(answer.slot)
        if item is None:
            refused[answer.slot] = Problem(
                "unknown-slot", N_("The paper has no question %(slot)s."), answer.slot, {"slot": answer.slot}
            )
            continue
        try:
            KINDS[item["kind"]].check_value(item, answer.value)
        except Invalid as invalid:
            refused[answer.slot] = invalid.problems[0]
            continue
        rows.append(
            {
                "attempt_id": ticket.attempt_id,
                "slot": answer.slot,
                "epoch": epoch,
                "seq": answer.seq,
                "value": msgspec.json.encode(answer.value).decode(),
                "arrived_at": to_ms(arrival),
                "grace_ms": ticket.grace_ms,
                "source": source,
            }
        )
    return Batch(ticket.attempt_id, rows), refused


def save_answers(public_id: str, person_id: int, epoch: int, answers: list[Sent], arrival: datetime) -> Outcome:
    """Keep answers of the person's own attempt and say what stands, after the durable commit.

    Decided by arrival alone. Late ones are recorded, not counted. Raises NotFound for a foreign attempt and
    503-like OperationalError where the database cannot commit; the phone then keeps and repeats.
    """
    ticket = ticket_of(public_id, person_id)
    batch, refused = check(ticket, epoch, answers, arrival)
    outcome = commit(batch)
    outcome.refused.update(refused)
    return outcome


def commit(batch: Batch) -> Outcome:
    """Write a batch durably."""
    return is_postgresql() and batch.save_alone() or durably(batch)


def durably(work):
    """Return what `work.apply(connection)` returned: in a shared commit on SQLite, in its own on PostgreSQL."""
    if is_postgresql():
        with writing() as session:
            return work.apply(session.connection())
    if db.session.registry.has():
        db.session.rollback()  # reads before are over: they would not see what is written now
    return _group().run(work)


def _group() -> GroupCommit:
    group = current_app.extensions.get("group_commit")
    if group is None:
        group = current_app.extensions.setdefault("group_commit", GroupCommit(db.engine))
    return group
