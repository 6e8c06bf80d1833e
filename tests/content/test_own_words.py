"""Nothing that ships is copied from a law, and every law article it names is there."""

import pytest

from tests.content import laws, subject

LONGEST = 17  # characters in a row that may be the law's: names of services, bodies and conditions are that long
ELSEWHERE = {"居住证暂行条例"}  # checked by hand: it is not among the samples

needs_laws = pytest.mark.skipif(not laws.LAWS.is_dir(), reason=f"the sample laws are not at {laws.LAWS}")


@needs_laws
@pytest.mark.parametrize("name", subject.written_text())
def test_no_run_of_words_is_taken_from_a_law(name):
    assert laws.copied(subject.written_text()[name], laws.texts(), LONGEST + 1) == []


@needs_laws
def test_every_law_article_that_a_handbook_names_exists():
    known = laws.articles()
    named = {
        pair
        for book in subject.handbooks()
        for article in book["articles"]
        for line in article["basis"]
        for pair in laws.named(line)
    }
    assert {law for law, _ in named} - set(known) == ELSEWHERE
    assert [(law, number) for law, number in named if law not in ELSEWHERE and number not in known[law]] == []


def test_a_planted_copy_is_found_whole():
    law = "第三条 村里的大钟每天早晨六点敲响，敲钟人由村民轮流担任。"
    assert laws.copied("大家知道，村里的大钟每天早晨 六点敲响，不是别的钟。", [law], 8) == [
        "村里的大钟每天早晨六点敲响，"
    ]
    assert laws.copied("钟每天敲，由村民轮流。", [law], 8) == []


def test_law_names_and_article_numbers_end_a_run():
    law = "依照《敲钟办法》第三条办理敲钟的事"
    assert laws.copied("依照《敲钟办法》第三条办理敲钟", [law], 6) == []


def test_the_basis_is_read_law_by_law():
    assert laws.named("《甲法》第一条、第二条之一；《乙办法》第三十条") == [
        ("甲法", "第一条"),
        ("甲法", "第二条之一"),
        ("乙办法", "第三十条"),
    ]
