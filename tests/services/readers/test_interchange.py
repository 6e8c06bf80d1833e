"""Moodle XML and QTI of every version: number, kind, key and words; what has no equal is named; traps are refused."""

import io

import pytest

from quizapp.services.readers import Unreadable, banks
from tests.rules.formats.account import codes, lines_lost
from tests.samples import files


def read(text: str | bytes, **options) -> dict:
    data = text.encode() if isinstance(text, str) else text
    document = banks.read(io.BytesIO(data), options)
    assert lines_lost(data.decode("utf-8", "replace"), document) == []
    return document


def told(document: dict) -> list:
    return [(one["kind"], one["stem"], one["options"], one["answer"]) for one in document["questions"]]


def moodle(kind: str, stem: str, inside: str = "") -> str:
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n<question type="{kind}">\n<name><text>名</text></name>\n'
            f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>\n{inside}\n</question>\n</quiz>')  # fmt: skip


def answer(share, text, feedback="", more="") -> str:
    return f'<answer fraction="{share}"><text>{text}</text>{more}<feedback><text>{feedback}</text></feedback></answer>'


@pytest.mark.parametrize(
    "kind, inside, wanted",
    [
        ("multichoice", answer(100, "亮") + answer(0, "暗"), ("single_choice", ["亮", "暗"], "A")),
        ("multichoice", "<single>false</single>" + answer(50, "灯") + answer(-100, "石") + answer(50, "伞"), ("multiple_choice", ["灯", "石", "伞"], "AC")),
        ("truefalse", answer(0, "true") + answer(100, "false"), ("true_false", [], False)),
        ("shortanswer", answer(100, "灯") + answer(100, "手电筒"), ("fill_blank", [], [["灯", "手电筒"]])),
        ("multichoiceset", answer(100, "灯") + answer(0, "石") + answer(100, "伞"), ("multiple_choice", ["灯", "石", "伞"], "AC")),
        ("multichoice", answer(100, "&lt;p&gt;10&lt;sup&gt;2&lt;/sup&gt;&lt;/p&gt;") + answer(0, "102"), ("single_choice", ["10²", "102"], "A")),
        ("numerical", answer(100, "3", more="<tolerance>0.5</tolerance>"), ("numerical", [], {"value": 3.0, "tolerance": 0.5})),
        ("matching", "<subquestion><text>甲</text><answer><text>灯</text></answer></subquestion>", ("matching", [], [["甲", "灯"]])),
        ("matching", "<subquestion><text/><answer><text>石</text></answer></subquestion>"
         "<subquestion><text>甲</text><answer><text>灯</text></answer></subquestion>", ("matching", [], [["", "石"], ["甲", "灯"]])),
        ("ordering", answer("1.0", "看") + answer("2.0", "走"), ("ordering", [], ["看", "走"])),
        ("essay", "<graderinfo><text>要点</text></graderinfo>", ("short_answer", [], "要点")),
    ],
)  # fmt: skip
def test_moodle_kinds(kind, inside, wanted):
    document = read(moodle(kind, "<p>夜里<b>要</b>看路。</p>", inside))
    assert document["format"] == "moodle-xml"
    assert told(document) == [(wanted[0], "夜里要看路。", wanted[1], wanted[2])]
    assert document["questions"][0]["source"] == {"from": 3, "to": 7}


def test_a_tag_may_hold_a_space():
    tagged = "<tags><tag><text>fire safety</text></tag><tag><text>夜间，用电</text></tag></tags>"
    assert read(moodle("truefalse", "灯亮。", answer(100, "true") + tagged))["questions"][0]["tags"] == ["fire safety", "夜间", "用电"]
    assert read("// [tag:fire safety] [tag:夜间]\n灯亮。{T}\n", format="gift")["questions"][0]["tags"] == ["fire safety", "夜间"]


def test_words_that_are_put_into_a_moodle_text_fill_blanks_and_wildcards_are_named():
    boxes = "<dragbox><text>灯</text></dragbox><dragbox><text>伞</text></dragbox>"
    (one,) = read(moodle("ddwtos", "带[[2]]和[[1]]。", boxes))["questions"]
    assert (one["kind"], one["stem"], one["answer"]) == ("fill_blank", "带____和____。", [["伞"], ["灯"]])
    assert codes({"problems": one["problems"]}) == ["cloze"]
    assert codes(read(moodle("shortanswer", "带什么？", answer(100, "手电*")))) == ["wildcard"]
    assert codes(read(moodle("shortanswer", "带什么？", answer(100, "手电\\*")))) == []
    (figure,) = read(moodle("cloze", "电压{1:NUMERICAL:=36:0.5}伏。"))["questions"]
    assert figure["answer"] == [["36"]]


