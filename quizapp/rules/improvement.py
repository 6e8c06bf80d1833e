"""What would raise an evaluation: for each indicator below its target, how much is missing and what it would bring."""

from dataclasses import dataclass

from quizapp.rules.evaluation import Figure, Unit
from quizapp.rules.policy import WHOLE, Indicator, Policy
from quizapp.rules.words import N_

SENTENCES = {
    "participation": N_("%(need)s more to sit the test."),
    "pass_share": N_("%(need)s more to pass the test."),
    "study_completion": N_("%(need)s more to finish the required reading."),
    "mean_share": N_("%(points)s more points in all; not yet sat: %(absent)s."),
    "entered": N_("From %(value)s %% to the target of %(target)s %%."),
}
NOT_YET = N_("No figure yet: enter it with its evidence.")
NOT_YET_COMPUTED = N_("No figure yet: nobody on the roster counts so far.")


@dataclass(frozen=True)
class Change:
    """One way up: a marked sentence with its params, and the thousandths of a point it would bring; None: unknown."""

    code: str
    message: str
    params: dict
    gain: int | None


def what_would_change(policy: Policy, unit: Unit, row: dict) -> list[Change]:
    """Return the changes that would bring each indicator of `row` (from `evaluate`) to its target, largest gain first.

    A gain is counted with the weights as they are now. Indicators at their target are left out; those without a
    figure come last.
    """
    told = {entry["code"]: entry for entry in row["indicators"]}
    changes = [
        _change(entry, unit.figures.get(entry.code), told[entry.code])
        for entry in policy.indicators
        if told[entry.code]["state"] != "ok"
    ]
    return sorted(changes, key=lambda change: (change.gain is None, -(change.gain or 0)))


def _change(entry: Indicator, figure: Figure | None, told: dict) -> Change:
    if told["state"] == "not_yet":
        message = NOT_YET_COMPUTED if entry.source == "computed" else NOT_YET
        return Change(entry.code, message, {}, None)
    gain = told["effective_weight"] - told["points"]
    sentence = SENTENCES[entry.measure if entry.direction == "up" else "entered"]
    return Change(entry.code, sentence, _params(entry, figure, told), gain)


def _params(entry: Indicator, figure: Figure, told: dict) -> dict:
    need = missing(entry, figure)
    absent = figure.evidence.get("counted", 0) - figure.evidence.get("sat", 0)
    return {
        "need": need,
        "points": f"{need / 1000:g}",
        "absent": absent,
        "value": f"{told['value'] / 10:g}",
        "target": f"{entry.target / 10:g}",
    }


def missing(entry: Indicator, figure: Figure) -> int:
    """Return by how much the figure's part has to rise (or fall, for "down") to reach the target exactly or pass it."""
    wanted = entry.target * figure.whole
    if entry.direction == "down":
        return max(0, figure.part - wanted // WHOLE)
    return max(0, -(-wanted // WHOLE) - figure.part)
