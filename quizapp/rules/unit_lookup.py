"""Which unit somebody means by a code, a name, or a path of names."""

import re
from dataclasses import dataclass

from quizapp.rules.divisions import clean_code
from quizapp.rules.errors import Problem
from quizapp.rules.names import fold_name
from quizapp.rules.words import N_

STEPS = re.compile(r"[-—–/\\>→·]+")
ENDINGS = re.compile(r"(社区居民委员会|社区居委会|社区居民|居民委员会|村民委员会|村委会|居委会|社区|村)$")
MOST_NAMED = 5  # candidates that a problem lists


@dataclass(frozen=True)
class Known:
    """A unit that may be meant, with the names above it from the top."""

    id: int
    code: str
    name: str
    above: tuple[str, ...]

    @property
    def path(self) -> str:
        """The names from the top down to the unit."""
        return "/".join((*self.above, self.name))


class Lookup:
    """An index over the units that may be meant."""

    def __init__(self, units: list[Known]):
        """Index the units."""
        self.by_code = {unit.code: unit for unit in units}
        self.by_name: dict[str, list[Known]] = {}
        self.by_stem: dict[str, list[Known]] = {}
        for unit in units:
            self.by_name.setdefault(fold_name(unit.name), []).append(unit)
            self.by_stem.setdefault(stem(unit.name), []).append(unit)

    def find(self, code: str, name: str, township: str = "") -> Known | Problem:
        """Return the one unit meant, or why there is none; the problem's place is the field at fault."""
        if code:
            return self._by_code(code, name)
        if any(sign in name for sign in "|、;；"):
            message = N_("“%(unit)s” names several units; a person belongs to one.")
            return Problem("unit-several", message, "unit", {"unit": name})
        found = self._candidates(name, township)
        if len(found) == 1:
            return found[0]
        if not found:
            message = N_("There is no unit “%(unit)s” that you look after.")
            return Problem("unit-unknown", message, "unit", {"unit": name[:60]})
        message = N_("“%(unit)s” may be any of these: %(candidates)s. Give the unit's code.")
        named = "；".join(f"{unit.path}（{unit.code}）" for unit in found[:MOST_NAMED])
        return Problem("unit-ambiguous", message, "unit", {"unit": name, "candidates": named})

    def _by_code(self, code: str, name: str) -> Known | Problem:
        unit = self.by_code.get(clean_code(code))
        if unit is None:
            message = N_("There is no unit with the code %(code)s that you look after.")
            return Problem("unit-code-unknown", message, "unit_code", {"code": code[:40]})
        if name and stem(STEPS.split(name)[-1]) != stem(unit.name) and fold_name(name) != fold_name(unit.name):
            message = N_("The code %(code)s is that of %(known)s, but the row says %(unit)s.")
            return Problem("unit-contradiction", message, "unit", {"code": code, "known": unit.name, "unit": name[:40]})
        return unit

    def _candidates(self, name: str, township: str) -> list[Known]:
        if clean_code(name) in self.by_code:
            return [self.by_code[clean_code(name)]]
        whole = self.by_name.get(fold_name(name))
        *above, last = [name] if whole else [step for step in STEPS.split(name) if step.strip()] or [name]
        if township:
            above.append(township)
        found = whole or self.by_name.get(fold_name(last)) or self.by_stem.get(stem(last), [])
        return [unit for unit in found if all(_is_above(step, unit) for step in above)]


def stem(name: str) -> str:
    """Return a unit's name without what kind of committee it has: 迎宾居委会 and 迎宾社区 are one 迎宾."""
    folded = fold_name(name).replace(" ", "")
    return ENDINGS.sub("", folded) or folded


def _is_above(name: str, unit: Known) -> bool:
    folded = fold_name(name)
    return any(fold_name(one) == folded for one in (*unit.above, unit.name))
