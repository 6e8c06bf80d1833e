"""`quizapp verify` finds whatever was changed by hand, in any table that results rest on, and names where."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select, text

from quizapp.extensions import db
from quizapp.models import Attempt, ChainHead, QuestionKey, SealedRow
from quizapp.rules import chain_file, seal
from quizapp.rules.clock import rfc3339
from quizapp.rules.signing import key_id
from quizapp.services import signing
from quizapp.services.deliveries import sending
from quizapp.services.evaluation import entered, publishing
from quizapp.services.transaction import is_postgresql
from quizapp.services.verification.instance import verify
from tests.cast import VILLAGE
from tests.scenes import scene

pytestmark = pytest.mark.usefixtures("app_context")


@scene
def published(cast, released):
    """Two publications: six rows under the first head, a seventh under the second; everything delivered."""
    publishing.publish(None, released.campaign, released.over)
    later = released.over + timedelta(minutes=1)
    entered.enter(None, released.campaign, VILLAGE, "training", 900, "签到表", later)
    publishing.publish(None, released.campaign, later)
    assert sending.deliver_due(later) == 3
    return released


@contextmanager
def owner():
    """A connection of whoever owns the database: no reference is checked, nothing is asked."""
    with db.engine.connect() as connection:
        if is_postgresql():
            connection.execute(text("SET session_replication_role = replica"))
        else:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")
        yield connection
        connection.commit()
        if is_postgresql():
            connection.execute(text("SET session_replication_role = origin"))
            connection.commit()
        else:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = ON")


def change(statement: str, **values) -> None:
    with owner() as connection:
        assert connection.execute(text(statement), values).rowcount == 1


def found(**arguments) -> dict[tuple[str, str], str]:
    db.session.rollback()
    return {(one.area, one.kind): one.where for one in verify(**arguments).findings}


def test_a_whole_instance_is_whole_and_says_what_was_looked_at(published):
    report = verify()
    assert report.findings == []
    wanted = {"chains": 1, "sealed rows": 7, "signed heads": 2, "sheets": 3, "results": 4, "receipts": 4,
              "received events": 3, "public keys": 1}  # fmt: skip
    assert {name: report.checked[name] for name in wanted} == wanted


def test_f12_every_result_follows_again_from_answers_and_pinned_keys(published):
    """F12: all sealed results are marked again and equal; a changed key, answer, paper or mark is found."""
    assert verify().checked["results"] == 4
    drawn = db.session.scalars(select(Attempt.paper).order_by(Attempt.id)).first()["items"]  # of who has all right
    choice = next(item["revision_id"] for item in drawn if item["kind"] == "single_choice")
    right = db.session.get(QuestionKey, choice).key["right"]
    change("UPDATE question_keys SET key = :key WHERE revision_id = :choice", choice=choice,
           key=json.dumps({"right": [1 - min(right[0], 1)]}))  # fmt: skip
    assert ("result", "marks") in found()


ATTEMPT = "(SELECT min(id) FROM attempts)"


CHANGES = [
    ("UPDATE sealed_rows SET row = replace(row, '\"points_milli\"\\:', '\"points_milli\"\\:1') WHERE position = 2",
     ("chain", "altered", "sealed_rows position=2")),
    ("UPDATE sealed_rows SET hash = CASE WHEN hash LIKE 'f%' THEN 'e' ELSE 'f' END || substr(hash, 2) WHERE position = 3",
     ("chain", "altered", "sealed_rows position=3")),
    ("DELETE FROM sealed_rows WHERE position = 1", ("chain", "deleted", "sealed_rows position=2")),
    ("DELETE FROM sealed_rows WHERE position = 6", ("chain", "tail_cut", "sealed_rows position=6")),
    ("UPDATE chain_heads SET sealed_at = sealed_at + 1 WHERE count = 7", ("chain", "signature", "chain_heads count=7")),
    ("UPDATE sheets SET body = replace(body, '\"rank\"\\:2', '\"rank\"\\:1') WHERE body LIKE '%rank\"\\:2%'",
     ("chain", "sheet_altered", "revision=1")),
    ("UPDATE sheets SET body = replace(body, '\"total\"\\:', '\"total\"\\: ') WHERE revision = 2",
     ("chain", "sheet_altered", f"unit={VILLAGE} revision=2")),
    ("UPDATE sheets SET revision = 7 WHERE revision = 2", ("chain", "sheet_moved", "sheets event_id=")),
    (f"UPDATE results SET points_milli = points_milli - 1 WHERE attempt_id = {ATTEMPT}",
     ("result", "sealed_otherwise", "results attempt=")),
    (f"UPDATE results SET seconds_used = 1 WHERE attempt_id = {ATTEMPT}",
     ("result", "sealed_otherwise", "results attempt=")),
    (f"UPDATE results SET marks = 'x' WHERE attempt_id = {ATTEMPT}", ("result", "unreadable", "attempts id=")),
    (f"DELETE FROM results WHERE attempt_id = {ATTEMPT}", ("result", "no_result", "results attempt=")),
    (f"UPDATE answers SET value = 'null' WHERE slot = '1' AND attempt_id = {ATTEMPT}",
     ("result", "digest", "results attempt=")),
    (f"DELETE FROM answers WHERE slot = '2' AND attempt_id = {ATTEMPT}", ("result", "marks", "results attempt=")),
    (f"UPDATE attempts SET paper = replace(paper, '2000', '2001') WHERE id = {ATTEMPT}",
     ("result", "sealed_otherwise", "results attempt=")),
    (f"UPDATE receipts SET answered = answered + 1 WHERE attempt_id = {ATTEMPT}",
     ("receipt", "signature", "receipts code=")),
    (f"UPDATE receipts SET submitted_at = 99999999999999999 WHERE attempt_id = {ATTEMPT}",
     ("receipt", "unreadable", "receipts id=")),
    ("UPDATE received_events SET body = replace(body, '1', '2') WHERE revision = 2",
     ("received", "digest", "received_events event_id=")),
    ("UPDATE received_events SET unit_code = '1' WHERE revision = 2",
     ("received", "moved", "received_events event_id=")),
    ("DELETE FROM received_events WHERE revision = 2", ("received", "missing", "received_events event_id=")),
    ("UPDATE signing_keys SET public_key = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='",
     ("receipt", "key", "signing_keys key_id=")),
]  # fmt: skip


def test_one_thing_changed_by_hand_is_found_and_named(published, subtests):
    for statement, (area, kind, where) in CHANGES:
        with subtests.test(statement), undone(table_of(statement)):
            change(statement)
            assert where in found().get((area, kind), "not found")
    assert found() == {}


def table_of(statement: str) -> str:
    return next(word for word in statement.split() if word in db.metadata.tables)


@contextmanager
def undone(table: str):
    """Put a table back, to the last byte, after the block."""
    with db.engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]
    yield
    db.session.rollback()
    with owner() as connection:
        connection.execute(text(f"DELETE FROM {table}"))
        names = ", ".join(rows[0])
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES (:{names.replace(', ', ', :')})"), rows)


def test_a_row_that_points_at_nothing_is_found(published):
    change("UPDATE sheets SET unit_id = 4711 WHERE revision = 2")
    assert found()["database", "reference"] == "sheets.unit_id=4711"


def rewrite(published, private_key) -> None:
    """Raise a sealed result and make every hash and head fit again, as whoever owns the database can."""
    rows = db.session.scalars(select(SealedRow.row).order_by(SealedRow.position)).all()
    heads = db.session.scalars(select(ChainHead)).all()
    moments = {one.count: one.sealed_at for one in heads}
    db.session.rollback()
    identity, previous = key_id(private_key.public_key()), seal.START
    for position, line in enumerate(rows):
        row = json.loads(line)
        row |= {"points_milli": row["points_milli"] + 1} if position == 0 else {}
        previous = seal.row_hash(previous, row)
        change("UPDATE sealed_rows SET row = :row, hash = :hash WHERE position = :at", row=seal.canonical(row),
               hash=previous, at=position)  # fmt: skip
        if position + 1 in moments:
            head = {"campaign": published.campaign, "count": position + 1, "head": previous,
                    "time": rfc3339(moments[position + 1]), "key_id": identity}  # fmt: skip
            change("UPDATE chain_heads SET head = :head, key_id = :key, signature = :sign WHERE count = :count",
                   head=previous, key=identity, sign=seal.sign_head(head, private_key), count=position + 1)  # fmt: skip


def test_f2_hashes_made_anew_by_the_owner_of_the_database_do_not_carry_the_signature(published):
    """F2: rows and hashes rewritten, the heads too, signed with a key that was put into the database."""
    mine = Ed25519PrivateKey.generate()
    rewrite(published, mine)
    change("UPDATE signing_keys SET key_id = :id, public_key = :key", id=key_id(mine.public_key()),
           key=chain_file.key_text(mine.public_key()))  # fmt: skip
    assert "chain_heads count=7" in found()["chain", "unknown_key"]


def test_f2_against_the_owner_of_the_key_stand_the_heads_that_others_hold(published):
    """F2: with the real key everything fits, but not what was printed or received before."""
    before = db.session.execute(text("SELECT head FROM chain_heads WHERE count = 6")).scalar()
    rewrite(published, signing.signing_key()[1])
    there = found()
    assert ("chain", "unknown_key") not in there and ("chain", "signature") not in there
    assert ("chain", "sheet_seal") in there, "the sheets were not rewritten: they hold the heads of before"
    printed = {published.campaign: [{"count": 6, "head": before}]}
    assert ("chain", "rewritten") in found(held=printed)


def test_nothing_is_written_and_a_marked_attempt_that_is_not_sealed_yet_is_fine(published):
    attempt = db.session.scalar(select(Attempt.id).limit(1))
    change("UPDATE attempts SET state = 'marked' WHERE id = :id", id=attempt)
    assert found() == {}
    change("UPDATE attempts SET public_id = 'somebodyelses000' WHERE id = :id", id=attempt)
    assert ("receipt", "signature") in found()
