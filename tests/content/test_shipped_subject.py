"""The subject that ships is sound: it reads without a problem, cites what exists, and cannot be guessed."""

from collections import Counter

import pytest

from tests.content import laws, subject

KINDS = {"single_choice", "multiple_choice", "true_false", "fill_blank"}  # enough of each to draw a paper from
SHOWN = {"numerical", "matching", "ordering", "case"}  # a few of each


def test_every_handbook_reads_without_a_problem():
    assert {book["front_matter"]["slug"]: book["problems"] for book in subject.handbooks() if book["problems"]} == {}


def test_every_bank_reads_without_a_problem():
    assert [bank["problems"] for bank in subject.banks() if bank["problems"]] == []
    assert [question for question in subject.questions() if question["problems"]] == []


def test_there_is_enough_to_study_and_to_draw_from():
    slugs = {book["front_matter"]["slug"] for book in subject.handbooks()}
    kinds = Counter(question["kind"] for question in subject.questions())
    assert sum(len(subject.newest_edition(slug)["articles"]) for slug in slugs) >= 60
    assert kinds.total() >= 300
    assert set(kinds) == KINDS | SHOWN
    assert min(kinds[kind] for kind in KINDS) >= 30


def test_one_handbook_ships_in_two_editions_that_differ():
    editions = {}
    for book in subject.handbooks():
        texts = {one["number"]: one["text"] for one in book["articles"]}
        editions.setdefault(book["front_matter"]["slug"], []).append(texts)
    old, new = next(texts for texts in editions.values() if len(texts) == 2)
    assert [number for number in old if number in new and old[number] != new[number]]
    assert [number for number in old if old[number] == new.get(number)]
    assert set(new) - set(old)


def test_every_article_names_the_law_and_article_it_rests_on():
    baseless = [
        (book["front_matter"]["slug"], one["number"])
        for book in subject.handbooks()
        for one in book["articles"]
        if not one["basis"] or not all(laws.named(line) for line in one["basis"])
    ]
    assert baseless == []


def test_every_question_cites_articles_that_exist():
    known = {
        (book["front_matter"]["slug"], one["number"])
        for book in map(subject.newest_edition, {book["front_matter"]["slug"] for book in subject.handbooks()})
        for one in book["articles"]
    }
    cited = [(one["code"], subject.citations(bank, one)) for bank in subject.banks() for one in bank["questions"]]
    assert [code for code, articles in cited if not articles or articles - known] == []
    assert known - set().union(*(articles for _, articles in cited)) == set(), "articles that nothing asks about"


def test_every_question_can_be_told_apart_and_learned_from():
    questions = subject.questions()
    assert [code for code, count in Counter(one["code"] for one in questions).items() if count > 1] == []
    assert [one for one in questions if not one["code"] or not _is_explained(one) or not one["difficulty"]] == []
    assert [stem for stem, count in Counter(subject.bare(one["stem"]) for one in questions).items() if count > 1] == []


def _is_explained(question: dict) -> bool:
    """Whether it says why; a case says it of each of its questions."""
    return all(part["explanation"] for part in question.get("parts") or [question])


def test_every_question_stands_in_a_chapter_of_its_handbook():
    strays = [
        one["code"]
        for bank in subject.banks()
        for one in bank["questions"]
        if one["chapter"]
        not in {
            part
            for article in subject.newest_edition(bank["front_matter"]["handbook"])["articles"]
            for part in article["path"]
        }
    ]
    assert strays == []


@pytest.mark.parametrize("bank", range(2))
def test_a_key_cannot_be_guessed_from_its_place_or_length(bank):
    questions = subject.banks()[bank]["questions"]
    single = [one for one in questions if one["kind"] == "single_choice"]
    letters = Counter(one["answer"] for one in single)
    longest = [one for one in single if _is_longest(one)]
    claims = [one["answer"] for one in questions if one["kind"] == "true_false"]
    several = Counter("".join(one["answer"] for one in questions if one["kind"] == "multiple_choice"))
    assert all(0.18 <= letters[letter] / len(single) <= 0.32 for letter in "ABCD")
    assert len(longest) / len(single) <= 0.32
    assert 0.4 <= sum(claims) / len(claims) <= 0.6
    assert all(0.18 <= several[letter] / several.total() <= 0.32 for letter in "ABCD")


def _is_longest(question: dict) -> bool:
    """Whether the right option is longer than every other."""
    lengths = [len(option) for option in question["options"]]
    right = lengths.pop("ABCD".index(question["answer"]))
    return right > max(lengths)


def test_no_option_hides_behind_all_or_none_of_the_above():
    escapes = ("以上都", "以上全", "以上皆", "以上说法", "都对", "都不对", "都正确")
    options = [(one["code"], option) for one in subject.questions() for option in one.get("options") or []]
    assert [code for code, option in options if option.startswith(escapes)] == []
