"""A file on its way into a bank: read, looked at, corrected question by question, kept until it is taken in."""

import io
import re
import shutil
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Person
from quizapp.rules.errors import Conflict, Invalid, NotFound, Problem, Refusal
from quizapp.rules.formats import mending
from quizapp.rules.permissions import Actor
from quizapp.rules.words import N_
from quizapp.services import audit, scope, uploads
from quizapp.services.banks import diagnosis, documents, importing, pictures
from quizapp.services.readers import Unreadable
from quizapp.services.readers.fence import run_fenced
from quizapp.services.readers.text import LARGEST
from quizapp.services.uploads import Kept

KIND = "bank"
LARGE, LARGE_PACKED = 600_000, 150_000  # bytes; larger files are read by the worker, so that no request waits
MANY = 1_000  # questions; more are taken in by the worker
WAITING, READING = ".waiting", ".reading"
TAKE_WAITING, TAKING = ".totake", ".taking"
PATIENCE = timedelta(minutes=2)
OPTIONS = ("format", "encoding", "semicolon", "kind")  # what a person may know better than the reader
STATES = ("waiting", "reading", "taking", "refused", "taken")
TOO_LARGE = N_("The file is larger than %(limit)s MB. Please split it.")
NOT_READY = N_("This file is still being read. Please wait a moment.")


