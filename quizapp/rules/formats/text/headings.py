"""Rows that are no part of a question: headings, rulers, page numbers, the head of a printed paper."""

import re
from typing import TYPE_CHECKING

from quizapp.rules.formats.drafts import read_letters, read_truth
from quizapp.rules.formats.lines import Row, even_spaces
from quizapp.rules.formats.text import keying, marks, materials, numbering, options, vocabulary
from quizapp.rules.formats.text.entries import Section

if TYPE_CHECKING:
    from quizapp.rules.formats.text.walk import Walk

RULER = re.compile(
    r"(?:[-=_*#~·.…—－━─＝]\s*){4,}|-{3}|[-—\s]{0,9}(?:PART\s?\.?\d{1,2}|(?:THE )?END)[-—\s]{0,9}"
    r"|[(（]\s?(?:全文|试题)?完\s?[)）]",
    re.IGNORECASE,
)
PAGE = re.compile(
    r"[-—·]\s*\d{1,4}\s*[-—·]|[(（]?第\s*\d+\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}|Page\s*\d+(?:\s*of\s*\d+)?"
    r"|.{0,40}第\s*\d+\s*页\s*[(（,，/]?\s*共\s*\d+\s*页\s*[)）]?"
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s\d{1,2}[:：]\d{2}(?:\s?[AP]M)?(?:\s.{0,80})?"  # printed
    r"|(?:file|https?)://\S{1,150}\s{1,9}\d+/\d+"
    r"|[(（]?(?:请?[接转续翻见]|答案[见在])(?:[上下]一?页|[背反]面)[)）]?|[(（]?(?:未完待续|[背反]面还有题|以下空白)[)）]?",
    re.IGNORECASE,
)
TITLE = re.compile(rf"(?:{vocabulary.ORDINAL}[、.．]|[(（]{vocabulary.ORDINAL}[)）])\s?[^\s。；;，,？?：:（(_]{{2,20}}")
ROUND = re.compile(  # 甲队, 第二组, 抢答环节, ★党风廉政
    r"[【\[(（]?[^\s。；;，,？?！!：:（(_=、.．\d][^。；;，,？?！!_：:]{0,12}(?:组|队|轮|环节|部分|类|篇|卷|套|台|题)[）)】\]]?[:：]?"
    r"|[★☆◆●■▲]\s?[^\s。；;，,？?！!：:（(_]{2,16}"
)
QUIZ_ROUND = re.compile(  # 20分题, 风险题（30分）：, 第三类：生态环保
    rf"[【\[(（★☆◆●■▲]?\s?(?:(?:第?{vocabulary.ORDINAL}|第?\d{{1,2}})\s?[、.．:：]?\s?)?(?:\d{{1,3}}\s?分(?:题|值题)"
    r"|(?:必答|抢答|风险|加试|加赛|备用|备选|观众|互动|附加|压轴|共答|轮答|选答|挑战|热身)[^。；;，,？?！!：:（(_]{0,6})"
    r"[）)】\]]?\s?(?:[（(][^（()）]{1,40}[)）])?\s?[:：]?"
    rf"|[【\[(（]?第\s?(?:{vocabulary.ORDINAL}|\d{{1,2}})\s?(?:轮|组|队|类|关|站|批|号台)(?:[\s:：、.]\s?[^。；;，,？?！!]{{0,20}})?[）)】\]]?"
)
KNOWLEDGE = re.compile(  # 知识点2：治安
    rf"[【\[]?知识点\s?(?:{vocabulary.ORDINAL}|\d{{1,3}})\s?(?:[】\]:：、.．\s].{{0,40}}|$)"
)
BARE_PAGE = re.compile(r"\d{1,3}")  # alone between blank lines, below options that are whole
EARNED = re.compile(r"\d+(?:\.\d+)?\s*分")
EACH = re.compile(r"每(?:小)?题\s*(\d+(?:\.\d+)?)\s*分")
LINES_ABOVE_KEY = 3
FEWEST_PAGES = 2  # steps from page to page
LONGEST = 80  # characters of a heading
LONGEST_EXPLAINED = 200  # of one that says what is to be done
LONGEST_REPEATED = 30
OF_FILE = re.compile(  # 应知应会填空题（共12题）
    r"[^\d.．、（）()。？：:][^.．、（）()。？：:]{0,40}?(?P<kind>单选|单项选择|多选|多项选择|判断|填空)题(?:库|集|汇总|练习)?\s?(?:[（(][^（）()]{1,12}[）)])?"
)
SENTENCE = ("。", "？", "?", "！", "，", "；", "：", ":")
ENDS = ("。", "？", "?", "！", ")", "）", "]", "】", "_")
OPENING = "[【(（"  # a row that begins so may be an answer: [AB][3分]
BEHIND = ("given", "answer", "explanation")  # parts behind which a page puts its own words


