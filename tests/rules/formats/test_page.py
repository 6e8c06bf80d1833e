"""Saved web pages: what a person sees on them is read, scripts and hidden parts are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.formats import page, webpage
from tests.rules.formats.account import codes, lines_lost

PAGE = """<!DOCTYPE html>
<html><head><title>作业</title><style>p{}</style></head>
<body><script>var 答案 = "B";</script>
<h3>一. 单选题</h3>
<div><span>1.</span> <span>(单选题, 2分)</span><p>灯要多（ ）。</p></div>
<ul><li>A. <b>亮</b></li><li>B. 暗<br></li></ul>
<div>我的答案:<i>B</i> 正确答案:<i>A</i></div>
<div style="display:none">正确答案:B</div>
<ol><li>1</li><li>2</li><li>3</li><li>4</li><li>5</li></ol>
</body></html>
"""


def read(text: str) -> dict:
    document = page.read(text)
    assert lines_lost(text, document) == []
    return document


def test_the_visible_words_of_a_page_are_a_bank():
    document = read(PAGE)
    (one,) = document["questions"]
    assert (one["kind"], one["stem"], one["options"], one["answer"]) == ("single_choice", "灯要多（ ）。", ["亮", "暗"], "A")
    assert one["source"] == {"from": 5, "to": 7}
    assert {"from": 9, "to": 9, "reason": "page-button"} in document["ignored"]


def test_a_table_on_a_page_is_read_by_its_columns():
    cells = [["序号", "题干", "选项A", "选项B", "答案"], ["", "灯要多（ ）。", "亮", "暗", "A"]]
    rows = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    (one,) = read(f"<table>\n{rows}\n</table>")["questions"]
    assert (one["stem"], one["options"], one["answer"], one["source"]) == ("灯要多（ ）。", ["亮", "暗"], "A", {"from": 3, "to": 3})


def test_lines_within_the_cells_of_a_table_stay_in_their_row_whether_or_not_its_names_are_marked_as_such():
    cells = [["序号", "题型", "题干", "选项", "答案"], ["1", "单选题", "灯要多（ ）。", "A.亮<br>B.暗<br>C.红", "A"], ["2", "判断题", "夜里<br>带灯。", "", "对"]]
    rows = "\n".join("<TR>" + "".join(f"<TD><p>{cell}</p></TD>" for cell in row) + "</TR>" for row in cells)
    first, second = read(f"<TABLE>\n<tr><td>题库 İ</td></tr>\n{rows}\n</TABLE>")["questions"]
    assert (first["options"], first["answer"], second["stem"]) == (["亮", "暗", "红"], "A", "夜里\n带灯。")


def test_heads_above_questions_and_letters_beside_options_are_put_together():
    one = '<div>{}.单选题 (2分)</div>\n<p>灯{}（ ）。</p>\n<li><span>A</span>\n<p>亮</p></li>\n<li><span>B</span>\n<p>暗</p></li>\n<p>正确答案：<b>B</b></p>\n'
    questions = read("<body>\n" + "".join(one.format(number, number) for number in (1, 2, 3)))["questions"]
    assert [(each["stem"], each["options"], each["answer"]) for each in questions] == [
        (f"灯{number}（ ）。", ["亮", "暗"], "B") for number in (1, 2, 3)
    ]


ASKED = [("灯要怎样（ ）", ["多", "少", "不"], "A"), ("伞要怎样（ ）", ["开", "合", "丢"], "B"), ("车要怎样（ ）", ["停", "走", "飞"], "AC")]


def looks(option: str, right: str, behind: str = "") -> str:
    """Return a page of ASKED: an option is {L} and {t} in a form, the right one in another, the answer {R} in what is behind."""
    blocks = []
    for number, (stem, options, answer) in enumerate(ASKED, 1):
        told = [(right if letter in answer else option).format(L=letter, t=text, n=number) for letter, text in zip("ABC", options, strict=True)]
        blocks.append(f"<div>{number}. {stem}</div>\n<ul>{''.join(told)}</ul>\n{behind.format(R=answer)}")
    return "<body>" + "\n".join(blocks) + "</body>"


@pytest.mark.parametrize("option, right, behind", [
    ("<li>{L}. {t}</li>", '<li class="opt is-right">{L}. {t}</li>', ""),
    ('<li class="opt wrong">{L}. {t}</li>', '<li class="correct">{L}. {t}</li>', ""),
    ("<li>{L}. {t}</li>", '<li>{L}. <span style="color: red">{t}</span></li>', ""),
    ("<li>{L}. {t}</li>", '<li><font color="#FF0000">{L}. {t}</font></li>', ""), ("<li>{L}. {t}</li>", "<li><b>{L}. {t}</b></li>", ""),
    ("<li>{L}. {t}</li>", '<li>{L}. {t}<i class="icon icon-correct"></i></li>', ""),
    ("<p><input type=radio name=q{n}>{L}. {t}</p>", "<p><input type=radio name=q{n} checked>{L}. {t}</p>", ""),
    ('<p><input type="checkbox" name="q{n}"/> {t}</p>', '<p><input type="checkbox" name="q{n}" checked="checked"/> {t}</p>', ""),
    ("<li>{L}. {t}</li>", "<li>{L}. {t}</li>", '<div data-answer="{R}"></div>'),
    ("<li>{L}. {t}</li>", "<li>{L}. {t}</li>", '<input type="hidden" name="answer[]" value="{R}">'),
    ("<li>{L}. {t}</li>", "<li>{L}. {t}</li>", '<div style="display:none">正确答案：{R}</div>'),
])  # fmt: skip
def test_where_no_answer_is_written_those_count_that_a_page_hides_or_marks(option, right, behind):
    document = read(looks(option, right, behind))
    assert [(one["stem"], one["options"], one["answer"]) for one in document["questions"]] == ASKED
    assert [one["code"] for one in document["problems"]] == ["answers-by-looks"]


def test_written_answers_go_before_looks_and_looks_of_few_tell_nothing():
    written = read(looks("<li>{L}. {t}</li>", "<li>{L}. {t}</li>", "<p>正确答案：{R}</p>").replace("<li>C", '<li class="right">C'))
    assert [one["answer"] for one in written["questions"]] == ["A", "B", "AC"] and not written["problems"]
    few = read(looks("<li>{L}. {t}</li>", "<li>{L}. {t}</li>").replace("<li>B. 合", '<li class="right">B. 合'))
    assert [one["answer"] for one in few["questions"]] == [None] * 3 and not few["problems"]


def test_an_element_that_holds_a_question_may_tell_its_answer():
    blocks = [f'<div class="q" data-right-answer="{answer}"><div>{n}. {stem}</div>' + "".join(f"<p>{x}. {t}</p>" for x, t in zip("ABC", options, strict=True)) + "</div>"
              for n, (stem, options, answer) in enumerate(ASKED, 1)]  # fmt: skip
    assert [one["answer"] for one in read("<body>" + "\n".join(blocks) + "</body>")["questions"]] == ["A", "B", "AC"]


def test_options_behind_buttons_have_letters():
    (one,) = read("<div>1. 灯要怎样（ ）</div>\n<p><input type=radio name=a>多</p>\n<p><input type=radio name=a>少</p>\n<p>答案：B</p>")["questions"]
    assert (one["options"], one["answer"]) == (["多", "少"], "B")


def test_a_picture_is_named_at_its_question():
    assert codes(read('<p>1. 看图。<img src="x.png"></p>\n<p>答案：对</p>')) == ["picture-left-out"]


@pytest.mark.parametrize("text, wanted", [(PAGE, 1.0), ("  <div>1. 灯</div>", 1.0), ("1. 灯<br>", 0.0), ("# 题", 0.0), ("<?xml version='1.0'?>", 0.0)])
def test_pages_are_known_by_how_they_begin(text, wanted):
    assert page.likeness(text) == wanted


tags = st.sampled_from(["<p>", "</p>", "<div hidden>", "</div>", "<script>", "</script>", "<table>", "<tr>", "<td>", "<br>", "<![if x]>", "<!--", "-->",
                        "<!", "<", "&lt;", "&#x110000;", "1. 灯", "A. 亮", "答案：A", "\n", "题干", "<img>", "<svg/>", "<style>"])  # fmt: skip


@given(st.lists(tags | st.text(max_size=5), max_size=40))
def test_no_line_of_any_page_is_lost(pieces):
    read("".join(pieces))


# What a loosened pattern would read again and again: marks that never end, quotes that never close, many of one thing in a tag.
ENDLESS = ["<", "<a ", '<a b="', "<a b='", "<!--", "<![", "</", "<p>", "</p>", "<div hidden>", "&"]
IN_A_TAG = ["b=c ", 'b="c" ', "style=", "style='", 'style="a" ', " hidden", "display:", "style =  "]


def seconds(text: str) -> float:
    """Return the processor time that reading takes, the least of three."""
    times = []
    for _ in range(3):
        began = time.thread_time()
        webpage.lines(text)
        times.append(time.thread_time() - began)
    return min(times)


@pytest.mark.parametrize("begin, token, end", [*(("", one, "") for one in ENDLESS), *(("<a ", one, ">") for one in IN_A_TAG),
                                               *(("<a ", one, "") for one in IN_A_TAG)])  # fmt: skip
def test_i12_eight_times_the_marks_cost_about_eight_times_the_time(begin, token, end):
    """I12: no pattern runs wild, whatever a page is made of; one that reads on and on would take sixty-four times."""
    few, many = (seconds(begin + token * number + end) for number in (1000, 8000))
    assert many < 24 * max(few, 0.0005)


PAGES = {
    "lists that a browser numbers": '<html><body><ol><li>先看什么？<ol type="A"><li>灯</li><li>门</li></ol><p>答案：B</p></li>'
    '<li>后看什么？<ol type="A"><li>灯</li><li>门</li></ol><p>答案：A</p></li></ol></body></html>',
    "a table with lines in its cells": "<html><body><table><tr><th>题目</th><th>选项</th><th>答案</th></tr>"
    "<tr><td>先看什么？</td><td>A.灯<br>B.门</td><td>B</td></tr><tr><td>后看什么？</td><td><p>A.灯</p><p>B.门</p></td><td>A</td></tr></table></body></html>",
    "a form": "<html><body><p>1、先看什么？</p><label><input type=radio>A、灯</label><br><label><input type=radio>B、门</label>"
    "<p>标准答案：B</p><p>2、后看什么？</p><label><input type=radio>A、灯</label><br><label><input type=radio>B、门</label><p>标准答案：A</p></body></html>",
    "a survey": "<html><body><div>1. 先看什么？ [单选题] <span>*</span></div><div>A.灯</div><div>B.门</div><div>正确答案为：B</div>"
    "<div>2. 后看什么？ [单选题]</div><div>A.灯</div><div>B.门</div><div>正确答案为：A</div></body></html>",
    "kinds in a frame before the stem": "<html><body><div>1．<span>单选题</span>先看什么？</div><div>A.灯</div><div>B.门</div><div>答案：B</div>"
    "<div>2．<span>单选题</span>后看什么？</div><div>A.灯</div><div>B.门</div><div>答案：A</div></body></html>",
    "homework of a platform": "<html><body><h3>1. <span>(单选题)</span> 先看什么？</h3><ul><li>A. 灯</li><li>B. 门</li></ul>"
    "<div><span>我的答案: A:灯;</span><span>正确答案: B:门;</span></div><h3>2. <span>(单选题)</span> 后看什么？</h3><ul><li>A. 灯</li><li>B. 门</li></ul>"
    "<div><span>我的答案: A:灯;</span><span>正确答案: A:灯;</span></div></body></html>",
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_many_makers(name):
    document = page.read(PAGES[name])
    assert [(one["kind"], one["stem"], one["options"], one["answer"]) for one in document["questions"]] == [
        ("single_choice", "先看什么？", ["灯", "门"], "B"), ("single_choice", "后看什么？", ["灯", "门"], "A")]  # fmt: skip


def test_a_statement_with_its_two_words_below_it():
    document = page.read("<html><body><p>1. 灯要亮。</p><p>正确 错误</p><p>答案：错误</p></body></html>")
    assert [(one["kind"], one["stem"], one["answer"]) for one in document["questions"]] == [("true_false", "灯要亮。", False)]


def test_a_second_table_with_other_columns_is_read_by_its_own():
    """The answer of its statement became the only option of a choice."""
    first = [["题目", "选项", "答案"], ["灯要多（ ）。", "A.亮<br>B.暗", "A"]]
    second = [["题目", "答案"], ["雨天不带伞。", "×"]]
    rows = ["".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in one) for one in (first, second)]
    document = read("".join(f"<table>{one}</table>\n" for one in rows))
    assert [(one["kind"], one["options"], one["answer"]) for one in document["questions"]] == [
        ("single_choice", ["亮", "暗"], "A"), ("true_false", [], False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["<label><input type=radio>亮</label><label><input type=radio checked>暗</label>",
     "<span><input type=radio>亮</span> <span><input type=radio>暗</span>"],
)  # fmt: skip
def test_buttons_beside_each_other_are_options_of_their_own(line):
    """“正确错误” became the one option of a statement, without a word."""
    (one,) = read(f"<div>1、灯要多（ ）。</div>\n<div>{line}</div>\n<div>答案：B</div>")["questions"]
    assert (one["options"], one["answer"]) == (["亮", "暗"], "B")
    statement = line.replace("亮", "正确").replace("暗", "错误")
    (one,) = read(f"<div>1、[判断题] 带灯。</div>\n<div>{statement}</div>\n<div>正确答案：错误</div>")["questions"]
    assert (one["kind"], one["options"], one["answer"]) == ("true_false", [], False)


@pytest.mark.parametrize("name", ["ul", "ol"])
def test_the_items_of_a_list_between_a_question_and_its_letters_are_options(name):
    items = "\n".join(f"<li>{one}</li>" for one in ("灯", "伞", "石头"))
    text = f"<p><b>%s. 出门带什么？</b></p>\n<{name}>{items}</{name}>\n<p>答案：%s</p>\n"
    document = read(text % (1, "AB") + text % (2, "C"))
    assert [(one["options"], one["answer"]) for one in document["questions"]] == [
        (["灯", "伞", "石头"], "AB"), (["灯", "伞", "石头"], "C")
    ]  # fmt: skip


def test_the_items_of_a_list_that_no_letter_answers_stay_words():
    (one,) = read("<p>1. 出门带什么？</p>\n<p>答案：</p>\n<ul><li>灯</li>\n<li>伞</li></ul>\n<p>说明：AB</p>")["questions"]
    assert one["options"] == []


def test_a_question_may_have_a_table_of_its_own_with_a_name_before_each_of_its_parts():
    """“题目 灯要多” was its text."""
    parts = [("<b>题型</b>", "单选题"), ("题目", "灯要多（ ）。"), ("选项", "A. 亮 B. 暗"), ("答案", "B"), ("解析", "看书。")]
    rows = "\n".join(f"<tr><td>{name}</td><td>{text}</td></tr>" for name, text in parts)
    document = read(f"<p>1. 带灯。</p>\n<p>答案：√</p>\n<table>{rows}</table>\n<p>题库</p>")
    assert [(one["stem"], one["options"], one["answer"], one["explanation"]) for one in document["questions"]][1:] == [
        ("灯要多（ ）。", ["亮", "暗"], "B", "看书。")
    ]  # fmt: skip


def test_a_place_to_write_in_is_a_blank_where_words_stand_beside_it():
    first, second = read(
        "<body>\n<p>1. 植树节在<input type='text'>月<input>日。</p>\n<p>答案：3；12</p>\n<p>2. 简述防火。</p>\n<p>答：<input></p>\n"
        "<input type=text>\n<p>答案：人人有责，从我做起</p>\n<p><input type=hidden value=1><input type=submit value=交卷></p>"
    )["questions"]
    assert (first["kind"], first["stem"], first["answer"]) == ("fill_blank", "植树节在____月____日。", [["3"], ["12"]])
    assert (second["stem"], second["answer"]) == ("简述防火。", "人人有责，从我做起")


def test_what_is_written_in_such_a_place_counts_where_no_answer_is_written():
    document = read('<body>\n<p>1. 植树节在<input value="3">月。</p>\n<p>2. 建军节在<input value="8">月。</p>')
    assert [(one["stem"], one["answer"]) for one in document["questions"]] == [("植树节在____月。", [["3"]]), ("建军节在____月。", [["8"]])]
    assert codes(document) == ["answers-by-looks"]


def test_struck_words_are_left_out_and_named_but_options_keep_their_letters():
    document = read(
        "<body>\n<p>1. 党费按<s>季</s><ins>月</ins>交。（√）</p>\n<p>2. <del>党费按年交。（×）</del></p>\n<p>3. 灯要多（B）。</p>\n"
        "<p><strike>A. 暗</strike></p>\n<p>B. 亮</p>"
    )
    told = [(one["stem"], one["options"], one["answer"]) for one in document["questions"]]
    assert told == [("党费按月交。（）", [], True), ("灯要多（）。", ["暗", "亮"], "B")]
    assert [[each["params"] for each in one["problems"]] for one in document["questions"]] == [[{"text": "季"}], [{"text": "A. 暗"}]]
    (left,) = [one for one in document["problems"] if one["code"] == "struck-out"]
    assert (left["place"], left["params"]) == ("3", {"text": "党费按年交。（×）"})


@pytest.mark.parametrize(
    "folded",
    [
        "<details><summary>查看答案</summary>B</details>",
        "<details><summary>参考答案</summary><p>正确答案：B</p></details>",
        "<details>\n<summary>点击展开</summary>\n<p>答案：B</p>\n</details>",
        "<details><summary>Show answer</summary><b>B</b></details>",
        "<a>查看答案</a><div>答案：B</div>",
    ],
)
def test_what_is_folded_away_below_a_question_is_its_answer(folded):
    one = f"<p>{{}}. 灯{{}}（ ）。</p>\n<p>A. 暗</p><p>B. 亮</p>\n{folded}\n"
    questions = read("<body>\n" + "".join(one.format(number, number) for number in (1, 2)))["questions"]
    assert [(each["stem"], each["options"], each["answer"], each["explanation"]) for each in questions] == [
        (f"灯{number}（ ）。", ["暗", "亮"], "B", "") for number in (1, 2)
    ]


def test_a_page_that_speaks_of_itself_adds_nothing_to_a_question():
    (one,) = read(
        "<body>\n<p>1. 灯要多（ ）。</p><button>收藏本题</button>\n<p>A. 暗</p><p>B. 亮</p>\n<a>查看解析</a>\n<p>答案：B</p>\n<p>上一页 1 2 下一页</p>"
    )["questions"]
    assert (one["stem"], one["options"], one["answer"], one["explanation"]) == ("灯要多（ ）。", ["暗", "亮"], "B", "")


def test_answers_beside_or_below_a_table_of_questions_are_joined_by_their_numbers():
    asked = [["题号", "题目", "A", "B"], ["1", "灯要多（ ）。", "暗", "亮"], ["2", "门要（ ）。", "关", "开"]]
    keyed = [["题号", "答案"], ["2", "A"], ["1", "B"]]

    def table(rows):
        return "<table>\n" + "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "\n</table>\n"

    for page_of in (table([a + b for a, b in zip(asked, keyed, strict=True)]), table(asked) + "<p>参考答案</p>\n<p>1-2 BA</p>"):
        document = read(page_of)
        assert [one["answer"] for one in document["questions"]] == ["B", "A"] and not codes(document)
