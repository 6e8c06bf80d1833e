"""A new edition flags exactly the questions that cite what it changed; nobody draws them until somebody has looked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import ArticleFlag, AuditEvent, Bank, Edition, Exam, Question
from quizapp.rules.errors import Conflict, NotFound
from quizapp.services import exam_management, exam_setup, fixed_papers, scope
from quizapp.services.attempts import papers
from quizapp.services.banks import browsing, editing, flagging, retiring, reviewing, stakes
from quizapp.services.banks.browsing import Wanted
from quizapp.services.banks.importing import import_bank
from quizapp.services.handbooks import editions, foreseeing, importing
from quizapp.services.handbooks.importing import import_edition
from tests import stage as staging
from tests.cast import OTHER_TOWNSHIP, TOWNSHIP
from tests.scenes import scene

pytestmark = pytest.mark.usefixtures("app_context")


@scene
def cited(stage):
    """The stage with questions that cite other articles: q21 the first, q22 the last, q23 the first and the second."""
    document = staging.bank()
    document["questions"] = [
        staging.question(21, "true_false", True, citations=["第一条"]),
        staging.question(22, "true_false", True, citations=["第二条之一"]),
        staging.question(23, "true_false", True, citations=["第一条", "第二条"]),
        staging.question(24, "true_false", True, citations=[]),
    ]
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    return stage


def edition(label="2027", **texts) -> dict:
    """Return the next edition of the stage's handbook, articles worded anew or (None) dropped."""
    document = staging.handbook()
    articles = [{**one, "text": texts.get(one["number"], one["text"])} for one in document["articles"]]
    return {**document, "edition": label, "articles": [one for one in articles if one["text"] is not None]}


def flagged() -> set[str]:
    return set(db.session.scalars(select(Question.code).where(Question.is_flagged)))


def drawable() -> set[int]:
    return {one.question_id for one in papers.candidates([db.session.scalar(select(Bank.id))])}


def token(question: str) -> str:
    return flagging.find_flags([question])[question].token


def public(code: str) -> str:
    return db.session.scalar(select(Question.public_id).where(Question.code == code))


def test_exactly_the_questions_that_cite_a_changed_article_are_flagged_and_not_drawn(cast, cited):
    before = drawable()
    done = import_edition(None, edition(第一条="流动人口享受同等的公共服务和便利。"), cited.now)
    assert flagged() == {"q21", "q23"} and done.flagged == 2
    out = set(db.session.scalars(select(Question.id).where(Question.code.in_(["q21", "q23"]))))
    assert drawable() == before - out
    assert browsing.find_page(cast.actor("trainer"), "stage", Wanted(problem="flagged")).found == 2
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "questions.flagged")).one()
    assert event.detail == {"count": 2} and event.subject == "stage"
    [flag] = flagging.find_flags([public("q23")])[public("q23")].flags
    assert flag.number == "第一条" and ("new", "和便利") in flag.pieces


def test_only_other_spaces_change_nothing_and_a_dropped_article_is_a_change(cast, cited):
    spaced = "流动人口 在现居住地享受\n与户籍人口同等的公共服务。"
    import_edition(None, edition(第一条=spaced, 第二条之一=None), cited.now)
    assert flagged() == {"q22"}
    assert flagging.find_flags([public("q22")])[public("q22")].flags[0].is_gone


def test_an_earlier_revision_that_cited_it_does_not_count(cast, cited):
    document = staging.bank()
    document["questions"] = [staging.question(21, "true_false", True, citations=["第二条"])]
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, cited.now)
    import_edition(None, edition(第一条="另一种说法。"), cited.now)
    assert flagged() == {"q23"}


def test_an_edition_that_holds_later_flags_on_its_day(cast, cited):
    later = cited.now + timedelta(days=3)
    document = {**edition(第一条="将来的说法。"), "effective": later.date().isoformat()}
    assert import_edition(None, document, cited.now).flagged == 0 and flagged() == set()
    editions.follow_due(later + timedelta(days=1))
    assert flagged() == {"q21", "q23"}
    editions.follow_due(later + timedelta(days=2))
    assert db.session.query(ArticleFlag).count() == 2 and db.session.query(Edition).count() == 2


