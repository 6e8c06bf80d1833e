"""The key of a drawn paper in a few signs, as it stands on a printed key."""

from quizapp.rules import choices
from quizapp.rules.question_types import KINDS, of_part

LETTERS = choices.LETTERS


def told(item: dict, key: dict) -> str:
    """Return what is right for an item, in the letters and numbers of its paper."""
    found = KINDS[item["kind"]].explain(item, of_part(item, key))
    return TOLD[item["kind"]](item, found)


def _pairs(item: dict, found: dict) -> str:
    left = [item["option_ids"][place] for place in item["order"]]
    right = [item["right_ids"][place] for place in item["right_order"]]
    pairs = [f"{left.index(one) + 1}–{LETTERS[right.index(other)]}" for one, other in found["pairs"].items()]
    return "，".join(sorted(pairs, key=lambda pair: int(pair.split("–")[0])))


def _order(item: dict, found: dict) -> str:
    shown = [item["option_ids"][place] for place in item["order"]]
    return "".join(LETTERS[shown.index(one)] for one in found["order"])


def _number(item: dict, found: dict) -> str:
    return found["value"] if found["tolerance"] == "0" else f"{found['value']}±{found['tolerance']}"


TOLD = {
    "single_choice": lambda item, found: choices.letters(item, found["right"]),
    "multiple_choice": lambda item, found: choices.letters(item, found["right"]),
    "true_false": lambda item, found: "√" if found["right"] else "×",
    "fill_blank": lambda item, found: " | ".join("；".join(texts) for texts in found["blanks"]),
    "numerical": _number,
    "matching": _pairs,
    "ordering": _order,
}
