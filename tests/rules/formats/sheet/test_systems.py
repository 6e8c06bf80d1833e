"""The same questions in the tables and the JSON of many systems: each gives them back exactly."""

import json

import pytest

from quizapp.rules.formats import objects, sheet
from tests.rules.formats.account import rows_lost
from tests.rules.formats.text import layouts as lay
from tests.rules.formats.text.layouts import EVERY, LETTERS

NAMES = {"single_choice": "单选题", "multiple_choice": "多选题", "true_false": "判断题"}
CODES = {"single_choice": "1", "multiple_choice": "2", "true_false": "3"}
STEMS = {one: one.bare("（ ）") for one in EVERY}


def said(one, words="正确 错误", between=""):
    return between.join(one.answer) if one.options else lay.truth(one.answer, words)


def wide(one, count=6):
    return [*one.options, *[""] * count][:count]


def lettered(one, form="{}.{}"):
    return [form.format(letter, option) for letter, option in zip(LETTERS, one.options, strict=False)]


def as_options(one, truths=("正确", "错误")):
    """Return (options, letters that are right), a statement as a choice between two words."""
    return (one.options, one.answer) if one.options else (truths, "A" if one.answer else "B")


def rows(head, make):
    return [head, *(make(number, one) for number, one in enumerate(EVERY, 1))]


def one_row_an_option(has_stem_again):
    head = ["题目序号", "题目类型", "题目内容", "整体解析", "题目图片", "是否正确项", "选项内容", "选项解析"]
    found = [head, ["必填", "1单选2多选3判断4主观", "必填", "选填", "", "0/1", "必填", "选填"]]
    for number, one in enumerate(EVERY, 1):
        options, right = as_options(one)
        for place, option in enumerate(options):
            shown = STEMS[one] if not place or has_stem_again else ""
            found.append([str(number), CODES[one.kind], shown, "", "", str(int(LETTERS[place] in right)), option, ""])
    return found


def flags_beside_options():
    head = ["试题类型", "题干", "解析", *(f"选项{n}{what}" for n in "一二三四五六" for what in ("内容", "是否正确", "图片"))]
    found = [head]
    for one in EVERY:
        options, right = as_options(one)
        cells = [cell for place, option in enumerate(options) for cell in (option, "是" if LETTERS[place] in right else "否", "")]
        found.append([NAMES[one.kind], STEMS[one], "", *cells])
    return found


def options_below(form="{}. {}"):
    found = [["题号", "题型", "题干", "选项", "答案"]]
    for number, one in enumerate(EVERY, 1):
        first, *rest = lettered(one, form) or [""]
        found.append([str(number), NAMES[one.kind], STEMS[one], first, said(one)])
        found += [["", "", "", option, ""] for option in rest]
    return found


def below_headings():
    found, kind = [["序号", "题干", *(f"选项{x}" for x in "ABCDEF"), "答案"]], ""
    for one in EVERY:
        if one.kind != kind:
            kind = one.kind
            found.append([f"一、{NAMES[kind]}（每题2分）", *[""] * 8])
        found.append(["", STEMS[one], *wide(one), said(one)])
    return found