def read_section(text: str) -> re.Match | None:
    """Return the match of a heading that names a kind of question."""
    words = even_spaces(text.strip("#").strip()) if len(text) <= LONGEST_EXPLAINED else ""
    if len(words) <= LONGEST and (found := vocabulary.SECTION.fullmatch(words)):
        return found
    return vocabulary.EXPLAINED.fullmatch(words)


def of_title(text: str) -> Section:
    """Return the part that a title names for a file without headings, 应知应会填空题; else one of no kind."""
    found = OF_FILE.fullmatch(text[:LONGEST])
    kinds = set(re.findall(vocabulary.KIND, text)) if found else set()
    return Section(vocabulary.KINDS[found["kind"].lower()], text) if found and len(kinds) == 1 else Section()


def is_part(text: str) -> bool:
    """Return whether a row is a heading that names no kind: 第三章, 第1期, 【章节测验】."""
    if len(text) > LONGEST or vocabulary.KEY_HEAD.fullmatch(text):
        return False
    return text.startswith("#") or bool(vocabulary.PART.fullmatch(text.strip("#").strip()))


def section_of(found: re.Match, words: str) -> Section:
    """Return the part of the file that such a heading begins."""
    each, kind = EACH.search(found["rest"]), found["kind"].lower()
    kind = "choice" if kind == "multiple choice" else vocabulary.KINDS[kind]  # in English one may be right
    return Section(kind, words, float(each[1]) if each else None)


def have_bare_pages(rows: list[Row]) -> bool:
    """Return whether numbers alone between blank lines count the pages: each is one more than the one before."""
    found = [int(row.text) for place, row in enumerate(rows) if _is_alone(rows, place)]
    steps = [after - before for before, after in zip(found, found[1:], strict=False)]
    return len(steps) >= FEWEST_PAGES and set(steps) == {1}


def _is_alone(rows: list[Row], index: int) -> bool:
    is_number = rows[index].is_apart and bool(BARE_PAGE.fullmatch(rows[index].text))
    return is_number and (index + 1 == len(rows) or rows[index + 1].is_apart)


def _is_title(walk: "Walk", index: int) -> bool:
    """Return whether a row is the title of a part without a kind, with a question below it: 二、新增部分, 第二组.

    What only looks like the title of a round may be the rest of the line above it, if that is a long one.
    """
    text = walk.rows[index].text
    if index + 1 >= len(walk.rows) or len(text) > LONGEST or not _is_over(walk) or vocabulary.KEY_HEAD.fullmatch(text):
        return False
    if marks.read_option(text) or options.read_loose(walk, index, text):
        return False
    if KNOWLEDGE.fullmatch(text):
        return walk.part != "explanation"
    is_title, is_told = TITLE.fullmatch(text), QUIZ_ROUND.fullmatch(text)
    is_round = is_told or ROUND.fullmatch(text) and not marks.read_label(text)
    if not (is_title or is_round) or walk.material or materials.is_case(walk):
        return False
    if any(marks.read_number(text, one) for one in walk.numbers):
        return False
    if is_told and QUIZ_ROUND.fullmatch(walk.rows[index + 1].text[:LONGEST]):
        return _is_title(walk, index + 1)  # 第三轮 风险题 above 20分题
    following = numbering.any_number(walk, walk.rows[index + 1].text)
    if following is None or following[0] not in (1, walk.last_number + 1):
        return False
    is_wrapped = walk.part != "stem" and text not in walk.no_wraps and following[0] != 1
    return bool(is_title) or (is_told or not is_wrapped) and numbering.looks_like_question(walk, index + 1)


