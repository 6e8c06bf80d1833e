"""Looking through banks: filters, words, revisions, and whose banks are whose."""

import pytest

from quizapp.rules.errors import NotFound
from quizapp.services import scope
from quizapp.services.banks import browsing, shelf
from quizapp.services.banks.browsing import Wanted
from quizapp.services.banks.importing import import_bank
from quizapp.services.people import changes
from tests.cast import COUNTY, MET, OTHER_TOWNSHIP, PASSWORD, TOWNSHIP, VILLAGE
from tests.stage import bank, question

pytestmark = pytest.mark.usefixtures("app_context")


@pytest.fixture
def stranger_trainer(cast):
    """The trainer of the next township."""
    changes.add(
        None, changes.NewPerson("stranger_trainer", "沈大暑", OTHER_TOWNSHIP, "教员", ("trainer",), PASSWORD), MET
    )
    return cast.actor("stranger_trainer")


def found(cast, **wanted) -> list[str]:
    return [one.code for one in browsing.find_page(cast.actor("trainer"), "stage", Wanted(**wanted)).questions]


def named(slug: str) -> dict:
    document = bank()
    document["front_matter"] = {"slug": slug, "handbook": "stage", "title": slug}
    return document


def test_the_shelf_counts_by_kind_in_the_usual_order(cast, stage):
    only = shelf.list_banks(cast.actor("trainer"))
    assert [(one.slug, one.total, one.retired, one.may_manage) for one in only] == [("stage", 12, 0, True)]
    assert list(only[0].kinds.items()) == [
        ("single_choice", 3), ("multiple_choice", 3), ("true_false", 3), ("fill_blank", 3),
    ]  # fmt: skip


def test_filters_and_words_narrow_together(cast, stage):
    document = bank()
    document["questions"] = [
        question(21, "single_choice", "A", stem="办证要带什么（ ）", chapter="第一章", difficulty="easy"),
        question(22, "true_false", True, stem="办证 100% 免费_", chapter="第一章", difficulty="hard"),
    ]
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    assert found(cast, chapter="第一章") == ["q21", "q22"]
    assert found(cast, chapter="第一章", difficulty="hard") == ["q22"]
    assert found(cast, words="办证", kind="single_choice") == ["q21"]
    assert found(cast, words="100%") == ["q22"], "a percent sign is no wildcard"
    assert found(cast, words="免费_") == ["q22"]
    assert found(cast, words="甲项", kind="multiple_choice") == ["q4", "q5", "q6"], "options are looked through too"
    assert found(cast, words="Q21") == ["q21"]


def test_words_of_the_storage_and_of_the_key_are_not_found(cast, stage):
    for words in ("stem", "options", "blanks", '"', "\\", "{", "解释1"):
        assert found(cast, words=words) == []


def test_pages_hold_twenty_and_lead_on_and_back_by_place(cast, stage):
    document = bank()
    document["questions"] = [question(n, "true_false", True, stem=f"第{n}句话") for n in range(100, 130)]
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)

    def look(**place):
        return browsing.find_page(cast.actor("trainer"), "stage", Wanted(), **place)

    pages = [look()]
    while pages[-1].after:
        pages.append(look(after=pages[-1].after))
    assert [(page.found, len(page.questions)) for page in pages] == [(42, 20), (42, 20), (42, 2)]
    assert len({one.code for page in pages for one in page.questions}) == 42
    assert pages[0].before is None and pages[-1].after is None
    back = look(before=pages[2].before)
    assert [one.code for one in back.questions] == [one.code for one in pages[1].questions]
    first = look(before=back.before)
    assert [one.code for one in first.questions] == [one.code for one in pages[0].questions] and first.before is None
    assert look(after=10_000).questions == []


def test_tags_problems_and_articles_narrow(cast, stage):
    document = bank()
    document["questions"] = [
        question(21, "true_false", True, explanation=""),
        question(22, "true_false", True, citations=[]),
        question(23, "true_false", True, citations=["第二条之一"]),
    ]
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    assert found(cast, problem="explanation") == ["q21"] and found(cast, problem="citation") == ["q22"]
    assert found(cast, article="第二条之一") == ["q23"] and found(cast, article="第一条") == []
    assert found(cast, article="stage#第二条之一") == ["q23"] and found(cast, article="other#第二条之一") == []
    document["questions"] = [question(23, "true_false", True, citations=["第一条"])]
    import_bank(None, scope.get_unit(TOWNSHIP).id, document, stage.now)
    assert found(cast, article="第二条之一") == [], "an earlier revision cited it"
    assert found(cast, article="第一条") == ["q23"]


def test_a_question_is_shown_with_key_explanation_and_articles(cast, stage):
    one = browsing.find_page(cast.actor("trainer"), "stage", Wanted(words="第4号题")).questions[0]
    assert one.face.key == {"right": ["0", "2"]} and [html for _, html in one.face.options][2] == "丙项"
    assert "解释4" in one.explanation_html
    assert [(article.number, article.handbook) for article in one.articles] == [("第二条", "流动人口服务手册")]


def test_all_revisions_are_kept_newest_first(cast, stage):
    document = bank()
    document["questions"][0]["answer"] = "D"
    import_bank(cast.actor("trainer"), scope.get_unit(TOWNSHIP).id, document, stage.now)
    [current] = browsing.find_page(cast.actor("trainer"), "stage", Wanted(words="第1号题")).questions
    history = browsing.get_history(cast.actor("trainer"), "stage", current.id)
    assert [(one.number, one.face.key["right"], one.author) for one in history] == [(2, ["3"], "郑惊蛰"), (1, ["1"], None)]


def test_banks_above_and_below_are_seen_and_the_next_townships_are_not(cast, stage):
    trainer = cast.actor("trainer")
    for unit, slug in ((COUNTY, "above"), (VILLAGE, "below"), (OTHER_TOWNSHIP, "beside")):
        import_bank(None, scope.get_unit(unit).id, named(slug), stage.now)
    assert {one.slug: one.may_manage for one in shelf.list_banks(trainer)} == {
        "stage": True, "above": False, "below": True,
    }  # fmt: skip
    for ask in (shelf.get_bank, lambda actor, slug: browsing.find_page(actor, slug, Wanted())):
        with pytest.raises(NotFound):
            ask(trainer, "beside")


def test_the_next_townships_trainer_sees_nothing_of_ours(cast, stage, stranger_trainer):
    assert shelf.list_banks(stranger_trainer) == []
    [one] = browsing.find_page(cast.actor("trainer"), "stage", Wanted(words="第1号题")).questions
    with pytest.raises(NotFound):
        browsing.get_history(stranger_trainer, "stage", one.id)


def test_who_is_no_trainer_sees_no_bank(cast, stage):
    for login in ("trainee", "township_leader", "village_leader", "admin", "auditor"):
        assert shelf.list_banks(cast.actor(login)) == []
        with pytest.raises(NotFound):
            browsing.find_page(cast.actor(login), "stage", Wanted())


def test_a_question_is_found_in_its_own_bank_only(cast, stage):
    import_bank(None, scope.get_unit(COUNTY).id, named("another"), stage.now)
    [one] = browsing.find_page(cast.actor("trainer"), "stage", Wanted(words="第1号题")).questions
    with pytest.raises(NotFound):
        browsing.get_history(cast.actor("trainer"), "another", one.id)