@pytest.mark.parametrize(
    "kind, stem, inside, answered, wanted",
    [
        ("cloze", "带{1:MULTIRESPONSE:%50%灯~%50%伞~石}。", "", [["灯、伞"]], ["several-in-blank", "cloze"]),
        ("cloze", "带{1:SHORTANSWER:=灯~%50%烛}。", "", [["灯"]], ["partial-credit"]),
        ("cloze", "带{1:SA:=手电*}和{1:SA:=a\\*b}。", "", [["手电*"], ["a*b"]], ["wildcard"]),
        ("cloze", "拉{1:SHORTANSWER_C:=SOS}。", "", [["SOS"]], ["case-folded"]),
        ("shortanswer", "喊什么？", "<usecase>1</usecase>" + answer(100, "SOS"), [["SOS"]], ["case-folded"]),
        ("shortanswer", "喊什么？", "<usecase>1</usecase>" + answer(100, "救命"), [["救命"]], []),
        ("numerical", "多远？", answer(100, "5") + "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>",
         {"value": 5, "tolerance": 0}, ["units"]),
        ("truefalse", "灯亮。", answer(100, "true") + answer(100, "false"), None, ["answer-unreadable"]),
    ],
)  # fmt: skip
def test_what_moodle_minds_and_a_question_here_does_not_is_named(kind, stem, inside, answered, wanted):
    (one,) = read(moodle(kind, stem, inside))["questions"]
    assert (one["answer"], codes({"problems": one["problems"]})) == (answered, wanted)


def test_moodle_keeps_points_feedback_and_chapters_and_names_the_rest():
    text = moodle(
        "multichoice",
        "灯",
        "<defaultgrade>2.5000000</defaultgrade><generalfeedback><text>总评</text></generalfeedback>"
        + answer(100, "亮", "好")
        + answer(50, "暗"),
    )
    chapter = '<question type="category"><category><text>$course$/题库/第一章</text></category></question>\n'
    document = read(text.replace("<quiz>\n", "<quiz>\n" + chapter))
    (one,) = document["questions"]
    assert (one["points"], one["explanation"], one["chapter"]) == (2.5, "总评\nA: 好", "第一章")
    assert codes(document) == ["partial-credit"]
    assert codes(read(moodle("description", "请拿笔。")))[0] == "no-question"
    assert codes(read(moodle("ddmarker", "看图。<img src='x'>"))) == ["kind-no-equal", "picture-left-out", "no-answer"]
    (cloze,) = read(moodle("cloze", "带{1:SHORTANSWER:=灯~%100%手电筒~石#不对}和{1:MULTICHOICE:=伞~石}。"))["questions"]
    assert (cloze["stem"], cloze["answer"]) == ("带____和____。", [["灯", "手电筒"], ["伞"]])


def item(body: str, *declared: str) -> str:
    return ('<?xml version="1.0"?>\n<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="us-1">\n'
            + "\n".join(declared) + f"\n<itemBody>\n{body}\n</itemBody>\n<modalFeedback><p>要看路。</p></modalFeedback>\n</assessmentItem>")  # fmt: skip


def right(*values: str, cardinality="single", base="identifier", name="R") -> str:
    inside = "".join(f"<value>{value}</value>" for value in values)
    return (f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}"><correctResponse>{inside}'
            "</correctResponse></responseDeclaration>")  # fmt: skip


NEAR = """<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="1 2">
<variable identifier="R"/><correct identifier="R"/></equal></responseIf></responseCondition></responseProcessing>"""
MATCH = """<matchInteraction responseIdentifier="R"><prompt>连一连</prompt>
<simpleMatchSet><simpleAssociableChoice identifier="a">甲</simpleAssociableChoice>
<simpleAssociableChoice identifier="b">乙</simpleAssociableChoice></simpleMatchSet>
<simpleMatchSet><simpleAssociableChoice identifier="c">灯</simpleAssociableChoice>
<simpleAssociableChoice identifier="d">石</simpleAssociableChoice></simpleMatchSet></matchInteraction>"""


def choices(name: str, *texts: str, tag="simpleChoice") -> str:
    inside = "".join(f'<{tag} identifier="c{place}">{text}</{tag}>' for place, text in enumerate(texts))
    return f'<{name} responseIdentifier="R"><prompt>灯要多亮？</prompt>{inside}</{name}>'