def _is_over(walk: "Walk") -> bool:
    """Return whether the question above may have come to its end."""
    if walk.part == "option":
        return len(walk.entry.options) > 1 and bool(walk.entry.options[-1])
    if walk.part == "answer":
        return bool(walk.entry.answers)
    is_whole = walk.part == "stem" and (bool(walk.entry.lead) or _is_signed(walk.entry.stem))
    return is_whole or walk.part in ("", *BEHIND) or walk.part == "stem" and bool(walk.entry.stem) and _ends(walk)


def _ends(walk: "Walk") -> bool:
    return walk.entry.stem[-1].endswith(ENDS)


def _is_open(walk: "Walk") -> bool:
    """Return whether the stem above may go on."""
    return walk.part == "stem" and not _is_signed(walk.entry.stem)


def _is_signed(stem: list[str]) -> bool:
    """Return whether a stem ends with the sign that answers it."""
    return bool(stem) and bool(numbering.SIGNED.search(stem[-1]))


def leave_out(walk: "Walk", index: int, row: Row) -> bool:
    """Leave out a row that never belongs to a question; return whether it did."""
    text = row.text
    if RULER.fullmatch(text):
        reason = "ruler"
    elif PAGE.fullmatch(text) or _is_bare_page(walk, row) or walk.has_bare_pages and _is_alone(walk.rows, index):
        reason = "page-number"
    elif len(text) <= 200 and (
        vocabulary.MARKING.fullmatch(text) or walk.part != "stem" and vocabulary.SHEET.fullmatch(text)
    ):
        reason = "answer-sheet"
    elif len(text) <= LONGEST and vocabulary.FOOT.fullmatch(text):
        reason = "instruction"
    elif walk.part in BEHIND and EARNED.fullmatch(text):
        reason = "score"
    elif _is_above_key(walk, index):
        reason = "heading"
    else:
        return False
    walk.account.ignore(row.number, reason)
    return True


def _is_above_key(walk: "Walk", index: int) -> bool:
    """Return whether a row is the title of the answer key below it, 附件2, or who signed the paper and when."""
    rows = walk.rows[index : index + LINES_ABOVE_KEY + 1] if walk.entry else []
    heads = (place for place, row in enumerate(rows) if "案" in row.text[:LONGEST])
    key = next((place for place in heads if vocabulary.KEY_HEAD.fullmatch(rows[place].text[:LONGEST])), 0)
    if not key or not keying.is_head(walk, index + key):
        return False
    if marks.read_label(rows[key].text) and not rows[key].is_apart:
        return False
    if not all(len(row.text) <= LONGEST and not _is_part_of_question(walk, row.text) for row in rows[:key]):
        return False
    return rows[0].is_apart or walk.part == "stem" and bool(walk.entry.stem) and _ends(walk)


def _is_part_of_question(walk: "Walk", text: str) -> bool:
    is_marked = marks.read_option(text) or marks.read_label(text) or numbering.any_number(walk, text)
    return bool(is_marked or numbering.BLANK.search(text) or read_section(text) or text.endswith(SENTENCE))