LETTERED_HEAD = ["题型", "题干", *(f"选项{x}" for x in "ABCDEF"), "答案"]
TABLES = {
    "one row an option": one_row_an_option(False),
    "one row an option, its question in each": one_row_an_option(True),
    "a flag beside each option": flags_beside_options(),
    "options in rows below": options_below(),
    "headings between the rows": below_headings(),
    "columns A to F": rows(["题号", "题干", *"ABCDEF", "答案", "难度", "题型"],
                           lambda n, one: [str(n), STEMS[one], *wide(one), said(one), "简单", NAMES[one.kind]]),
    "kinds by figure": rows(["问题", "题型（0单选，1判断，2多选）", *(f"选项{x}" for x in "ABCD"), "答案（多选用英文逗号分隔，如：A,B）"],
                            lambda n, one: [STEMS[one], {"1": "0", "2": "2", "3": "1"}[CODES[one.kind]],
                                            *(wide(one, 4) if one.options else ["正确", "错误", "", ""]),
                                            ",".join(one.answer) if one.options else "AB"[not one.answer]]),
    "options in one cell behind |": rows(["编号", "类型", "试题内容", "候选项", "正确选项"],
                                         lambda n, one: [str(n), NAMES[one.kind], STEMS[one], "|".join(lettered(one)), said(one)]),
    "options in one cell, a line each": rows(["序号", "题型", "题目", "选项", "答案"],
                                             lambda n, one: [str(n), NAMES[one.kind], STEMS[one], "\n".join(lettered(one, "{}、{}")), said(one)]),
    "options in one cell behind $;$": rows(["序号", "题型", "题目", "选项", "答案"],
                                           lambda n, one: [str(n), NAMES[one.kind], STEMS[one], "$;$".join(one.options), said(one)]),
    "options as JSON objects": rows(["questionType", "questionContent", "questionOptions", "questionAnswer"],
                                    lambda n, one: [CODES[one.kind], STEMS[one],
                                                    json.dumps([{"key": x, "value": option} for x, option in zip(LETTERS, one.options, strict=False)], ensure_ascii=False) if one.options else "",
                                                    said(one, "1 2", ",")]),
    "options within the stem": rows(["序号", "试题", "答案"],
                                    lambda n, one: [str(n), "\n".join([STEMS[one], *lettered(one, "{}. {}")]), said(one)]),
    "answers in words": rows([*LETTERED_HEAD[:-1], "正确答案"],
                             lambda n, one: [NAMES[one.kind], STEMS[one], *wide(one),
                                             "；".join(one.options[LETTERS.index(x)] for x in one.answer) if one.options else said(one)]),
    "answers by figure": rows(["题型", "题干", *(f"选项{x}" for x in "123456"), "正确答案"],
                              lambda n, one: [NAMES[one.kind], STEMS[one], *wide(one),
                                              ",".join(str(LETTERS.index(x) + 1) for x in one.answer) if one.options else said(one, "1 0")]),
    "not at A1, below titles": [["", ""], ["", "全员测试题库"], ["", "说明：请勿修改表头"],
                                ["", "序号", "题目", *(f"{x}选项" for x in "ABCDEF"), "标准答案", "题目类型"],
                                *(["", str(n), STEMS[one], *wide(one), said(one, "对 错"), NAMES[one.kind]] for n, one in enumerate(EVERY, 1))],
    "no head at all": [[str(n), NAMES[one.kind], STEMS[one], *wide(one), said(one)] for n, one in enumerate(EVERY, 1)],
}  # fmt: skip


def told(document):
    return [(one["kind"], one["stem"], one["options"], one["answer"]) for one in document["questions"]]


WANTED = [(one.kind, STEMS[one], list(one.options), one.answer) for one in EVERY]


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_of_systems(name):
    book = {"sheets": [{"name": "题库", "rows": TABLES[name], "merged": []}]}
    document = sheet.read(book)
    assert rows_lost(book, document) == []
    assert told(document) == WANTED


def test_a_table_goes_on_in_the_next_sheet():
    whole = rows(LETTERED_HEAD, lambda n, one: [NAMES[one.kind], STEMS[one], *wide(one), said(one)])
    book = {"sheets": [{"name": "一", "rows": whole[:5], "merged": []}, {"name": "二", "rows": whole[5:], "merged": []}]}
    assert told(sheet.read(book)) == WANTED


OBJECTS = {
    "options with letters": [{"type": NAMES[one.kind], "question": STEMS[one], "options": lettered(one, "{}. {}"), "answer": said(one)} for one in EVERY],
    "a title, a list, a truth": [{"type": one.kind, "title": STEMS[one], "options": one.options, "answer": list(one.answer) if one.options else one.answer} for one in EVERY],
    "answers in words": {"questions": [{"question": STEMS[one], "options": one.options, "answer": [one.options[LETTERS.index(x)] for x in one.answer] if one.options else said(one)} for one in EVERY]},
    "answers counted from 0": {"data": [{"topic_type": one.kind, "stem": STEMS[one], "choices": as_options(one)[0], "correct": [LETTERS.index(x) for x in as_options(one)[1]]} for one in EVERY]},
    "letters for names": [{"题型": NAMES[one.kind], "题目": STEMS[one], **dict(zip(LETTERS, one.options, strict=False)), "答案": said(one)} for one in EVERY],
    "each option says whether it is right": {"list": [
        {"questionType": int(CODES[one.kind]) - 1, "questionStem": STEMS[one],
         "optionList": [{"optionLabel": x, "optionContent": option, "isCorrect": x in as_options(one)[1]} for x, option in zip(LETTERS, as_options(one)[0], strict=False)]}
        for one in EVERY]},
    "lists by kind": {name: [{"题干": STEMS[one], "选项": dict(zip(LETTERS, one.options, strict=False)), "答案": said(one)} for one in EVERY if one.kind == kind] for kind, name in NAMES.items()},
}  # fmt: skip


@pytest.mark.parametrize("name", OBJECTS)
def test_the_json_of_systems(name):
    assert told(objects.read(json.dumps(OBJECTS[name], ensure_ascii=False, indent=1))) == WANTED


def test_an_object_a_line():
    lines = [json.dumps({"question": STEMS[one], "options": one.options, "answer": said(one)}, ensure_ascii=False) for one in EVERY]
    document = objects.read("\n".join(lines))
    assert told(document) == WANTED
    assert [one["source"]["from"] for one in document["questions"]] == list(range(1, len(EVERY) + 1))
