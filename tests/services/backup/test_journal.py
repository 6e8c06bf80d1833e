"""R25: the journal follows every second, goes on where it ended, and adds to a backup exactly what that lacks."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from quizapp.extensions import db
from quizapp.services.attempts import finish, save, start
from quizapp.services.backup import journal
from quizapp.services.backup.archive import BadBackup
from tests.stage import keys_in_paper, set_up


@pytest.fixture
def database_kind() -> str:
    """PostgreSQL has a standby for this."""
    return "sqlite"


@pytest.fixture
def folder(app_context, cast, tmp_path):
    """A second disk."""
    path = tmp_path / "second-disk"
    settings = app_context.extensions["settings"]
    app_context.extensions["settings"] = replace(settings, backup_path=str(path))
    path.mkdir()
    return path


def answer(attempt: str, person: int, count: int, now: datetime) -> None:
    sent = [save.Sent(slot, n, value) for n, (slot, value) in enumerate(keys_in_paper(attempt).items(), 1)][:count]
    assert len(save.save_answers(attempt, person, 1, sent, now).saved) == count


def rows() -> dict[str, list]:
    from sqlalchemy import text

    db.session.rollback()
    names = ("attempts", "answers", "answer_events", "receipts")
    return {name: db.session.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2")).all() for name in names}


def empty_again() -> None:
    from sqlalchemy import text

    from quizapp.services.transaction import writing

    with writing() as session:
        for name in ("receipts", "answers", "answer_events", "attempts"):
            session.execute(text(f"DELETE FROM {name}"))


def test_r25_what_the_journal_holds_comes_back_whole_however_often_it_is_replayed(folder, cast):
    """R25: attempts, answers with the newer standing, and hand-ins; a torn last line does no harm."""
    stage = set_up(datetime.now(UTC))
    now, trainee = stage.now, cast.actor("trainee")
    kept = journal.open_journal()
    assert kept.write(now) == 0
    attempt = start.start(trainee, stage.exam, now).attempt_id
    answer(attempt, trainee.person_id, 3, now)
    assert kept.write(now) == 4
    again = journal.open_journal()
    assert again.write(now) == 0, "a journal goes on where it ended"
    save.save_answers(attempt, trainee.person_id, 1, [save.Sent("1", 9, None)], now)
    finish.submit(attempt, trainee.person_id, 1, [], now)
    assert again.write(now) == 2
    before = rows()
    empty_again()
    file = next(folder.glob("answers-*.journal"))
    with file.open("a") as torn:
        torn.write('{"table": "answer_ev')
    assert journal.replay(file) == 6
    assert rows() == before
    assert journal.replay(file) == 0
    assert rows() == before


def test_a_journal_that_is_damaged_in_the_middle_is_refused_with_its_line(folder):
    file = folder / "answers-20260731.journal"
    file.write_text('{"upto": {}}\nnonsense\n{"upto": {}}\n')
    with pytest.raises(BadBackup) as refusal:
        journal.replay(file)
    assert refusal.value.problems[0].params == {"number": 2}
