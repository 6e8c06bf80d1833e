"""Pictures of questions: kept with what is taken in, found by their digest."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Picture
from quizapp.rules.errors import Invalid, NotFound, Problem
from quizapp.rules.permissions import Actor
from quizapp.rules.pictures import DIGEST, digests
from quizapp.rules.words import N_
from quizapp.services import scope, uploads
from quizapp.services.banks import sight
from quizapp.services.banks.shelf import MANAGE
from quizapp.services.transaction import insert

KIND, SUFFIX = "picture", ".picture"
LOST = N_("A picture of this question is no longer kept. Please put it in again, or take its ⟦图…⟧ out.")
AT_ONCE = 500  # pictures that are looked for in one statement


@dataclass(frozen=True)
class Shown:
    """A picture as a browser takes it; `kind` is png or webp."""

    kind: str
    data: bytes


def keep(session, document: dict, texts: list[str], now: datetime) -> None:
    """Add to the open transaction those of a document's pictures that stand in the texts."""
    pictures = document.get("pictures") or {}
    if not pictures:
        return
    for digest in sorted(set().union(*map(digests, texts)) & pictures.keys()):
        row = insert(Picture).values(digest=digest, created_at=now, **pictures[digest])
        session.execute(row.on_conflict_do_nothing())


def bring(actor: Actor, slug: str, stream, file_name: str, now: datetime) -> str:
    """Keep a picture that goes into a question by hand, made anew, and return its marker. Raises Unreadable.

    It lies where files lie that are not taken in yet, and goes as they do if the question is never saved.
    """
    scope.require(actor, MANAGE, sight.get_visible(actor, slug).unit_id)
    made = uploads.read("picture", stream, file_name)
    token = _by_hand(actor, now)
    for digest, one in made["pictures"].items():
        lay_beside(actor, token, digest, one)
    return made["marker"]


def _by_hand(actor: Actor, now: datetime) -> str:
    """Return the token beside which a person's pictures lie that were put in by hand; its time begins anew."""
    empty = uploads.Kept("", {}, {})
    for token, _ in uploads.list_kept(actor, KIND, now):
        uploads.change(actor, KIND, token, empty, now)
        return token
    return uploads.keep(actor, KIND, empty, now)


def lay_beside(actor: Actor, token: str, digest: str, picture: dict) -> None:
    """Lay a picture beside what is kept under a token; the same again makes its time begin anew."""
    place = uploads.beside(actor, token, f".{digest}{SUFFIX}")
    place.write_text(f"{picture['kind']} {picture['data']}", "ascii")
    place.chmod(0o600)


def lie_beside(actor: Actor, token: str) -> dict[str, dict]:
    """Return the pictures that lie beside what is kept under a token, by digest, as their reader gave them."""
    paths = uploads.all_beside(actor, token, SUFFIX)
    return {path.name.split(".")[1]: _read(path.read_text("ascii")) for path in paths}


def own(actor: Actor, texts: list[str], known: list[str]) -> dict:
    """Return those of the pictures in the texts that this person put in and no question has yet: {"pictures": …}.

    Raises Invalid where one is nowhere to be found; those that stand in the texts known before are not looked for.
    """
    wanted = set().union(*map(digests, texts)) - set().union(*map(digests, known))
    stored = db.session.scalars(select(Picture.digest).where(Picture.digest.in_(wanted))).all()
    lying = {digest: uploads.find_beside(actor, f".{digest}{SUFFIX}") for digest in wanted - set(stored)}
    if None in lying.values():
        raise Invalid([Problem("no-picture", LOST, "stem")])
    return {"pictures": {digest: _read(data.decode()) for digest, data in lying.items()}}


def _read(packed: str) -> dict:
    kind, _, data = packed.partition(" ")
    return {"kind": kind, "data": data}


def find(wanted: set[str]) -> dict[str, Shown]:
    """Return those of the pictures of questions that there are, by their digest."""
    return {digest: Shown(one["kind"], base64.b64decode(one["data"])) for digest, one in packed(wanted).items()}


def packed(wanted: Iterable[str]) -> dict[str, dict]:
    """Return the same in the shape of a document's pictures: {"kind", "data" in base64} by digest."""
    found: dict[str, dict] = {}
    for some in _batched(wanted):
        of_some = Picture.digest.in_(some)
        rows = db.session.execute(select(Picture.digest, Picture.kind, Picture.data).where(of_some))
        found |= {row.digest: {"kind": row.kind, "data": row.data} for row in rows}
    return found


def weighed(wanted: Iterable[str]) -> dict[str, int]:
    """Return how many bytes of base64 the pictures of these digests have together, by their kind."""
    found: dict[str, int] = {}
    for some in _batched(wanted):
        query = select(Picture.kind, func.sum(func.length(Picture.data))).where(Picture.digest.in_(some))
        for kind, length in db.session.execute(query.group_by(Picture.kind)):
            found[kind] = found.get(kind, 0) + int(length)
    return found


def _batched(wanted: Iterable[str]) -> list[list[str]]:
    names = sorted(wanted)
    return [names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)]


def get(actor: Actor, digest: str) -> Shown:
    """Return a picture of a question, or of a file that this person is looking at. Raises NotFound."""
    if not DIGEST.fullmatch(digest):
        raise NotFound(scope.NOT_HERE)
    row = db.session.execute(select(Picture.kind, Picture.data).where(Picture.digest == digest)).first()
    if row is None:
        kept = uploads.find_beside(actor, f".{digest}{SUFFIX}")
        if kept is None:
            raise NotFound(scope.NOT_HERE)
        one = _read(kept.decode())
        return Shown(one["kind"], base64.b64decode(one["data"]))
    return Shown(row.kind, base64.b64decode(row.data))
