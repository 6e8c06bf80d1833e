"""Texts that speak of the same thing are found by their characters."""

from quizapp.rules.similarity import Index, grams

TEXTS = [
    (1, "办理居住证不收取任何费用。"),
    (2, "村干部不得要求外出人员返乡接受检查。"),
    (3, "流动人口在现居住地享受同等的公共服务。"),
]


def test_pairs_do_not_reach_over_punctuation():
    assert grams("居住，证ID") == ["居住", "证i", "id"]


def test_the_article_that_speaks_of_it_comes_first():
    index = Index(TEXTS)
    assert index.nearest("申领居住证要交多少费用？", 2)[0] == 1
    assert index.nearest("能否要求外出妇女返乡检查", 1) == [2]
    assert index.nearest("钓鱼", 3) == [] and index.nearest("", 3) == []


def test_an_index_of_nothing_finds_nothing():
    assert Index([]).nearest("居住证", 3) == []
