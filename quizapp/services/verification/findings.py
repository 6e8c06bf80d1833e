"""What a check finds, and how it looks at one moment of a running instance."""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from quizapp.extensions import db
from quizapp.rules.words import N_
from quizapp.services.transaction import is_postgresql

UNREADABLE = N_("This cannot be read: %(words)s.")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the area, a stable kind, where it is, and a marked sentence with params."""

    area: str
    kind: str
    where: str
    message: str
    params: dict = field(default_factory=dict)


@dataclass
class Report:
    """Everything that was looked at, counted, and everything found."""

    checked: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        """Note that so many things of a kind were looked at."""
        self.checked[what] = self.checked.get(what, 0) + number

    def add(self, area: str, kind: str, where: str, message: str, **params) -> None:
        """Note something that is wrong."""
        self.findings.append(Finding(area, kind, where, message, params))

    def guard(self, area: str, where: str, check: Callable, *arguments) -> None:
        """Run a check and go on where what it reads is too damaged to be read: that is a finding too."""
        try:
            check(*arguments)
        except Exception as error:
            db.session.rollback()
            words = f"{type(error).__name__}: {getattr(error, 'orig', None) or error}"
            self.add(area, "unreadable", where, UNREADABLE, words=words[:300])

    def guard_each(self, area: str, table: str, ids: Sequence, check: Callable[[Sequence], None]) -> None:
        """Run a check over a group of rows; where the group cannot be read, over each row alone to name it."""
        before = len(self.findings)
        try:
            check(ids)
        except Exception:
            db.session.rollback()
            del self.findings[before:]
            for one in ids:
                self.guard(area, f"{table} id={one}", check, [one])


@contextmanager
def snapshot():
    """Yield a session in which everything is read as it was at one moment, beside writers; nothing is written."""
    db.session.rollback()
    options = {"isolation_level": "REPEATABLE READ"} if is_postgresql() else {}
    db.session.connection(execution_options=options)
    try:
        yield db.session
    finally:
        db.session.rollback()
