"""Taking banks in: what changes and what does not, what is refused whole, and what running exams keep."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from quizapp.extensions import db
from quizapp.models import AuditEvent, Bank, Exam, Question, QuestionKey, QuestionRevision
from quizapp.rules.errors import Invalid, NotFound
from quizapp.services import exams, scope
from quizapp.services.attempts import papers, review, save, start
from quizapp.services.banks import retiring
from quizapp.services.banks.importing import import_bank, rehearse
from tests.cast import OTHER_TOWNSHIP, TOWNSHIP, VILLAGE
from tests.stage import bank, question

pytestmark = pytest.mark.usefixtures("app_context")


def take(cast, document, now, login="trainer", unit=TOWNSHIP):
    return import_bank(cast.actor(login), scope.get_unit(unit).id, document, now)


def rows() -> dict[str, int]:
    tables = (Bank, Question, QuestionRevision, QuestionKey, AuditEvent)
    return {table.__tablename__: db.session.scalar(select(func.count()).select_from(table)) for table in tables}


def changed(number: int, **fields) -> dict:
    """Return the stage's bank with one question worded or keyed differently."""
    document = bank()
    document["questions"][number - 1].update(fields)
    return document


def public_id(code: str) -> str:
    return db.session.scalar(select(Question.public_id).where(Question.code == code))


def test_a_question_that_changed_gets_a_new_revision_and_the_others_are_left_alone(cast, stage):
    done = take(cast, changed(1, answer="C"), stage.now)
    assert (done.new, done.changed, done.unchanged) == (0, 1, 11)
    numbers = dict(db.session.execute(select(Question.code, Question.current_number)).all())
    assert numbers["q1"] == 2 and {number for code, number in numbers.items() if code != "q1"} == {1}
    again = take(cast, changed(1, answer="C"), stage.now)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 12)


def test_a_new_question_comes_last_and_remembers_who_brought_it(cast, stage):
    document = bank()
    document["questions"].insert(0, question(13, "true_false", False))
    assert take(cast, document, stage.now).new == 1
    newest = db.session.scalar(select(Question).order_by(Question.position.desc()).limit(1))
    assert newest.code == "q13"
    author = db.session.scalar(
        select(QuestionRevision.author_id).where(QuestionRevision.question_id == newest.id)
    )
    assert author == cast.actor("trainer").person_id


def test_a_rehearsal_tells_what_would_happen_and_writes_nothing(cast, stage):
    before = rows()
    told = rehearse(cast.actor("trainer"), scope.get_unit(TOWNSHIP).id, changed(2, stem="改了题干（ ）"))
    assert told.counts == {"new": 0, "changed": 1, "unchanged": 11, "mend": 0, "left": 0}
    assert [verdict.what for verdict in told.verdicts[:3]] == ["unchanged", "changed", "unchanged"]
    assert rows() == before


WRONG = [
    ({"citations": ["第九百条"]}, "no-article"),
    ({"citations": ["nowhere#第一条"]}, "no-article"),
    ({"kind": "short_answer"}, "kind-unknown"),
    ({"answer": "BC"}, "key-too-many"),
    ({"code": "q2"}, "duplicate-code"),
    ({"explanation": "\0"}, "text-not-storable"),
    ({"chapter": "章" * 200}, "text-too-long"),
    ({"problems": [{"code": "odd", "message": "Odd.", "place": "1"}]}, "odd"),
]


def test_one_wrong_question_keeps_the_whole_file_out(cast, stage):
    before = rows()
    for fields, code in WRONG:
        with pytest.raises(Invalid) as refused:
            take(cast, changed(1, **fields), stage.now)
        assert code in [one.code for one in refused.value.problems]
    assert rows() == before


def test_every_problem_is_told_at_once_with_its_line(cast, stage):
    document = changed(1, citations=["第九百条"])
    document["questions"][6]["citations"] = ["第八百条", "第七百条"]
    with pytest.raises(Invalid) as refused:
        take(cast, document, stage.now)
    assert [(one.place, one.params["article"]) for one in refused.value.problems] == [
        ("1", "第九百条"), ("7", "第八百条"), ("7", "第七百条"),
    ]  # fmt: skip


def test_only_a_trainer_takes_banks_in_and_only_within_reach(cast, stage):
    for login, unit in (("trainer", OTHER_TOWNSHIP), ("township_leader", TOWNSHIP), ("admin", TOWNSHIP),
                        ("stranger_leader", TOWNSHIP), ("trainee", VILLAGE)):  # fmt: skip
        with pytest.raises(NotFound):
            take(cast, bank(), stage.now, login, unit)
        with pytest.raises(NotFound):
            rehearse(cast.actor(login), scope.get_unit(unit).id, bank())


def test_another_units_bank_is_not_written_over(cast, stage):
    with pytest.raises(Invalid) as refused:
        take(cast, bank(), stage.now, unit=VILLAGE)
    assert [one.code for one in refused.value.problems] == ["bank-elsewhere"]


