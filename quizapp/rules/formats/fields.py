"""The names by which columns of a sheet and keys of an object say what they hold."""

import re
import unicodedata
from functools import lru_cache

from quizapp.rules.formats.drafts import LETTERS

NAMES = {
    "number": "序号 题号 题目序号 试题序号 题目号 题序 顺序号 no no. num index serial",
    "code": "编号 题目编号 试题编号 题库编号 题目id 试题id code id questionid",
    "kind": "tx 题型 类型 题目类型 试题类型 题类 试题题型 题目题型 题型名称 类别名称 题目形式 题型分类 考题类型 "
    "type questiontype kind topictype typename questiontypename questionkind",
    "stem": "题干 题目 问题 试题 tm tg q 试题内容 题目内容 题目描述 问题描述 题干内容 试题题干 试题题目 题目名称 题面 "
    "题目正文 试题名称 试题描述 题干描述 题目文本 主题干 大题题干 问题内容 题目标题 "
    "考题 考题内容 题目与选项 题目及选项 qtitle problem question questioncontent questiontext questionstem "
    "questiontitle questionname stem content topic topiccontent title itemtitle itemcontent",
    "options": "xx 选项 备选项 候选项 题目选项 试题选项 选项内容 选项描述 选项文本 选项文字 选项名称 "
    "备选答案 选择项 可选项 答案选项 选项列表 全部选项 "
    "options option optioncontent choices choice optionlist optionslist questionoptions itemoptions answeroptions "
    "selections optiondtos optionvos optiontext choicetext",
    "answer": "da 答案 正确答案 标准答案 参考答案 题目答案 试题答案 正确选项 正确项 本题答案 "
    "正解 答案内容 参考选项 标准选项 正确答案选项 答案正确选项 "
    "answer answers questionanswer correctanswer correctanswers rightanswer rightanswers answerkey key correctoption "
    "correctoptions rightoption standardanswer answercontent correctindex answerindex correctanswerindex "
    "correctanswerid answerid correctoptionid blanks rightkey correctkey correctkeys correctans rightans ans",
    "right": "是否答案 是否答案项 是否为答案 是否正确项 是否正确答案 是否正确 正误 正确 正确与否 "
    "iscorrect isright right correct isanswer istrue",
    "wrong": "干扰项 错误选项 incorrectanswers incorrectanswer wronganswers distractors",
    "explanation": "jx 解析 答案解析 试题解析 题目解析 整体解析 答题解析 解释 说明 解题思路 详解 "
    "题解 答案说明 试题详解 答案详解 答案解释 解题说明 试题讲解 题目讲解 答案讲解 讲解 试题分析 解析说明 题目分析 分析 "
    "analysis analyse analyze resultanalysis explanation explain explains answerexplanation questionexplain "
    "questionanalysis rationale feedback answeranalysis parse",
    "points": "分值 分数 题目分值 试题分值 题目分数 试题分数 单空分数 本题分数 本题分值 满分 得分 "
    "每题分值 每题分数 默认分值 默认分数 小题分值 题分 score points mark marks",
    "difficulty": "难度 难易度 难易程度 难度系数 难度等级 题目难度 试题难度 difficulty level",
    "chapter": "章节 章 分类 分区 章节/分区 类别 科目 模块 分组 所属章节 作业种类 知识点 所属知识点 专业 "
    "题库分类 试题分类 单元 教材章节 "
    "chapter category section",
    "order": "顺序 空的顺序",
    "material": "材料 背景材料 案例材料 阅读材料 资料 材料内容 题干材料 案例内容 "
    "共用题干 共享题干 公共题干 material passage",
    "citations": "手册条款 条款 依据条款 citations",
    "note": "来源 出处 题目来源 试题来源 页码 教材页码 依据 参考依据 备注 标签 选项解析 法规依据 试题依据 "
    "答题依据 答案依据 出题依据 命题依据 政策依据 法律依据 "
    "source reference page remark tags comment",
    "picture": "图片 题干图片 题目图片 题目视频 选项图片 附件 imagelink image picture",
}
FIELDS = {name: field for field, names in NAMES.items() for name in names.split()}
ORDINALS = "一二三四五六七八九十"
SIGN = rf"([a-z]|[{ORDINALS}]|\d{{1,2}})"
FIGURE = rf"([{ORDINALS}]|\d{{1,2}})"
OPTION = re.compile(
    rf"(?:(?:备?选)?[项择]?([a-z])(?:选?项)?|选[项择]{FIGURE}|第{FIGURE}(?:个)?选项|(?:opt(?:ion)?|choice|item|[备候]选项?|备选答案)(?!s$)([a-z]|\d{{1,2}})|answer([a-z]|\d{{1,2}})"
    r"|(?:备选)?答案(?:选项)?([a-z]))(内容)?"
)
RIGHT = re.compile(rf"(?:选项)?{SIGN}是否正确项?")
WRONG = re.compile(rf"(?:干扰(?:选?项|答案)|错误(?:选项|答案)|(?:wrong|incorrect)answer|distractor){SIGN}")
BLANK = re.compile(rf"(?:第?{FIGURE}空|空{FIGURE}|答案{FIGURE})(?:答案)?")
OF_OPTION = re.compile(rf"选项{SIGN}(图片|解析)")
BRACKET = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
TOLD = re.compile(r"[:：].{0,60}?[填选如例].*", re.DOTALL)  # how a column is to be filled in
BREAK = re.compile(r"[\r\n]|\s[-–—]\s|/")
SIMPLE = str.maketrans("題號類選項標準參確問內別難", "题号类选项标准参确问内别难")
USUAL = (  # what systems put together to a name
    (re.compile(r"(?:考试|测试|本题|题目|试题|考题)?(?:题目|试题|考题|问题)?(?:题干|正文|内容|标题)"), "stem"),
    (re.compile(r"[考测]试题目"), "stem"),
    (re.compile(r"(?:题目|试题|本题|考题)?(?:正确|标准|参考)?答案(?:序号|选项|字母)?|标答|ans"), "answer"),
    (re.compile(r"(?:题目|试题|考题)(?:类别|种类)|(?:q|qu|ques|subject|item|exam|test)type(?:name)?"), "kind"),
    (re.compile(r"选项(?:序号|标识|字母|编号|号)|option(?:label|letter|key)"), "letter"),
)
REMARK = re.compile(r"[(（\[【].{0,60}[)）\]】]$", re.DOTALL)