@pytest.mark.parametrize(
    "body, declared, wanted",
    [
        (choices("choiceInteraction", "亮", "暗"), right("c0"), ("single_choice", "灯要多亮？", ["亮", "暗"], "A")),
        (choices("choiceInteraction", "灯", "石", "伞"), right("c0", "c2", cardinality="multiple"), ("multiple_choice", "灯要多亮？", ["灯", "石", "伞"], "AC")),
        (choices("choiceInteraction", "True", "False"), right("c1"), ("true_false", "灯要多亮？", [], False)),
        (choices("orderInteraction", "甲", "乙"), right("c1", "c0", cardinality="ordered"), ("ordering", "灯要多亮？", [], ["乙", "甲"])),
        ('<p>带<textEntryInteraction responseIdentifier="R"/>。</p>', right("灯", base="string"), ("fill_blank", "带____。", [], [["灯"]])),
        ('<p>几盏？<textEntryInteraction responseIdentifier="R"/></p>', right("3", base="integer"), ("numerical", "几盏？____", [], {"value": 3.0, "tolerance": 0})),
        ('<p>几盏？</p><p><textEntryInteraction responseIdentifier="R"/></p>', right("3", base="float") + NEAR, ("numerical", "几盏？", [], {"value": 3.5, "tolerance": 1.5})),
        ('<p>几盏？</p><p><textEntryInteraction responseIdentifier="R"/></p>', right("-30", base="float") + NEAR.replace("absolute", "relative").replace("1 2", "10"), ("numerical", "几盏？", [], {"value": -30, "tolerance": 3})),
        (MATCH, right("a c", "b c", base="directedPair", cardinality="multiple"), ("matching", "连一连", [], [["甲", "灯"], ["乙", "灯"], ["", "石"]])),
        ('<p>写。</p><extendedTextInteraction responseIdentifier="R"/>', "", ("short_answer", "写。", [], None)),
        (choices("matchInteraction", "甲", "灯", tag="simpleAssociableChoice"), right("c0 c1", base="directedPair"), ("matching", "灯要多亮？", [], [["甲", "灯"]])),
    ],
)  # fmt: skip
def test_qti_two_and_three_say_the_same(body, declared, wanted):
    for text in (item(body, declared), as_three(item(body, declared))):
        document = read(text)
        assert (document["format"], told(document)) == ("qti", [wanted])
        assert (document["questions"][0]["explanation"], document["questions"][0]["code"]) == ("要看路。", "us-1")


def as_three(text: str) -> str:
    """Say an item of version 2 in the names of version 3."""
    import re

    names = re.sub(
        r"(</?)([a-z]+(?:[A-Z][a-z]+)+)",
        lambda found: found[1] + "qti-" + re.sub("([A-Z])", r"-\1", found[2]).lower(),
        text,
    )
    names = (
        names.replace("<value>", "<qti-value>")
        .replace("</value>", "</qti-value>")
        .replace("<prompt>", "<qti-prompt>")
        .replace("</prompt>", "</qti-prompt>")
    )
    return names.replace("responseIdentifier", "response-identifier").replace("baseType", "base-type")


def test_what_is_left_over_of_words_for_gaps_and_of_one_heap_is_an_entry_more_on_the_right():
    gaps = ('<gapMatchInteraction responseIdentifier="R"><gapText identifier="a">灯</gapText><gapText identifier="b">伞</gapText>'
            '<gapText identifier="c">石</gapText><p>夜里带<gap identifier="g"/>，雨天带<gap identifier="h"/>。</p></gapMatchInteraction>')  # fmt: skip
    (one,) = read(item(gaps, right("b h", "a g", base="directedPair", cardinality="multiple")))["questions"]
    assert (one["stem"], one["answer"]) == ("夜里带____，雨天带____。", [["(1)", "灯"], ["(2)", "伞"], ["", "石"]])
    heap = choices("associateInteraction", "甲", "灯", "石", tag="simpleAssociableChoice")
    (one,) = read(item(heap, right("c0 c1", base="pair")))["questions"]
    assert one["answer"] == [["甲", "灯"], ["", "石"]]
    (one,) = read(item(MATCH, right("a c", base="directedPair", cardinality="multiple")))["questions"]
    assert "left-alone" in codes({"problems": one["problems"]})


def test_a_question_of_a_case_asks_what_stands_around_its_field():
    both = f'<p>材料。</p>{choices("choiceInteraction", "亮", "暗")}<p>带<textEntryInteraction responseIdentifier="S"/>。</p>'
    (case,) = read(item(both, right("c0"), right("灯", base="string", name="S")))["questions"]
    assert (case["stem"], case["problems"]) == ("材料。", [])
    assert [(part["stem"], part["answer"]) for part in case["parts"]] == [("灯要多亮？", "A"), ("带____。", [["灯"]])]
    two = both.replace('"S"/>。', '"S"/>和<textEntryInteraction responseIdentifier="T"/>。')
    keys = [right("c0"), *(right(text, base="string", name=name) for name, text in (("S", "灯"), ("T", "伞")))]
    (case,) = read(item(two, *keys))["questions"]
    assert [(part["stem"], part["answer"]) for part in case["parts"]][1:] == [("带____和____。", [["灯"], ["伞"]])]
    numbers = two.replace('和<textEntryInteraction responseIdentifier="T"/>', "")
    (case,) = read(item(numbers, keys[0], right("3", "4", base="float", name="S")))["questions"]
    assert [problem["code"] for problem in case["problems"]] == ["partial-credit"]
    (case,) = read(item(f"{choices('choiceInteraction', '亮', '暗')}<textEntryInteraction responseIdentifier='S'/>", *keys[:2]))["questions"]
    assert [problem["code"] for problem in case["problems"]] == ["stem-missing"]


