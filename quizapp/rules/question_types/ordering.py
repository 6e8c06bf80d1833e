"""Ordering: entries to be put into their order; every entry at its place earns its equal share."""

from collections.abc import Callable

from quizapp.rules import choices
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.texts import check_stem
from quizapp.rules.words import N_

NAME = N_("Ordering")
LACKING = N_("“%(section)s”: ordering questions wanted %(count)s, found %(found)s, missing %(missing)s.")
HOW = N_("Each entry at its right place earns an equal share of the points; a wrong place takes nothing away.")
MOST = 12


def define(question: dict) -> tuple[dict, dict]:
    """Return (content, key) of a parsed question: `answer` lists the texts in their right order.

    The content keeps them in the order of their texts, so that it tells nothing about the key.
    """
    texts = [str(text).strip() for text in question["answer"]]
    options = sorted(texts)
    return {"stem": question["stem"], "options": options}, {"order": [options.index(text) for text in texts]}


def document(content: dict, key: dict) -> dict:
    """Return what `define` reads."""
    return {"options": [], "answer": [content["options"][place] for place in key["order"]]}


def check(content: dict, key: dict) -> list[Problem]:
    """Return what is wrong with the text, the entries and their order."""
    options, order = content.get("options"), key.get("order")
    if not order:
        return [*check_stem(content), Problem("key-missing", N_("The right answer is missing."), "order")]
    if not isinstance(options, list) or not choices.FEWEST <= len(options) <= MOST:
        message = N_("An ordering question needs %(fewest)s to %(most)s entries.")
        limits = {"fewest": choices.FEWEST, "most": MOST}
        return [*check_stem(content), Problem("option-count", message, "options", limits)]
    problems = check_stem(content) + choices.check_options(options)
    is_whole = isinstance(order, list) and all(type(place) is int for place in order)
    if not is_whole or sorted(order) != list(range(len(options))):
        problems.append(Problem("key-order", N_("The order has to name every entry once."), "order"))
    return problems


def lay_out(content: dict, rng, new_id: Callable[[], str]) -> dict:
    """Return `option_ids` in authored order and `order`, shuffled, in which they are shown."""
    order = list(range(len(content["options"])))
    rng.shuffle(order)
    return {"option_ids": [new_id() for _ in order], "order": order}


def check_value(item: dict, value) -> None:
    """Raise Invalid unless the value is None or all ids of this item, each once."""
    if value is None:
        return
    is_texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    if not is_texts or sorted(value) != sorted(item["option_ids"]):
        message = N_("The answer to this question is all its entries in their order, each once.")
        raise Invalid([Problem("wrong-shape", message, item["slot"])])


def is_answered(item: dict, value) -> bool:
    """Return whether an order was given."""
    return bool(value)


def right_order(item: dict, key: dict) -> list[str]:
    """Return the ids of this paper in their right order."""
    return [item["option_ids"][place] for place in key["order"]]


def mark(item: dict, key: dict, value, rule: str) -> int:
    """Return an equal share for each entry at its place, rounded down; `rule` plays no part."""
    wanted = right_order(item, key)
    hits = sum(one == other for one, other in zip(wanted, value or [], strict=False))
    return item["points_milli"] * hits // len(wanted)


def explain(item: dict, key: dict) -> dict:
    """Return the key in the ids of this paper: `{"order": [id, …]}`."""
    return {"order": right_order(item, key)}