def _is_bare_page(walk: "Walk", row: Row) -> bool:
    may_be = row.is_apart and walk.part == "option" and "1 " not in walk.numbers
    is_below = may_be and len(walk.entry.options) > 1 and bool(walk.entry.options[-1])
    return is_below and bool(BARE_PAGE.fullmatch(row.text))


def enter(walk: "Walk", index: int, row: Row) -> bool:
    """Enter the part of the file that a heading begins; return whether the row was one."""
    found = read_section(row.text)
    if found and _is_tag(walk, index):
        walk.entry.kind, walk.entry.last = vocabulary.KINDS[found["kind"].lower()], row.number
        return True
    if found and not _is_stem(walk, row.text):
        walk.section = section_of(found, row.text)
    elif not (is_part(row.text) or _is_title(walk, index)) or row.text.startswith("#") and _is_open(walk):
        return False
    else:
        walk.section, walk.chapter = Section(), even_spaces(row.text.strip("#-—=－【】[] "))
    keying.end(walk)
    walk.account.ignore(row.number, "heading")
    walk.entry, walk.part, walk.is_new_group, walk.last_point = None, "", True, 0
    walk.material, walk.nested, walk.shared = None, None, []
    walk.numbers, walk.is_unnumbered = numbering.of_part(walk, index) if found else (walk.habit.numbers, False)
    return True


def _is_tag(walk: "Walk", index: int) -> bool:
    """Return whether the row names the kind of one question, below its bare number or above option A."""
    text = walk.rows[index].text
    if walk.part != "stem" or walk.entry is None:
        return False
    following = walk.rows[index + 1].text if index + 1 < len(walk.rows) else ""
    option = marks.read_option(following)
    is_above_options = bool(option and option[0] == "A") or options.are_both_truths(walk, index + 1)
    return is_above_options or text[0] in "【[(（" and not walk.entry.stem


def _is_stem(walk: "Walk", text: str) -> bool:
    """Return whether a row that looks like a heading is the next question: 3. 判断题…"""
    for habit in walk.numbers:
        found = marks.read_number(text, habit)
        is_told = bool(numbering.SIGNED.search(text)) or not walk.is_new_group and len(text) > LONGEST_REPEATED
        if found and is_told and found[0] == walk.last_number + 1:
            return True
    return False


def _is_whole(walk: "Walk") -> bool:
    """Return whether the stem of a question without options has come to its end, and the words of a page may follow."""
    asks = walk.entry.wanted_kind() in ("true_false", "fill_blank", "short_answer")
    return asks and bool(walk.entry.stem) and _ends(walk)


def _is_before_options(walk: "Walk", index: int) -> bool:
    """Return whether a row stands between a stem and its options, and leaves no blank."""
    if not walk.entry.stem or index + 1 >= len(walk.rows) or numbering.BLANK.search(walk.rows[index].text):
        return False
    option = marks.read_option(walk.rows[index + 1].text)
    return option is not None and option[0] == "A"


def leave_out_repeated(walk: "Walk", index: int, row: Row) -> bool:
    """Leave out what a page repeats around questions: a short line that is there again and again."""
    text = row.text
    is_below = walk.part == "option" and walk.entry.options[-1] or walk.part == "stem" and _is_whole(walk)
    is_behind = walk.part in BEHIND or is_below and text in walk.no_wraps
    is_behind = is_behind or walk.part == "stem" and _is_before_options(walk, index)
    is_page = walk.times[text] > (1 if text in walk.beside_pages else 2) and len(text) <= LONGEST_REPEATED
    if not is_page or not is_behind or text[0] in OPENING or marks.read_option(text):
        return False
    if read_letters(text) is not None or read_truth(text) is not None or marks.read_label(text):
        return False
    if marks.read_told(text) or marks.read_told_truth(text):
        return False
    if walk.part == "answer" and not walk.entry.answers or any(marks.read_number(text, one) for one in walk.numbers):
        return False
    walk.account.ignore(row.number, "repeated-line")
    return True
