"""The words by which trainers name kinds of questions, answers, explanations and sections."""

import re

KINDS = {
    **dict.fromkeys(["单项选择", "单选择", "单选", "single choice"], "single_choice"),
    **dict.fromkeys(
        ["多项选择", "多选择", "多选", "不定项选择", "不定项", "multiple choice", "multiple answer"], "multiple_choice"
    ),
    **dict.fromkeys(["a型题", "a1型题", "a2型题", "a1/a2型题", "a3型题", "a4型题", "a3/a4型题"], "single_choice"),
    **dict.fromkeys(["b型题", "b1型题"], "single_choice"),
    "x型题": "multiple_choice",  # as examinations of nurses and doctors call them; A型 alone is blood
    **dict.fromkeys(["选择", "案例选择", "案例分析选择"], "choice"),  # single or multiple, the answer tells
    **dict.fromkeys(
        ["判断改错", "判断并改错", "判断正误", "判断对错"]
        + ["正误判断", "对错判断", "判断", "是非", "对错", "true or false", "true/false"],
        "true_false",
    ),
    "数值题": "numerical",
    **dict.fromkeys(["连线题", "匹配题", "配对题"], "matching"),
    "排序题": "ordering",
    **dict.fromkeys(["填空", "fill in the blank", "fill in"], "fill_blank"),
    **dict.fromkeys(
        ["材料题", "阅读理解", "资料分析", "综合分析", "情景分析", "情境分析", "情景题", "共用题干"]
        + ["名词解释", "简答", "问答", "论述", "简述", "辨析", "案例分析", "材料分析", "分析", "案例", "计算", "综合"]
        + ["应用", "主观", "写作", "作文", "essay", "short answer"],
        "short_answer",
    ),
}
KIND = "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True))

LABELS = {
    **dict.fromkeys(
        ["正确答案", "参考答案", "标准答案", "本题答案", "试题答案", "正确选项", "答案选项", "答案提示", "答案"],
        "answer",
    ),
    **dict.fromkeys(["the correct answer is", "the correct answers are"], "answer"),
    **dict.fromkeys(
        ["正确答案为", "正确答案是", "参考答案为", "标准答案为", "标准答案是", "答案为", "答案是", "正解"], "answer"
    ),
    **dict.fromkeys(["参考要点", "答题要点", "评分要点", "答案要点", "answer"], "answer"),
    **dict.fromkeys(["我的答案", "你的答案", "您的答案", "学生答案", "考生答案", "考生作答"], "given"),
    **dict.fromkeys(["您的回答", "你的回答", "我的回答", "您的选择", "你的选择", "我的选择"], "given"),
    **dict.fromkeys(["用户答案", "学员答案", "作答答案"], "given"),
    **dict.fromkeys(["我的作答", "得分", "本题得分", "答题情况", "是否正确"], "given"),
    **dict.fromkeys(["答案及解析", "答案与解析", "答案和解析"], "explanation"),
    **dict.fromkeys(["答案解析", "试题解析", "题目解析", "参考解析", "本题解析", "解题思路", "解析"], "explanation"),
    **dict.fromkeys(["详解", "解释", "说明", "点评", "答案说明", "explanation", "feedback"], "explanation"),
    **dict.fromkeys(["难易程度", "难易度", "难度", "难度系数"], "difficulty"),
    **dict.fromkeys(["本题分数", "分值", "分数", "score"], "points"),
    **dict.fromkeys(["知识点", "考点", "出处", "来源", "题目来源", "答案出处", "依据", "参考依据", "分析"], "note"),
    **dict.fromkeys(["手册条款", "条款"], "citations"),
    "标签": "tags",
    "编号": "code",
    **dict.fromkeys(["章节", "所属章节"], "chapter"),
    **dict.fromkeys(["题型", "试题类型", "题目类型"], "kind"),
    **dict.fromkeys(["题目", "题干", "试题", "问题"], "stem"),
    **dict.fromkeys(["选项", "备选答案"], "options"),
}
LABEL = "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True))
IN_LINE = "|".join(  # these may begin in the middle of a line
    sorted(
        (re.escape(name) for name, sort in LABELS.items() if sort in ("answer", "explanation", "given")),
        key=len,
        reverse=True,
    )
)
DIGITS = "一二三四五六七八九十"
ORDINAL = rf"[{DIGITS}]{{1,3}}"