def plain(name: str) -> str:
    """Return a name as it is looked up: half width, small, without spaces, remarks and signs."""
    even = re.sub(r"[\s_*:：.、-]", "", unicodedata.normalize("NFKC", name)).lower().translate(SIMPLE)
    even = re.sub(r"\(([a-z])\)", r"\1", even)
    return REMARK.sub("", even) or even


@lru_cache(maxsize=65536)  # each cell of a sheet is asked many times whether it names its column
def field_of(name: str) -> str | None:
    """Return what a column or key of this name holds: a key of NAMES, "option:A" (right, wrong), "blank:1", or None."""
    forms = (name, BRACKET.sub("", name), TOLD.sub("", name), BREAK.split(BRACKET.sub("", name).strip())[0])
    return next((field for field in map(_field, map(plain, dict.fromkeys(forms))) if field), None)


def _field(even: str) -> str | None:
    if even in FIELDS:
        return FIELDS[even]
    for pattern, field in ((RIGHT, "right"), (WRONG, "wrong"), (OPTION, "option"), (BLANK, "blank")):
        found = pattern.fullmatch(even)
        if found:
            place = _place(next(group for group in found.groups() if group))
            return f"blank:{place + 1}" if field == "blank" else f"{field}:{LETTERS[place]}" if place < 26 else None
    usual = next((field for pattern, field in USUAL if pattern.fullmatch(even)), None)
    if usual:
        return usual
    found = OF_OPTION.fullmatch(even)
    return {"图片": "picture", "解析": "note"}[found[2]] if found else None


def _place(sign: str) -> int:
    if sign.isdigit():
        return max(int(sign) - 1, 0)
    return ORDINALS.index(sign) if sign in ORDINALS else ord(sign) - ord("a")
