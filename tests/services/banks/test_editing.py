"""Writing questions by hand: revisions, two people at once, what is refused; and what each revision changed."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import Article, Question, QuestionRevision
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services.banks import browsing, comparing, editing, suggesting
from quizapp.services.banks.browsing import Wanted

pytestmark = pytest.mark.usefixtures("app_context")
NEW = editing.Draft(
    "single_choice", {"stem": "居住证收费吗（ ）", "options": ["不收", "收"]}, {"right": [0]}, "**免费**", "第一章", "easy", 1500, ("新",)
)


def first(code="q1") -> str:
    return db.session.scalar(select(Question.public_id).where(Question.code == code))


def revisions() -> int:
    return db.session.scalar(select(func.count()).select_from(QuestionRevision))


def test_a_new_question_is_found_like_any_other(cast, stage):
    trainer = cast.actor("trainer")
    article = db.session.scalar(select(Article.public_id).where(Article.identity == "第二条"))
    made = editing.add(trainer, "stage", replace(NEW, articles=(article,)), stage.now)
    [one] = browsing.find_page(trainer, "stage", Wanted(words="收费吗", tag="新", article="第二条")).questions
    assert (one.id, one.number, one.points_milli, one.author) == (made, 1, 1500, "郑惊蛰")
    assert "<strong>免费</strong>" in one.explanation_html and one.face.key == {"right": ["0"]}
    assert browsing.find_page(trainer, "stage", Wanted(), before=10_000).questions[-1].id == made, "at the end"


def test_a_change_is_the_next_revision_and_the_same_again_is_none(cast, stage):
    trainer, question = cast.actor("trainer"), first()
    standing = editing.get_standing(trainer, "stage", question)
    content = {**standing.draft.content, "stem": "改过的题（ ）"}
    draft = replace(standing.draft, content=content, key={"right": [3]}, tags=("改",))
    assert editing.change(trainer, "stage", question, draft, 1, stage.now) == 2
    assert editing.change(trainer, "stage", question, draft, 2, stage.now) == 2 and revisions() == 13
    assert browsing.find_page(trainer, "stage", Wanted(words="改过的")).found == 1
    assert browsing.find_page(trainer, "stage", Wanted(words="第1号题")).found == 0
    changed = {one.part: one.pieces for one in comparing.list_changes(trainer, "stage", question)[2]}
    assert set(changed) == {"stem", "answer", "tags"} and changed["answer"] == [("gone", "B"), ("new", "D")]
    assert ("same", "题（ ）") in changed["stem"]


def test_of_two_people_the_second_is_told_and_the_first_stands(cast, stage):
    trainer, question = cast.actor("trainer"), first()
    draft = editing.get_standing(trainer, "stage", question).draft
    editing.change(trainer, "stage", question, replace(draft, explanation="先到"), 1, stage.now)
    with pytest.raises(Conflict):
        editing.change(trainer, "stage", question, replace(draft, explanation="后到"), 1, stage.now)
    assert editing.get_standing(trainer, "stage", question).draft.explanation == "先到" and revisions() == 13
    assert editing.change(trainer, "stage", question, replace(draft, explanation="后到"), 2, stage.now) == 3


@pytest.mark.parametrize(
    ("draft", "place"),
    [
        (replace(NEW, content={"stem": "", "options": ["a", "b"]}), "stem"),
        (replace(NEW, content={"stem": "x", "options": ["a", ""]}), "options[1]"),
        (replace(NEW, key={"right": []}), "right"),
        (replace(NEW, kind="riddle"), "kind"),
        (replace(NEW, points_milli=0), "points"),
        (replace(NEW, tags=("签" * 41,)), "tags"),
        (replace(NEW, chapter="章" * 121), "chapter"),
        (replace(NEW, explanation="\ud800"), "explanation"),
        (replace(NEW, articles=("nothing",)), "articles"),
    ],
)
def test_what_cannot_be_kept_is_named_with_its_place(cast, stage, draft, place):
    with pytest.raises(Invalid) as refused:
        editing.add(cast.actor("trainer"), "stage", draft, stage.now)
    assert place in [one.place for one in refused.value.problems] and revisions() == 12


def test_nobody_else_writes(cast, stage):
    for login in ("trainee", "township_leader", "admin", "stranger"):
        with pytest.raises(NotFound):
            editing.add(cast.actor(login), "stage", NEW, stage.now)
        with pytest.raises(NotFound):
            editing.change(cast.actor(login), "stage", first(), NEW, 1, stage.now)


def test_articles_that_speak_of_the_same_are_offered(cast, stage):
    assert [one.number for one in suggesting.suggest("能不能要求外出人员返乡")][0] == "第二条之一"
    assert suggesting.suggest(" ") == [] and suggesting.suggest("龘龘") == []
    assert [one.number for one in suggesting.find_number(cast.actor("trainer"), "stage", "第一条")] == ["第一条"]
