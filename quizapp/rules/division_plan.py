"""Drafts of units against the units there are: what is new, renamed, moved, and what does not fit."""

from collections import Counter
from dataclasses import dataclass, field, replace

from quizapp.rules.division_files import UnitDraft, official_parents
from quizapp.rules.divisions import LEVELS, check_kind
from quizapp.rules.errors import Problem
from quizapp.rules.words import N_


@dataclass(frozen=True)
class Standing:
    """A unit that there is."""

    name: str
    kind: str
    parent: str | None


@dataclass
class UnitPlan:
    """What would happen; `new` goes from the top down, every parent is known by its code ("" at the top)."""

    new: list[UnitDraft] = field(default_factory=list)
    renamed: list[UnitDraft] = field(default_factory=list)
    moved: list[UnitDraft] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def make(drafts: list[UnitDraft], standing: dict[str, Standing], within: str = "") -> UnitPlan:
    """Hold the drafts against the units there are, by their codes; `within` keeps a unit, what is above and below.

    The same unit may stand in several files if they agree. A kind is never changed.
    """
    plan = UnitPlan()
    merged = _merge(drafts, plan.problems)
    codes = set(merged) | set(standing)
    merged = {code: _with_parent(draft, codes) for code, draft in merged.items()}
    if within:
        kept = _near(within, merged, standing)
        merged = {code: draft for code, draft in merged.items() if code in kept}
        if not merged:
            plan.problems.append(
                Problem("within", N_("No unit in the files lies above or below %(code)s."), "", {"code": within})
            )
    _check_parents(merged, standing, plan.problems)
    for draft in sorted(merged.values(), key=lambda one: (LEVELS.get(one.kind, 0), one.code)):
        _sort_in(draft, standing.get(draft.code), plan)
    return plan


def _merge(drafts: list[UnitDraft], problems: list[Problem]) -> dict[str, UnitDraft]:
    message = N_("The unit %(code)s is “%(name)s” here and “%(other)s” at %(place)s.")
    merged: dict[str, UnitDraft] = {}
    for draft in drafts:
        known = merged.setdefault(draft.code, draft)
        if (known.name, known.kind) != (draft.name, draft.kind):
            params = {"code": draft.code, "name": draft.name, "other": known.name, "place": known.place}
            problems.append(Problem("unit-twice", message, draft.place, params))
        elif draft.parent and not known.parent:
            merged[draft.code] = draft
    return merged


def _with_parent(draft: UnitDraft, codes: set[str]) -> UnitDraft:
    """Hang a unit that names no parent below the nearest one that its official code names and that is known."""
    if draft.parent:
        return draft
    return replace(draft, parent=next((code for code in official_parents(draft.code) if code in codes), ""))


def _near(within: str, merged: dict, standing: dict) -> set[str]:
    def chain(code: str) -> list[str]:
        codes = []
        while code and code not in codes:
            codes.append(code)
            code = merged[code].parent if code in merged else (standing[code].parent or "") if code in standing else ""
        return codes

    return {code for code in merged if within in chain(code)} | set(chain(within))


def _check_parents(merged: dict, standing: dict, problems: list[Problem]) -> None:
    missing = Counter(one.parent for one in merged.values() if one.parent not in merged and one.parent not in standing)
    missing.pop("", None)
    message = N_("The unit above, %(code)s, is neither in the files nor here (%(count)s units lie below it).")
    for draft in merged.values():
        parent = merged.get(draft.parent) or standing.get(draft.parent)
        if draft.parent in missing:
            params = {"code": draft.parent, "count": missing.pop(draft.parent)}
            problems.append(Problem("parent-missing", message, draft.place, params))
        elif parent is not None:
            problems += check_kind(draft.kind, parent.kind, draft.place)


def _sort_in(draft: UnitDraft, known: Standing | None, plan: UnitPlan) -> None:
    if known is None:
        plan.new.append(draft)
        return
    if known.kind != draft.kind and LEVELS.get(known.kind) != LEVELS.get(draft.kind):
        message = N_("The unit %(code)s is of another kind here than in the file.")
        plan.problems.append(Problem("unit-kind-change", message, draft.place, {"code": draft.code}))
        return
    is_moved = bool(draft.parent) and draft.parent != known.parent
    if known.name != draft.name:
        plan.renamed.append(draft)
    if is_moved:
        plan.moved.append(draft)
    if known.name == draft.name and not is_moved:
        plan.unchanged += 1
