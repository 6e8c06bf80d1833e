"""An exam of every kind of question, from the file to the review, on both databases."""

from dataclasses import replace

import msgspec
import pytest

from quizapp.rules.question_types import KINDS
from quizapp.rules.scoring import RULES
from quizapp.services import exam_management, exam_preview, exam_setup, exams, scope
from quizapp.services.attempts import finish, review, save, start
from quizapp.services.banks import browsing
from quizapp.services.banks.importing import import_bank
from tests.cast import TOWNSHIP
from tests.stage import keys_in_paper, question, set_up

CASE = [
    {"kind": "single_choice", "stem": "去哪里？", "options": ["甲", "乙", "丙"], "answer": "B", "explanation": "因为**乙**。"},
    {"kind": "fill_blank", "stem": "交____元。", "options": [], "answer": [["0", "零"]]},
]
BANK = {
    "front_matter": {"slug": "every", "title": "各种题"},
    "problems": [],
    "questions": [
        question(1, "numerical", {"value": 15, "tolerance": 0.5}, citations=[]),
        question(2, "matching", [["租房合同", "住址"], ["学生证", "就读"], ["", "收入"]], citations=[]),
        question(3, "ordering", ["申请", "受理", "发证"], citations=[]),
        question(4, "case", None, stem="小周来镇上打工。\n\n住了八个月。", parts=CASE, explanation="", citations=[]),
        question(5, "multiple_choice", "AC", citations=[], material="同一份材料。"),
        question(6, "true_false", True, citations=[]),
        question(7, "single_choice", "B", citations=[]),
        question(8, "fill_blank", [["居住地"]], citations=[]),
    ],
}
SECTIONS = [
    {"title": "题", "kind": kind, "count": 1, "points_milli": 2000, **({"parts": 2} if kind == "case" else {})}
    for kind in ("numerical", "matching", "ordering", "case", "multiple_choice", "true_false", "single_choice", "fill_blank")
]


@pytest.fixture
def sitting(app_context, cast):
    """A trainee at an exam of every kind; its multiple choice has a rule of its own."""
    stage = set_up()
    import_bank(None, scope.get_unit(TOWNSHIP).id, BANK, stage.now)
    sections = [{**one, "rule": "net"} if one["kind"] == "multiple_choice" else one for one in SECTIONS]
    draft = exam_management.get_draft(None, stage.exam)
    plan = {"sections": sections, "rule": "exact"}
    exam = exam_setup.create(None, replace(draft, title="各种题", banks=["every"], blueprint=plan), stage.now)
    return cast.actor("trainee"), start.start(cast.actor("trainee"), exam, stage.now), exam, stage


def test_every_kind_is_drawn_saved_marked_and_explained(sitting):
    actor, running, exam, stage = sitting
    assert {item.kind for item in running.items} == set(KINDS)
    assert [item.part for item in running.items if item.material and item.material[0] == "m1"] == [0, 1]
    right = keys_in_paper(running.attempt_id)
    sent = [save.Sent(slot, seq, value) for seq, (slot, value) in enumerate(right.items(), 1)]
    outcome = save.save_answers(running.attempt_id, actor.person_id, 1, sent, stage.now)
    assert outcome.saved == {one.slot: one.seq for one in sent}, outcome.refused
    stands = start.standing_answers(start.own_attempt_id(running.attempt_id, actor.person_id))
    assert {slot: one.value for slot, one in stands.items()} == right
    finish.submit(running.attempt_id, actor.person_id, 1, [], stage.now)
    exams.close(None, exam, stage.now)
    seen = review.get(running.attempt_id, actor.person_id)
    assert seen.score.points_milli == seen.score.full_milli == 2000 * len(running.items)
    told = {one.item.kind: one for one in seen.items}
    assert told["numerical"].key == {"value": "15", "tolerance": "0.5"}
    assert told["matching"].key == {"pairs": right[told["matching"].item.slot]}
    assert told["ordering"].key == {"order": right[told["ordering"].item.slot]}
    first = next(one for one in seen.items if one.item.part == 0)
    assert "<strong>乙</strong>" in first.explanation_html
    assert ("Multiple choice", RULES["net"].explanation) in seen.how_marked


def test_nothing_of_a_key_is_in_what_a_person_gets_before_the_release(sitting):
    actor, running, *_ = sitting
    shown = msgspec.json.encode([vars(item) for item in running.items]).decode()
    assert "因为" not in shown and "tolerance" not in shown and "pairs" not in shown
    order = next(item for item in running.items if item.kind == "ordering")
    assert sorted(html for _, html in order.options) == sorted(["申请", "受理", "发证"])


def test_wrong_shapes_of_the_longer_kinds_are_refused_for_their_slot_alone(sitting):
    actor, running, _, stage = sitting
    slots = {item.kind: item.slot for item in running.items}
    order = next(item for item in running.items if item.kind == "ordering")
    sent = [
        save.Sent(slots["numerical"], 1, "十五"),
        save.Sent(slots["matching"], 2, {"none": "none"}),
        save.Sent(slots["ordering"], 3, [order.options[0][0]]),
        save.Sent(slots["true_false"], 4, True),
    ]
    outcome = save.save_answers(running.attempt_id, actor.person_id, 1, sent, stage.now)
    assert set(outcome.refused) == {slots[kind] for kind in ("numerical", "matching", "ordering")}
    assert outcome.saved == {slots["true_false"]: 4}


def test_a_trainer_sees_every_kind_with_its_key(sitting, cast):
    page = browsing.find_page(cast.actor("trainer"), "every", browsing.Wanted())
    faces = {one.kind: one.face for one in page.questions}
    rights = dict(faces["matching"].right)
    assert [rights[one] for one in faces["matching"].key["pairs"].values()] == ["住址", "就读"]
    assert faces["multiple_choice"].material_html == "<p>同一份材料。</p>"
    assert [part.kind for part in faces["case"].parts] == ["single_choice", "fill_blank"]
    assert faces["case"].parts[0].key == {"right": ["1"]}
    preview = exam_preview.draw(cast.actor("trainer"), sitting[2])
    assert len(preview.items) == 9
