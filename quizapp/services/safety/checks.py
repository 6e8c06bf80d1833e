"""One thing that was looked at, and the verdict over all of them."""

from dataclasses import dataclass, field

from quizapp.rules.words import N_

GOOD, WATCH, BAD = "good", "watch", "bad"


@dataclass(frozen=True)
class Check:
    """What was looked at, how it stands (good, watch, bad), and marked sentences: what was found, what to do."""

    name: str
    title: str
    state: str
    said: str
    params: dict = field(default_factory=dict)
    advice: str = ""


@dataclass(frozen=True)
class Verdict:
    """All checks, and the one sentence that they come to."""

    checks: list[Check]

    @property
    def state(self) -> str:
        """The worst of all states."""
        states = {one.state for one in self.checks}
        return next((state for state in (BAD, WATCH) if state in states), GOOD)

    @property
    def sentence(self) -> str:
        """The answer to the question, marked."""
        return {
            GOOD: N_("It is safe to go."),
            WATCH: N_("It is safe to go, but something deserves a look."),
            BAD: N_("It is not safe to go yet."),
        }[self.state]
