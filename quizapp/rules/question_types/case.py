"""Case: one material and several questions about it, kept as one question, drawn together, laid flat on a paper."""

from collections.abc import Mapping

from quizapp.rules.errors import Problem
from quizapp.rules.texts import check_stem
from quizapp.rules.words import N_

NAME = N_("Case")
LACKING = N_("“%(section)s”: cases of %(parts)s questions each wanted %(count)s, found %(found)s, missing %(missing)s.")
HOW = N_("Several questions about one material; each is scored by its own kind.")
FEWEST, MOST = 1, 10


def define(question: dict, kinds: Mapping) -> tuple[dict, dict]:
    """Return (content, key) of a parsed case whose parts have answers; `kinds` are those that a part may be of."""
    parts, keys = [], []
    for part in question["parts"]:
        content, key = kinds[part["kind"]].define(part)
        parts.append({"kind": part["kind"], **content})
        keys.append({**key, "explanation": part.get("explanation") or ""})
    return {"stem": question["stem"], "parts": parts}, {"parts": keys}


def document(content: dict, key: dict, kinds: Mapping) -> dict:
    """Return what `define` reads."""
    parts = [
        {
            "kind": part["kind"],
            "stem": part["stem"],
            **kinds[part["kind"]].document(part, own),
            "explanation": own.get("explanation", ""),
        }
        for part, own in zip(content["parts"], key["parts"], strict=True)
    ]
    return {"options": [], "answer": None, "parts": parts}


def check(content: dict, key: dict, kinds: Mapping) -> list[Problem]:
    """Return what is wrong with the material and with each part, by the rules of its kind."""
    parts, keys = content.get("parts"), key.get("parts")
    if not isinstance(parts, list) or not FEWEST <= len(parts) <= MOST:
        message = N_("A case needs %(fewest)s to %(most)s questions.")
        limits = {"fewest": FEWEST, "most": MOST}
        return [*check_stem(content), Problem("part-count", message, "parts", limits)]
    if not isinstance(keys, list) or len(keys) != len(parts):
        return [*check_stem(content), Problem("key-missing", N_("The right answer is missing."), "parts")]
    problems = check_stem(content)
    for place, (part, own) in enumerate(zip(parts, keys, strict=True)):
        problems += _check_part(part, own, f"parts[{place}]", kinds)
    return problems


def _check_part(part, key, place: str, kinds: Mapping) -> list[Problem]:
    if not isinstance(part, dict) or not isinstance(key, dict) or part.get("kind") not in kinds:
        message = N_("A question of a case has to be of a kind that is marked by itself.")
        return [Problem("part-kind", message, place)]
    found = kinds[part["kind"]].check(part, key)
    return [Problem(one.code, one.message, f"{place}.{one.place}", one.params, one.severity) for one in found]
