"""What HTML and XML show: formulas as TeX, what stands above and below the line, tables in Markdown."""

import io

import pytest

from quizapp.rules.formats import markup
from quizapp.services import rendering
from quizapp.services.readers import banks


@pytest.mark.parametrize(
    "formula, wanted",
    [
        ("<mfrac><mn>1</mn><mn>4</mn></mfrac>", r"\frac{1}{4}"),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo><msqrt><mn>2</mn><mi>y</mi></msqrt>", r"x^{2}<\sqrt{2y}"),
        ("<msubsup><mi>a</mi><mn>1</mn><mi>n</mi></msubsup><mo>&#8722;</mo><mroot><mi>x</mi><mn>3</mn></mroot>", r"a_{1}^{n}-\sqrt[3]{x}"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>α</mi><mtext>度</mtext>", r"\sin α\text{度}"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>→</mo></mover>", r"∑_{i}^{n}\overrightarrow{AB}"),
        ('<mfenced open="[" close="{"><mi>a</mi><mi>b</mi></mfenced>', r"\left[a,b\right\{"),
        ("<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mn>1</mn></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>", r"\begin{matrix}a & 1 \\ b\end{matrix}"),
        ('<semantics><mi>x</mi><annotation encoding="application/x-tex">\\own{x}</annotation></semantics>', "x"),
        ('<semantics><mphantom/><annotation encoding="application/x-tex">\\frac12</annotation></semantics>', r"\frac12"),
        ("12<menclose><mn>3</mn></menclose>", r"\text{12}\square 3"),
    ],
)  # fmt: skip
def test_a_formula_in_mathml_becomes_tex_that_is_shown(formula, wanted):
    for prefix in ("", "m:"):
        html = formula.replace("</", f"\0/{prefix}").replace("<", f"<{prefix}").replace("\0", "<")
        shown = markup.shown(f'<p>求<{prefix}math xmlns="x">\n{html}</{prefix}math></p>')
        assert shown == f"求 ${wanted}$"
        assert "<math" in rendering.stem(shown) and "$" not in rendering.stem(shown)


ITEM = """<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" xmlns:m="http://www.w3.org/1998/Math/MathML" identifier="us-1">
<responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<itemBody><p>H<sub>2</sub>O，看表</p>
<table><tr><th colspan="2">路</th></tr><tr><td rowspan="2">灯|伞</td><td><m:math>%s</m:math></td></tr><tr><td>2</td></tr></table>
<choiceInteraction responseIdentifier="R"><prompt>问</prompt><simpleChoice identifier="A">x<sup>n</sup></simpleChoice>
<simpleChoice identifier="B">2</simpleChoice></choiceInteraction></itemBody></assessmentItem>"""


def test_an_item_of_qti_keeps_its_table_its_formula_and_what_stands_below_the_line():
    half = "<m:mfrac><m:mn>1</m:mn><m:mn>2</m:mn></m:mfrac>"
    (one,) = banks.read(io.BytesIO((ITEM % half).encode()), {})["questions"]
    assert (one["options"], one["problems"]) == (["x<sup>n</sup>", "2"], [])
    assert one["stem"] == "H₂O，看表\n\n| 路 | |\n| --- | --- |\n| 灯\\|伞 | $\\frac{1}{2}$ |\n| | 2 |\n\n问"
    assert "<table>" in rendering.stem(one["stem"])
    (strange,) = banks.read(io.BytesIO((ITEM % "<m:mphantom/>").encode()), {})["questions"]
    assert [problem["code"] for problem in strange["problems"]] == ["formula-as-text"]


def test_a_formula_that_cannot_be_drawn_is_named_and_shown_as_it_is_written():
    gift = r"水的化学式是 $\\ce\{H2O\}$，$\\frac\{1\}\{2\}$ 呢{T}"
    (one,) = banks.read(io.BytesIO(gift.encode()), {"name": "a.gift"})["questions"]
    (problem,) = one["problems"]
    assert (problem["code"], problem["params"]) == ("formula-not-drawn", {"formula": r"$\ce{H2O}$"})
    shown = rendering.stem(one["stem"])
    assert r"<code>\ce{H2O}</code>" in shown and shown.count("<math") == 1


def test_tables_of_html_become_tables_unless_they_only_lay_out_a_page():
    html = "<p>表：</p><table><tr><td><p>甲</p><p>乙</p></td><td>1</td></tr><tr><td>丙</td><td>2</td></tr></table><p>问</p>"
    assert markup.shown(html) == "表：\n\n| 甲<br>乙 | 1 |\n| --- | --- |\n| 丙 | 2 |\n\n问"
    assert markup.shown("<table><tr><td>甲</td><td>乙</td></tr></table>") == "甲 乙"
    assert markup.shown("<p>CO<sub><i>2</i></sub>和 x<sup>n+1</sup>，见注<sup>[1]</sup></p>") == "CO₂和 x<sup>n+1</sup>，见注[1]"


def test_tex_as_moodle_writes_it_is_tex_as_a_question_shows_it():
    assert markup.shown(r"<p>解\(x^2&lt;1\)，\[ y \]和 $$\frac{1}{2}$$</p>") == r"解 $x^2<1$ ， $y$ 和 $\frac{1}{2}$"
    for text in (r"共 $$，每盏 $5", r"\\(x\\)", "（x）"):
        assert markup.shown(text) == text
