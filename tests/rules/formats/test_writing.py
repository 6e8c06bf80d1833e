"""What a bank is taken away as comes back the same, but for what the format is said not to hold."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from quizapp.rules.formats import docx, gift, holding, markdown, moodle, qti, sheet
from quizapp.services.readers import xml
from tests.rules.formats.questions import EVERY, banks

FIELDS = ("kind", "stem", "options", "answer", "any_order", "explanation", "points", "chapter", "difficulty",
          "citations", "code", "tags")  # fmt: skip
OF_PART = ("kind", "stem", "options", "answer", "any_order", "explanation")
TOUCHED = {  # what each loss may change
    "any-order": {"any_order"},
    "blank-drawn": {"stem", "answer"},
    "truth-options": {"kind", "options", "answer"},
    "chapter": {"chapter"},
    "citations": {"citations"},
    "difficulty": {"difficulty"},
    "points": {"points"},
    "code": {"code"},
    "pictures": set(),
    "pictures-right": set(),
    "tags": {"tags"},
    "explanation": {"explanation"},
    "wide": {"stem", "options", "answer", "explanation"},
    "spaces": {"stem", "options", "answer", "explanation", "chapter"},
}


def in_markdown(document):
    return markdown.read(markdown.write(document))


def in_word(document):
    content = docx.write(document)
    blocks = [{"number": number, "left": [], "marks": [], **one} for number, one in enumerate(content["blocks"], 1)]
    return docx.read({**content, "blocks": blocks})


def in_a_sheet(document):
    return sheet.read({"sheets": [{**one, "merged": []} for one in sheet.write(document)["sheets"]]})


def in_gift(document):
    return gift.read(gift.write(document))


def in_moodle_xml(document):
    text = moodle.write(document)
    ElementTree.fromstring(text)
    return moodle.read({"root": xml.parse(text, has_lines=True), "text": text})


def in_qti(version):
    def there_and_back(document):
        questions = []
        for name, text in qti.files(document, version).items():
            root = xml.parse(text, has_lines=True)
            if name != "imsmanifest.xml":
                questions += qti.read({"root": root, "text": text})["questions"]
        return {"questions": questions}

    return there_and_back


WAYS = {
    "markdown": (in_markdown, markdown.unheld),
    "docx": (in_word, docx.unheld),
    "xlsx": (in_a_sheet, sheet.unheld),
    "gift": (in_gift, gift.unheld),
    "moodle-xml": (in_moodle_xml, moodle.unheld),
    "qti 2.1": (in_qti("2.1"), qti.unheld),
    "qti 3.0": (in_qti("3.0"), qti.unheld),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_bank_comes_back_but_for_what_is_said_to_be_lost(name):
    """Over made-up questions: every difference is one that was named before."""
    there_and_back, unheld = WAYS[name]

    @given(banks(EVERY))
    @settings(max_examples=20, deadline=None)
    def check(document):
        held = [one for one in document["questions"] if not holding.is_left_out(one, unheld)]
        if not held:
            return
        read = there_and_back({**document, "questions": held})["questions"]
        assert len(read) == len(held)
        for was, comes in zip(held, read, strict=True):
            losses = unheld(was)
            may_differ = set().union(*(TOUCHED[one] for one in losses))
            for field in FIELDS:
                if field == "code" and not was["code"]:
                    continue
                if field not in may_differ:
                    assert comes.get(field, []) == was[field], (field, losses)
            for one, other in zip(was.get("parts", ()), comes.get("parts", ()), strict=True):
                for field in set(OF_PART) - may_differ:
                    assert other[field] == one[field], (field, losses)

    check()


PLAIN = {"kind": "single_choice", "stem": "灯（ ）", "options": ["亮", "暗"], "answer": "A", "code": "q-1", "points": 1}


PART = {"kind": "fill_blank", "stem": "带____", "options": [], "answer": [["灯"]], "explanation": ""}


@pytest.mark.parametrize(
    "change, codes",
    [
        ({}, {"markdown": [], "docx": [], "xlsx": [], "gift": [], "moodle-xml": [], "qti 2.1": []}),
        ({"chapter": "第一章", "difficulty": "easy", "citations": ["第一条"]},
         {"markdown": [], "gift": [], "moodle-xml": [], "qti 2.1": ["chapter", "citations", "difficulty"]}),
        ({"kind": "fill_blank", "stem": "____，__", "options": [], "answer": [["甲"], ["乙"]], "any_order": True},
         {"markdown": [], "xlsx": [], "gift": ["blanks"], "moodle-xml": ["any-order", "blank-drawn"],
          "qti 3.0": ["any-order", "blank-drawn"]}),
        ({"tags": ["夜巡", "甲"]}, {"markdown": [], "docx": [], "xlsx": [], "gift": [], "moodle-xml": [], "qti 3.0": ["tags"]}),
        ({"tags": ["两 个"]}, {"markdown": [], "gift": [], "moodle-xml": [], "xlsx": []}),
        ({"tags": ["两，个"]}, {"markdown": ["tags"], "gift": ["tags"], "xlsx": ["tags"]}),
        ({"options": ["对", "错"]}, {"moodle-xml": [], "qti 2.1": ["truth-options"]}),
        ({"kind": "essay", "answer": "甲"}, dict.fromkeys(WAYS, ["kind"])),
        ({"kind": "ordering", "options": [], "answer": ["看", "走"]},
         {"gift": ["kind"], "moodle-xml": [], "qti 2.1": [], "xlsx": []}),
        ({"kind": "ordering", "options": [], "answer": ["看；听", "走"]}, {"markdown": [], "xlsx": ["cell"]}),
        ({"kind": "matching", "options": [], "answer": [["甲→", "灯"], ["门", "伞"]]}, {"markdown": [], "xlsx": ["cell"]}),
        ({"kind": "matching", "options": [], "answer": [["甲->乙", "灯"], ["门", "伞"]]},
         {"gift": ["arrow"], "moodle-xml": [], "qti 3.0": []}),
        ({"kind": "case", "options": [], "answer": None, "explanation": "总", "parts": [{**PART, "any_order": True}]},
         {"gift": ["any-order", "explanation"], "moodle-xml": ["any-order"], "qti 2.1": ["any-order"], "xlsx": []}),
        ({"kind": "case", "options": [], "answer": None, "parts": [{**PART, "answer": [["甲"], ["乙"]], "stem": "____、____"}]},
         {"gift": ["part"], "moodle-xml": [], "qti 3.0": []}),
        ({"stem": "灯\u200b（ ）"}, dict.fromkeys(WAYS, ["spaces"])),
        ({"stem": "灯⟦图0123456789abcdef01234567-9-9⟧（ ）"},
         {**dict.fromkeys(WAYS, []), "gift": ["pictures"]}),
        ({"stem": "１０盏（ ）"}, {"markdown": ["wide"], "xlsx": ["wide"], "gift": ["wide"], "moodle-xml": [], "qti 2.1": []}),
    ],
)  # fmt: skip
def test_what_a_format_does_not_hold_is_named(change, codes):
    question = {**PLAIN, **change}
    assert {name: WAYS[name][1](question) for name in codes} == codes


def test_losses_are_counted_and_the_first_questions_named():
    questions = [{**PLAIN, "code": f"q-{number}", "chapter": "甲"} for number in range(1, 8)]
    [loss] = holding.summary(questions, qti.unheld)
    assert (loss.code, loss.count, loss.codes) == ("chapter", 7, ["q-1", "q-2", "q-3", "q-4", "q-5"])


def test_items_of_qti_are_shaped_as_their_version_names_them():
    two, three = (qti.files({"questions": [PLAIN]}, version)["items/q0001.xml"] for version in ("2.1", "3.0"))
    assert re.findall(r"<([\w-]+)", two) == [
        "assessmentItem", "responseDeclaration", "correctResponse", "value", "outcomeDeclaration", "outcomeDeclaration",
        "defaultValue", "value", "itemBody", "p", "choiceInteraction", "simpleChoice", "simpleChoice", "responseProcessing",
        "responseCondition", "responseIf", "match", "variable", "correct", "setOutcomeValue", "variable",
    ]  # fmt: skip
    assert 'maxChoices="1"' in two and 'responseIdentifier="RESPONSE"' in two and 'timeDependent="false"' in two
    assert "<qti-choice-interaction" in three and 'max-choices="1"' in three and 'time-dependent="false"' in three
    assert not re.search(r"</?[a-z]+[A-Z]", three)


def test_examples_of_a_template_are_no_questions():
    shown = {**PLAIN, "code": "示例-1"}
    for name in ("markdown", "docx", "xlsx"):
        document = WAYS[name][0]({"questions": [shown, {**PLAIN, "code": "q-2", "stem": "门（ ）"}]})
        assert [one["code"] for one in document["questions"]] == ["q-2"], name
        assert [one["reason"] for one in document["ignored"]].count("example") == 1
        assert document["problems"] == []


def test_a_house_sheet_that_was_filled_in_in_another_habit_is_read_all_the_same():
    rows = sheet.write({"questions": [PLAIN]})["sheets"][0]["rows"]
    rows.append(["选择", "1. 门要开（AB）", "A.大", "B.小", "", "", "", "", "2分", "中等", "", "", "", ""])
    read = sheet.read({"sheets": [{"name": "题库", "rows": rows, "merged": []}]})["questions"]
    assert (read[1]["kind"], read[1]["options"], read[1]["answer"]) == ("multiple_choice", ["大", "小"], "AB")


MATERIAL = {"kind": "case", "options": [], "answer": None, "stem": "某村有两户。", "explanation": "总评", "points": 3, "code": "c-1",
            "parts": [{"kind": "single_choice", "stem": "哪户（ ）", "options": ["甲", "乙"], "answer": "B", "explanation": "见上"},
                      PART]}  # fmt: skip


def test_a_case_of_a_house_sheet_ends_where_a_row_says_another_material():
    """The rows below a case are its questions as long as they say 同上; elsewhere that is the material of the row above."""
    plain = [{**PLAIN, "code": code, "material": text} for code, text in (("q-1", ""), ("q-2", "一段材料"))]
    rows = sheet.write({"questions": [MATERIAL, *plain]})["sheets"][0]["rows"]
    assert [row[-1] for row in rows[1:]] == ["", "同上", "同上", "", "一段材料"]
    rows.append([*rows[-1][:-1], "同上"])
    rows[-1][rows[0].index("编号")] = "q-3"
    case, *others = sheet.read({"sheets": [{"name": "题库", "rows": rows, "merged": []}]})["questions"]
    assert [part["stem"] for part in case["parts"]] == ["哪户（ ）", PART["stem"]]
    assert (case["explanation"], case["points"], case["code"]) == ("总评", 3, "c-1")
    assert [part["explanation"] for part in case["parts"]] == ["见上", ""]
    assert (case["source"], case["problems"]) == ({"from": "题库!2", "to": "题库!4"}, [])
    assert [one.get("material", "") for one in others] == ["", "一段材料", "一段材料"]


def test_the_text_of_a_case_may_stand_in_the_column_of_materials():
    head, *rows = sheet.write({"questions": [MATERIAL]})["sheets"][0]["rows"]
    rows[0][1], rows[0][-1] = "", rows[0][1]
    rows[1][head.index("分值")] = "2"
    (case,) = sheet.read({"sheets": [{"name": "题库", "rows": [head, *rows], "merged": []}]})["questions"]
    assert (case["stem"], len(case["parts"]), case["points"]) == ("某村有两户。", 2, 3)
    assert [(one["code"], one["place"]) for one in case["problems"]] == [("part-of-case", "题库!3")]


def test_a_row_called_a_case_that_has_an_answer_of_its_own_is_one_question_with_its_material():
    head, *rows = sheet.write({"questions": [{**PLAIN, "material": "某村有两户。"}]})["sheets"][0]["rows"]
    rows[0][0] = "案例题"
    (one,) = sheet.read({"sheets": [{"name": "题库", "rows": [head, *rows], "merged": []}]})["questions"]
    assert (one["stem"], one["material"], one["options"]) == (PLAIN["stem"], "某村有两户。", PLAIN["options"])
