"""A roster from a file: read behind the fence, planned, and taken over as a whole or not at all."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update

from quizapp.models import Person, RoleGrant
from quizapp.rules.errors import Conflict, Invalid
from quizapp.rules.names import fold_login
from quizapp.rules.permissions import Actor
from quizapp.rules.roster import Reading, read
from quizapp.rules.words import N_
from quizapp.services import audit
from quizapp.services.people import codes, plan
from quizapp.services.readers.fence import run_fenced
from quizapp.services.sign_in import hash_password
from quizapp.services.transaction import insert, writing


@dataclass(frozen=True)
class Done:
    """What was taken over, with the slips of the new people who brought no password."""

    plan: plan.Plan
    slips: list[codes.Slip]


def read_file(path) -> Reading:
    """Return what a file (xlsx, xls, ods, csv) holds. Raises Unreadable where it is no table at all."""
    return read(run_fenced("table", path)["sheets"])


def read_stream(stream) -> Reading:
    """Return what an uploaded file holds; its bytes lie on the disk only while they are read."""
    with tempfile.NamedTemporaryFile() as kept:
        shutil.copyfileobj(stream, kept)
        kept.flush()
        return read_file(kept.name)


def take(
    actor: Actor | None,
    reading: Reading,
    digest: str,
    now: datetime,
    trace: audit.Trace = audit.NO_TRACE,
    file_name: str = "",
    with_slips: bool = True,
) -> Done:
    """Do what the plan with this digest showed: everything, in one transaction.

    People whom the file does not name stay as they are. Nobody's password is changed. Without slips, new people who
    brought no password cannot sign in before a code is issued. Raises Invalid with every problem, and Conflict where
    the plan is not the one that was shown any more.
    """
    before = plan.make(actor, reading)
    if before.problems:
        raise Invalid(before.problems)
    secrets = {
        entry.draft.login: ("", hash_password(entry.draft.password)) if entry.draft.password else codes.make()
        for entry in before.entries
        if entry.what == "new" and (with_slips or entry.draft.password)
    }
    with writing() as session:
        current = plan.make(actor, reading)
        if current.digest != digest:
            raise Conflict(N_("People or units have changed since this was shown. Please look at it again."))
        _add(session, [entry for entry in current.entries if entry.what == "new"], secrets, now)
        for entry in current.entries:
            if entry.what not in ("new", "unchanged"):
                _change(session, entry)
        _record(actor, current, file_name, now, trace)
    return Done(current, _slips(current, secrets, now))


def _add(session, entries: list[plan.Entry], secrets: dict, now: datetime) -> None:
    if not entries:
        return
    rows = [_row(entry, *secrets.get(entry.draft.login, ("", None)), now) for entry in entries]
    query = insert(Person).on_conflict_do_nothing().returning(Person.login_key, Person.id)
    ids = {row.login_key: row.id for row in session.execute(query, rows)}
    if len(ids) != len(rows):
        raise Conflict(N_("People or units have changed since this was shown. Please look at it again."))
    session.add_all(
        RoleGrant(person_id=ids[fold_login(entry.draft.login)], unit_id=entry.after.unit_id, role=role)
        for entry in entries
        for role in entry.after.roles
    )


def _row(entry: plan.Entry, code: str, hashed: str | None, now: datetime) -> dict:
    return {
        "login": entry.draft.login, "login_key": fold_login(entry.draft.login), "name": entry.after.name,
        "unit_id": entry.after.unit_id, "post": entry.after.post, "password_hash": hashed,
        "code_until": now + codes.FIRST_CODE_LASTS if code else None, "is_active": True, "created_at": now,
    }  # fmt: skip


def _change(session, entry: plan.Entry) -> None:
    after = entry.after
    session.execute(
        update(Person)
        .where(Person.id == entry.person_id)
        .values(name=after.name, unit_id=after.unit_id, post=after.post, is_active=True)
    )
    if (entry.before.roles, entry.before.unit_id) != (after.roles, after.unit_id):
        places = [entry.before.unit_id, after.unit_id]
        session.execute(delete(RoleGrant).where(RoleGrant.person_id == entry.person_id, RoleGrant.unit_id.in_(places)))
        session.add_all(RoleGrant(person_id=entry.person_id, unit_id=after.unit_id, role=role) for role in after.roles)


def _record(actor: Actor | None, done: plan.Plan, file_name: str, now: datetime, trace: audit.Trace) -> None:
    """Add one row a person who was changed, and one for the file."""
    for entry in done.entries:
        if entry.what != "unchanged":
            detail = {"what": entry.what, "login": entry.draft.login, "after": _told(entry.after)}
            if entry.before:
                detail["before"] = _told(entry.before)
            audit.record(actor, entry.unit.id, "roster.person", entry.draft.login, now, trace, **detail)
    if done.entries:
        unit_id = min(done.entries, key=lambda entry: len(entry.unit.above)).unit.id
        audit.record(actor, unit_id, "roster.imported", file_name[:120], now, trace, **done.counts)


def _told(state: plan.State) -> list:
    return [state.name, state.post, list(state.roles)]


def _slips(done: plan.Plan, secrets: dict, now: datetime) -> list[codes.Slip]:
    until = now + codes.FIRST_CODE_LASTS
    new = [entry for entry in done.entries if secrets.get(entry.draft.login, ("", ""))[0]]
    return [
        codes.Slip(
            entry.after.name, entry.draft.login, entry.unit.name, codes.shown(secrets[entry.draft.login][0]), until
        )
        for entry in sorted(new, key=lambda entry: (entry.unit.code, entry.after.name))
    ]
