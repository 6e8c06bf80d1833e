"""Handbooks and laws, habit by habit."""

import pytest

from quizapp.rules.formats import handbook
from tests.rules.formats.account import codes, lines_lost

HOUSE = """---
title: 夜间巡查手册
slug: night-watch
edition: "2024"
effective: 2024-03-01
---
# 第一编  总 论
## 第一章　出　门

第一条 （灯）出门先看手电筒
有没有电。

（一）亮度；

（二）备用电池。

依据：《某某办法》第三条
依据：《某某法》第四条、第五条
## 第二章 回来
第二条 回来要登记。
第二条之一 忘了登记的，第二天补上。
"""


def read(text, name=""):
    document = handbook.read(text, name)
    assert lines_lost(text, document) == []
    return document


def numbers(document):
    return [article["number"] for article in document["articles"]]


def test_the_house_format():
    document = read(HOUSE)
    first, second, third = document["articles"]
    assert (document["title"], document["edition"], document["effective"]) == ("夜间巡查手册", "2024", "2024-03-01")
    assert document["front_matter"]["slug"] == "night-watch"
    assert document["problems"] == []
    assert first["text"] == "（灯）出门先看手电筒有没有电。\n\n（一）亮度；\n\n（二）备用电池。"
    assert first["basis"] == ["《某某办法》第三条", "《某某法》第四条、第五条"]
    assert first["path"] == ["第一编 总论", "第一章 出门"]
    assert first["source"] == {"from": 10, "to": 18}
    assert (second["number"], second["ordinal"], second["suffix"]) == ("第二条", 2, 0)
    assert (third["number"], third["ordinal"], third["suffix"]) == ("第二条之一", 2, 1)
    assert third["path"] == ["第一编 总论", "第二章 回来"]


def test_a_published_law_in_markdown():
    document = read(
        "# 某省巡查条例\n\n2003年1月2日 某会议通过\n\n2021年11月25日 某会议修正\n\n2022年1月1日 施行\n\n"
        "<!-- INFO END -->\n\n"
        "## 第一章  总则\n\n第一条 为了安全。\n\n第二条 巡查包括：\n\n(一)走；\n\n(二)看。\n\n"
        "## 第二章 附 则\n\n第三条 自公布之日起施行。"
    )
    assert (document["title"], document["edition"]) == ("某省巡查条例", "2021-11-25")
    assert document["effective"] == "2022-01-01"
    assert document["preamble"] == ["2003年1月2日 某会议通过", "2021年11月25日 某会议修正", "2022年1月1日 施行"]
    assert numbers(document) == ["第一条", "第二条", "第三条"]
    assert document["articles"][1]["text"] == "巡查包括：\n\n(一)走；\n\n(二)看。"
    assert document["articles"][2]["path"] == ["第二章 附则"]
    assert document["problems"] == []


def test_plain_text_with_spaced_headings_and_full_width_spaces():
    document = read(
        "\ufeff某市巡查规定\n    （征求意见稿）\n\n第一章  总  则\n\n　　第一条　为了安全。\n　　巡查靠人。\n"
        "　　第二条  要走路。\n\n"
        "第二章 走 路\n第一节\n一般要求\n 第三条 慢走。\n"
    )
    assert document["title"] == "某市巡查规定（征求意见稿）"
    assert [article["path"] for article in document["articles"]] == [
        ["第一章 总则"],
        ["第一章 总则"],
        ["第二章 走路", "第一节 一般要求"],
    ]
    assert document["articles"][0]["text"] == "为了安全。\n巡查靠人。"


@pytest.mark.parametrize("heading", ["目录", "目　录", "## 目 录", "**目次**"])
@pytest.mark.parametrize("leader", ["", "……3", "  ........ 12"])
def test_a_table_of_contents_heads_nothing(heading, leader):
    document = read(
        f"某市巡查规定\n{heading}\n第一章 总则{leader}\n第二章 走路{leader}\n第一节 快走{leader}\n附则{leader}\n\n"
        "第一章 总则\n第一条 为了安全。\n第二章 走路\n第一节 快走\n第二条 快走。\n"
    )
    assert [article["path"] for article in document["articles"]] == [["第一章 总则"], ["第二章 走路", "第一节 快走"]]
    assert {"from": 2, "to": 6, "reason": "table-of-contents"} in document["ignored"]
    assert document["problems"] == []