def test_b6_attempts_keep_the_revision_they_were_drawn_with(cast, stage):
    """B6: a trainer changes text and key of questions while an attempt is open; paper, marks and review stay."""
    actor = cast.actor("trainee")
    running = start.start(actor, stage.exam, stage.now)
    before = [(item.stem_html, item.options, item.revision_id) for item in running.items]
    document = bank()
    for one in document["questions"]:
        one["stem"] = one["stem"].replace("号题", "号新题")
        if one["kind"] == "single_choice":
            one["answer"] = "C"
    assert take(cast, document, stage.now).changed == 12
    again = start.start(actor, stage.exam, stage.now + timedelta(minutes=1))
    assert [(item.stem_html, item.options, item.revision_id) for item in again.items] == before
    single = next(item for item in again.items if item.kind == "single_choice")
    old_right = next(identity for identity, html in single.options if html == "乙项")
    saved = save.save_answers(
        again.attempt_id, actor.person_id, again.epoch, [save.Sent(single.slot, again.next_seq, [old_right])], stage.now
    )
    assert single.slot in saved.saved
    exams.close(None, stage.exam, stage.now + timedelta(minutes=5))
    marked = next(one for one in review.get(again.attempt_id, actor.person_id).items if one.item.slot == single.slot)
    assert marked.earned_milli == single.points_milli, "the key that the paper pinned counts"
    assert "新题" not in marked.item.stem_html


def test_a_paper_drawn_later_holds_the_new_revisions(cast, stage):
    document = bank()
    for one in document["questions"]:
        one["stem"] = one["stem"].replace("号题", "号新题")
    take(cast, document, stage.now)
    running = start.start(cast.actor("neighbour"), stage.exam, stage.now)
    assert all("新题" in item.stem_html for item in running.items)


def test_an_import_that_would_leave_an_open_exam_without_questions_is_refused_whole(cast, stage):
    document = bank()
    for one in document["questions"][:2]:
        one.update(kind="true_false", answer=True, options=[])
    with pytest.raises(Invalid) as refused:
        take(cast, document, stage.now)
    assert [one.code for one in refused.value.problems] == ["exam-broken", "section-short"]
    assert refused.value.problems[0].params == {"exam": "示例考试"}
    assert db.session.scalar(select(func.max(Question.current_number))) == 1
    after = stage.now + timedelta(hours=3)
    assert take(cast, document, after).changed == 2, "an exam that is over needs nothing any more"


def test_a_retired_question_is_in_no_new_paper_and_comes_back(cast, stage):
    trainer = cast.actor("trainer")
    retiring.set_retired(trainer, "stage", public_id("q1"), True, stage.now)
    drawn = {item.revision_id for _ in range(20) for item in draw(stage)}
    first = db.session.scalar(select(QuestionRevision.id).join(Question).where(Question.code == "q1"))
    assert first not in drawn
    retiring.set_retired(trainer, "stage", public_id("q1"), False, stage.now)
    assert first in {item.revision_id for _ in range(40) for item in draw(stage)}
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc()).limit(2)).all()
    assert actions == ["question.returned", "question.retired"]


def draw(stage):
    return papers.present(papers.draw(db.session.scalar(select(Exam).where(Exam.public_id == stage.exam))))


def test_a_question_that_an_exam_needs_is_not_retired(cast, stage):
    trainer = cast.actor("trainer")
    retiring.set_retired(trainer, "stage", public_id("q1"), True, stage.now)
    with pytest.raises(Invalid) as refused:
        retiring.set_retired(trainer, "stage", public_id("q2"), True, stage.now)
    assert refused.value.problems[0].code == "exam-broken"
    retired = db.session.scalars(select(Question.code).where(Question.is_retired)).all()
    assert retired == ["q1"]


def test_only_a_trainer_within_reach_retires(cast, stage):
    for login in ("trainee", "township_leader", "admin", "stranger_leader", "stranger"):
        with pytest.raises(NotFound):
            retiring.set_retired(cast.actor(login), "stage", public_id("q1"), True, stage.now)


def statements_of(deed) -> int:
    """Return how many statements the database is asked in a deed."""
    statements: list[str] = []

    def note(*given):
        statements.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(statements)


def test_a_bank_of_many_questions_is_written_and_changed_in_few_statements(cast, stage):
    """Nobody else writes meanwhile: with some statements a question, nine thousand kept everybody waiting a minute."""
    new, changed = [], []
    for count in (20, 220):
        questions = [question(number, "single_choice", "B", code=f"s{count}-{number}") for number in range(1, count + 1)]
        document = {**bank(), "front_matter": {"slug": f"many-{count}", "title": "多", "handbook": "stage"}, "questions": questions}
        new.append(statements_of(lambda document=document: take(cast, document, stage.now)))
        harder = {**document, "questions": [{**one, "difficulty": "hard", "stem": f"又{one['stem']}"} for one in questions]}
        changed.append(statements_of(lambda harder=harder: take(cast, harder, stage.now)))
    assert new[1] - new[0] < 20 and changed[1] - changed[0] < 20
    newest = select(Question.code).order_by(Question.position.desc()).join(Bank).where(Bank.slug == "many-220").limit(2)
    assert db.session.scalars(newest).all() == ["s220-220", "s220-219"]
    one = select(QuestionRevision).join(Question, Question.id == QuestionRevision.question_id).where(Question.code == "s220-7")
    found = db.session.scalars(one.order_by(QuestionRevision.number)).all()
    assert [(each.number, each.content["stem"], each.difficulty) for each in found] == [(1, "第7号题（ ）", ""), (2, "又第7号题（ ）", "hard")]
    listed = db.session.scalars(select(Question).where(Question.code == "s220-7")).one()
    assert (listed.current_number, listed.difficulty) == (2, "hard")