def test_fields_and_choices_in_one_text_are_its_blanks():
    chosen = choices("inlineChoiceInteraction", "灯", "石", tag="inlineChoice").replace("<prompt>灯要多亮？</prompt>", "")
    text = f'<p>带{chosen}和<textEntryInteraction responseIdentifier="S"/>。</p>'
    (one,) = read(item(text, right("c0"), right("伞", base="string", name="S")))["questions"]
    assert (one["kind"], one["stem"], one["answer"]) == ("fill_blank", "带____和____。", [["灯"], ["伞"]])
    assert codes({"problems": one["problems"]}) == ["cloze"]


def test_a_kind_without_an_equal_is_named_as_the_file_names_it():
    (one,) = read(item("<p>请拿笔。</p>"))["questions"]
    assert one["problems"][0]["message"].startswith("This item shows a text")
    for kind in ("file_upload_question", "Jumbled Sentence"):
        (one,) = read(canvas(kind, "<material><mattext>上传</mattext></material>"))["questions"]
        assert one["problems"][0]["params"] == {"kind": kind.lower()}


def test_the_words_by_which_blackboard_names_yes_and_no_are_a_statement():
    (one,) = read(ONE_TWO.replace("亮", "yes_no.true").replace("暗", "yes_no.false"))["questions"]
    assert (one["kind"], one["options"], one["answer"]) == ("true_false", [], True)


def test_several_interactions_are_a_case_and_pictures_have_no_equal():
    both = choices("choiceInteraction", "亮", "暗") + '<extendedTextInteraction responseIdentifier="S"/>'
    (case,) = read(item(both, right("c0")))["questions"]
    assert case["kind"] == "case" and [part["kind"] for part in case["parts"]] == ["single_choice", "short_answer"]
    assert [one["code"] for one in case["problems"]] == ["part-kind"]
    assert codes(read(item('<hotspotInteraction responseIdentifier="R"><object/></hotspotInteraction>')))[:2] == [
        "picture-left-out",
        "kind-no-equal",
    ]
    assert codes(read('<?xml version="1.0"?>\n<assessmentTest><assessmentItemRef href="a.xml"/></assessmentTest>')) == [
        "items-elsewhere",
        "no-questions",
    ]


ONE_TWO = """<?xml version="1.0"?>
<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2.dtd">
<questestinterop><item ident="us-1">
<presentation><material><mattext>灯要多（ ）。</mattext></material>
<response_lid ident="R" rcardinality="Single"><render_choice>
<response_label ident="A"><material><mattext>亮</mattext></material></response_label>
<response_label ident="B"><material><mattext>暗</mattext></material></response_label>
</render_choice></response_lid></presentation>
<resprocessing><respcondition><conditionvar><varequal respident="R">A</varequal></conditionvar><setvar action="Set">1</setvar></respcondition></resprocessing>
<itemfeedback ident="F"><material><mattext>要看路。</mattext></material></itemfeedback>
</item></questestinterop>"""


def test_qti_one_is_read():
    document = read(ONE_TWO)
    assert told(document) == [("single_choice", "灯要多（ ）。", ["亮", "暗"], "A")]
    assert document["questions"][0]["explanation"] == "要看路。"


