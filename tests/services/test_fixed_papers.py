"""Fixed papers dealt evenly, questions seen lately avoided, quotas by article; on both databases."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Attempt, FixedPaper
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services import exam_management, exam_setup, fixed_papers, form_report, printing
from quizapp.services.attempts import dealing, finish, papers, start
from quizapp.services.transaction import writing

SECTIONS = [
    {"title": "单选", "kind": "single_choice", "count": 1, "points_milli": 2000},
    {"title": "判断", "kind": "true_false", "count": 1, "points_milli": 1000},
]


def exam(stage, **plan) -> str:
    """Set another exam up on the stage, with this blueprint."""
    draft = exam_management.get_draft(None, stage.exam)
    fields = {name: plan.pop(name) for name in ("opens_at", "attempts_allowed") if name in plan}
    return exam_setup.create(None, replace(draft, blueprint={"sections": SECTIONS, **plan}, **fields), stage.now)


def paper_of(running) -> dict:
    return db.session.scalar(select(Attempt.paper).where(Attempt.public_id == running.attempt_id))


def test_fixed_papers_differ_as_far_as_the_bank_holds_questions_and_weigh_the_same(app_context, cast, stage):
    made = exam(stage, forms=3)
    drawn = [fixed_papers.get_paper(cast.actor("trainer"), made, number) for number in (1, 2, 3)]
    assert [one["form"] for one in drawn] == ["A", "B", "C"]
    held = [papers.questions_of([one]) for one in drawn]
    assert len(set.union(*held)) == 6, "three papers of two questions each, from three of each kind"
    assert {sum(item["points_milli"] for item in one["items"]) for one in drawn} == {3000}
    assert {tuple(item["kind"] for item in one["items"]) for one in drawn} == {("single_choice", "true_false")}


def test_a_person_gets_a_fixed_paper_and_next_time_another_one(app_context, cast, stage):
    made = exam(stage, forms=2, attempts_allowed=2)
    actor, got = cast.actor("trainee"), []
    for _ in range(2):
        running = start.start(actor, made, stage.now)
        got.append(paper_of(running)["form"])
        assert paper_of(start.start(actor, made, stage.now))["form"] == got[-1], "coming back changes nothing"
        finish.submit(running.attempt_id, actor.person_id, 2, [], stage.now)
    assert sorted(got) == ["A", "B"]
    rows = db.session.execute(select(FixedPaper.number, FixedPaper.dealt).where(FixedPaper.dealt > 0)).all()
    assert sorted(rows) == [(1, 1), (2, 1)]


def test_fixed_papers_are_dealt_evenly(app_context, cast, stage):
    made = exam(stage, forms=2)
    exam_id = db.session.scalar(select(FixedPaper.exam_id))
    dealt = []
    for person_id in range(1000, 1010):
        with writing() as session:
            dealt.append(dealing.deal(session, exam_id, person_id)["form"])
    assert Counter(dealt) == {"A": 5, "B": 5}
    assert sum(one.dealt for one in fixed_papers.list_forms(cast.actor("trainer"), made)) == 10


def test_papers_are_drawn_anew_before_the_opening_and_not_after_it(app_context, cast, stage):
    made = exam(stage, forms=2, opens_at=stage.now + timedelta(minutes=5))
    trainer = cast.actor("trainer")
    before = fixed_papers.get_paper(trainer, made, 1)["items"][0]["option_ids"]
    fixed_papers.redraw(trainer, made, stage.now)
    assert fixed_papers.get_paper(trainer, made, 1)["items"][0]["option_ids"] != before
    with pytest.raises(Conflict):
        fixed_papers.redraw(trainer, made, stage.now + timedelta(minutes=6))
    with pytest.raises(NotFound):
        fixed_papers.redraw(cast.actor("trainee"), made, stage.now)


def test_what_a_person_had_lately_is_avoided_and_comes_again_after_its_days(app_context, cast, stage):
    made = exam(stage, fresh_days=30, attempts_allowed=3)
    actor, held = cast.actor("trainee"), []
    for _ in range(3):
        running = start.start(actor, made, stage.now)
        held.append(papers.questions_of([paper_of(running)]))
        finish.submit(running.attempt_id, actor.person_id, 1, [], stage.now)
    assert len(set.union(*held)) == 6, "three times two questions, none twice"


def test_a_section_takes_only_questions_on_its_article_and_says_what_lacks(app_context, cast, stage):
    on_article = [{**SECTIONS[0], "count": 3, "article": "stage#第二条"}]
    made = exam(stage, sections=on_article)
    assert len(papers.present(paper_of(start.start(cast.actor("trainee"), made, stage.now)))) == 3
    with pytest.raises(Invalid) as caught:
        exam(stage, sections=[{**SECTIONS[0], "count": 2, "article": "stage#第一条"}])
    problem = caught.value.problems[0]
    assert problem.message % problem.params == "“单选 · 第一条”: single-choice questions wanted 2, found 0, missing 2."


def test_the_report_compares_fixed_papers_or_many_that_are_drawn_for_it(app_context, cast, stage):
    trainer = cast.actor("trainer")
    told, measured = form_report.report(trainer, exam(stage))
    assert (told.papers, measured) == (300, 0)
    assert told == form_report.report(trainer, exam(stage))[0]
    assert form_report.report(trainer, exam(stage, forms=2))[0].papers == 2


def test_keys_are_printed_for_trainers_alone(app_context, cast, stage):
    made = exam(stage, forms=1)
    printed = printing.get(cast.actor("trainer"), made, 1, stage.now)
    assert (printed.letter, printed.full_milli, [slot for slot, _ in printed.keys]) == ("A", 3000, ["1", "2"])
    assert printed.keys[1] == ("2", "√")
