"""One change for many questions: all or none, a revision each, nothing edited in place."""

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Citation, Question, QuestionKey, QuestionRevision
from quizapp.rules.bulk import Change
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services.banks import browsing, bulk, shelf
from quizapp.services.banks.browsing import Wanted

pytestmark = pytest.mark.usefixtures("app_context")
KIND = Wanted(kind="true_false")


def change(cast, wanted, what, expected, now):
    return bulk.apply(cast.actor("trainer"), "stage", wanted, what, expected, now)


def rows(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def test_every_changed_question_gets_a_revision_that_keeps_all_else(cast, stage):
    what = Change(chapter="第九章", points_milli=2500, add_tags=("新",))
    seen = bulk.rehearse(cast.actor("trainer"), "stage", KIND, what)
    assert (seen.chosen, seen.changed, seen.revised, seen.moved) == (3, 3, 3, 0) and rows(QuestionRevision) == 12
    done = change(cast, KIND, what, 3, stage.now)
    assert done.changed == 3 and rows(QuestionRevision) == rows(QuestionKey) == rows(Citation) == 15
    [one, *_] = browsing.find_page(cast.actor("trainer"), "stage", Wanted(tag="新")).questions
    new, old = browsing.get_history(cast.actor("trainer"), "stage", one.id)
    assert (new.number, new.chapter, new.points_milli, new.tags, new.author) == (2, "第九章", 2500, ["新"], "郑惊蛰")
    assert (old.number, old.chapter, old.points_milli, old.tags) == (1, "", 1000, [])
    assert (new.face, new.explanation_html, new.articles) == (
        old.face, old.explanation_html, old.articles,
    )  # fmt: skip
    assert shelf.get_bank(cast.actor("trainer"), "stage").chapters["第九章"] == 3
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "questions.changed")).one()
    assert event.detail["revised"] == 3 and "chapter 第九章" in event.detail["change"]


def test_what_holds_it_already_gets_no_revision(cast, stage):
    change(cast, Wanted(words="第7号"), Change(difficulty="hard"), 1, stage.now)
    done = change(cast, KIND, Change(difficulty="hard"), 3, stage.now)
    assert (done.chosen, done.changed, rows(QuestionRevision)) == (3, 2, 15)


def test_single_questions_are_chosen_by_their_ids(cast, stage):
    ids = db.session.scalars(select(Question.public_id).where(Question.code.in_(["q1", "q12"]))).all()
    assert change(cast, Wanted(ids=tuple(ids)), Change(add_tags=("选",)), 2, stage.now).changed == 2


def test_others_than_those_seen_are_not_changed(cast, stage):
    with pytest.raises(Conflict):
        change(cast, KIND, Change(difficulty="hard"), 2, stage.now)
    assert rows(QuestionRevision) == 12


def test_an_exam_that_would_lack_questions_keeps_them_all(cast, stage):
    with pytest.raises(Invalid) as refused:
        change(cast, KIND, Change(deed="retire", add_tags=("旧",)), 3, stage.now)
    assert [one.code for one in refused.value.problems][0] == "exam-broken"
    assert rows(QuestionRevision) == 12 and browsing.find_page(cast.actor("trainer"), "stage", KIND).found == 3


def test_out_of_use_and_back(cast, stage):
    one = Wanted(words="第7号")
    assert change(cast, one, Change(deed="retire"), 1, stage.now).moved == 1
    assert rows(QuestionRevision) == 12, "no wording changed"
    back = Wanted(words="第7号", state="retired")
    assert change(cast, back, Change(deed="return"), 1, stage.now).moved == 1


def test_more_than_the_most_at_once_is_refused_with_the_figure(cast, stage, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 5)
    with pytest.raises(Invalid) as refused:
        change(cast, Wanted(), Change(difficulty="hard"), 12, stage.now)
    assert refused.value.problems[0].params == {"most": 5}


def test_nobody_else_changes_them(cast, stage):
    for login in ("trainee", "township_leader", "admin", "stranger"):
        with pytest.raises(NotFound):
            bulk.apply(cast.actor(login), "stage", KIND, Change(difficulty="hard"), 3, stage.now)
