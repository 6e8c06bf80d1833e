"""Rows without what their editor or web page put around them, labels and blanks as most trainers write them."""

import re
from dataclasses import replace
from itertools import pairwise

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import beginnings

LINK = re.compile(
    r"(?<!!)\[([^\[\]]{0,500})\]\((?:javascript:[^()]{0,200}(?:\([^()]{0,200}\))?;?|https?://[^()\s]{0,500})\)"
)
MARKED = re.compile(r"(?<![*\w])\*([A-Z][、.．]|\d{1,4})\*")  # *A、* and *12*
BULLET = re.compile(  # and no number of a page: - 7 -
    r"(?:[-*+•·●▪◆■]|>)\s{1,9}(?=[(（]?[A-Z][)）.．、:：]|[（(【\[]|\S{2,6}[:：]|\d(?!\d{0,3}\s?[-—]$))"
)
SPACED = re.compile(r"(?:(正|参|标)\s*(确|考|准)\s*)?(答|解)\s+(案|析)(?=\s?[:：】\]])")  # 答 案：B
SLANTED = re.compile(r"^\*(?![\s*])([^*]{1,500})\*$")  # all of a row: *答案：对*
ESCAPED_LINE = re.compile(r"(?:\\_){2,}")  # a blank as editors of Markdown keep it
KIND_FIRST = re.compile(  # 单选题1：
    r"^(?P<kind>(?:单选|单项选择|多选|多项选择|不定项选择|判断|简答|问答)题?|(?:选择|填空)题)\s?(?P<n>\d{1,4})\s?[.．、:：]\s*(?=\S)"
)
NAMES = r"(?:正确|参考|标准|本题|试题|题目)?(?:答案|解析)"
IN_BRACKETS = re.compile(  # D.伞（答案：B）
    rf"[(（【\[]\s?({NAMES}\s?[:：][^()（）【】\[\]]{{1,40}})[)）】\]]\s{{0,9}}$"
)
# 自（答案：B）起, and below （×，应由…）
MID_BRACKETS = re.compile(r"[(（]\s?(?:正确|参考)?答案\s?[:：]\s?([A-Z]{1,8}|[√×对错])\s?[)）](?=\S)")
SIGN_WITH_WORDS = re.compile(r"[(（]\s?([√×✓✗对错])\s?[，,；;。:：]\s?([^()（）]{2,200})[)）][。.]?$")
BREAK = re.compile(r"\s?<br\s?/?>", re.IGNORECASE)
CODED_SIGN = re.compile(r"`\s?([√×✓✗✔✘]|[A-H]{1,8})\s?`")  # `×` in Markdown
ODD_BRACKETS = re.compile(rf"[〖［「『{{<《]\s?({NAMES})\s?[〗］」』}}>》]|^({NAMES})\s?[∶;；.=]{{1,3}}>?(?=\s?\S)")
TRUTH_SIGN = re.compile(r"[✅❌✔✘☑☒]\ufe0f?\s?(?=正确|错误|对|错)")
STARRED = re.compile(rf"^\W{{1,3}}(?={NAMES}\s?(?:\s|[:：∶;；.]))")  # ★答案：B
OF_THREE = re.compile(r"^\d{1,2}\.(\d{1,2})\.(\d{1,3})(?:\.(?=\s)|(?=\s?[^\s\d.]))")
CHAPTER = re.compile(  # a title above such
    r"\d{1,2}(?:\.\d{1,2})?[.．、]?\s?([^\s\d。；;，,？?！!：:（(_.．、][^。；;，,？?！!：:（(_]{0,19})"
)
RUN = re.compile(r"([^\S\t]|[-_.…·—=*#。])\1{79,}")  # longer than anybody draws a blank or a ruler
LONGEST_RUN = 79
SURVEY_ANSWER = re.compile(r"\[Answer\s*:\s*([^\[\]]*)\]", re.IGNORECASE)
SURVEY_SCORE = re.compile(r"\[Score\s*:\s*([^\[\]]*)\]", re.IGNORECASE)
SURVEY_KIND = re.compile(r"\[(single choice|multiple choice|true or false|fill in the blank|essay)\]", re.IGNORECASE)
SHORT_BLANK = re.compile(r"(?<=[\u4e00-\u9fff、，：])\s?_\s?(?=[\u4e00-\u9fff、，。；：]|$)")
ANSWER_LABEL = re.compile(r"答案\s?[:：]")
LONG_LABELS = ("标准", "参考", "正确", "本题", "试题")
GLUED = [re.compile(rf"(?<=[\u4e00-\u9fff]){word}(?=答案\s?[:：])") for word in LONG_LABELS]
RARE = 0.3  # of the labels of a file
MOSTLY = 0.6  # of the numbers of three parts: one more than the one before, or 1
FEWEST = 3  # blanks drawn as one sign


