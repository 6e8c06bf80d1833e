"""How a row may begin, and as what the rest of this knows it."""

import re

BEGINNINGS = [  # how a row may begin, and as what the rest of this knows it
    (re.compile(r"(\d)\ufe0f?\u20e3(?:(\d)\ufe0f?\u20e3)?\s?(?=\S)"), r"\1\2. "),  # a number on keys of a keyboard
    (re.compile(r"\U0001f51f\ufe0f?\s?(?=\S)"), "10. "),
    (re.compile(r"\U0001f170\ufe0f?\s?(?=\S)"), "A."),
    (re.compile(r"\U0001f171\ufe0f?\s?(?=\S)"), "B."),
    (re.compile(r"([单多不][\u4e00-\u9fff]{1,5}题|判断题|填空题)\s?(\d{1,4})\s?/\s?\d{1,4}(?:\s|$)"), r"\2.【\1】"),
    (re.compile(r"(\d{1,3})\s?号(?:选手|题|队员?)\s?[:：]\s?(?=\S)"), r"\1. "),
    (re.compile(r"[(（]\s?[接续]上一?页\s?[)）]\s?(?=\S)"), ""),  # （接上页）4.
    (re.compile(r"#{1,6}\s+(?=\d{1,4}\s?[.．、]\s?\D)"), ""),  # ### 1. in Markdown
    (re.compile(r"(\d{1,4})\\(?=[.)])"), r"\1"),  # 1\. of an editor
    (re.compile(r"[★☆*※单多判填]\s?(?=\d{1,4}\s?[.．、](?!\d))"), ""),  # ★1. 判1、
    (re.compile(r"[○□⬜◯☐◇△▲■●◎◉]\s{0,3}(?=[A-H]\s?[.．、:：)）])"), ""),  # a box before an option's letter
    (
        re.compile(
            r"[(（]\s?((?:第\s?[\d一二三四五六七八九十]{1,3}\s?.{1,2}|本.{1,2}|以上)(?:参考|正确)?答案\s?[:：][^()（）]{1,1500})[)）]$"
        ),
        r"\1",
    ),
    (
        re.compile(
            r"正确答案[是为:：]\s?([A-H]{1,8}|正确|错误|[对错√×])\s?[,，;；。\s]\s?[你您我]的(?:答案|选择).{0,40}"
        ),
        r"正确答案：\1",
    ),
    (re.compile(r"正确的?答案是?\s?[:：]?\s?[“\"](.{1,300})[”\"][。.]?$"), r"正确答案：\1"),
    (re.compile(r"(?:Ans(?:wer)?|Key)\s?[.．]\s?(?=(?:[A-H]{1,6}|[TF√×])\s*$)"), "答案："),
    (re.compile(r"\|\s?(?=题\s?号|答\s?案)"), ""),  # an answer card as a table
    (re.compile(r"(?:备选|选)项\s?([A-H])\s?[:：.．、]\s{0,3}"), r"\1."),
    (re.compile(r"(?:N[Oo]|no|№)\s?[.．:：]?\s?(\d{1,4})\s{0,3}[.．、:：)）]?\s{1,3}(?=\S)"), r"\1. "),  # No.1
    (re.compile(r"#\s?(\d{1,4})\s?[.．、:：]?\s{1,3}(?=\S)"), r"\1. "),
    (re.compile(r"(\d{1,4}|[A-H])\s?[.．]\s?、\s{0,3}"), r"\1."),
    (re.compile(r"([A-H]{1,6}|[√×✓✗对错])\s{1,4}(?=\d{1,4}\s?[.．、](?!\d))"), r"（\1）"),  # B 1.
    (re.compile(r"([A-H]{1,8})\s?(?=[【\[](?:答案)?解析[】\]]|(?:答案)?解析[:：])"), r"答案：\1 "),
]
TABLE_RULER = re.compile(r"\|(?:\s?:?-{3,}:?\s?\|){2,}")  # |---|---|
TAGGED_BLANK = re.compile(r"(?<=\S)\s?[\[【]填空\s?\d{1,2}[\]】]")
NUMBERED_BLANK = re.compile(r"(?<!_)_{1,20}\s?[(（]\d{1,2}[)）]\s?_{1,20}")  # __（1）__
CIRCLED = re.compile(r"(?:^|(?<=\s))[Ⓐ-Ⓗ]\s?[.．、]?\s?(?=\S)")
APART = re.compile(r"(?:^|(?<=\s))([A-H])\s([.．])(?=\S)")  # A .伞
NEXT_GLUED = re.compile(  # 答案：A2、灯
    r"((?:答案|ANSWER)[】\]]?\s?[:：]?\s?[A-H]{1,8})(?=\d{1,4}\s?[.．、](?!\s?[A-H]\d)|[你您])"
)
TRADITIONAL = {
    **{"正確答案": "正确答案", "參考答案": "参考答案", "標準答案": "标准答案", "單選題": "单选题", "多選題": "多选题"},
    **{"單項選擇": "单项选择", "多項選擇": "多项选择", "判斷題": "判断题", "填空題": "填空题", "簡答題": "简答题"},
}
OLD_WORDS = re.compile("|".join(TRADITIONAL))


def usual(text: str) -> str:
    """Return a row whose beginning, and whose letters, are written as most trainers write them."""
    if TABLE_RULER.fullmatch(text):
        return ""
    text = NUMBERED_BLANK.sub("____", text.replace("＿", "_"))
    text = TAGGED_BLANK.sub("____", text) if "填空" in text and "答案" not in text else text
    for form, usual in BEGINNINGS:
        if found := form.match(text):
            text = found.expand(usual) + text[found.end() :]
            break
    text = CIRCLED.sub(lambda found: chr(ord(found[0][0]) - ord("Ⓐ") + ord("A")) + ".", text)
    text = NEXT_GLUED.sub(r"\1 ", APART.sub(r"\1\2", text)).replace("\ufe0f", "")  # which makes a sign a picture
    return OLD_WORDS.sub(lambda found: TRADITIONAL[found[0]], text)