BLOCKS = """<questestinterop><assessment><section>
<item><itemmetadata><bbmd_questiontype>Multiple Choice</bbmd_questiontype></itemmetadata><presentation>
<flow class="QUESTION_BLOCK"><material><mat_extension><mat_formattedtext>&lt;p&gt;灯要多&lt;/p&gt;</mat_formattedtext></mat_extension></material></flow>
<response_lid ident="r" rcardinality="Single"><render_choice><response_label ident="a"><material><mat_extension><mat_formattedtext>亮</mat_formattedtext>
</mat_extension></material></response_label><response_label ident="b"><material><mat_extension><mat_formattedtext>暗</mat_formattedtext></mat_extension>
</material></response_label></render_choice></response_lid></presentation><resprocessing><respcondition title="correct"><conditionvar>
<varequal respident="r">b</varequal></conditionvar><setvar variablename="SCORE" action="Set">SCORE.max</setvar></respcondition></resprocessing></item>
<item><itemmetadata><bbmd_questiontype>Matching</bbmd_questiontype></itemmetadata><presentation><flow class="QUESTION_BLOCK">
<material><mattext>连线</mattext></material></flow><flow class="RESPONSE_BLOCK"><flow><flow><material><mattext>火警</mattext></material></flow>
<response_lid ident="m"><render_choice><response_label ident="x"/><response_label ident="y"/></render_choice></response_lid></flow></flow>
<flow class="RIGHT_MATCH_BLOCK"><flow><material><mattext>120</mattext></material></flow><flow><material><mattext>119</mattext></material></flow></flow>
</presentation><resprocessing><respcondition title="m"><conditionvar><varequal respident="m">y</varequal></conditionvar></respcondition></resprocessing></item>
</section></assessment></questestinterop>"""


def test_the_blocks_of_blackboard_are_read():
    assert told(read(BLOCKS)) == [
        ("single_choice", "灯要多", ["亮", "暗"], "B"),
        ("matching", "连线", [], [["火警", "119"], ["", "120"]]),
    ]


def canvas(kind: str, shown: str, *conditions: str) -> str:
    earns = "".join(f'<respcondition><conditionvar>{one}</conditionvar><setvar action="Add">50</setvar></respcondition>' for one in conditions)
    return (f'<questestinterop><item ident="i"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>\n'
            f"<fieldentry>{kind}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation>{shown}</presentation>\n"
            f"<resprocessing>{earns}</resprocessing></item></questestinterop>")  # fmt: skip


def canvas_list(name: str, asked: str, **labels: str) -> str:
    shown = "".join(f'<response_label ident="{one}"><material><mattext>{text}</mattext></material></response_label>' for one, text in labels.items())
    return f'<response_lid ident="{name}"><material><mattext>{asked}</mattext></material><render_choice>{shown}</render_choice></response_lid>'


@pytest.mark.parametrize(
    "kind, shown, conditions, wanted",
    [
        ("fill_in_multiple_blanks_question", "<material><mattext>带[a]</mattext></material>" + canvas_list("r_a", "a", x="灯", y="手电"),
         ['<varequal respident="r_a">x</varequal>'], ("fill_blank", "带____", [["灯", "手电"]])),
        ("fill_in_multiple_blanks_question", "<material><mattext>带[b]和[a]</mattext></material>" + canvas_list("r_a", "a", x="灯") + canvas_list("r_b", "b", y="伞"),
         ['<varequal respident="r_a">x</varequal>', '<varequal respident="r_b">y</varequal>'], ("fill_blank", "带____和____", [["伞"], ["灯"]])),
        ("Fill in the Blank Plus", "<material><mattext>带[b]和[a]</mattext></material>" + "".join(f'<response_str ident="{one}"><render_fib/></response_str>' for one in "ab"),
         ['<varequal respident="a">灯</varequal><varequal respident="b">伞</varequal>'], ("fill_blank", "带____和____", [["伞"], ["灯"]])),
        ("multiple_dropdowns_question", "<material><mattext>带[a]</mattext></material>" + canvas_list("r_a", "a", x="灯", y="石"),
         ['<varequal respident="r_a">x</varequal>'], ("fill_blank", "带____", [["灯"]])),
        ("matching_question", "<material><mattext>连线</mattext></material>" + canvas_list("r", "火警", x="119", y="120", z="110") + canvas_list("s", "急救", x="119", y="120", z="110"),
         ['<varequal respident="r">x</varequal>', '<varequal respident="s">y</varequal>'], ("matching", "连线", [["火警", "119"], ["急救", "120"], ["", "110"]])),
        ("numerical_question", '<material><mattext>电压</mattext></material><response_str ident="r"><render_fib fibtype="Decimal"/></response_str>',
         ['<or><varequal respident="r">36</varequal><and><vargte respident="r">35</vargte><varlte respident="r">37</varlte></and></or>'],
         ("numerical", "电压", {"value": 36, "tolerance": 1})),
        ("essay_question", '<material><mattext>论述</mattext></material><response_str ident="r"><render_fib/></response_str>', [], ("short_answer", "论述", None)),
    ],
)  # fmt: skip
def test_the_kinds_of_canvas_are_read(kind, shown, conditions, wanted):
    (one,) = read(canvas(kind, shown, *conditions))["questions"]
    assert (one["kind"], one["stem"], one["answer"]) == wanted


NUMBER = '<material><mattext>电压</mattext></material><response_str ident="r"><render_fib fibtype="Decimal"/></response_str>'
TEXT = '<material><mattext>带什么？</mattext></material><response_str ident="r"><render_fib/></response_str>'


