"""A bank looked through: pairs, decisions that are remembered, figures, coverage."""

import pytest
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import BankCheck, DuplicatePair, Question
from quizapp.rules.errors import Conflict, Invalid, NotFound
from quizapp.services import scope
from quizapp.services.banks import browsing, checking, health, pairs
from quizapp.services.banks.browsing import Wanted
from quizapp.services.banks.importing import import_bank
from tests.cast import TOWNSHIP
from tests.results import sit
from tests.scenes import scene
from tests.stage import bank, question

pytestmark = pytest.mark.usefixtures("app_context")
LAMP = "村里的路灯应当每晚巡查一次，并且由村委会登记在册"


@scene
def doubled(stage):
    """The stage with q21 and q22 nearly the same, q23 the opposite of q21."""
    document = bank()
    document["questions"] = [
        question(21, "true_false", True, stem=f"{LAMP}。"),
        question(22, "true_false", True, stem=f"{LAMP}备查。", explanation=""),
        question(23, "true_false", False, stem=LAMP),
    ]
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    return stage


def look(cast, now):
    checking.ask(cast.actor("trainer"), "stage", now)
    checking.ask(cast.actor("trainer"), "stage", now)  # while it waits a second wish is the same one
    assert checking.run_due(now) == 1 and checking.run_due(now) == 0


def waiting(cast) -> list[tuple[str, str, str]]:
    return [(p.first.code, p.second.code, p.relation) for p in pairs.list_open(cast.actor("trainer"), "stage")[0]]


def public(code: str) -> str:
    return db.session.scalar(select(Question.public_id).where(Question.code == code))


def decide(cast, a, b, decision, now):
    pairs.decide(cast.actor("trainer"), "stage", public(a), public(b), decision, now)


def test_contradictions_come_first_and_what_differs_is_told(cast, doubled):
    look(cast, doubled.now)
    assert waiting(cast)[0] == ("q21", "q23", "contradiction") and ("q21", "q22", "near") in waiting(cast)
    found, _ = pairs.list_open(cast.actor("trainer"), "stage")
    assert [one.part for one in found[0].differences] == ["stem", "answer", "explanation"]
    told = health.get_health(cast.actor("trainer"), "stage")
    assert told.running is None and (told.last.done, told.last.total) == (15, 15)
    assert told.pairs["contradiction"] == 1 and told.last.told["letters"] == {"B": 3}


def test_a_decision_is_remembered_over_the_next_look(cast, doubled):
    look(cast, doubled.now)
    decide(cast, "q21", "q22", "both", doubled.now)
    decide(cast, "q21", "q23", "second", doubled.now)
    assert db.session.scalar(select(Question.is_retired).where(Question.code == "q23"))
    before = waiting(cast)
    look(cast, doubled.now)
    assert waiting(cast) == before and not {("q21", "q22"), ("q21", "q23")} & {pair[:2] for pair in before}
    with pytest.raises(Conflict):
        decide(cast, "q21", "q22", "both", doubled.now)
    assert db.session.query(DuplicatePair).count() > 0


def test_what_was_kept_and_contradicts_since_is_asked_again(cast, doubled):
    look(cast, doubled.now)
    decide(cast, "q21", "q22", "both", doubled.now)
    document = bank()
    document["questions"] = [question(22, "true_false", False, stem=LAMP)]
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, doubled.now)
    look(cast, doubled.now)
    assert ("q21", "q22", "contradiction") in waiting(cast)


def test_a_question_that_an_exam_needs_stays_and_the_pair_waits_on(cast, stage):
    document = bank()
    document["questions"] = [question(n, "single_choice", "B", stem=f"{LAMP}{n}（ ）") for n in (1, 2, 3)]
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    look(cast, stage.now)
    some = [one for one in pairs.list_open(cast.actor("trainer"), "stage")[0] if one.first.kind == "single_choice"]
    decide(cast, some[0].first.code, some[0].second.code, "first", stage.now)
    look(cast, stage.now)
    [left] = [one for one in pairs.list_open(cast.actor("trainer"), "stage")[0] if one.first.kind == "single_choice"]
    with pytest.raises(Invalid):
        decide(cast, left.first.code, left.second.code, "first", stage.now)
    assert (left.first.code, left.second.code) in [pair[:2] for pair in waiting(cast)]


def test_figures_tell_what_was_never_drawn(cast, stage):
    sit(cast.actor("trainee"), stage.exam, 8, stage.now)
    look(cast, stage.now)
    found = health.get_health(cast.actor("trainer"), "stage")
    assert found.problems["undrawn"] == 4 and found.problems["easy"] == 0, "eight of twelve were drawn, once"
    assert browsing.find_page(cast.actor("trainer"), "stage", Wanted(problem="undrawn")).found == 4


def test_health_and_coverage_count_what_is_in_use(cast, doubled):
    told = health.get_health(cast.actor("trainer"), "stage")
    assert (told.problems["explanation"], told.problems["citation"], told.states["draft"]) == (1, 0, 15)
    every = health.list_coverage(cast.actor("trainer"), "stage")
    assert [(one.number, one.total) for one in every] == [("第一条", 0), ("第二条", 15), ("第二条之一", 0)]
    assert every[1].kinds["true_false"] == 6


def test_nobody_else_looks_through_or_decides(cast, doubled):
    look(cast, doubled.now)
    for login in ("trainee", "admin", "stranger"):
        with pytest.raises(NotFound):
            checking.ask(cast.actor(login), "stage", doubled.now)
        with pytest.raises(NotFound):
            pairs.decide(cast.actor(login), "stage", public("q21"), public("q22"), "both", doubled.now)
    assert db.session.query(BankCheck).count() == 1
