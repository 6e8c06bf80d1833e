"""R25, I-31: backups come by the clock, old ones go, and none counts before it was restored."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.services import upkeep
from quizapp.services.backup import keeping
from quizapp.services.safety import keeping as looking
from tests.stage import set_up

NOW = datetime(2026, 7, 31, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1)
pytestmark = pytest.mark.usefixtures("app_context", "cast")


def test_r25_backups_are_made_hourly_and_every_five_minutes_while_an_exam_is_open():
    """R25: the pause between two backups follows the window."""
    assert keeping.back_up_due(NOW, NOW) == 0, "a worker that has just begun has other things to do"
    assert keeping.back_up_due(NOW, LONG_AGO) == 1
    assert keeping.back_up_due(NOW + timedelta(minutes=59), LONG_AGO) == 0
    assert keeping.back_up_due(NOW + timedelta(minutes=61), LONG_AGO) == 1
    set_up(NOW)
    assert keeping.back_up_due(NOW + timedelta(minutes=65), LONG_AGO) == 0
    assert keeping.back_up_due(NOW + timedelta(minutes=66), LONG_AGO) == 1
    assert len(keeping.kept()) == 3
    assert looking.backups(NOW + timedelta(minutes=70)).state == "watch", "it lies on the disk of the database"
    assert looking.backups(NOW + timedelta(minutes=90)).state == "bad"


def test_a_backup_that_fails_is_told_and_tried_again_within_a_minute(monkeypatch):
    from quizapp.services.backup import making

    with monkeypatch.context() as patch:
        patch.setattr(making, "SPARE", 2**62)
        assert keeping.back_up_due(NOW, LONG_AGO) == 0
    found = looking.backups(NOW)
    assert found.state == "bad" and "There is no room" in found.params["problem"]
    assert keeping.back_up_due(NOW + timedelta(seconds=30), LONG_AGO) == 0
    assert keeping.back_up_due(NOW + timedelta(seconds=61), LONG_AGO) == 1
    assert looking.backups(NOW + timedelta(seconds=61)).state == "watch"


def test_i31_a_backup_counts_when_it_was_restored_and_one_that_was_damaged_is_found(database_kind):
    """I-31: the daily test opens the newest backup with the product, and marks every result in it again."""
    if database_kind == "postgresql":
        pytest.skip("the file and its test are the same; what fills it is proved by A9")
    assert looking.restore_test(NOW).state == "watch"
    assert keeping.test_due(NOW, LONG_AGO) == 0, "there is none yet"
    keeping.back_up_due(NOW, LONG_AGO)
    assert keeping.test_due(NOW, LONG_AGO) == 1
    assert looking.restore_test(NOW).state == "good"
    assert keeping.test_due(NOW + timedelta(hours=23), LONG_AGO) == 0
    newest = keeping.kept()[max(keeping.kept())]
    whole = bytearray(newest.read_bytes())
    whole[len(whole) // 2] ^= 255
    newest.write_bytes(whole)
    assert keeping.test_due(NOW + timedelta(hours=25), LONG_AGO) == 0
    assert looking.restore_test(NOW + timedelta(hours=25)).state == "bad"
    assert not upkeep.newest("restore_test").is_good
    assert [path.name for path in keeping.folder().glob(".*")] == []
