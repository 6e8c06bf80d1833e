"""Matching: each entry on the left belongs to one on the right; every right pair earns its equal share."""

from collections.abc import Callable

from quizapp.rules import choices
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.texts import check_stem, check_text
from quizapp.rules.words import N_

NAME = N_("Matching")
LACKING = N_("“%(section)s”: matching questions wanted %(count)s, found %(found)s, missing %(missing)s.")
HOW = N_("Each right pair earns an equal share of the points; a wrong pair earns nothing and takes nothing away.")
FEWEST, MOST = 2, 12
WRONG_SHAPE = N_("The answer to this question says for entries on the left which one on the right belongs to each.")


def define(question: dict) -> tuple[dict, dict]:
    """Return (content, key) of a parsed question: `answer` lists pairs, a pair without a left is one on the right more.

    The right side is kept in the order of its texts, so that the content tells nothing about the key.
    """
    pairs = [(str(left).strip(), str(right).strip()) for left, right in question["answer"]]
    lefts = [left for left, _ in pairs if left]
    rights = sorted({right for _, right in pairs})
    content = {"stem": question["stem"], "options": lefts, "right": rights}
    return content, {"pairs": [rights.index(right) for left, right in pairs if left]}


def document(content: dict, key: dict) -> dict:
    """Return what `define` reads."""
    pairs = [[left, content["right"][place]] for left, place in zip(content["options"], key["pairs"], strict=True)]
    unused = [["", right] for place, right in enumerate(content["right"]) if place not in key["pairs"]]
    return {"options": [], "answer": pairs + unused}


def check(content: dict, key: dict) -> list[Problem]:
    """Return what is wrong with the text, the two sides and the pairs."""
    problems = check_stem(content)
    lefts, rights, pairs = content.get("options"), content.get("right"), key.get("pairs")
    if not pairs:
        return [*problems, Problem("key-missing", N_("The right answer is missing."), "pairs")]
    if not all(isinstance(side, list) and FEWEST <= len(side) <= MOST for side in (lefts, rights)):
        message = N_("A matching question needs %(fewest)s to %(most)s entries on each side.")
        return [*problems, Problem("pair-count", message, "options", {"fewest": FEWEST, "most": MOST})]
    problems += _check_side(lefts, "options") + _check_side(rights, "right")
    fits = isinstance(pairs, list) and len(pairs) == len(lefts)
    if not fits or any(type(place) is not int or not 0 <= place < len(rights) for place in pairs):
        problems.append(Problem("key-no-option", N_("Every entry on the left needs one on the right."), "pairs"))
    return problems


def _check_side(side: list, name: str) -> list[Problem]:
    if any(not isinstance(text, str) or not text.strip() for text in side):
        return [Problem("entry-empty", N_("An entry is empty."), name)]
    problems = [problem for text in side for problem in check_text(text, choices.OPTION_LONGEST, name)]
    if len({" ".join(text.split()) for text in side}) < len(side):
        problems.append(Problem("entry-twice", N_("Two entries on the same side are the same."), name))
    return problems


def lay_out(content: dict, rng, new_id: Callable[[], str]) -> dict:
    """Return ids of both sides in authored order, and the orders they are shown in, both shuffled."""
    left, right = list(range(len(content["options"]))), list(range(len(content["right"])))
    rng.shuffle(left)
    rng.shuffle(right)
    return {
        "option_ids": [new_id() for _ in left],
        "order": left,
        "right_ids": [new_id() for _ in right],
        "right_order": right,
    }


def check_value(item: dict, value) -> None:
    """Raise Invalid unless the value is None or maps some left ids of this item to right ids of it."""
    if value is None:
        return
    if not isinstance(value, dict) or not value or any(not isinstance(right, str) for right in value.values()):
        raise Invalid([Problem("wrong-shape", WRONG_SHAPE, item["slot"])])
    if not set(value) <= set(item["option_ids"]) or not set(value.values()) <= set(item["right_ids"]):
        raise Invalid([Problem("unknown-option", N_("The question has no such entry."), item["slot"])])


def is_answered(item: dict, value) -> bool:
    """Return whether at least one pair was made."""
    return bool(value)


def right_pairs(item: dict, key: dict) -> dict[str, str]:
    """Return left id -> right id as it should be."""
    return {left: item["right_ids"][place] for left, place in zip(item["option_ids"], key["pairs"], strict=True)}


def mark(item: dict, key: dict, value, rule: str) -> int:
    """Return an equal share for each right pair, rounded down; `rule` plays no part."""
    wanted, given = right_pairs(item, key), value or {}
    hits = sum(given.get(left) == right for left, right in wanted.items())
    return item["points_milli"] * hits // len(wanted)


def explain(item: dict, key: dict) -> dict:
    """Return the key in the ids of this paper: `{"pairs": {left id: right id}}`."""
    return {"pairs": right_pairs(item, key)}
