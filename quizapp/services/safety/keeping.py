"""What would be left if this machine burned down now: backups, the test of the last one, deliveries."""

from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Delivery
from quizapp.rules.words import N_
from quizapp.services import upkeep
from quizapp.services.backup import keeping
from quizapp.services.deliveries.queue import ALARM
from quizapp.services.safety.checks import BAD, GOOD, WATCH, Check

RESTORED = N_(
    "On %(time)s a backup was restored: %(results)s results marked again and %(chains)s chains checked, all whole."
)
TESTED = timedelta(hours=48)


def backups(now: datetime) -> Check:
    """Whether the newest backup is as young as it should be, and lies on another disk."""
    title, last, good = N_("Backup"), upkeep.newest("backup"), upkeep.newest("backup", only_good=True)
    if last is not None and not last.is_good:
        advice = N_("Put that right; it is tried again every minute.")
        return Check("backup", title, BAD, N_("The last backup failed: %(problem)s"), _problem(last), advice)
    if good is None:
        return Check("backup", title, WATCH, N_("There is no backup yet."), {},
                     N_("A running worker makes one within minutes; “quizapp backup FILE” makes one now."))  # fmt: skip
    told = {"time": good.began_at, "folder": str(keeping.folder())}
    if now - good.began_at > 3 * keeping.interval(now):
        advice = N_("Look whether a worker is running; “quizapp backup FILE” makes one now.")
        return Check("backup", title, BAD, N_("The newest backup is of %(time)s."), told, advice)
    if _on_one_disk():
        advice = N_("When this disk dies, the backup is gone too. Set QUIZAPP_BACKUP_PATH to a folder on another disk.")
        said = N_("The newest is of %(time)s, on the same disk as the database.")
        return Check("backup", title, WATCH, said, told, advice)
    return Check("backup", title, GOOD, N_("The newest is of %(time)s, in %(folder)s."), told)


def _problem(run: upkeep.Run) -> dict:
    return {"problem": run.told.get("problem", "")}


def _on_one_disk() -> bool:
    return keeping.folder().stat().st_dev == Path(current_app.instance_path).stat().st_dev


def restore_test(now: datetime) -> Check:
    """Whether a backup was restored and verified of late: one that nobody has restored does not count."""
    title, last = N_("Restore test"), upkeep.newest("restore_test")
    if last is None:
        return Check("restore_test", title, WATCH, N_("No backup has been restored to test it yet."), {},
                     N_("A running worker does so once a day."))  # fmt: skip
    if not last.is_good:
        advice = N_("Run “quizapp verify” and look at what it finds.")
        said = N_("The last restore test failed: %(problem)s")
        return Check("restore_test", title, BAD, said, _problem(last), advice)
    checked = last.told.get("checked", {})
    told = {"time": last.began_at, "results": checked.get("results", 0), "chains": checked.get("chains", 0)}
    state = GOOD if now - last.began_at <= TESTED else BAD
    advice = "" if state == GOOD else N_("That is too long ago: look whether a worker is running.")
    return Check("restore_test", title, state, RESTORED, told, advice)


def deliveries(now: datetime) -> Check:
    """Whether sheets that were published have arrived."""
    title = N_("Deliveries")
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(Delivery.created_at)).where(Delivery.state != "delivered")
    ).one()
    if not waiting:
        return Check("deliveries", title, GOOD, N_("Everything that was published has arrived."))
    state = WATCH if now - oldest > ALARM else GOOD
    advice = "" if state == GOOD else N_("The page of deliveries says why; it is tried again by itself.")
    return Check("deliveries", title, state, N_("%(waiting)s sheets are on their way, the oldest since %(time)s."),
                 {"waiting": waiting, "time": oldest}, advice)  # fmt: skip
