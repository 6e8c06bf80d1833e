"""The same few questions as trainers and products lay them out; each layout is a function from questions to a text."""

from dataclasses import dataclass

LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Question:
    kind: str
    stem: str  # {} marks where the empty bracket stands
    options: tuple = ()
    answer: object = None
    explanation: str = ""

    def bare(self, bracket: str = "（ ）") -> str:
        return self.stem.replace("{}", bracket)


SINGLES = [
    Question(
        "single_choice", "夜间巡查出门前先看手电筒的{}。", ("颜色", "电量", "牌子", "价格"), "B", "没有电就没有光。"
    ),
    Question(
        "single_choice",
        "{}是巡查记录应当写明的内容",
        ("时间和地点", "天上星星的多少", "A型血的人数", "U.S.A.的首都"),
        "A",
    ),
    Question("single_choice", "2024年起，登记表保存的年限是{}", ("1.5年", "3年", "5年", "10年"), "C", "见第3.2条。"),
    Question("single_choice", "含维生素B12和维生素C的是{}。", ("清水", "手电筒", "雨衣", "猪肝和青菜"), "D"),
]
MULTIPLES = [
    Question("multiple_choice", "雨天夜间巡查要带的有{}。", ("雨衣", "手电筒", "风筝", "雨靴"), "ABD", "风筝用不上。"),
    Question(
        "multiple_choice", "发现井盖丢失，正确的做法有{}", ("立即报告", "放警示牌", "绕开就走", "守到来人"), "ABD"
    ),
    Question("multiple_choice", "巡查记录要有{}", ("日期", "姓名", "路线", "情况"), "ABCD"),
]
TRUTHS = [
    Question("true_false", "巡查结束可以第二天再登记。", (), False, "当晚登记。"),
    Question("true_false", "手电筒要有备用电池。", (), True),
    Question("true_false", "下雨天也要按时巡查。", (), True),
]
BLANKS = [
    Question("fill_blank", "巡查记录保存____年，由____保管。", (), [["5", "五"], ["村委会"]]),
    Question("fill_blank", "报警电话是____。", (), [["110"]]),
    Question("fill_blank", "另带一副____。", (), [["电池"]]),
]
CHOICES = SINGLES + MULTIPLES
EVERY = CHOICES + TRUTHS


def truth(value, words="正确 错误"):
    yes, no = words.split()
    return yes if value else no


def answer_of(question, words="正确 错误"):
    return question.answer if question.options else truth(question.answer, words)


def numbered(questions, mark="{}."):
    return [(mark.format(number), question) for number, question in enumerate(questions, 1)]


def block(
    questions,
    number="{}.",
    option="{}.",
    label="答案：",
    explain="解析：",
    words="正确 错误",
    bracket="（ ）",
    gap="\n",
):
    """Lay out one line a part: number and stem, options, answer, explanation."""
    texts = []
    for mark, question in numbered(questions, number):
        lines = [f"{mark}{question.bare(bracket)}"]
        lines += [f"{option.format(letter)}{text}" for letter, text in zip(LETTERS, question.options, strict=False)]
        lines.append(f"{label}{answer_of(question, words)}")
        if question.explanation and explain:
            lines.append(f"{explain}{question.explanation}")
        texts.append(gap.join(lines))
    return "\n\n".join(texts) + "\n"


def sections(*parts, heading="{}、{}"):
    """Put parts of one kind each below their headings, numbered 一 二 三."""
    names = {"single_choice": "单选题", "multiple_choice": "多选题", "true_false": "判断题", "fill_blank": "填空题"}
    shown = [
        heading.format(ordinal, names[kind]) + "\n" + text
        for ordinal, (kind, text) in zip("一二三四", parts, strict=False)
    ]
    return "\n".join(shown)


def in_bracket(questions, number="{}、", option="{}、", words="√ ×", separator="\n"):
    """The answer stands in the bracket of the stem, or in one behind a statement."""
    lines = []
    for mark, question in numbered(questions, number):
        answer = answer_of(question, words)
        if question.options:
            lines.append(mark + question.bare(f"（ {answer} ）"))
            lines.append(
                separator.join(option.format(x) + text for x, text in zip(LETTERS, question.options, strict=False))
            )
        else:
            lines.append(f"{mark}{question.stem}（{answer}）")
    return "\n".join(lines) + "\n"


def without_answers(questions, number="{}.", option="{}."):
    texts = []
    for mark, question in numbered(questions, number):
        lines = [mark + question.bare()]
        lines += [option.format(letter) + text for letter, text in zip(LETTERS, question.options, strict=False)]
        texts.append("\n".join(lines))
    return "\n".join(texts) + "\n"


def run_on(questions, number="{}."):
    """Everything in one line, nothing between."""
    text = ""
    for mark, question in numbered(questions, number):
        text += mark + question.bare("()")
        text += "".join(f"{letter}.{option}" for letter, option in zip(LETTERS, question.options, strict=False))
        text += f"答案:{answer_of(question, '对 错')}。"
    return text + "\n"