def test_still_right_or_new_words_take_it_off_the_list(cast, cited):
    trainer = cast.actor("trainer")
    import_edition(None, edition(第一条="另一种说法。"), cited.now)
    assert reviewing.list_flagged(trainer)[1] == 2
    question = public("q21")
    with pytest.raises(Conflict):
        flagging.still_right(trainer, "stage", question, "", cited.now)
    flagging.still_right(trainer, "stage", question, token(question), cited.now)
    assert flagged() == {"q23"}
    question = public("q23")
    draft, seen = editing.get_standing(trainer, "stage", question).draft, token(question)
    editing.change(trainer, "stage", question, replace(draft, chapter="第二章"), 1, cited.now, seen=seen)
    assert flagged() == {"q23"}, "another chapter is no look at the article"
    draft = replace(draft, chapter="第二章", key={"right": False})
    editing.change(trainer, "stage", question, draft, 2, cited.now, seen=seen)
    assert flagged() == set() and len(drawable()) == 16
    outcomes = db.session.scalars(select(ArticleFlag.outcome).order_by(ArticleFlag.id)).all()
    assert outcomes == ["right", "edited"]


def test_a_flag_that_was_not_seen_is_not_cleared(cast, cited):
    trainer, question = cast.actor("trainer"), public("q21")
    import_edition(None, edition(第一条="另一种说法。"), cited.now)
    seen = token(question)
    import_edition(None, edition("2028", 第一条="又一种说法。"), cited.now + timedelta(days=1))
    with pytest.raises(Conflict):
        flagging.still_right(trainer, "stage", question, seen, cited.now)
    assert "q21" in flagged() and db.session.query(ArticleFlag).count() == 2, "an open flag follows the newest text"


def test_nobody_else_clears(cast, cited):
    import_edition(None, edition(第一条="另一种说法。"), cited.now)
    for login in ("trainee", "township_leader", "admin", "stranger"):
        with pytest.raises(NotFound):
            flagging.still_right(cast.actor(login), "stage", public("q21"), token(public("q21")), cited.now)


def test_where_an_exam_lacks_questions_by_it_each_can_still_be_set_right(cast, cited):
    trainer, question = cast.actor("trainer"), public("q1")
    import_edition(None, edition(第二条="另一种说法。"), cited.now)
    assert len(flagged()) == 13
    exam = db.session.scalar(select(Exam))
    assert [one.code for one in stakes.lacking(exam)].count("section-short") == 3
    assert [one.code for one in stakes.lacking(exam)].count("section-flagged") == 3, "and is told why it lacks them"
    draft = editing.get_standing(trainer, "stage", question).draft
    draft = replace(draft, explanation="核对过了。")
    assert editing.change(trainer, "stage", question, draft, 1, cited.now, seen=token(question)) == 2
    assert len(flagged()) == 12


def foresee(actor, document, now):
    return foreseeing.foresee(actor, importing.rehearse(actor, document, now), document["articles"], now)


def test_exactly_what_was_foreseen_is_flagged(cast, cited):
    document = edition(第一条="另一种说法。", 第二条之一=None)
    document["articles"].append({"number": "第三条", "path": [], "text": "新的一条。", "basis": []})
    told = foresee(cast.actor("trainer"), document, cited.now)
    assert [(one.what, one.number, one.questions) for one in told.changes] == [
        ("dropped", "第二条之一", 1), ("reworded", "第一条", 2), ("added", "第三条", 0),
    ]  # fmt: skip
    assert [(bank.slug, bank.count) for bank in told.changes[1].banks] == [("stage", 2)]
    assert told.edition == "2026" and told.day is None and told.questions == 3 and not flagged()
    done = import_edition(None, document, cited.now)
    assert flagged() == {"q21", "q22", "q23"} and done.flagged == 3
    assert foresee(cast.actor("trainer"), document, cited.now) is None, "the same text again changes nothing"


