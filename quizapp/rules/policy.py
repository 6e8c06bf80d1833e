"""The evaluation policy as data: indicators with source, measure, target and weight, checked before it is used."""

from dataclasses import dataclass

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.texts import check_text
from quizapp.rules.words import N_

WHOLE = 1000  # a share of 1 in thousandths
FULL_WEIGHT = 100_000  # the weights of a policy add up to 100 points, in thousandths
MEASURES = {  # what an indicator counts -> where its figure may come from
    "participation": {"computed"},
    "mean_share": {"computed"},
    "pass_share": {"computed"},
    "study_completion": {"computed"},
    "entered": {"entered", "imported"},
}
SOURCES = {"computed", "entered", "imported"}
DIRECTIONS = {"up", "down"}
WHEN_MISSING = {"spread", "zero"}
CHOICES = {  # field -> allowed values
    "source": SOURCES,
    "measure": set(MEASURES),
    "direction": DIRECTIONS,
    "when_missing": WHEN_MISSING,
}
FIELDS = {"code", "name", "target", "weight", *CHOICES}
CODE_LONGEST, NAME_LONGEST = 64, 120


@dataclass(frozen=True)
class Indicator:
    """One line of a policy. `target` is a share and `weight` points, both in thousandths.

    Direction "up": more is better, full points from the target on. "down": less is better, full points up to the
    target. When there is no figure yet its weight is spread over the others, or it earns 0.
    """

    code: str
    name: str
    source: str
    measure: str
    target: int
    weight: int
    direction: str = "up"
    when_missing: str = "spread"


@dataclass(frozen=True)
class Policy:
    """The indicators of a campaign and the roster size below which a unit is marked as small."""

    indicators: tuple[Indicator, ...]
    minimum_size: int = 5


def parse(plain) -> Policy:
    """Return the policy that plain data describes; raises Invalid with every problem and its place."""
    problems = check(plain)
    if problems:
        raise Invalid(problems)
    indicators = tuple(Indicator(**entry) for entry in plain["indicators"])
    return Policy(indicators, plain.get("minimum_size", Policy.minimum_size))


def to_plain(policy: Policy) -> dict:
    """Return the plain data that `parse` reads."""
    return {"indicators": [dict(vars(entry)) for entry in policy.indicators], "minimum_size": policy.minimum_size}


def check(plain) -> list[Problem]:
    """Return everything that is wrong with the plain data of a policy, whatever its shapes."""
    entries = plain.get("indicators") if isinstance(plain, dict) else None
    if not isinstance(entries, list) or not entries or any(not isinstance(entry, dict) for entry in entries):
        return [Problem("indicators", N_("A policy needs a list of indicators."), "indicators")]
    problems = [_unknown(name, name) for name in sorted(set(map(str, plain)) - {"indicators", "minimum_size"})]
    problems += _check_number(plain.get("minimum_size", 0), 0, 10_000, "minimum_size")
    for index, entry in enumerate(entries):
        problems += _check_indicator(entry, f"indicators[{index}]")
    return problems or _check_together(entries)


def _check_indicator(entry: dict, place: str) -> list[Problem]:
    problems = [_unknown(name, f"{place}.{name}") for name in sorted(set(map(str, entry)) - FIELDS)]
    for name, longest in (("code", CODE_LONGEST), ("name", NAME_LONGEST)):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            message = N_("An indicator needs a code and a name.")
            problems.append(Problem("indicator-name", message, f"{place}.{name}"))
        else:
            problems += check_text(entry[name], longest, f"{place}.{name}")
    problems += _check_number(entry.get("target"), 1, WHOLE, f"{place}.target")
    problems += _check_number(entry.get("weight"), 1, FULL_WEIGHT, f"{place}.weight")
    return problems + _check_choices(entry, place)


def _check_choices(entry: dict, place: str) -> list[Problem]:
    problems = []
    defaults = {"direction": Indicator.direction, "when_missing": Indicator.when_missing}
    for name, allowed in CHOICES.items():
        value = entry.get(name, defaults.get(name))
        if not isinstance(value, str) or value not in allowed:
            message, params = N_("This has to be one of: %(allowed)s."), {"allowed": ", ".join(sorted(allowed))}
            problems.append(Problem("indicator-choice", message, f"{place}.{name}", params))
    if not problems and entry["source"] not in MEASURES[entry["measure"]]:
        message = N_("A figure of this source cannot be measured this way.")
        problems.append(Problem("indicator-source", message, f"{place}.source"))
    return problems


def _check_together(entries: list[dict]) -> list[Problem]:
    problems, codes = [], [entry["code"] for entry in entries]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            message = N_("Two indicators have the code %(code)s.")
            problems.append(Problem("indicator-twice", message, f"indicators[{index}].code", {"code": code}))
    total = sum(entry["weight"] for entry in entries)
    if total != FULL_WEIGHT:
        message, params = N_("The weights have to add up to 100, not %(total)s."), {"total": f"{total / 1000:g}"}
        problems.append(Problem("weights", message, "indicators", params))
    return problems


def _check_number(value, least: int, most: int, place: str) -> list[Problem]:
    if type(value) is int and least <= value <= most:
        return []
    message = N_("This has to be a whole number from %(least)s to %(most)s.")
    return [Problem("indicator-number", message, place, {"least": least, "most": most})]


def _unknown(name: str, place: str) -> Problem:
    return Problem("unknown-field", N_("There is no field of this name."), place)


# Activity 20, online test 50, competition 30. The mean has no ceiling below full marks, so that it tells units apart.
DEFAULT = Policy((
    Indicator("training", N_("Training coverage"), "entered", "entered", 900, 5_000),
    Indicator("study", N_("Self-study completed"), "computed", "study_completion", 900, 5_000),
    Indicator("lectures", N_("Lectures held"), "entered", "entered", 1000, 5_000),
    Indicator("summary", N_("Summary handed in"), "entered", "entered", 1000, 5_000),
    Indicator("participation", N_("Participation in the test"), "computed", "participation", 900, 15_000),
    Indicator("mean", N_("Mean score over the roster"), "computed", "mean_share", 1000, 20_000),
    Indicator("passed", N_("Share that passed"), "computed", "pass_share", 850, 15_000),
    Indicator("contest", N_("Skills competition"), "entered", "entered", 1000, 30_000),
))
