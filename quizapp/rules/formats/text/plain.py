"""Lines without what their editor or web page put around them, and run-on lines cut into one question each."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from quizapp.rules.formats.lines import Row
from quizapp.rules.formats.text import headings, keys, marks

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
KIND_HEAD = re.compile(  # 填空题：1.
    r"(?:[一二三四五六七八九十]{1,2}[、.．]\s?)?(?:单选|多选|判断|填空|简答|问答|[单多]项选择)题\s?[:：]\s?(?=1\s?[.．、])"
)
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
ALONE = re.compile(r"[【\[]?(?:正确|参考|标准|我的|学生)?答案[】\]]?\s?[:：]?")  # with its answers below it
OF_BLANK = re.compile(r"[(（]\s?(\d{1,2})\s?[)）]\s*(\S.*)")
DRAWN = re.compile(r"_{2,}|[(（]\s*[)）]")
BREAK = re.compile(r"\s?<br\s?/?>", re.IGNORECASE)
CODED_SIGN = re.compile(r"`\s?([√×✓✗✔✘]|[A-H]{1,8})\s?`")  # `×` in Markdown
ODD_BRACKETS = re.compile(rf"[〖［「『{{<《]\s?({NAMES})\s?[〗］」』}}>》]|^({NAMES})\s?[∶;；.=]{{1,3}}>?(?=\s?\S)")
TRUTH_SIGN = re.compile(r"[✅❌✔✘☑☒]\ufe0f?\s?(?=正确|错误|对|错)")
STARRED = re.compile(rf"^\W{{1,3}}(?={NAMES}\s?(?:\s|[:：∶;；.]))")  # ★答案：B
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
OF_THREE = re.compile(r"^\d{1,2}\.(\d{1,2})\.(\d{1,3})(?:\.(?=\s)|(?=\s?[^\s\d.]))")
CHAPTER = re.compile(  # a title above such
    r"\d{1,2}(?:\.\d{1,2})?[.．、]?\s?([^\s\d。；;，,？?！!：:（(_.．、][^。；;，,？?！!：:（(_]{0,19})"
)
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
RUN = re.compile(r"([^\S\t]|[-_.…·—=*#。])\1{79,}")  # longer than anybody draws a blank or a ruler
LONGEST_RUN = 79
SURVEY_ANSWER = re.compile(r"\[Answer\s*:\s*([^\[\]]*)\]", re.IGNORECASE)
SURVEY_SCORE = re.compile(r"\[Score\s*:\s*([^\[\]]*)\]", re.IGNORECASE)
SURVEY_KIND = re.compile(r"\[(single choice|multiple choice|true or false|fill in the blank|essay)\]", re.IGNORECASE)
SMALL_KEY = re.compile(r"(?=.*\d)[\da-h\s.．、:：,，;；|()（）—–~～-]+")  # a row of a key: 1.a 2.b
SHORT_BLANK = re.compile(r"(?<=[\u4e00-\u9fff、，：])\s?_\s?(?=[\u4e00-\u9fff、，。；：]|$)")
SMALL_BRACKET = re.compile(r"[(（]\s*[a-h](?:[\s、,，]*[a-h])*\s*[)）]")
CAPITAL_BRACKET = re.compile(r"[(（]\s?[A-H](?:[\s、,，]{0,3}[A-H])*\s?[)）]")
SMALL_LETTER = re.compile(
    r"(?:^|(?<=\s))[a-h](?=\s?[.．、:：)）])|(?<=答案[:：])\s*[a-h](?:[\s、,，]*[a-h])*\s*$"
    r"|(?<=[Aa]nswer[:：])\s*[a-h](?:[\s、,，]*[a-h])*\s*$"
)
ANSWER_LABEL = re.compile(r"答案\s?[:：]")
LONG_LABELS = ("标准", "参考", "正确", "本题", "试题")
GLUED = [re.compile(rf"(?<=[\u4e00-\u9fff]){word}(?=答案\s?[:：])") for word in LONG_LABELS]
RARE = 0.3  # of the labels of a file
CARD_NUMBERS = re.compile(r"(?:题\s?号[\s|:：]{1,9})?(\d{1,4}(?:[\s|]{1,9}\d{1,4}){0,200})[\s|]*")
CARD_ANSWERS = re.compile(r"(?:(?:参考|标准|正确)?答\s?案[\s|:：]{1,9})?(\S.*)", re.DOTALL)
ANSWERED = re.compile(r"(?:[A-Z对错√×]|正确|错误)[\s。.；;，,)）]{0,3}$")
MOSTLY = 0.6  # of the numbers of three parts: one more than the one before, or 1
FEWEST = 3  # numbers of a card that has no heads
AS_FAR = 16  # characters before a number in which an answer ends


def with_own_answers(rows: list[Row]) -> list[Row]:
    """Return the rows with the answers of several blanks, numbered below their label (1), (2), as one: 甲|乙."""
    found, index, drawn = [], 0, 0
    while index < len(rows):
        row, values, end = rows[index], [], index + 1
        while ALONE.fullmatch(row.text) and end < len(rows) and (one := OF_BLANK.fullmatch(rows[end].text)):
            if int(one[1]) != len(values) + 1 or OF_BLANK.search(one[2]) or keys.SIGNS.fullmatch(one[2]):
                break
            values.append(one[2])
            end += 1
        if values and len(values) == drawn:
            row = replace(row, number=rows[end - 1].number, text=f"{row.text.rstrip(':：')}：{'|'.join(values)}")
        else:
            end = index + 1
        drawn = len(DRAWN.findall(row.text)) or drawn
        found.append(row)
        index = end
    return found


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
    return replace(row, text=_usual(text[bullet.end() if bullet else 0 :].strip()))


def _usual(text: str) -> str:
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


def with_capitals(rows: list[Row]) -> list[Row]:
    """Return the rows with small option letters at their beginning, and in their answers, made capital."""
    return [replace(row, text=_capital(row.text)) for row in rows]


def with_long_blanks(rows: list[Row]) -> list[Row]:
    """Return the rows with blanks that are drawn as one sign drawn as others are, where the file has no longer ones."""
    short = sum(bool(SHORT_BLANK.search(row.text)) for row in rows)
    if short < FEWEST or any("__" in row.text for row in rows):
        return rows
    return [replace(row, text=SHORT_BLANK.sub("____", row.text)) for row in rows]


def with_capital_brackets(rows: list[Row]) -> list[Row]:
    """Return the rows with the letters that fill brackets made capital, where in this file they are small: （b）."""
    small = sum(bool(SMALL_BRACKET.search(row.text)) for row in rows)
    if small < FEWEST or any(CAPITAL_BRACKET.search(row.text) for row in rows):
        return rows
    return [replace(row, text=SMALL_BRACKET.sub(lambda found: found[0].upper(), row.text)) for row in rows]


def _capital(text: str) -> str:
    if SMALL_KEY.fullmatch(text):
        return text.upper()
    for small in (SMALL_LETTER, SMALL_BRACKET):
        text = small.sub(lambda found: found[0].upper(), text)
    return text


def with_cards(rows: list[Row]) -> list[Row]:
    """Return the rows with answer cards (a row of numbers above a row of answers) as keys: 1.A 2.B."""
    found = list(rows)
    for index, (first, second) in enumerate(zip(rows, rows[1:], strict=False)):
        numbers, answers = CARD_NUMBERS.fullmatch(first.text[:2000]), CARD_ANSWERS.fullmatch(second.text[:2000])
        pairs = ([], [])
        if numbers and answers:
            pairs = re.findall(r"\d+", numbers[1]), re.split(r"[\s|]+", answers[1].strip("| \t"))
        above = rows[index - 1].text if index else ""
        is_below = index > 1 and found[index - 2] is not rows[index - 2] or bool(headings.read_section(above))
        is_told = first.text.startswith("题") or _is_counted(*pairs, fewest=1 if is_below else FEWEST)
        if pairs[0] and len(pairs[0]) == len(pairs[1]) and is_told:
            found[index] = replace(first, text="参考答案")
            found[index + 1] = replace(second, text=" ".join(map(".".join, zip(*pairs, strict=True))))
    return found


def _is_counted(numbers: list[str], answers: list[str], fewest: int) -> bool:
    """Return whether numbers follow each other and all answers are letters or signs, as in a card without heads."""
    first = int(numbers[0]) if numbers else 0
    is_row = len(numbers) >= fewest and list(map(int, numbers)) == list(range(first, first + len(numbers)))
    return is_row and all(keys.SIGNS.fullmatch(answer) for answer in answers)


def with_labels_apart(rows: list[Row]) -> list[Row]:
    """Return the rows with 标准 apart from 答案 where it ends an option (D.企业标准答案:B), rare as it is there."""
    text = "\n".join(row.text for row in rows)
    every = len(ANSWER_LABEL.findall(text))
    for glued in GLUED:
        found = len(glued.findall(text))
        if 0 < found <= RARE * every:
            rows = [replace(row, text=glued.sub(r"\g<0> ", row.text)) for row in rows]
    return rows


def unfolded(rows: list[Row]) -> list[Row]:
    """Return rows of one question each, cut where the next number begins; those of one line share its number."""
    found, number = [], 1
    for row in _headed(rows):
        number = 1 if marks.starts_anew(row.text, number) else number
        places, is_answered = [], row.text.count("答案") > 1
        place = _next(" " + row.text, 0, number, is_answered)
        while place >= 0:
            places.append(place)
            number += 1
            place = _next(" " + row.text, place + 1, number, is_answered)
        starts = [0, *[place - 1 for place in places if place > 1]]
        ends = [*starts[1:], len(row.text)]
        found += [replace(row, text=row.text[start:end].strip()) for start, end in zip(starts, ends, strict=True)]
    return [row for row in found if row.text]


def _headed(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows, a heading apart from the question that it stands before: 填空题：1.…"""
    for row in rows:
        head = KIND_HEAD.match(row.text)
        if head:
            yield replace(row, text=head[0].strip())
        yield replace(row, text=row.text[head.end() :]) if head else row


def _next(text: str, start: int, number: int, is_answered: bool) -> int:
    """Return where the question of that number begins; where questions are answered in line, behind an answer.

    A number that stands before a figure (6.20世纪初) begins one where the next number follows first.
    """
    first = place = marks.number_inside(text, number, start)
    following = marks.number_inside(text, number + 1, start)
    glued = marks.number_inside(text, number, start, may_be_decimal=True) if 0 <= following < first or first < 0 else -1
    if 0 <= glued < following:
        return glued
    while is_answered and number > 1 and place >= 0:
        if ANSWERED.search(text[max(start, place - AS_FAR) : place]):
            return place
        place = marks.number_inside(text, number, place + 1)
    return first
