"""An exam as plain data that people write by hand (JSON, options of the command), and back."""

from datetime import date, tzinfo
from decimal import Decimal

from quizapp.rules import wall_clock
from quizapp.rules.blueprint import NUMBERS
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.plain_fields import LIST, NUMBER, TEXT, TEXTS, TRUTH, check
from quizapp.rules.scoring import DEFAULT_RULE
from quizapp.rules.words import N_
from quizapp.services.exam_setup import Draft

FIELDS = {
    "title": TEXT, "campaign": TEXT, "opens_at": TEXT, "closes_at": TEXT, "minutes": NUMBER, "banks": TEXTS,
    "sections": LIST, "rule": TEXT, "posts": TEXTS, "attempts_allowed": NUMBER, "pass_percent": NUMBER, "counts": TRUTH,
    "release_rule": TEXT, "board": TEXT, "only_reviewed": TRUTH, "forms": NUMBER, "fresh_days": NUMBER,
}  # fmt: skip
NEEDED = ("title", "campaign", "opens_at", "closes_at", "minutes", "banks", "sections")
NOT_A_MOMENT = N_("This has to be a day and a time such as 2026-07-31 24:00.")


def read(plain, zone: tzinfo) -> Draft:
    """Return the draft that plain data describes, times on the wall clock of `zone`. Raises Invalid.

    A section's points are people's points (2, 1.5). What the exam's own rules ask is left to exam_setup.
    """
    problems = check(plain, FIELDS, NEEDED)
    moments = {}
    for name in ("opens_at", "closes_at"):
        if isinstance(plain, dict) and isinstance(plain.get(name), str):
            moments[name] = wall_clock.read(plain[name], zone)
            if moments[name] is None:
                problems.append(Problem("moment", NOT_A_MOMENT, name))
    if problems:
        raise Invalid(problems)
    blueprint = {"sections": [_section(one) for one in plain["sections"]], "rule": plain.get("rule", DEFAULT_RULE)}
    blueprint |= {name: plain[name] for name in NUMBERS if plain.get(name)}
    names = ("posts", "attempts_allowed", "counts", "release_rule", "board", "only_reviewed")
    optional = {name: plain[name] for name in names if name in plain}
    if "pass_percent" in plain:
        optional["pass_share_milli"] = plain["pass_percent"] * 10
    return Draft(
        plain["title"],
        plain["campaign"],
        **moments,
        limit_seconds=plain["minutes"] * 60,
        banks=plain["banks"],
        blueprint=blueprint,
        **optional,
    )


def _section(plain):
    """Return a section as rules/blueprint checks it: points become thousandths where they are a number."""
    if not isinstance(plain, dict) or "points" not in plain:
        return plain
    points = plain["points"]
    rest = {name: value for name, value in plain.items() if name != "points"}
    is_number = isinstance(points, int | float) and not isinstance(points, bool)
    milli = Decimal(str(points)) * 1000 if is_number else None
    whole = milli is not None and milli.is_finite() and milli == int(milli)
    return {**rest, "points_milli": int(milli) if whole else points}


def written(draft: Draft, zone: tzinfo) -> dict:
    """Return the plain data that `read` reads as this draft."""
    return {
        "title": draft.title,
        "campaign": draft.campaign,
        "opens_at": _told(wall_clock.written(draft.opens_at, zone)),
        "closes_at": _told(wall_clock.written(draft.closes_at, zone, is_end=True)),
        "minutes": draft.limit_seconds // 60,
        "banks": draft.banks,
        "sections": [_points(one) for one in draft.blueprint["sections"]],
        "rule": draft.blueprint.get("rule", DEFAULT_RULE),
        **{name: draft.blueprint.get(name, 0) for name in NUMBERS},
        "posts": draft.posts,
        "attempts_allowed": draft.attempts_allowed,
        "pass_percent": draft.pass_share_milli // 10,
        "counts": draft.counts,
        "release_rule": draft.release_rule,
        "board": draft.board,
        "only_reviewed": draft.only_reviewed,
    }


def _told(day_and_time: tuple[date, str]) -> str:
    return f"{day_and_time[0].isoformat()} {day_and_time[1]}"


def _points(section: dict) -> dict:
    milli = section["points_milli"]
    rest = {name: value for name, value in section.items() if name != "points_milli"}
    return {**rest, "points": milli // 1000 if milli % 1000 == 0 else milli / 1000}