def fixed(cited, count: int, **fields) -> str:
    """Set an exam up with two fixed papers of so many of the seven judgements."""
    sections = [{"title": "判断", "kind": "true_false", "count": count, "points_milli": 1000}]
    fields = {"opens_at": cited.now + timedelta(hours=1), "title": "甲卷乙卷", **fields}
    draft = replace(exam_management.get_draft(None, cited.exam), blueprint={"sections": sections, "forms": 2}, **fields)
    return exam_setup.create(None, draft, cited.now)


def held(actor, exam: str) -> set[str]:
    drawn = papers.questions_of([fixed_papers.get_paper(actor, exam, number) for number in (1, 2)])
    return set(db.session.scalars(select(Question.code).where(Question.id.in_(drawn))))


def test_fixed_papers_of_exams_to_come_leave_what_is_flagged_and_whoever_takes_it_in_is_told(cast, cited):
    trainer, document = cast.actor("trainer"), edition(第一条="另一种说法。")
    coming, open_now = fixed(cited, 4), fixed(cited, 4, opens_at=cited.now, title="已开")
    assert held(trainer, coming) & held(trainer, open_now) >= {"q21", "q23"}, "two papers hold all seven"
    assert foresee(trainer, document, cited.now).exams == ["甲卷乙卷"]
    done = import_edition(None, document, cited.now)
    assert (done.redrawn, done.kept) == (("甲卷乙卷",), ()) and not held(trainer, coming) & {"q21", "q23"}
    assert sum(one.stale for one in fixed_papers.list_forms(trainer, coming)) == 0
    assert held(trainer, open_now) >= {"q21", "q23"}, "what people sit is not changed under their hands"
    assert sum(one.stale for one in fixed_papers.list_forms(trainer, open_now)) >= 2
    [event] = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "exam.papers_drawn"))
    assert event.subject == coming


def test_fixed_papers_that_could_not_be_drawn_anew_stay_and_are_shown_as_changed(cast, cited):
    trainer = cast.actor("trainer")
    coming = fixed(cited, 7)
    done = import_edition(None, edition(第一条="另一种说法。"), cited.now)
    assert (done.redrawn, done.kept) == ((), ("甲卷乙卷",)), "and whoever takes it in is told"
    assert held(trainer, coming) >= {"q21", "q23"}
    assert [one.stale for one in fixed_papers.list_forms(trainer, coming)] == [2, 2]


def test_what_is_out_of_use_is_flagged_but_not_counted_and_nobody_is_led_to_a_bank_out_of_sight(cast, cited):
    trainer = cast.actor("trainer")
    retiring.set_retired(trainer, "stage", public("q21"), True, cited.now)
    document = edition(第一条="另一种说法。")
    assert foresee(trainer, document, cited.now).questions == 1
    elsewhere = replace(trainer, grants=(("trainer", scope.get_unit(OTHER_TOWNSHIP).id),))
    [change] = foresee(elsewhere, document, cited.now).changes
    assert change.questions == 1 and change.banks == ()
    assert import_edition(None, document, cited.now).flagged == 1 and flagged() == {"q21", "q23"}


def test_what_holds_later_is_foreseen_for_its_day_and_what_never_holds_changes_nothing(cast, cited):
    day = (cited.now + timedelta(days=3)).date()
    document = {**edition(第一条="将来的说法。"), "effective": day.isoformat()}
    told = foresee(cast.actor("trainer"), document, cited.now)
    assert told.day == day and told.questions == 2
    import_edition(None, {**edition("2028", 第一条="又一种。"), "effective": "2026-01-02"}, cited.now)
    older = {**edition("2025", 第一条="从前的说法。"), "effective": "2025-01-01"}
    assert foresee(cast.actor("trainer"), older, cited.now) is None
