"""The whole question, answered: every check in the order in which people would ask."""

from datetime import datetime

from quizapp.rules.permissions import Actor
from quizapp.services import scope
from quizapp.services.safety import coming, keeping, machine
from quizapp.services.safety.checks import BAD, Verdict

QUICK = (machine.disk, machine.database, machine.worker, machine.clock, keeping.backups, keeping.restore_test)
SLOWER = (machine.storage, machine.sync, machine.address, keeping.deliveries)


def judge(actor: Actor | None, now: datetime, server: dict | None = None) -> Verdict:
    """Look at everything, the actor's exams first; `server` is what the serving process has counted, if any."""
    scope.require_deed(actor, coming.DEED)
    checks = coming.exams(actor, now) + [look(now) for look in (*QUICK, *SLOWER)]
    return Verdict([*checks, *([machine.queues(server)] if server else [])])


def alarms(now: datetime) -> Verdict:
    """Look at what a township's administrator must know at once, wherever they are; cheap."""
    found = Verdict([look(now) for look in QUICK])
    return Verdict([one for one in found.checks if one.state == BAD])