def test_a_table_of_contents_without_a_title_and_one_that_lists_articles():
    untitled = (
        "某规定\n第一章 甲\n第二章 乙\n第三章 丙\n第一章 甲\n第一条 一。\n第二章 乙\n第二条 二。\n"
        "第三章 丙\n第三条 三。\n"
    )
    listing = "某规定\n目录\n第一条 目的\n第二条 范围\n\n第一条 目的是好的。\n第二条 范围是大的。\n"
    assert [article["path"] for article in read(untitled)["articles"]] == [["第一章 甲"], ["第二章 乙"], ["第三章 丙"]]
    assert {"from": 2, "to": 4, "reason": "table-of-contents"} in read(untitled)["ignored"]
    assert [article["text"] for article in read(listing)["articles"]] == ["目的是好的。", "范围是大的。"]


def test_a_preface_after_the_contents_is_no_article():
    document = read(
        "某宪章\n\n目录\n序言\n第一章 总纲\n\n序言\n\n很久以前有一个村。\n\n第一章 总纲\n\n第一条 村是村。\n"
    )
    assert document["preamble"] == ["序言", "很久以前有一个村。"]
    assert numbers(document) == ["第一条"]


def test_parts_books_chapters_and_sections_nest_by_their_words():
    document = read(
        "# 某法典\n# 第一编 总\n### 第一分编 通则\n## 第一章 甲\n## 第一节 子\n第一条 一。\n## 第二节 丑\n第二条 二。\n"
        "## 第二章 乙\n第三条 三。\n# 第二编 分\n第四条 四。\n## 附则\n第五条 五。\n"
    )
    assert [article["path"] for article in document["articles"]] == [
        ["第一编 总", "第一分编 通则", "第一章 甲", "第一节 子"],
        ["第一编 总", "第一分编 通则", "第一章 甲", "第二节 丑"],
        ["第一编 总", "第一分编 通则", "第二章 乙"],
        ["第二编 分"],
        ["第二编 分", "附则"],
    ]


def test_a_part_of_a_code_has_two_titles_and_begins_at_a_high_number():
    document = read("# 某某法典\n\n# 巡查编\n\n第一千零四十条 一。\n\n第一千零四十一条 二。\n")
    assert document["title"] == "某某法典 巡查编"
    assert [article["ordinal"] for article in document["articles"]] == [1040, 1041]
    assert document["problems"] == []


@pytest.mark.parametrize(
    "line",
    [
        "第二条规定的情形除外。",
        "第二条第一款规定的情形除外。",
        "第二条、第三条规定的情形除外。",
        "第二条至第四条的规定除外。",
        "第二条所列的人除外。",
        "第二条 第一款规定的人除外。",
        "第二条之一规定的人除外。",
        "第九条规定的人除外。",
        "第九条 这样的事除外。",
    ],
)
def test_a_citation_at_the_head_of_a_broken_line_starts_no_article(line):
    document = read(f"某规定\n第一条 大家都要走路，但是符合本规定\n{line}\n第二条 走慢些。\n第三条 不跑。\n")
    assert numbers(document) == ["第一条", "第二条", "第三条"]
    assert document["articles"][0]["text"].endswith("本规定" + line)


def test_a_citation_that_begins_a_paragraph_starts_no_article():
    document = read("某规定\n\n第一条 走路。\n\n第三条规定的人可以跑。\n\n第二条 慢走。\n\n第三条 有急事的人。\n")
    assert numbers(document) == ["第一条", "第二条", "第三条"]


def test_articles_glued_to_their_text():
    document = read(
        "某规定\n第一章总则\n第一条为了安全，制定本规定。\n第二条走路要看路。\n第三条中央有人管。\n"
        "第二章附则\n第四条自今日起施行。\n"
    )
    assert numbers(document) == ["第一条", "第二条", "第三条", "第四条"]
    assert [article["path"] for article in document["articles"]][-1] == ["第二章 附则"]


@pytest.mark.parametrize(
    "line, text",
    [
        ("**第一条** 走路。", "走路。"),
        ("**第一条　走路。**", "走路。"),
        ("### 第一条 走路。", "走路。"),
        ("第一条：走路。", "走路。"),
        ("第 1 条 走路。", "走路。"),
        ("第一条【走路】走。", "【走路】走。"),
    ],
)
def test_the_ways_to_print_a_number(line, text):
    document = read(f"某规定\n\n{line}\n\n第二条 走。\n")
    assert numbers(document) == ["第一条", "第二条"]
    assert document["articles"][0]["text"] == text


