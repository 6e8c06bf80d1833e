"""Fill-in: one or more blanks with their accepted texts; each right blank earns its equal share."""

import re
from collections.abc import Callable

from quizapp.rules import blanks
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.texts import check_stem, check_text
from quizapp.rules.words import N_

NAME = N_("Fill-in")
LACKING = N_("“%(section)s”: fill-in questions wanted %(count)s, found %(found)s, missing %(missing)s.")
HOW = N_("Each right blank earns an equal share of the points.")
MOST_BLANKS = 20
TEXT_LONGEST = 500
DRAWN_BLANK = re.compile(r"_{2,}")


def define(question: dict) -> tuple[dict, dict]:
    """Return (content, key) of a parsed question: `answer` lists the accepted texts of each blank."""
    answer, any_order = question["answer"], bool(question.get("any_order"))
    return {"stem": question["stem"], "blanks": len(answer)}, {"blanks": answer, "any_order": any_order}


def document(content: dict, key: dict) -> dict:
    """Return what `define` reads."""
    return {"options": [], "answer": key["blanks"], "any_order": key.get("any_order", False)}


def check(content: dict, key: dict) -> list[Problem]:
    """Return what is wrong with the stem, the number of blanks and the accepted texts.

    Where the stem draws its blanks with underscores there have to be as many as `blanks` says.
    """
    problems, count = check_stem(content), content.get("blanks")
    if type(count) is not int or not 1 <= count <= MOST_BLANKS:
        message = N_("A fill-in question needs 1 to %(most)s blanks.")
        return [*problems, Problem("blank-count", message, "blanks", {"most": MOST_BLANKS})]
    drawn = len(DRAWN_BLANK.findall(str(content.get("stem"))))
    if drawn not in (0, count):
        message = N_("The number of blanks drawn in the text, %(drawn)s, is not that of the question, %(count)s.")
        problems.append(Problem("blank-count", message, "stem", {"drawn": drawn, "count": count}))
    return problems + _check_key(key, count)


def _check_key(key: dict, count: int) -> list[Problem]:
    accepted = key.get("blanks")
    if not isinstance(accepted, list) or not accepted:
        return [Problem("key-missing", N_("The right answer is missing."), "blanks")]
    problems = []
    if len(accepted) != count:
        message = N_("The number of blanks in the answer, %(given)s, is not that of the question, %(count)s.")
        problems.append(Problem("key-count", message, "blanks", {"given": len(accepted), "count": count}))
    if not isinstance(key.get("any_order", False), bool):
        problems.append(Problem("key-order", N_("“Any order” is either true or false."), "any_order"))
    for index, texts in enumerate(accepted):
        problems += _check_blank(texts, index)
    return problems


def _check_blank(texts, index: int) -> list[Problem]:
    place = f"blanks[{index}]"
    if not isinstance(texts, list) or not texts or any(not isinstance(t, str) or not t.strip() for t in texts):
        return [Problem("key-empty", N_("Blank %(number)s has no accepted text."), place, {"number": index + 1})]
    return [problem for text in texts for problem in check_text(text, TEXT_LONGEST, place)]


def lay_out(content: dict, rng, new_id: Callable[[], str]) -> dict:
    """Return `blanks`, how many texts the answer has."""
    return {"blanks": content["blanks"]}


def check_value(item: dict, value) -> None:
    """Raise Invalid unless the value is None or a list of exactly `blanks` storable texts of at most 500 characters."""
    if value is None:
        return
    if not isinstance(value, list) or len(value) != item["blanks"] or any(not isinstance(t, str) for t in value):
        message = N_("The answer to this question is a list of texts, one for each blank (%(blanks)s).")
        raise Invalid([Problem("wrong-shape", message, item["slot"], {"blanks": item["blanks"]})])
    problems = [problem for text in value for problem in check_text(text, TEXT_LONGEST, item["slot"])]
    if problems:
        raise Invalid(problems[:1])


def is_answered(item: dict, value) -> bool:
    """Return whether at least one blank holds more than spaces."""
    return any(text.strip() for text in value or ())


def judge(key: dict, value) -> list[bool]:
    """Return for each blank whether what was written there earns its share."""
    return blanks.judge(key["blanks"], value or [""] * len(key["blanks"]), key.get("any_order", False))


def mark(item: dict, key: dict, value, rule: str) -> int:
    """Return an equal share for each right blank, rounded down, in thousandths of a point; `rule` plays no part."""
    return item["points_milli"] * sum(judge(key, value)) // item["blanks"]


def explain(item: dict, key: dict) -> dict:
    """Return the key: `{"blanks": [[accepted text, …], …], "any_order": bool}`."""
    return {"blanks": key["blanks"], "any_order": key.get("any_order", False)}
