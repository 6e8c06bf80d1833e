"""A running exam, village by village: who is heard, silent, about to run out of time, through, or not there yet."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.extensions import db
from quizapp.models import Exam, RosterEntry
from quizapp.rules.errors import NotFound
from quizapp.rules.invigilation import STANDINGS
from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.exam_management import VIEW
from quizapp.services.invigilation import shared
from quizapp.services.invigilation.counting import Counted, add_to, count, meant


@dataclass(frozen=True)
class Tally:
    """How a unit's people stand; `expiring` are among the silent and the answering."""

    code: str
    name: str
    silent: int = 0
    answering: int = 0
    missing: int = 0
    taken_in: int = 0
    handed_in: int = 0
    excused: int = 0
    expiring: int = 0

    @property
    def roster(self) -> int:
        """Everybody but the excused."""
        return self.started + self.missing

    @property
    def started(self) -> int:
        """Whoever has begun, finished or not."""
        return self.silent + self.answering + self.taken_in + self.handed_in

    @property
    def urgency(self) -> tuple:
        """What sorts the units that need attention to the top."""
        return (-self.silent, -self.expiring, -self.missing, self.code)


@dataclass(frozen=True)
class Watch:
    """An exam within the reader's units at a moment; `villages` by code."""

    exam_id: str
    title: str
    state: str
    opens_at: datetime
    closes_at: datetime
    seen_at: datetime
    whole: Tally
    villages: tuple[Tally, ...]


def get_watch(actor: Actor, exam_id: str, now: datetime) -> Watch:
    """Return an exam as it goes on within the reader's units, at most a few seconds old.

    People are counted once for all who watch; each is shown those of the own units, added up. Raises NotFound where
    none of the exam's people are within reach.
    """
    counted = shared.get(("counted", exam_id), now, lambda: count(exam_id, now))
    key = ("watch", exam_id, counted.seen_at, actor.units_for(VIEW))
    return shared.get(key, now, lambda: _within(actor, counted))


def _within(actor: Actor, counted: Counted) -> Watch:
    reach = set(db.session.scalars(scope.visible_units(actor, VIEW)))
    sums: dict[int, dict[str, int]] = {}
    for unit_id, told in counted.sums.items():
        if unit_id in reach:
            add_to(sums.setdefault(counted.home.get(unit_id, unit_id), {}), told)
    if not sums:
        raise NotFound(scope.NOT_HERE)
    villages = sorted((Tally(*counted.names[one], **told) for one, told in sums.items()), key=lambda one: one.code)
    added = {name: sum(getattr(one, name) for one in villages) for name in (*STANDINGS, "expiring")}
    whole = villages[0] if len(villages) == 1 else Tally(*counted.names[counted.unit_id], **added)
    return Watch(counted.exam_id, counted.title, counted.state, counted.opens_at, counted.closes_at, counted.seen_at,
                 whole, tuple(villages))  # fmt: skip


def in_reach(actor: Actor, exam: Exam, deed: str):
    """Return what a select of roster entries is narrowed to: this exam's people whom the deed reaches."""
    return meant(exam) & RosterEntry.unit_id.in_(scope.visible_units(actor, deed))
