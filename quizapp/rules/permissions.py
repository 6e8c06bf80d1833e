"""Who may do what: each deed with the roles that may do it; a role holds within its unit and below."""

from dataclasses import dataclass

ROLES = ("trainee", "trainer", "leader", "admin", "auditor")

DEEDS = {
    "exams.sit": {"trainee"},
    "units.view": {"trainer", "leader", "admin", "auditor"},
    "units.manage": {"admin"},
    "people.view": {"leader", "admin"},
    "people.reset": {"leader", "admin"},  # a new one-time code for somebody who forgot the password
    "people.manage": {"admin"},
    "banks.view": {"trainer"},
    "banks.manage": {"trainer"},
    "handbooks.manage": {"trainer"},
    "exams.view": {"trainer", "leader", "admin"},
    "exams.manage": {"trainer", "admin"},
    "exams.release": {"leader", "admin"},
    "exams.second": {"trainer", "leader", "admin"},  # agree to what somebody else wants done to a running exam
    "answers.take_in": {"leader", "admin"},  # an answer file from the phone of somebody in one's units
    "late.propose": {"leader"},  # to count answers that came late, of another village than one's own
    "late.decide": {"leader", "admin"},
    "proposals.view": {"trainer", "leader", "admin"},
    "attempts.look": {"leader", "admin"},  # how somebody's attempt goes on: which questions hold an answer, not which
    "attempts.close": {"leader", "admin"},  # hand in as it stands; over the exam's own unit, as more time is
    "exams.extend": {"leader", "admin"},  # more time; over the exam's own unit, so that no village helps itself
    "campaigns.manage": {"admin"},
    "evaluation.view": {"leader", "admin", "auditor"},
    "evaluation.enter": {"leader"},
    "evaluation.publish": {"leader"},
    "results.view": {"leader"},  # what a person scored; the board of an exam is open to all who sat it
    "deliveries.view": {"leader", "admin", "auditor"},
    "deliveries.send": {"leader", "admin"},
    "readiness.view": {"leader", "admin"},
    "audit.view": {"auditor"},
    "clock.confirm": {"admin"},
}


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person with the roles held and where, as read from the database for this request."""

    person_id: int
    public_id: str
    name: str
    unit_id: int
    grants: tuple[tuple[str, int], ...]  # (role, unit id)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles held anywhere, in the fixed order of ROLES."""
        held = {role for role, _ in self.grants}
        return tuple(role for role in ROLES if role in held)

    def may(self, deed: str) -> bool:
        """Whether some role held anywhere allows the deed; where it holds is `units_for`."""
        return any(role in DEEDS[deed] for role, _ in self.grants)

    def units_for(self, deed: str) -> frozenset[int]:
        """Ids of the units within and below which the deed is allowed."""
        return frozenset(unit_id for role, unit_id in self.grants if role in DEEDS[deed])
