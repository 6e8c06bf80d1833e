"""`quizapp campaign` and `exam` as an operator types them: a drill set up from the shell alone."""

import json
from datetime import date, timedelta

import pytest

BANK = """---
title: 小题库
slug: small
---
## 单选题
1. 甲（  ）。
A. 一
B. 二
答案：A
编号：s1
2. 乙（  ）。
A. 一
B. 二
答案：B
难度：易
编号：s2
## 判断题
3. 丙。
答案：对
编号：s3
"""
DAY = date.today() + timedelta(days=30)  # noqa: DTZ011 (far enough from midnight in any zone)
TIMES = ("--opens", f"{DAY} 08:00", "--closes", f"{DAY} 24:00")
PAPER = ("--minutes", "40", "--bank", "small", "--section", "single_choice:2:2.5", "--section", "true_false:1:5")


@pytest.fixture
def township(shell, tmp_path):
    """An instance with a township, its administrator and a small bank."""
    shell.answer("init", "--unit", "999901=云溪县", "--unit", "999901101=青禾镇", "--login", "admin", "--name", "陈白露")
    (tmp_path / "small.md").write_text(BANK, "utf-8")
    shell.answer("bank", "import", str(tmp_path / "small.md"))
    return shell


@pytest.fixture
def campaign(township, tmp_path) -> str:
    """A campaign set up by options."""
    (tmp_path / "plan.md").write_text("**先学**，再考。", "utf-8")
    made = township.answer(
        "campaign", "create", "--title", "练兵", "--unit", "999901101", "--starts", str(DAY), "--ends", str(DAY),
        "--plan", str(tmp_path / "plan.md"),
    )  # fmt: skip
    return made["id"]


def test_campaigns_are_set_up_and_listed(township, campaign):
    [one] = township.answer("campaign", "list")
    assert (one["id"], one["title"], one["unit_code"], one["starts_on"]) == (campaign, "练兵", "999901101", str(DAY))
    status, said, _ = township.run("campaign", "list")
    assert status == 0 and campaign in said


def test_a_campaign_from_a_file_is_refused_with_every_problem(township, tmp_path):
    file = tmp_path / "campaign.json"
    file.write_text(json.dumps({"title": 5, "starts_on": "soon", "score": 1}), "utf-8")
    status, said, complaint = township.run("campaign", "create", "--file", str(file), "--json")
    assert status == 1
    places = {one["place"] for one in json.loads(said)["problems"]}
    assert places == {"title", "starts_on", "score", "unit", "ends_on"} and complaint.count("✗") == 5
    file.write_text("{nonsense", "utf-8")
    assert township.run("campaign", "create", "--file", str(file))[0] == 1
    status, _, _ = township.run("campaign", "create", "--title", "x", "--unit", "000", "--starts", str(DAY), "--ends", str(DAY))
    assert status == 1
    assert township.answer("campaign", "list") == []


def test_an_exam_is_set_up_by_options_shown_and_set_up_again_from_what_was_shown(township, campaign, tmp_path):
    made = township.answer("exam", "create", "--campaign", campaign, "--title", "期末", *TIMES, *PAPER, "--mock")
    status, said, _ = township.run("exam", "show", made["id"])
    shown = json.loads(said)
    assert status == 0 and shown["closes_at"] == f"{DAY} 24:00" and shown["counts"] is False
    assert [(one["title"], one["points"]) for one in shown["sections"]] == [("单选题", 2.5), ("判断题", 5)]
    (tmp_path / "exam.json").write_text(said, "utf-8")
    again = township.answer("exam", "create", "--file", str(tmp_path / "exam.json"), "--title", "补考")
    _, said, _ = township.run("exam", "show", again["id"])
    assert json.loads(said) == {**shown, "title": "补考"}
    assert {one["title"] for one in township.answer("exam", "list")} == {"期末", "补考"}


def test_a_paper_that_cannot_be_drawn_is_refused(township, campaign):
    given = ("exam", "create", "--campaign", campaign, "--title", "期末", *TIMES, "--minutes", "40", "--bank", "small")
    status, said, complaint = township.run(*given, "--section", "single_choice:5:2:difficulty=易", "--json")
    assert status == 1 and json.loads(said)["problems"][0]["place"] == "sections[0].count"
    assert "现有 1 道，还缺 4 道" in complaint
    assert township.run(*given, "--section", "single_choice:1:2", "--dry-run")[0] == 0
    assert township.run(*given, "--section", "single_choice:1:2:bank=small", "--dry-run")[0] == 0
    status, _, complaint = township.run(*given, "--section", "single_choice:1:2:bank=large")
    assert status == 1 and "也勾选它" in complaint
    assert township.run(*given, "--section", "riddle:1:2")[0] == 2
    assert township.run(*given)[0] == 1
    assert township.answer("exam", "list") == []


def test_an_exam_is_changed_before_it_opens(township, campaign):
    made = township.answer("exam", "create", "--campaign", campaign, "--title", "期末", *TIMES, *PAPER)["id"]
    township.answer("exam", "change", made, "--title", "改期", "--minutes", "50", "--release", "by_hand")
    shown = json.loads(township.run("exam", "show", made)[1])
    assert (shown["title"], shown["minutes"], shown["release_rule"], len(shown["sections"])) == ("改期", 50, "by_hand", 2)
    assert township.run("exam", "change", made, "--minutes", "0")[0] == 1
    assert township.run("exam", "change", "nowhere", "--title", "x")[0] == 1
    assert township.run("exam", "close", made, "--yes")[0] == 1, "it has not opened"
    assert township.run("exam", "release", made, "--yes")[0] == 1


def test_more_time_is_granted_from_the_shell_after_a_look_at_what_it_does(shell):
    shell.answer("demo")
    exam = next(one for one in shell.answer("exam", "list") if one["state"] == "open")["id"]
    words = ("exam", "extend", exam, "--all", "--minutes", "15", "--reason", "停电")
    seen = shell.answer(*words, "--dry-run")
    assert seen["id"] is None and seen["whom"] is None and seen["closes_at"]
    assert shell.answer(*words, "--dry-run")["closes_at"] == seen["closes_at"], "nothing was changed"
    done = shell.answer(*words, "--outage", "--yes")
    assert done["id"] and done["closes_at"] == seen["closes_at"] and done["attempts"] == seen["attempts"]
    assert shell.run("exam", "extend", exam, "--minutes", "15", "--reason", "停电", "--yes")[0] == 2, "for whom?"
    for more in (("--person", "nobody"), ("--unit", "000")):
        assert shell.run("exam", "extend", exam, *more, "--minutes", "15", "--reason", "停电", "--yes")[0] == 1
    assert shell.run(*words[:4], "--minutes", "999", "--reason", "停电", "--yes")[0] == 1