# A heading that names a kind: 一、单项选择题（每题2分）, 【判断题】, 第一部分 单选题(15题), [单选题组]
SECTION = re.compile(
    rf"(?:第{ORDINAL}(?:部分|大题|节)|[(（]?{ORDINAL}[)）]?|[IVX]{{1,4}}|[Ⅰ-Ⅹ壹贰叁肆伍陆]|题型{ORDINAL}|\d{{1,2}}(?:[.．]\d{{1,2}})?)?\s?[、.．,，:：)）]?\s?"
    rf"[【\[（(《<]?\s?(?:本题|题型\s?[:：]?\s?)?(?P<kind>{KIND})(?:题组|题库|试题|练习题|部分|题|类)*\s?[】\]）)》>]?"
    r"(?P<rest>\s?[:：]?\s?(?:(?:[（(\[【](?:[^（()）\[\]【】]|[（(][^（()）]*[)）])*[)）\]】]\s?){1,3}|[，,;；。:：]?\s?(?:本大?题)?(?!.*(?:[(（]\s*[)）]|__))(?:共|每|计|合计|总)(?:计|有|分)?\s?[:：]?\s?(?:[小大]?题|空|道|个\s?\d|[\d一二三四五六七八九十]).*)?[。:：]?)",
    re.IGNORECASE,
)
EXPLAINED = re.compile(  # the same with what is to be done behind a colon: 二、多选题：下列各题有两个以上答案
    rf"(?:第{ORDINAL}(?:部分|大题|节)|[(（]?{ORDINAL}[)）]?)\s?[、.．:：)）]?\s?[【\[（(《<]?\s?(?P<kind>{KIND})(?:题|类)*\s?"
    r"[】\]）)》>]?(?P<rest>\s?(?:[（(][^（()）]*[)）])?\s?[:：。].*)",
    re.IGNORECASE,
)
PART = re.compile(  # a heading that names no kind
    rf"(?:第\s?(?:{ORDINAL}|\d{{1,3}})\s?(?:章|讲|课|期|单元|套|篇|编|部分|节|模块|项目|回|场)(?:[\s:：、.].{{0,40}})?"
    rf"|(?:模拟|测试|考试|练习)?(?:试卷|试题|考卷|卷)\s?(?:{ORDINAL}|[A-D]|\d{{1,2}}|[（(](?:{ORDINAL}|[A-D]|\d{{1,2}})[）)])"
    r"|[【\[](?:章节测验|测试题|章节测试|练习题?|作业|模拟题?|试卷|题库)[^】\]]{0,20}[】\]]"
    r"|(?i:part|section|unit|chapter)\s(?:[IVX]{1,4}|\d{1,2}|[A-F])(?:[\s.:：]\s?[A-Za-z][A-Za-z ,&-]{0,50})?"
    r"|[-—=－]{2,}+\s*+\S.{0,40}?\s{0,9}[-—=－]{2,})"
)
OF_WHAT = (  # 试卷（一）的, and no 1. or whole sentence
    r"(?:(?!\s?\d{1,3}\s?[.．、)）])"
    r"(?:[^\s。？！；：:，,;?!_（）()【】\[\]]|\s(?=\S)|[（(【\[][^（）()【】\[\]]{0,12}[）)】\]]){0,40})?"
)
KEY_HEAD = re.compile(
    rf"[-—=－~*·]{{0,40}}\s?(?:第?{ORDINAL}(?:部分|大题)?\s?[、.．:：]?\s?|附件?\s?(?:{ORDINAL}|\d{{1,2}})?\s?[:：]?\s?)?[【\[（(]?"
    rf"{OF_WHAT}(?:参\s?考|标准|正确)?\s?答\s{{0,4}}案(?:部分|页|区|如下|(?:[及与和、]\s?)?(?:解析|解答|说明|要点|评分(?:标准|细则|参考|要点|办法|说明)))?"
    rf"[】\]）)]?(?:\s?[（(](?:{ORDINAL}|\d{{1,2}}期|[仅只]?供[^（）()]{{1,8}}|[^（）()]{{1,8}}[卷版]|[含共附第][^（）()]{{1,10}})[）)])?\s?[:：]?\s?[-—=－~*·]{{0,40}}"
    r"|(?i:(?:reference |correct )?(?:answers?|keys?)(?: keys?| sheet| to [a-z ]{1,30})?)\s?[:：]?",
)
KEY_OF = re.compile(  # what stands before the label of a key of several answers: 单选题答案：1.A 2.B
    rf"(?:{ORDINAL}\s?[、.．]\s?)?(?:(?:{KIND})题?|第{ORDINAL}(?:部分|大题)|第\s?(?:{ORDINAL}|\d{{1,3}})\s?(?:期|套|章|节|讲|单元|周|天|组|批)|[必抢风加备观互附][^\s:：，,。]{{1,5}}题|(?:案例|材料)题?(?:{ORDINAL}|\d{{1,2}})|以上|本(?:节|章|卷|页|期|组|部分))(?:的|各题)?\s?"
    r"(?=(?:参考|正确|标准)?答案\s?[:：])",
    re.IGNORECASE,
)
FOOT = re.compile(  # who wrote a paper
    r"(?:出题|命题|编写|审核|审题|制卷|出卷|供稿|制作|拟题)(?:人|单位|部门|者|人员)?\s?[:：]\s?.{1,40}"
    r"|(?:请|欢迎|长按)?(?:扫码|扫一扫|关注|搜索)[^。？?，,（(_]{0,12}(?:公众号|小程序|二维码)[^。？?，,（(_]{0,20}"
    r"|(?:上|下)一(?:篇|页|题|章|节|条)\s?[:：].{0,120}"
    r"|更多(?:题库|试题|资料|真题)[^。？?（(_]{0,40}"
    r"|(?:以上|本)(?:试题|题目|题库|试卷|卷).{0,12}由.{1,30}(?:提供|编写|命制|整理|制作|出题|负责解释)[。.]?"
)
MARKING = re.compile(r"(?:(?:得\s?分|评卷人|阅卷人|评分人|复核人|合分人)\s*){1,6}")  # heads of cells for marks alone
SHEET = re.compile(  # lines of a printed paper that are no question
    r"[密装弥]\s*封?\s*订?\s*线.{0,30}|.{0,12}不\s*[要准得]\s*答\s*题.{0,12}"
    r"|本题共\s?\d+\s?人(?:作答|答题).{0,60}"  # what a site counts
    r"|(?:单位|姓名|学号|班级|部门|岗位|年级|专业|分数|得分|成绩|总分|座位号|准考证号|考号|日期|评卷人|合分人|复核人|阅卷人|题号)"
    r"\s*[:：_＿\s]*(?:(?:单位|姓名|学号|班级|部门|岗位|年级|专业|分数|得分|成绩|总分|座位号|准考证号|考号|日期|评卷人|阅卷人)\s*[:：_＿\s]*)*"
)