@pytest.mark.parametrize(
    "text, answer, wanted",
    [
        (moodle("numerical", "几伏？", answer(100, "36") + answer(100, "24")), {"value": 36, "tolerance": 0}, ["partial-credit"]),
        (canvas("numerical_question", NUMBER, '<varequal respident="r">36</varequal>', '<vargte respident="r">20</vargte><varlte respident="r">24</varlte>'),
         {"value": 36, "tolerance": 0}, ["partial-credit"]),
        (canvas("numerical_question", NUMBER, '<or><varequal respident="r">36</varequal><varequal respident="r">24</varequal></or>'),
         {"value": 36, "tolerance": 0}, ["partial-credit"]),
        (canvas("numerical_question", NUMBER, '<varequal respident="r">36</varequal>', '<vargte respident="r">34</vargte><varlte respident="r">36</varlte>'),
         {"value": 35, "tolerance": 1}, []),
        (canvas("short_answer_question", TEXT, '<varequal respident="r">灯</varequal>', '<varequal respident="r">伞</varequal>').replace(">50<", ">100<", 1),
         [["灯"]], ["partial-credit"]),
        (canvas("short_answer_question", TEXT, '<varsubset respident="r">灯</varsubset>'), [["灯"]], ["wildcard"]),
        (item('<p>带<textEntryInteraction responseIdentifier="R"/></p>', right("灯", base="string").replace("</responseDeclaration>",
         '<mapping><mapEntry mapKey="灯" mappedValue="1"/><mapEntry mapKey="烛" mappedValue="0.5"/><mapEntry mapKey="电筒" mappedValue="1"/></mapping></responseDeclaration>')),
         [["灯", "电筒"]], ["partial-credit"]),
        (item('<p><textEntryInteraction responseIdentifier="R"/></p>', right("3", "4", base="float")), {"value": 3, "tolerance": 0}, ["partial-credit"]),
    ],
)  # fmt: skip
def test_what_earns_a_part_is_no_full_answer_and_further_answers_are_named(text, answer, wanted):
    (one,) = read(text)["questions"]
    assert (one["answer"], codes({"problems": one["problems"]})) == (answer, wanted)


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("<?xml version='1.0'?><html/>", "other-xml"), ("<?xml version='1.0'?><quiz><question>", "xml-damaged"),
        ("<?xml version='1.0'?><!DOCTYPE quiz [<!ENTITY a 'ha'>]><quiz>&a;</quiz>", "xml-entities"),
        ("<?xml version='1.0'?><!DOCTYPE quiz [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><quiz>&a;</quiz>", "xml-entities"),
        ("<?xml version='1.0'?><quiz>" + "<a>" * 500 + "</a>" * 500 + "</quiz>", "too-deep"),
    ],
)  # fmt: skip
def test_xml_that_is_a_trap_or_something_else_is_refused(text, wanted):
    """I3: no entity is ever put in its place."""
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert refused.value.code == wanted and str(refused.value)


@pytest.mark.parametrize(
    "path", files("interchange/moodle/*.xml", "interchange/moodle_qtype/*.xml", "interchange/qti/**/*.xml")
)
def test_nothing_of_a_fixture_is_silently_empty(path):
    data = path.read_bytes()
    document = read(data)
    wanted = sum(data.count(sign) for sign in (b"<assessmentItem ", b"<assessmentItem\n", b"<item ")) if document["format"] == "qti" else (
        data.count(b"<question type=") - data.count(b'type="category"') - data.count(b'type="description"'))  # fmt: skip
    if document["format"] == "examview":  # lines of matching are one question
        wanted += data.count(b"<matching-group") - data.count(b"<question type='ma'")
    assert len(document["questions"]) == wanted
    assert all(one["answer"] is not None or one["problems"] for one in document["questions"])
    assert document["questions"] or document["problems"]


def test_a_name_tells_gift_where_the_text_alone_does_not():
    text = "1. 看。{对}\n答案：对"
    assert read("一段说明文字。\n", name="说明.gift")["format"] == "gift"
    assert read(text)["format"] == "text"


