"""Can this process write durably? Told from what happened to those who wrote, and tried where nobody has."""

from dataclasses import dataclass
from time import monotonic

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quizapp.services.transaction import FAULT_AT, writing

REMEMBERED_SECONDS = 10  # a fault that comes and goes is told for so long
TRIED_SECONDS = 1  # how often a commit is tried at most, however often somebody asks


@dataclass(frozen=True)
class Trial:
    """One commit that changed nothing: when it ended, how long it took, and what went wrong, if anything did."""

    at: float
    milliseconds: float
    fault: str


def writable() -> str:
    """Return "ok" if an answer sent now would be kept, else what is wrong."""
    trial = last_trial()
    if trial.fault:
        return f"not writable: {trial.fault}"
    fault_at = current_app.extensions.get(FAULT_AT)
    if fault_at is not None and monotonic() - fault_at < REMEMBERED_SECONDS:
        return "the database failed within the last seconds"
    return "ok"


def last_trial() -> Trial:
    """Return how the last commit that was tried went; it is tried again when that is a second ago."""
    trial = current_app.extensions.get("storage_trial")
    if trial is None or monotonic() - trial.at > TRIED_SECONDS:
        trial = current_app.extensions["storage_trial"] = _try()
    return trial


def _try() -> Trial:
    """Commit a row as it is: whatever a save needs, a lock, space, a sync, is needed for that as well."""
    began, fault = monotonic(), ""
    try:
        with writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = version_num"))
    except SQLAlchemyError as error:
        fault = type(error).__name__
    return Trial(monotonic(), (monotonic() - began) * 1000, fault)
