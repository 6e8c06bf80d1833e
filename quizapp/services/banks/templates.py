"""Empty files to write a bank in: the house template for Excel and for Word, with examples that are no questions."""

from quizapp.rules.formats.drafts import EXAMPLE

HINT = (
    f"一行一题，从表头下面写起。编号以“{EXAMPLE}”开头的行只是示范，不会导入，可以删掉。\n"
    "题型、难度点一下格子就能选。选项用不完就空着，不够就在后面插入“选项G”等列。\n"
    "多选答案写 ABD；判断写正确或错误；填空用 | 隔开各空，用 ； 隔开同一空的几种写法。\n"
    "数值可以写误差；连线每对写成 左→右，对与对之间、排序的各项之间用 ； 隔开，按正确的先后写。\n"
    "案例题：一行写材料，题型选案例题，材料写在题干里；下面每个小题一行，材料一列写“同上”。\n"
    "解析、分值、难度、章节、手册条款、编号、标签都可以不写；编号相同的题再次导入时算作修改。"
)
HINTS = (
    "从下面的“单选题”起照样子写。标题写明题型，每题依次写题干、选项、答案；解析、条款、标签、难度、分值、编号可以不写。",
    f"编号以“{EXAMPLE}”开头的题只是示范，不会导入，可以删掉。题目写在哪个标题下面，就是哪种题型。",
)
USUAL = {
    "options": [],
    "explanation": "",
    "points": 2,
    "chapter": "",
    "difficulty": "",
    "citations": [],
    "any_order": False,
}
EXAMPLES = [
    {"kind": "single_choice", "stem": "夜间巡查出门前，先看手电筒的（  ）。", "options": ["颜色", "电量", "牌子"],
     "answer": "B", "explanation": "没有电就没有光。", "difficulty": "easy", "citations": ["第一条"]},
    {"kind": "multiple_choice", "stem": "雨天夜间巡查要带的有（  ）。",
     "options": ["雨衣", "手电筒", "风筝", "备用电池", "登记本", "象棋"], "answer": "ABDE"},
    {"kind": "true_false", "stem": "巡查结束可以第二天再登记。", "answer": False},
    {"kind": "fill_blank", "stem": "另带一副____，巡查结束____登记。", "answer": [["电池"], ["当晚", "当天晚上"]]},
    {"kind": "numerical", "stem": "一副电池一般能用几小时？", "answer": {"value": 2, "tolerance": 0.5}},
    {"kind": "matching", "stem": "把东西和用处连起来。", "answer": [["雨衣", "挡雨"], ["手电筒", "照路"]]},
    {"kind": "ordering", "stem": "把巡查的步骤排好。", "answer": ["查电量", "巡查", "登记"]},
    {"kind": "case", "stem": "某晚下雨，巡查员出门前发现手电筒没有电。", "answer": None, "parts": [
        {"kind": "single_choice", "stem": "他应当先（  ）。", "options": ["换电池", "直接出门"], "answer": "A"},
        {"kind": "true_false", "stem": "下雨天可以不巡查。", "options": [], "answer": False},
    ]},
]  # fmt: skip


def make(ending: str) -> bytes:
    """Return the template for a file of that ending, xlsx or docx."""
    shown = [{**USUAL, **one, "code": f"{EXAMPLE}-{number}"} for number, one in enumerate(EXAMPLES, 1)]
    document = {"questions": shown}
    if ending == "xlsx":
        from quizapp.rules.formats import sheet
        from quizapp.services.writers import sheets

        rows = sum(1 + len(one.get("parts", ())) for one in shown)
        return sheets.workbook(sheet.write(document), HINT, rows)
    from quizapp.rules.formats import docx
    from quizapp.services.writers import docx as word

    content = docx.write(document)
    hints = [{"text": one, "is_hint": True} for one in HINTS]
    return word.document({**content, "blocks": [*hints, *content["blocks"]]})