UPLOAD = """\ufeffMC\t灯要多<b>？</b>\t亮\tCorrect\t暗\tincorrect\nMA\t带什么？\t灯\tcorrect\t石\tincorrect\t伞\tcorrect\t
TF\t夜里要带灯。\tfalse\nFIB\t灯要____。\t亮\t明\nFIB_PLUS\t[甲]的[乙]\t乙\t灯\t\t甲\t王\t赵\nNUM\t几盏？\t3\t0.5\nNUM\t几人？\t4
MAT\t连线\t火警\t119\t急救\t120\nORD\t先后\t巡查\t登记\nOP\t你怎样看？

"""
EXAMVIEW = """<?xml version='1.0' encoding='utf-8'?>
<examview type='test'>
<question type='tf'><text>灯要亮。</text><rationale>看路。</rationale><answer>T</answer></question>
<question type='mc'><text><font size='10'>先看</font></text><choices columns='2'><choice-a>灯</choice-a>
<choice-b>门</choice-b></choices><answer>B</answer></question>
<question type='nr'><text>几个人</text><answer>12</answer></question>
<matching-group name='甲'><text>连一连</text><choices><choice-a>夜</choice-a><choice-b>雨</choice-b></choices></matching-group>
<question type='ma' group='甲'><text>灯</text><answer>A</answer></question>
<question type='ma' group='甲'><text>伞</text><answer>B</answer></question>
<question type='sa'><text>另带一副____。</text><answer>电池</answer></question>
<question type='es'><text>怎么登记？</text><answer>当晚登记。</answer></question>
<question type='bm'><text>改错</text></question>
</examview>"""
POOL = """<?xml version='1.0' encoding='utf-8'?>
<POOL>
<QUESTION_TRUEFALSE id='q1'><BODY><TEXT>&lt;b&gt;灯&lt;/b&gt;要亮。</TEXT></BODY><ANSWER id='a1'><TEXT>False</TEXT></ANSWER>
<ANSWER id='a2'><TEXT>True</TEXT></ANSWER><GRADABLE><CORRECTANSWER answer_id='a2'/>
<FEEDBACK_WHEN_INCORRECT>看路。</FEEDBACK_WHEN_INCORRECT></GRADABLE></QUESTION_TRUEFALSE>
<QUESTION_MULTIPLEANSWER id='q2'><BODY><TEXT>要带</TEXT></BODY><ANSWER id='a1'><TEXT>灯</TEXT></ANSWER>
<ANSWER id='a2'><TEXT>风筝</TEXT></ANSWER><ANSWER id='a3'><TEXT>伞</TEXT></ANSWER>
<GRADABLE><CORRECTANSWER answer_id='a1'/><CORRECTANSWER answer_id='a3'/></GRADABLE></QUESTION_MULTIPLEANSWER>
<QUESTION_ORDER id='q3'><BODY><TEXT>先后</TEXT></BODY><ANSWER id='a1' position='2'><TEXT>登记</TEXT></ANSWER>
<ANSWER id='a2' position='1'><TEXT>巡查</TEXT></ANSWER></QUESTION_ORDER>
<QUESTION_FILLINBLANK id='q4'><BODY><TEXT>另带一副____。</TEXT></BODY><ANSWER id='a1'><TEXT>电池</TEXT></ANSWER></QUESTION_FILLINBLANK>
<QUESTION_JUMBLE id='q5'><BODY><TEXT>拼一拼</TEXT></BODY></QUESTION_JUMBLE>
</POOL>"""


def test_a_file_to_upload_to_blackboard_is_read_by_kind():
    document = read(UPLOAD)
    assert told(document) == [
        ("single_choice", "灯要多？", ["亮", "暗"], "A"), ("multiple_choice", "带什么？", ["灯", "石", "伞"], "AC"),
        ("true_false", "夜里要带灯。", [], False), ("fill_blank", "灯要____。", [], [["亮", "明"]]),
        ("fill_blank", "____的____", [], [["王", "赵"], ["灯"]]), ("numerical", "几盏？", [], {"value": 3, "tolerance": 0.5}),
        ("numerical", "几人？", [], {"value": 4, "tolerance": 0}), ("matching", "连线", [], [["火警", "119"], ["急救", "120"]]),
        ("ordering", "先后", [], ["巡查", "登记"]), (None, "你怎样看？", [], None),
    ]  # fmt: skip
    assert document["format"] == "blackboard-text"
    assert [one["code"] for one in document["questions"][-1]["problems"]] == ["kind-no-equal", "no-answer"]
    assert codes(read(UPLOAD + "MC 灯\n")) == ["unread-line", "kind-no-equal", "no-answer"]


