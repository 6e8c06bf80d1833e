"""What the cast plays on: a small handbook, a bank of every kind, a campaign and an exam that is open now."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import TOWNSHIP
from tests.scenes import scene

ARTICLES = [
    ("第一条", ["第一章 总则"], "流动人口在现居住地享受与户籍人口同等的公共服务。"),
    ("第二条", ["第一章 总则"], "办理居住证不收取任何费用，孕检结果不得公开。"),
    ("第二条之一", ["第二章 服务"], "村干部不得要求外出人员返乡接受检查。"),
]
POINTS = 2000
FULL = 8 * POINTS


def handbook() -> dict:
    """Return a parsed handbook as the fenced reader would."""
    articles = [
        {"number": number, "path": path, "text": text, "basis": ["《示例法》第一条"]} for number, path, text in ARTICLES
    ]
    return {"title": "流动人口服务手册", "edition": "2026", "front_matter": {"slug": "stage"}, "articles": articles,
            "problems": []}


def question(number: int, kind: str, answer, **more) -> dict:
    """Return a parsed question; its stem and explanation bear words that can be searched for."""
    blanks = "和".join("____" for _ in answer) if kind == "fill_blank" else ""
    return {
        "number": str(number), "code": f"q{number}", "kind": kind, "stem": f"第{number}号题{blanks}（ ）", "answer": answer,
        "options": ["甲项", "乙项", "丙项", "丁项"] if "choice" in kind else [], "explanation": f"解释{number}", "points": None,
        "citations": ["第二条"], "source": {"from": number, "to": number}, "problems": [], **more,
    }  # fmt: skip


def bank() -> dict:
    """Return a parsed bank: three questions of each kind."""
    questions = [question(n, "single_choice", "B") for n in (1, 2, 3)]
    questions += [question(n, "multiple_choice", "AC") for n in (4, 5, 6)]
    questions += [question(n, "true_false", True) for n in (7, 8, 9)]
    questions += [question(n, "fill_blank", [["居住地"], ["免费", "不收费"]]) for n in (10, 11, 12)]
    return {"front_matter": {"slug": "stage", "handbook": "stage", "title": "示例题库"}, "questions": questions,
            "problems": []}


BLUEPRINT = {
    "sections": [
        {"title": title, "kind": kind, "count": 2, "points_milli": POINTS}
        for title, kind in (("单选题", "single_choice"), ("多选题", "multiple_choice"), ("判断题", "true_false"),
                            ("填空题", "fill_blank"))
    ],
    "rule": "half_if_subset",
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """Public ids of the campaign and its open exam, and the moment it was set up."""

    campaign: str
    exam: str
    now: datetime


def set_up(now: datetime | None = None, **changes) -> Stage:
    """Build the stage inside an application context; `changes` are fields of the exam's draft."""
    from quizapp.rules import policy
    from quizapp.services import campaigns, exam_setup, scope, signing
    from quizapp.services.banks.importing import import_bank
    from quizapp.services.handbooks.importing import import_edition

    now = now or datetime.now(UTC).replace(microsecond=0)
    signing.publish_key(now)
    import_edition(None, handbook(), now)
    import_bank(None, scope.get_unit(TOWNSHIP).id, bank(), now)
    day = now.date()
    draft = campaigns.Draft("示例练兵", TOWNSHIP, day, day, day, ["stage"], "", policy.to_plain(policy.DEFAULT))
    campaign = campaigns.create(None, draft, now)
    exam = exam_setup.Draft("示例考试", campaign, now - timedelta(hours=1), now + timedelta(hours=2), 3600, ["stage"],
                            BLUEPRINT)
    return Stage(campaign, exam_setup.create(None, replace(exam, **changes), now), now)


@pytest.fixture(autouse=True)
def same_dice(monkeypatch):
    """Papers that this process draws fall alike in every run: a test that fails fails again."""
    from quizapp.services.attempts import papers

    monkeypatch.setattr(papers, "dice", fresh_dice())


def fresh_dice() -> random.Random:
    """Return dice that fall as they did in every run before."""
    return random.Random(20260731)  # noqa: S311 (no secret)


@scene
def stage(cast) -> Stage:
    """An open exam for the cast's township."""
    return set_up()


def keys_in_paper(public_id: str) -> dict[str, object]:
    """Return the right value of every slot of an attempt, read from the database as marking does."""
    from sqlalchemy import select

    from quizapp.extensions import db
    from quizapp.models import Attempt, QuestionKey
    from quizapp.rules.question_types import matching, of_part, ordering

    paper = db.session.scalar(select(Attempt.paper).where(Attempt.public_id == public_id))
    right = {}
    for item in paper["items"]:
        key = of_part(item, db.session.get(QuestionKey, item["revision_id"]).key)
        if item["kind"] == "numerical":
            right[item["slot"]] = key["value"]
        elif item["kind"] == "matching":
            right[item["slot"]] = matching.right_pairs(item, key)
        elif item["kind"] == "ordering":
            right[item["slot"]] = ordering.right_order(item, key)
        elif "option_ids" in item:
            right[item["slot"]] = [item["option_ids"][index] for index in key["right"]]
        else:
            right[item["slot"]] = [accepted[0] for accepted in key["blanks"]] if "blanks" in key else key["right"]
    return right