def receive(actor: Actor, stream, file_name: str, wishes: dict, now: datetime, answers=None) -> str:
    """Keep a file and read it, or have the worker read it where it is large; returns the token that finds it again.

    `answers` is the stream of an answer key of its own. Raises Unreadable.
    """
    name = Path(file_name).name[: importing.FILE_NAME_LONGEST]
    held = io.BytesIO()
    shutil.copyfileobj(stream, held)
    if held.tell() > LARGEST:
        raise Unreadable("too-large", TOO_LARGE, limit=LARGEST // 1024 // 1024)
    size, packed = held.tell(), held.getvalue()[:2] == b"PK"
    kept = Kept(name, {"state": "waiting"}, {"options": {}, **wishes})
    token = uploads.keep(actor, KIND, kept, now)
    held.seek(0)
    uploads.keep_beside(actor, token, ".bytes", held)
    if answers is not None:
        uploads.keep_beside(actor, token, ".answers", answers)
    if size > (LARGE_PACKED if packed else LARGE):
        uploads.keep_beside(actor, token, WAITING, io.BytesIO())
        return token
    try:
        _read(actor, token, kept, now)
    except Unreadable:
        uploads.forget(actor, token)
        raise
    return token


def find(actor: Actor, token: str, now: datetime) -> Kept:
    """Return a file as it was read and corrected. Raises Conflict where it is gone or still being read."""
    kept = uploads.find(actor, KIND, token, now)
    if is_on_its_way(kept):
        raise Conflict(NOT_READY)
    return kept


def is_on_its_way(kept: Kept) -> bool:
    """Return whether a file is not to be looked at: not read yet, refused, or being taken in."""
    return kept.document.get("state") in STATES


def read_again(actor: Actor, token: str, options: dict, now: datetime) -> None:
    """Read a file once more as its owner says it is to be read; corrections made so far are lost. Raises Unreadable."""
    kept = uploads.find(actor, KIND, token, now)
    chosen = {name: options.get(name) or "" for name in OPTIONS}
    kept = replace(kept, wishes={**kept.wishes, "options": chosen})
    _read(actor, token, kept, now)


def place(actor: Actor, token: str, wishes: dict, now: datetime) -> None:
    """Say into which bank a file is to go: `slug` of one that is there, or "" with the `title` of a new one.

    `handbook` is the short name of the one whose articles the questions cite, "" where the file or the bank says it.
    """
    kept = uploads.find(actor, KIND, token, now)
    uploads.change(actor, KIND, token, replace(kept, wishes={**kept.wishes, **wishes}), now)


def mend(actor: Actor, token: str, index: int, fields: dict[str, str], now: datetime) -> None:
    """Correct one question as a person says; all are compared anew. Raises NotFound where there is no such question."""

    def change(question: dict) -> dict:
        mended = mending.mended(question, fields)
        return {**mended, "is_mended": True}

    _change(actor, token, index, change, now)


def leave_out(actor: Actor, token: str, index: int, is_left_out: bool, now: datetime) -> None:
    """Leave one question out of what is taken in, or take it back."""
    _change(actor, token, index, lambda one: {**one, "left_out": is_left_out}, now)


def leave_out_repeats(actor: Actor, token: str, now: datetime) -> int:
    """Leave out every question that stands earlier in the file too; return how many."""
    kept = find(actor, token, now)
    questions = kept.document["questions"]
    found = mending.repeats(questions)
    for place in found:
        questions[place]["left_out"] = True
    mending.compare(questions, kept.document["format"])
    uploads.change(actor, KIND, token, kept, now)
    return len(found)


def confirm(actor: Actor, token: str, index: int, now: datetime) -> None:
    """Say that the file's answer is right where the bank has another one."""
    _change(actor, token, index, lambda one: {**one, "confirmed": [diagnosis.CONTRADICTION]}, now)


def _change(actor: Actor, token: str, index: int, change, now: datetime) -> None:
    kept = find(actor, token, now)
    questions = kept.document["questions"]
    if not 0 <= index < len(questions):
        raise NotFound(scope.NOT_HERE)
    questions[index] = change(questions[index])
    mending.compare(questions, kept.document["format"])
    uploads.change(actor, KIND, token, kept, now)


def destination(kept: Kept) -> dict:
    """Return {"unit_id", "slug", "title", "handbook"} of the bank that a file is to go into."""
    matter = kept.document.get("front_matter") or {}
    title = (kept.wishes.get("title") or str(matter.get("title") or "") or Path(kept.file_name).stem).strip()
    title = title[: documents.TITLE_LONGEST]
    slug = kept.wishes.get("slug") or str(matter.get("slug") or "") or own_slug(kept.wishes["unit"], title)
    handbook = kept.wishes.get("handbook") or str(matter.get("handbook") or "")
    return {"unit_id": scope.get_unit(kept.wishes["unit"]).id, "slug": slug, "title": title, "handbook": handbook}


def own_slug(unit: str, title: str) -> str:
    """Return the short name of a bank that nobody named: of its title where that is one, else made from it."""
    plain = re.sub(r"[\s_]+", "-", title.lower())
    if documents.SLUG.fullmatch(plain):
        return plain
    return "bank-" + sha256(f"{unit} {title}".encode()).hexdigest()[:10]


def rehearse(actor: Actor, kept: Kept) -> importing.Rehearsed:
    """Return what taking the file in would do. Raises Invalid where its bank cannot be named or reached."""
    return importing.rehearse(actor, document=kept.document, **destination(kept))


def take(actor: Actor, token: str, only_good: bool, now: datetime, trace: audit.Trace) -> importing.Imported | None:
    """Take a file in; None where it is large and the worker does it. Raises Invalid with what stands in the way."""
    kept = find(actor, token, now)
    if len(kept.document["questions"]) > MANY:
        planned = rehearse(actor, kept)
        if planned.errors and not only_good:
            raise Invalid(planned.errors)
        wishes = {**kept.wishes, "only_good": only_good, "trace": [trace.request_id, trace.address]}
        document = {"state": "taking", "read": kept.document}
        uploads.change(actor, KIND, token, replace(kept, document=document, wishes=wishes), now)
        uploads.keep_beside(actor, token, TAKE_WAITING, io.BytesIO())
        return None
    done = _take(actor, token, kept, only_good, now, trace)
    uploads.forget(actor, token)
    return done


def _take(
    actor: Actor, token: str, kept: Kept, only_good: bool, now: datetime, trace: audit.Trace
) -> importing.Imported:
    wishes = {**destination(kept), "trace": trace, "file_name": kept.file_name, "only_good": only_good}
    document = {**kept.document, "pictures": pictures.lie_beside(actor, token)}
    return importing.import_bank(actor, document=document, now=now, **wishes)


def work(now: datetime) -> int:
    """Read the large files, and take in the long ones, that wait in this machine's folder; return how many.

    Each is done by one worker alone; what a worker that died had in hand is done by the next one.
    """
    done = 0
    for waiting, claimed, deed in ((WAITING, READING, _read_claimed), (TAKE_WAITING, TAKING, _take_claimed)):
        while found := uploads.claim(waiting, claimed, now, PATIENCE):
            owner, token = found
            actor = _actor(owner)
            try:
                if actor is not None:
                    deed(actor, token, now)
            finally:
                if actor is not None:
                    uploads.beside(actor, token, claimed).unlink(missing_ok=True)
            done += 1
    return done


def _read_claimed(actor: Actor, token: str, now: datetime) -> None:
    kept = uploads.find(actor, KIND, token, now)
    uploads.change(actor, KIND, token, replace(kept, document={"state": "reading"}), now)
    try:
        _read(actor, token, kept, now)
    except Unreadable as refusal:
        problem = asdict(Problem(refusal.code, refusal.message, refusal.place, refusal.params))
        uploads.change(actor, KIND, token, replace(kept, document={"state": "refused", "problem": problem}), now)


def _take_claimed(actor: Actor, token: str, now: datetime) -> None:
    kept = uploads.find(actor, KIND, token, now)
    whole = replace(kept, document=kept.document["read"])
    try:
        done = _take(actor, token, whole, kept.wishes["only_good"], now, audit.Trace(*kept.wishes["trace"]))
        document = {"state": "taken", "told": asdict(done)}
    except Refusal as refusal:
        found = getattr(refusal, "problems", None) or [Problem(refusal.type, refusal.message, "", refusal.params)]
        document = {**whole.document, "refusal": [asdict(one) for one in found]}
    uploads.change(actor, KIND, token, replace(kept, document=document), now)


def _actor(public_id: str) -> Actor | None:
    query = select(Person.id, Person.name, Person.unit_id).where(Person.public_id == public_id, Person.is_active)
    row = db.session.execute(query).first()
    return row and scope.load_actor(row.id, public_id, row.name, row.unit_id)


def _read(actor: Actor, token: str, kept: Kept, now: datetime) -> None:
    """Read the bytes that are kept, and keep what was understood. Raises Unreadable."""
    options = {name: value for name, value in kept.wishes["options"].items() if value}
    answers = uploads.beside(actor, token, ".answers")
    options |= {"name": kept.file_name, "source": True}
    path = uploads.beside(actor, token, ".bytes")
    document = run_fenced(KIND, path, options, answers if answers.is_file() else None)
    for digest, one in document.pop("pictures", {}).items():
        pictures.lay_beside(actor, token, digest, one)
    uploads.change(actor, KIND, token, replace(kept, document=document), now)
