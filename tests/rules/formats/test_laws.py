"""The sample laws, each read whole: real texts hold habits that nobody invents."""

import re

import pytest

from quizapp.rules.formats import handbook
from quizapp.rules.formats.handbook.writing import write
from tests.rules.formats.account import lines_lost
from tests.samples import files

LAWS = files("regulations/laws_md/*.md", "regulations/gov_docs/*.txt", "regulations/gov_docs/*.md")
WITHOUT_NUMBERS = {"刑法修正案（二）.md", "刑法修正案（十）.md"}
ARTICLE = re.compile(
    r"^[\s　*]*(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)(?:[\s　]|\*\*)", re.MULTILINE
)
CLAUSE = re.compile(r"^([一二三四五六七八九十]+、)", re.MULTILINE)


@pytest.mark.parametrize("path", LAWS)
def test_a_law_is_read_whole(path):
    text = path.read_text("utf-8-sig")
    document = handbook.read(text, path.name)
    numbers = [article["number"] for article in document["articles"]]
    assert lines_lost(text, document) == []
    if path.name in WITHOUT_NUMBERS:
        assert [one["code"] for one in document["problems"]] == ["no-numbers"]
        return
    assert document["problems"] == []
    assert numbers == (CLAUSE.findall(text) if "修正案" in path.name else ARTICLE.findall(text))
    assert document["title"] and all(article["text"] for article in document["articles"])


@pytest.mark.parametrize("path", LAWS)
def test_nothing_is_added_to_a_law_and_nothing_lost_from_it(path):
    text = path.read_text("utf-8-sig")
    document = handbook.read(text)
    lines = text.splitlines()
    for article in document["articles"]:
        source = "".join(lines[article["source"]["from"] - 1 : article["source"]["to"]])
        mark = "" if article["number"] == "全文" else article["number"]
        assert letters(mark + article["text"]) == letters(source)


@pytest.mark.parametrize("path", LAWS)
def test_a_law_that_is_written_is_read_as_it_was(path):
    if path.name in WITHOUT_NUMBERS:
        pytest.skip("it has no article that a text could name")
    document = handbook.read(path.read_text("utf-8-sig"), path.name)
    again = handbook.read(write({name: document[name] for name in ("title", "edition", "effective")}, document["articles"]))
    assert [again[name] for name in ("title", "edition", "effective", "problems")] == [
        *(document[name] for name in ("title", "edition", "effective")), [],
    ]  # fmt: skip
    for before, after in zip(document["articles"], again["articles"], strict=True):
        assert {**after, "source": None} == {**before, "source": None}


def letters(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff*]", "", text)