def with_chapters(rows: list[Row]) -> list[Row]:
    """Return the rows with the titles 1. and 1.1. above questions 1.1.1, 1.1.2 as headings."""
    counts = [int(found[2]) for row in rows if (found := OF_THREE.match(row.text))]
    steps = [after in (before + 1, 1) for before, after in pairwise(counts)]
    if not steps or sum(steps) < MOSTLY * len(steps):  # 3.3.15 and 5.5.12 are days behind a number
        return [_titled(row, below) for row, below in zip(rows, [*rows[1:], None], strict=False)]
    titles = [CHAPTER.fullmatch(row.text) for row in rows]
    given = [f"# {one[1]}" if one else OF_THREE.sub(r"\1.\2 ", row.text, count=1)
             for row, one in zip(rows, titles, strict=True)]  # fmt: skip
    return [replace(row, text=text) for row, text in zip(rows, given, strict=True)]


def _titled(row: Row, below: Row | None) -> Row:
    """Return the title of a chapter (2 安全附件) above its first question (2.1) as a heading."""
    title = CHAPTER.fullmatch(row.text) if below else None
    number = re.match(r"\d{1,2}(?=[.．、]?\s?\D)", row.text)
    is_above = title and number and re.match(rf"{number[0]}[.．]1(?!\d)", below.text)
    return replace(row, text=f"# {title[1]}") if is_above else row


def undecorated(row: Row) -> Row:
    """Return the row with its bare words: links, stars and bullets gone, endless runs of one sign cut short."""
    text = row.text
    text = RUN.sub(lambda found: found[1] * LONGEST_RUN, text)
    text = LINK.sub(r"\1", text) if "](" in text else text
    text = SPACED.sub(lambda found: "".join(filter(None, found.groups())), text)
    text = MARKED.sub(r"\1", text) if "*" in text else text
    text = SLANTED.sub(r"\1", text) if text.startswith("*") else text
    text = ESCAPED_LINE.sub(lambda found: "_" * (len(found[0]) // 2), text) if "$" not in text else text
    text = KIND_FIRST.sub(r"\g<n>.【\g<kind>】", text.replace("**", ""))
    text = _labelled(text) if "答案" in text or "解析" in text else text
    text = BREAK.sub(" ", text) if "<" in text else text
    text = CODED_SIGN.sub(r"\1", text) if "`" in text else text
    text = SIGN_WITH_WORDS.sub(r"（\1）（\2）", text)
    text = _survey_tags(text) if "[Answer" in text else text
    bullet = BULLET.match(text)
    return replace(row, text=beginnings.usual(text[bullet.end() if bullet else 0 :].strip()))


def _labelled(text: str) -> str:
    """Say an answer or an explanation that stands in odd brackets, or behind odd signs, as others do."""
    text = TRUTH_SIGN.sub("", STARRED.sub("", text[:2000]) + text[2000:])
    text = ODD_BRACKETS.sub(lambda found: f"【{found[1]}】" if found[1] else f"{found[2]}：", text)
    return IN_BRACKETS.sub(r" \1", MID_BRACKETS.sub(r"（\1）", text)).strip()


def _survey_tags(text: str) -> str:
    """Say the tags of a survey's text ([Answer: A, C][Score: 2, 3][Partial]) in the words of other files."""
    answer = SURVEY_ANSWER.search(text)
    score, kind = SURVEY_SCORE.search(text), SURVEY_KIND.search(text)
    if not answer:
        return text
    places = re.findall(r"\d+\.([^,]+)", answer[1])
    words = "|".join(places) if places else answer[1]
    bare = text[: text.index("[")].rstrip()
    tag = f"【{kind[1]}】" if kind else ""
    points = f"（{score[1]}分）" if score and "," not in score[1] else ""
    number = re.match(r"\d{1,4}\s?[.．、)）]\s*", bare)
    head = number[0] if number else ""
    return f"{head}{tag}{bare[len(head) :]}{points}【答案】{words}"


def with_long_blanks(rows: list[Row]) -> list[Row]:
    """Return the rows with blanks that are drawn as one sign drawn as others are, where the file has no longer ones."""
    short = sum(bool(SHORT_BLANK.search(row.text)) for row in rows)
    if short < FEWEST or any("__" in row.text for row in rows):
        return rows
    return [replace(row, text=SHORT_BLANK.sub("____", row.text)) for row in rows]


def with_labels_apart(rows: list[Row]) -> list[Row]:
    """Return the rows with 标准 apart from 答案 where it ends an option (D.企业标准答案:B), rare as it is there."""
    text = "\n".join(row.text for row in rows)
    every = len(ANSWER_LABEL.findall(text))
    for glued in GLUED:
        found = len(glued.findall(text))
        if 0 < found <= RARE * every:
            rows = [replace(row, text=glued.sub(r"\g<0> ", row.text)) for row in rows]
    return rows