WEBCT = """# Start of question:Question 001
:TYPE:MC:1:0:A
:TITLE:甲
:QUESTION:H
<i>灯要多？</i>
:LAYOUT:horizontal
:ANSWER1:0:H
暗
:REASON1:H
看不见。
:ANSWER2:100:H
亮
:CAT:夜间
# End of question:Question 001

# Start of question:Question 002
:TYPE:MC:N:0:A
:QUESTION:H
带什么？
:ANSWER1:50:H
灯
:ANSWER2:0:H
石
:ANSWER3:50:H
伞
:TYPE:M:short:short:E:0
:QUESTION:H
连线
:L1
火警
:R1
119
:L2
急救
:R2
120
:TYPE:S
:QUESTION:H
灯要__________
:ANSWERS:2
:ANSWER1:亮:100:0:20:0
:ANSWER2:黄:50:0:20:0
:TYPE:P
:QUESTION:H:60:5
你怎样看？
:ANSWER:H
自己说。
:TYPE:MC:1:0:A
:QUESTION:H
门开着。
:ANSWER1:0:H
正确
:ANSWER2:100:H
错误
:TYPE:C
:QUESTION:H
几盏？
:TYPE:J
:QUESTION:H
别的
"""


def test_a_text_of_webct_is_read_by_kind():
    document = read(WEBCT)
    assert told(document) == [
        ("single_choice", "灯要多？", ["暗", "亮"], "B"), ("multiple_choice", "带什么？", ["灯", "石", "伞"], "AC"),
        ("matching", "连线", [], [["火警", "119"], ["急救", "120"]]), ("fill_blank", "灯要__________", [], [["亮"]]),
        ("short_answer", "你怎样看？", [], "自己说。"), ("true_false", "门开着。", [], False), ("numerical", "几盏？", [], None),
        (None, "别的", [], None),
    ]  # fmt: skip
    first, *_, last = document["questions"]
    assert (first["explanation"], first["chapter"], [one["code"] for one in last["problems"]]) == ("A: 看不见。", "夜间", ["kind-no-equal", "no-answer"])
    assert codes(read("灯\n" + WEBCT))[0] == "unread-line"


def test_a_text_with_answers_in_it_is_one_question_of_blanks():
    source = "夜里带{1:SHORTANSWER:=灯~%100%手电~伞#不}，\n红灯{1:MULTICHOICE:走~=停#对}，要{2:NUMERICAL:=3:0.1}盏。\n"
    document = read(source)
    assert told(document) == [("fill_blank", "夜里带____，\n红灯____，要____盏。", [], [["灯", "手电"], ["停"], ["3"]])]
    assert codes(document) == ["cloze"]


def test_examview_is_read_by_kind():
    document = read(EXAMVIEW)
    assert [(one["kind"], one["stem"], one["options"], one["answer"]) for one in document["questions"]] == [
        ("true_false", "灯要亮。", [], True), ("single_choice", "先看", ["灯", "门"], "B"),
        ("numerical", "几个人", [], {"value": 12.0, "tolerance": 0}),
        ("matching", "连一连", [], [["灯", "夜"], ["伞", "雨"]]), ("fill_blank", "另带一副____。", [], [["电池"]]),
        ("short_answer", "怎么登记？", [], "当晚登记。"), (None, "改错", [], None),
    ]  # fmt: skip
    assert document["questions"][0]["explanation"] == "看路。"
    assert [one["code"] for one in document["questions"][-1]["problems"]] == ["kind-no-equal", "no-answer"]


def test_a_pool_of_blackboard_is_read_by_kind():
    document = read(POOL)
    assert [(one["kind"], one["stem"], one["options"], one["answer"]) for one in document["questions"]] == [
        ("true_false", "灯要亮。", [], True), ("multiple_choice", "要带", ["灯", "风筝", "伞"], "AC"),
        ("ordering", "先后", [], ["巡查", "登记"]), ("fill_blank", "另带一副____。", [], [["电池"]]),
        (None, "拼一拼", [], None),
    ]  # fmt: skip
    assert document["questions"][0]["explanation"] == "看路。"


@pytest.mark.parametrize("path", files("interchange/moodle/*.dat"))
def test_a_pool_of_others_is_read_whole(path):
    document = read(path.read_bytes())
    assert document["format"] == "blackboard"
    assert [one["kind"] for one in document["questions"]] == [
        "true_false", "single_choice", "multiple_choice", "matching", "short_answer", "fill_blank"]  # fmt: skip
    assert all(one["answer"] is not None for one in document["questions"])


def test_canvas_says_points_beside_its_question():
    field = "<qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>2.5</fieldentry></qtimetadatafield>"
    text = canvas("multiple_choice_question", canvas_list("r", "灯", x="亮", y="暗")).replace("<qtimetadata>", "<qtimetadata>" + field)
    (one,) = read(text)["questions"]
    assert one["points"] == 2.5


def test_an_exchange_file_with_rows_of_signs_is_no_table():
    rows = "".join(f"{n},单选题,第{n}盏灯要多亮（ ）。,亮,暗,A\n" for n in range(9))
    text = canvas("multiple_choice_question", canvas_list("r", "灯", x="亮", y="暗"))
    assert read(text.replace("<item", f"<!--\n{rows}-->\n<item"))["format"] == "qti"
