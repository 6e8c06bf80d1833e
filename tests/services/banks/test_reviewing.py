"""Review by a second person, and exams that draw only what one agreed to."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Exam, Question, QuestionRevision
from quizapp.rules.bulk import Change
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services.attempts import papers
from quizapp.services.banks import browsing, bulk, editing, reviewing
from quizapp.services.banks.browsing import Wanted
from quizapp.services.people import changes
from tests.cast import MET, PASSWORD, TOWNSHIP

pytestmark = pytest.mark.usefixtures("app_context")
NEW = editing.Draft("true_false", {"stem": "灯要亮。"}, {"right": True})


@pytest.fixture
def second(cast):
    """Another trainer of the township."""
    new = changes.NewPerson("second", "沈大暑", TOWNSHIP, "教员", ("trainer",), PASSWORD)
    changes.add(None, new, MET)
    return cast.actor("second")


def review_of(question: str) -> str:
    return browsing.list_shown([question])[0].review


def drawn(only_reviewed: bool) -> set[int]:
    bank = db.session.scalar(select(Question.bank_id))
    return {one.revision_id for one in papers.candidates([bank], only_reviewed)}


def test_nobody_agrees_to_their_own_words_and_a_second_person_does(cast, stage, second):
    trainer = cast.actor("trainer")
    question = editing.add(trainer, "stage", NEW, stage.now)
    reviewing.ask(trainer, "stage", question, 1, stage.now)
    with pytest.raises(Conflict, match="your own words"):
        reviewing.agree(trainer, "stage", question, 1, stage.now)
    assert reviewing.list_waiting(trainer)[1] == 0 and review_of(question) == "asked"
    [waiting] = reviewing.list_waiting(second)[0]
    assert waiting.question == question
    reviewing.agree(second, "stage", question, 1, stage.now)
    assert review_of(question) == "reviewed" and reviewing.list_waiting(second)[1] == 0
    assert [(one.what, one.who) for one in reviewing.list_said(question)] == [("reviewed", "沈大暑"), ("asked", "郑惊蛰")]
    with pytest.raises(Conflict):
        reviewing.agree(second, "stage", question, 1, stage.now)


def test_what_was_agreed_to_is_drawn_until_a_second_person_agrees_to_the_next(cast, stage, second):
    trainer = cast.actor("trainer")
    question = editing.add(trainer, "stage", NEW, stage.now)
    assert drawn(True) == set() and len(drawn(False)) == 13
    reviewing.agree(second, "stage", question, 1, stage.now)
    [first] = drawn(True)
    editing.change(trainer, "stage", question, replace(NEW, key={"right": False}), 1, stage.now)
    assert drawn(True) == {first} and first not in drawn(False), "the present one is a draft"
    reviewing.agree(second, "stage", question, 2, stage.now)
    assert drawn(True) != {first} and len(drawn(True)) == 1


def test_chapter_tags_and_points_do_not_undo_a_review(cast, stage, second):
    trainer = cast.actor("trainer")
    question = editing.add(trainer, "stage", NEW, stage.now)
    reviewing.agree(second, "stage", question, 1, stage.now)
    bulk.apply(second, "stage", Wanted(ids=(question,)), Change(chapter="第二章"), 1, stage.now)
    assert review_of(question) == "reviewed"
    editing.change(trainer, "stage", question, replace(NEW, chapter="第三章"), 2, stage.now)
    assert review_of(question) == "reviewed"
    editing.change(trainer, "stage", question, replace(NEW, chapter="第三章", explanation="因为。"), 3, stage.now)
    assert review_of(question) == ""
    bulk.apply(second, "stage", Wanted(ids=(question,)), Change(chapter="第四章"), 1, stage.now)
    reviewing.agree(second, "stage", question, 5, stage.now)
    assert review_of(question) == "reviewed", "who moved it to another chapter did not write it"


def test_an_overtaken_review_is_refused_and_one_sent_back_waits_no_more(cast, stage, second):
    trainer = cast.actor("trainer")
    question = editing.add(trainer, "stage", NEW, stage.now)
    reviewing.ask(trainer, "stage", question, 1, stage.now)
    with pytest.raises(Invalid):
        reviewing.send_back(second, "stage", question, 1, " ", stage.now)
    reviewing.send_back(second, "stage", question, 1, "哪盏灯？", stage.now)
    assert review_of(question) == "" and reviewing.list_said(question)[0].note == "哪盏灯？"
    editing.change(trainer, "stage", question, replace(NEW, content={"stem": "路灯要亮。"}), 1, stage.now)
    with pytest.raises(Conflict):
        reviewing.agree(second, "stage", question, 1, stage.now)
    assert drawn(True) == set()


def test_many_are_sent_to_review_at_once_and_none_twice(cast, stage, second):
    trainer = cast.actor("trainer")
    what = Change(deed="ask")
    assert bulk.apply(trainer, "stage", Wanted(kind="true_false"), what, 3, stage.now).moved == 3
    assert bulk.apply(trainer, "stage", Wanted(kind="true_false"), what, 3, stage.now).moved == 0
    assert reviewing.list_waiting(second)[1] == 3
    found = browsing.find_page(trainer, "stage", Wanted(state="asked"))
    assert found.found == 3 and db.session.query(QuestionRevision).count() == 12


def test_nobody_else_reviews(cast, stage):
    question = db.session.scalar(select(Question.public_id))
    for login in ("trainee", "township_leader", "admin", "stranger"):
        for deed in (reviewing.ask, reviewing.agree):
            with pytest.raises(NotFound):
                deed(cast.actor(login), "stage", question, 1, stage.now)


def test_an_exam_says_whether_only_reviewed_questions_are_drawn(cast, stage):
    exam = db.session.scalar(select(Exam))
    assert exam.only_reviewed is False and len(papers.draw(exam)["items"]) == 8


def test_what_was_sent_back_stays_so_until_its_words_are_others(cast, stage, second):
    """A change of many that leaves the words alone does not take the reason away."""
    trainer = cast.actor("trainer")
    question = editing.add(trainer, "stage", NEW, stage.now)
    reviewing.ask(trainer, "stage", question, 1, stage.now)
    assert [one.question for one in reviewing.list_sent(trainer)[0]] == [question]
    assert reviewing.count_for(second) == {"to_review": 1, "flagged": 0, "sent_back": 0}
    reviewing.send_back(second, "stage", question, 1, "几盏？", stage.now)
    assert reviewing.count_for(trainer) == {"to_review": 0, "flagged": 0, "sent_back": 1}
    assert reviewing.count_for(second)["sent_back"] == 0 and reviewing.list_sent(trainer) == ([], 0)
    change = Change(add_tags=("夜巡",))
    bulk.apply(trainer, "stage", Wanted(ids=(question,)), change, 1, stage.now)
    assert [one.question for one in reviewing.list_sent_back(trainer)[0]] == [question]
    assert reviewing.list_returned([question])[question].note == "几盏？"
    editing.change(trainer, "stage", question, replace(NEW, content={"stem": "两盏灯要亮。"}), 2, stage.now)
    assert reviewing.list_sent_back(trainer) == ([], 0)
