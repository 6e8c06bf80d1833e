"""Whether the server can take saves now, in checks that a person can read."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from quizapp.extensions import db
from quizapp.models import Delivery
from quizapp.services import migration, storage_health, time_keeping

SMALLEST_FREE = 200 * 1024 * 1024  # bytes; below this a long evening of answers may not fit


def check(free_bytes: int, now: datetime) -> dict:
    """Return {"ready", "checks": {name: words}}; ready only if an answer sent now would be kept."""
    checks = {"disk": "ok" if free_bytes > SMALLEST_FREE else f"only {free_bytes // 2**20} MB free"}
    try:
        checks["database"] = storage_health.writable()
        checks["migrations"] = "ok" if migration.is_current() else "pending"
        checks["deliveries"] = _deliveries(now)
        checks["clock"] = _clock()
    except SQLAlchemyError as error:
        checks["database"] = f"not reachable: {type(error).__name__}"
    needed = ("disk", "database", "migrations")
    return {"ready": all(checks.get(name) == "ok" for name in needed), "checks": checks}


def _clock() -> str:
    """Answers are taken all the same; what stops is closing, marking and releasing."""
    alarm = time_keeping.find_alarm()
    if alarm is None:
        return "ok"
    away = f"{abs(alarm.seconds)} s {'ahead' if alarm.seconds > 0 else 'behind'}"
    return f"the machine's clock has jumped and is {away}: nothing is closed by itself until it agrees or is confirmed"


def _deliveries(now: datetime) -> str:
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(Delivery.created_at)).where(Delivery.state != "delivered")
    ).one()
    return "ok" if not waiting else f"{waiting} waiting since {oldest:%Y-%m-%dT%H:%M:%SZ}"