def test_an_amendment_has_its_clauses_as_articles():
    document = read(
        "# 某法修正案（三）\n\n2020年1月2日 某会议通过\n\n<!-- INFO END -->\n\n为了安全，对某法作如下修改：\n\n"
        "一、将某法第三条修改为：“第三条 走路。\n\n“（一）慢；\n\n“（二）稳。”\n\n二、删去第九条。\n\n"
        "三、本修正案自公布之日起施行。\n"
    )
    assert [(one["number"], one["ordinal"]) for one in document["articles"]] == [("一、", 1), ("二、", 2), ("三、", 3)]
    assert document["articles"][0]["text"].startswith("将某法第三条修改为")
    assert document["articles"][0]["text"].endswith("“（二）稳。”")
    assert document["problems"] == []


def test_an_amendment_without_clauses_is_one_article_with_a_warning():
    document = read(
        "# 某法修正案（二）\n\n2001年8月31日 某会议通过\n\n<!-- INFO END -->\n\n将第三条修改为：\n\n"
        "“走。”\n\n自今日起施行。\n"
    )
    assert numbers(document) == ["全文"]
    assert document["articles"][0]["text"] == "将第三条修改为：\n\n“走。”\n\n自今日起施行。"
    assert [(one["code"], one["severity"]) for one in document["problems"]] == [("no-numbers", "warning")]


def test_an_interpretation_has_numbered_headings():
    marked = "# 某解释\n\n## 一、一般规定\n\n第一条 一。\n\n## 二、走路\n\n第二条 二：\n\n一、慢走；\n"
    plain = "某解释\n一、一般规定\n第一条 一。\n二、走路\n第二条 二：\n一、慢走；\n"
    for text in (marked, plain):
        document = read(text)
        assert [article["path"] for article in document["articles"]] == [["一、一般规定"], ["二、走路"]]
        assert document["articles"][1]["text"].endswith("一、慢走；")


def test_signature_annex_and_page_numbers_belong_to_no_article():
    document = read(
        "某规定\n第一条 走。\n- 2 -\n第二条 自今日起施行。\n\n某市人民政府\n2020年1月2日\n\n附件：表格一张\n姓名 年龄\n"
    )
    assert document["articles"][-1]["text"] == "自今日起施行。"
    assert {one["reason"] for one in document["ignored"]} == {"title", "page-number", "signature", "annex"}


def test_the_day_in_the_file_name_says_which_edition():
    document = read("# 某办法\n\n2001年6月20日 公布\n\n第一条 走。\n", "某办法(2017-11-17).md")
    assert document["edition"] == "2017-11-17"
    assert document["effective"] == ""


@pytest.mark.parametrize(
    "body, expected",
    [
        ("第一条 一。\n\n第三条 三。", [("gap", "5", "warning")]),
        ("第一条 一。\n\n第二条 二。\n\n第二条 又。", [("duplicate-number", "7", "error")]),
        ("第一条 一。\n\n第三条 三。\n\n第二条 二。", [("gap", "5", "warning"), ("out-of-order", "7", "error")]),
        ("第一条 一。\n\n第二条\n\n第三条 三。", [("empty-article", "5", "error")]),
        ("第一条 一。\n\n第一条之二 二。", [("gap", "5", "warning")]),
        ("第三条 三。\n\n第四条 四。", [("gap", "3", "warning")]),
        ("第一条 一。\n\n第二章 乙\n\n这一行悬着。\n\n第二条 二。", [("outside-article", "7", "warning")]),
        ("没有条文。", [("no-articles", "", "error")]),
    ],
)
def test_problems_and_where_they_stand(body, expected):
    document = read(f"某规定\n\n{body}\n")
    assert [(one["code"], one["place"], one["severity"]) for one in document["problems"]] == expected


def test_the_head_of_a_file_is_read_strictly_but_tells_what_it_did_not_read():
    document = read("---\ntitle: 甲\ntitle: 乙\n- 丙\n---\n第一条 走。\n")
    assert document["front_matter"] == {"title": "甲"}
    assert sorted(codes(document)) == ["front-matter", "front-matter-twice"]


def test_a_ruler_is_no_head():
    document = read("---\n某规定\n---\n第一条 走。\n")
    assert document["front_matter"] == {}
    assert document["title"] == "某规定"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_counts_the_same_lines(end):
    document = handbook.read(HOUSE.replace("\n", end))
    assert [article["source"]["from"] for article in document["articles"]] == [10, 20, 21]


def test_comments_and_invisible_characters_are_told():
    document = read("# 某规定 <!-- 名称 -->\n<!-- 两行\n注释 -->\n\u200b\n第一条 走<!-- 慢 -->。\n")
    assert document["title"] == "某规定"
    assert document["articles"][0]["text"] == "走。"
    assert [one["reason"] for one in document["ignored"]] == ["title", "comment", "invisible"]
