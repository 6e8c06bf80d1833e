"""What single and multiple choice share: options, their ids on a paper, their shown order, ticked ids."""

import re
import unicodedata
from collections.abc import Callable

from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.texts import check_stem, check_text
from quizapp.rules.words import N_

FEWEST, MOST = 2, 26
OPTION_LONGEST = 1000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# "All of the above" and "A and C" mean their neighbours by place, so that shuffling would change what they say.
LEANS_ON_PLACE = re.compile(
    r"^(以上|以下|上述|前述|前[两三四五]项)"
    r"|^(全部|都|均|皆)(正确|错误|对|错|是|不)"
    r"|^[A-H](\s*[、,/和与及或]?\s*[A-H])+(?=$|\W|[两三四五都均皆全项是对错正不选])"
    r"|\b(above|both [A-H]|[A-H] and [A-H]|[A-H] or [A-H])\b"
)


def define(question: dict) -> tuple[dict, dict]:
    """Return (content, key) of a parsed question that has an answer, letters in order ("ABD")."""
    right = sorted(LETTERS.index(letter) for letter in question["answer"])
    return {"stem": question["stem"], "options": question["options"]}, {"right": right}


def document(content: dict, key: dict) -> dict:
    """Return what `define` reads."""
    return {"options": content["options"], "answer": "".join(LETTERS[place] for place in sorted(key["right"]))}


def check(content: dict, key: dict) -> list[Problem]:
    """Return what is wrong with the stem, the options and the right places, whatever was passed for them."""
    options = content.get("options")
    if not isinstance(options, list) or not FEWEST <= len(options) <= MOST:
        limits = {"fewest": FEWEST, "most": MOST}
        message = N_("A choice question needs %(fewest)s to %(most)s options.")
        return check_stem(content) + [Problem("option-count", message, "options", limits)]
    return check_stem(content) + check_options(options) + _check_right(options, key.get("right"))


def check_options(options: list) -> list[Problem]:
    """Return what is wrong with options by themselves: empty ones, and ones that are there twice."""
    problems, seen = [], {}
    for index, option in enumerate(options):
        place, params = f"options[{index}]", {"letter": LETTERS[index]}
        if not isinstance(option, str) or not option.strip():
            problems.append(Problem("option-empty", N_("Option %(letter)s is empty."), place, params))
            continue
        problems += check_text(option, OPTION_LONGEST, place)
        twin = seen.setdefault(" ".join(option.split()), index)
        if twin != index:
            params["twin"] = LETTERS[twin]
            problems.append(Problem("option-twice", N_("Options %(twin)s and %(letter)s are the same."), place, params))
    return problems


def _check_right(options: list, right) -> list[Problem]:
    if not isinstance(right, list) or not right:
        return [Problem("key-missing", N_("The right answer is missing."), "right")]
    if any(type(place) is not int or not 0 <= place < len(options) for place in right):
        return [Problem("key-no-option", N_("The right answer names an option that does not exist."), "right")]
    if len(set(right)) < len(right):
        return [Problem("key-twice", N_("The right answer names an option twice."), "right")]
    return []


def lay_out(content: dict, rng, new_id: Callable[[], str]) -> dict:
    """Return `option_ids` in authored order and `order`, the authored places in the order they are shown.

    Options are shuffled unless one of them leans on the place of the others.
    """
    options = content["options"]
    order = list(range(len(options)))
    if not any(leans_on_place(option) for option in options):
        rng.shuffle(order)
    return {"option_ids": [new_id() for _ in options], "order": order}


def leans_on_place(option: str) -> bool:
    """Return whether an option speaks of its neighbours by place ("all of the above", "A and C")."""
    return bool(LEANS_ON_PLACE.search(unicodedata.normalize("NFKC", option).strip()))


def check_ticked(item: dict, value, most: int | None = None) -> None:
    """Raise Invalid unless the value is None or a list of this item's option ids, each once, at most `most`."""
    if value is None:
        return
    if not isinstance(value, list):
        raise _refused(item, "wrong-shape", N_("The answer to this question is a list of options."))
    if any(not isinstance(option_id, str) or option_id not in item["option_ids"] for option_id in value):
        raise _refused(item, "unknown-option", N_("The answer names an option that this question does not have."))
    if len(set(value)) < len(value):
        raise _refused(item, "repeated-option", N_("The answer names an option twice."))
    if most is not None and len(value) > most:
        raise _refused(item, "too-many-options", N_("This question takes one option only."))


def _refused(item: dict, code: str, message: str) -> Invalid:
    return Invalid([Problem(code, message, item["slot"])])


def is_answered(item: dict, value) -> bool:
    """Return whether something is ticked."""
    return bool(value)


def right_ids(item: dict, key: dict) -> list[str]:
    """Return the ids of the right options on this paper, in authored order."""
    return [item["option_ids"][place] for place in sorted(key["right"])]


def explain(item: dict, key: dict) -> dict:
    """Return the key in the words of this paper: `{"right": [option id, …]}`."""
    return {"right": right_ids(item, key)}


def shown(item: dict, options: list) -> list[tuple]:
    """Return (option id, option) in the order of this paper; `options` is any list in authored order."""
    return [(item["option_ids"][place], options[place]) for place in item["order"]]


def letters(item: dict, option_ids: list[str]) -> str:
    """Return the letters that these options bear on this paper, in order ("BD")."""
    wanted = set(option_ids)
    return "".join(
        letter
        for letter, place in zip(LETTERS, item["order"], strict=False)
        if item["option_ids"][place] in wanted
    )
