"""One good question of each kind, and items laid out from it."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from quizapp.rules.paper import new_option_id
from quizapp.rules.question_types import KINDS


@dataclass(frozen=True)
class Sample:
    """A question with a value that is right for a laid-out item and one that is wholly wrong."""

    content: dict
    key: dict
    right: Callable[[dict], object]
    wrong: Callable[[dict], object]


FOUR = ["村民委员会", "公安派出所", "居民委员会", "街道办事处"]
SAMPLES = {
    "single_choice": Sample(
        {"stem": "居住登记由（　）办理。", "options": FOUR},
        {"right": [1]},
        lambda item: [item["option_ids"][1]],
        lambda item: [item["option_ids"][0]],
    ),
    "multiple_choice": Sample(
        {"stem": "哪些说得对？", "options": FOUR},
        {"right": [0, 2]},
        lambda item: [item["option_ids"][2], item["option_ids"][0]],
        lambda item: [item["option_ids"][1]],
    ),
    "true_false": Sample({"stem": "办理居住登记不收费。"}, {"right": True}, lambda item: True, lambda item: False),
    "fill_blank": Sample(
        {"stem": "向____的____申报。", "blanks": 2},
        {"blanks": [["居住地", "现居住地"], ["公安派出所"]], "any_order": False},
        lambda item: ["居住地", "公安派出所"],
        lambda item: ["户籍地", "村委会"],
    ),
    "numerical": Sample(
        {"stem": "应在几日内办结？"}, {"value": "15", "tolerance": "0.5"}, lambda item: "１５.5", lambda item: "16"
    ),
    "matching": Sample(
        {"stem": "连一连。", "options": ["居住登记", "婚姻登记", "收养登记"], "right": ["公安", "教育", "民政"]},
        {"pairs": [0, 2, 2]},
        lambda item: dict(zip(item["option_ids"], (item["right_ids"][place] for place in (0, 2, 2)), strict=True)),
        lambda item: dict.fromkeys(item["option_ids"], item["right_ids"][1]),
    ),
    "ordering": Sample(
        {"stem": "排一排。", "options": ["发证", "受理", "申请"]},
        {"order": [2, 1, 0]},
        lambda item: [item["option_ids"][place] for place in (2, 1, 0)],
        lambda item: [item["option_ids"][place] for place in (1, 0, 2)],
    ),
}


def item_for(kind: str, seed: int = 0, content: dict | None = None, points_milli: int = 2000) -> dict:
    """Return a paper item of the kind's sample, or of other content."""
    rng = random.Random(seed)
    laid_out = KINDS[kind].lay_out(content or SAMPLES[kind].content, rng, lambda: new_option_id(rng))
    return {"slot": "1", "revision_id": 12, "kind": kind, "points_milli": points_milli, "section": "一", **laid_out}
