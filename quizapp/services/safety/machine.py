"""The machine: its disk, its database, its worker, how busy the server is, and the address that people use."""

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from time import perf_counter

from flask import current_app
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Lease
from quizapp.rules.words import N_
from quizapp.services import migration, readiness, storage_facts, storage_health, time_keeping
from quizapp.services.jobs import LEASE
from quizapp.services.safety.checks import BAD, GOOD, WATCH, Check

AMPLE = 2 * 1024 * 1024 * 1024  # bytes; a big evening with its backups needs no more
WANTING = {  # what it means where a setting that is recommended is not so
    "survives_power_cut": N_("The database lies in memory: a power cut would take every answer along."),
    "synchronous_standbys": N_("No second server holds the answers: if this disk dies, the newest die with it."),
    "data_checksums": N_("PostgreSQL keeps no checksums: damage by the disk might not be noticed."),
}
SYNCS = 16
QUICK_MS, SLOW_MS = 20, 100


def disk(now: datetime) -> Check:
    """Whether the answers of an evening fit on the disk."""
    free = shutil.disk_usage(current_app.instance_path).free
    state = BAD if free <= readiness.SMALLEST_FREE else GOOD if free >= AMPLE else WATCH
    advice = "" if state == GOOD else N_("Make room on the disk of the instance folder, or move it to a larger one.")
    return Check("disk", N_("Space on the disk"), state, N_("%(megabytes)s MB are free."),
                 {"megabytes": free // 2**20}, advice)  # fmt: skip


def sync(now: datetime) -> Check:
    """How long the disk takes to make something durable: every answer waits for that."""
    took = sorted(_syncs(Path(current_app.instance_path)))
    worst = took[-1] * 1000
    state = GOOD if worst <= QUICK_MS else WATCH if worst <= SLOW_MS else BAD
    advice = N_("Other programs may be using this disk; a solid-state disk of its own is best.")
    advice = "" if state == GOOD else advice
    return Check("sync", N_("Speed of the disk"), state, N_("Writing something safely takes up to %(ms)s ms."),
                 {"ms": round(worst, 1)}, advice)  # fmt: skip


def _syncs(folder: Path) -> list[float]:
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(SYNCS):
            began = perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            times.append(perf_counter() - began)
    return times


def database(now: datetime) -> Check:
    """Whether an answer could be written this moment, into the tables of this version."""
    title = N_("Database")
    fault = storage_health.writable()
    if fault != "ok":
        advice = N_("No answer can be saved. Look at the server's log; the runbook in docs/ says how to go on.")
        return Check("database", title, BAD, N_("It cannot be written: %(fault)s."), {"fault": fault}, advice)
    if not migration.is_current():
        return Check("database", title, BAD, N_("Its tables are not those of this version."), {},
                     N_("Restart the server outside an open exam: it brings them up to date."))  # fmt: skip
    return Check("database", title, GOOD, N_("It can be written, and its tables are up to date."))


def storage(now: datetime) -> Check:
    """Whether the database is set up so that what is acknowledged survives whatever happens to the machine."""
    facts, title = storage_facts.list_facts(), N_("Storage settings")
    wanting = next((one for one in sorted(facts, key=lambda one: not one.is_required) if not one.is_well), None)
    if wanting is None:
        what = {one.name: one.value for one in facts}
        said = N_("Safe: what is shown as saved lies on the disk first (%(database)s %(library)s).")
        return Check("storage", title, GOOD, said, {"database": what["database"], "library": what["library"]})
    said = WANTING.get(wanting.name, N_("%(name)s is %(value)s, and an answer could be lost."))
    advice = N_("docs/operating.md says what each of them is for and how to set it.")
    return Check("storage", title, BAD if wanting.is_required else WATCH, said,
                 {"name": wanting.name, "value": wanting.value}, advice)  # fmt: skip


def worker(now: datetime) -> Check:
    """Whether somebody closes attempts when their time is over, marks and delivers."""
    title, until = N_("Background work"), db.session.scalar(select(Lease.expires_at).where(Lease.name == "close"))
    if until is None or until <= now:
        advice = N_("Start “quizapp serve” without --no-worker, or “quizapp worker” beside it.")
        return Check("worker", title, BAD, N_("No worker is running: nothing is closed, marked or sent."), {}, advice)
    seconds = max(0, round((now - (until - LEASE)).total_seconds()))
    return Check("worker", title, GOOD, N_("A worker was at work %(seconds)s s ago."), {"seconds": seconds})


def queues(report: dict) -> Check:
    """How many requests wait, and how many the server turned away since it started."""
    waiting, refused = sum(report.get("waiting", {}).values()), report.get("refused", {}).get(503, 0)
    state = WATCH if refused or waiting > 100 else GOOD
    advice = N_("Pages are put off first and answers last; if this goes on, the machine is too small.")
    advice = "" if state == GOOD else advice
    return Check("queues", N_("How busy the server is"), state,
                 N_("%(waiting)s requests are waiting; %(refused)s were put off since the start."),
                 {"waiting": waiting, "refused": refused}, advice)  # fmt: skip


def address(now: datetime) -> Check:
    """Whether people reach the site safely."""
    settings, title = current_app.extensions["settings"], N_("Address")
    if settings.is_https:
        return Check("address", title, GOOD, N_("People use %(address)s."), {"address": settings.public_url})
    advice = N_("Passwords can be read on the way, and a phone cannot reload the exam without network. "
                "Put a proxy with TLS in front and set QUIZAPP_PUBLIC_URL.")  # fmt: skip
    return Check("address", title, WATCH, N_("People use plain http."), {}, advice)


def clock(now: datetime) -> Check:
    """What the server takes for the time, to be compared with a watch; and whether the machine's clock has left it."""
    alarm = time_keeping.find_alarm()
    if alarm is not None:
        said = time_keeping.AHEAD if alarm.seconds > 0 else time_keeping.BEHIND
        advice = N_("No exam is closed, marked or released by itself until this is settled.")
        return Check("clock", N_("Clock"), BAD, said, {"seconds": abs(alarm.seconds)}, advice)
    return Check("clock", N_("Clock"), GOOD, N_("The server's clock says %(now)s: compare it with your own."),
                 {"now": now})  # fmt: skip
