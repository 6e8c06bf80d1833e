"""Fill-in questions: where the blanks are, and which texts fill them."""

import re

from quizapp.rules.formats.drafts import Draft
from quizapp.rules.formats.text.entries import Entry
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

DRAWN = r"[＿﹍﹏]+|…{4,}|[—―─]{3,}|□{2,}"
BLANK = re.compile(rf"_{{2,}}|{DRAWN}")
SPACES = re.compile(r"(?<=\S)[ \u3000]{4,}(?=\S)")  # a blank where a stem has no other
FILLED_LINE = re.compile(r"(?<!_)_+\s*(?![和与及或、，,；;。\s]+_)([^_\n，。；;：:！？!?]{1,60}?)\s*_+")
LONG_LINES = re.compile(r"(?<!_)_{4,}[^_\n]{1,200}_{4}")  # words between two blanks, or in one
EMPTY_BRACKET = re.compile(r"[(（]\s*[)）]|[\[【]\s*[\]】]")
SQUARE = re.compile(r"([\[【])([^\[\]【】]+)([\]】])")
BRACKET = re.compile(r"([(（])([^()（）]*)([)）])")
EITHER = re.compile(r"([\d.%]{1,20})\s?或\s?([\d.%]{1,20})")  # 101.3或101.325
OR_ELSE = re.compile(  # 四（或Ⅳ）
    r"([^()（）]{1,60})[(（]\s?(?:或者?|也可)(?:写作?|填|答)?为?\s?[:：]?([^()（）]{1,60})[)）]"
)
DOUBLE = re.compile(r"[(（]{2}(?P<inside>[^()（）]{1,500})[)）]{2}$")
FILLED = re.compile(rf"[(（\[【]|_|{DRAWN}")
GROUP = re.compile(r"\[([^\[\]]*)\]")
ONE_GROUP = re.compile(r"[(（【]([^()（）【】]+)[)）】]")
GROUPS = re.compile(r"[(（\[【“\"]([^()（）\[\]【】“”\"]+)[)）\]】”\"]\s*[、，,和]?\s*")  # (甲)(乙), “甲”“乙”
FLAGS = {"答案无顺序", "乱序匹配", "不区分大小写", "全对得分", "主观题", "答案有顺序", "区分大小写"}
SCORE = re.compile(r"\d+(?:\.\d+)?分")
COUNTED = re.compile(r"(?:^|(?<=[\s;；,，。]))\d{1,2}[.．、](?!\d)\s*")  # 1.甲 2.乙
FIGURE = re.compile(r"\s*[\d.]+\s*")
SIGNS = (r"\$;\$|@@|&&|##", r"[|｜]", r";;|；；", r"[;；]", r"\n", r"[、]", r"[,，]", r"[ \t\u3000]+", r"[/／]", "#")
SIGNS += (r"[和与]",)
PLACE_MARK = re.compile(
    r"(?:(?:第\s{0,3})?[一二三四五六七八九十\d]{1,2}\s{0,3}空\s{0,3}[:：.、]?|空\s{0,3}[一二三四五六七八九十\d]{1,2}\s{0,3}[:：.、]|[\[【]填空\s?\d{1,2}[\]】]\s?[:：]?|[(（]\d{1,2}[)）]|[①-⑳](?![①-⑳\s]{0,40}$))\s{0,9}"
)

REMARK = re.compile(
    r".{0,12}(?:令第?|[〔\[]\d{4}[〕\]])\s?\d+\s?号$"
    r"|如|即|简称|以下|不含|包括|含|例|见|注|单位|[A-Za-z .]+$|第.{1,4}版$|.*出版社.{0,12}$|试行$|暂行$"
    r"|\d{4}年.{0,12}(?:施行|实施|规划|数据|统计|标准|修[订正]|印发|发布|公布|通过|版)$"
)
ARTICLE_BEFORE = re.compile(r"第[一二三四五六七八九十百零\d]{1,7}[条款项]$")
UNIT_BEFORE = re.compile(r"[省市县区乡镇村户]$")
OTHER_UNIT = re.compile(r"[省市州盟县旗区乡镇村居户街道社区、/]{1,8}")

BETWEEN_LINES = N_("The answer was found between two lines of underscores only; please look at it.")


SLASHED = re.compile(r"(?=.*[\u4e00-\u9fff])[^/／\s]{1,20}[/／][^/／\s]{1,20}")  # 18/十八, and no 1/3
REMARKED = re.compile(r"\S[(（][^()（）]{1,20}[)）]$")  # 18（亿亩）
WITH_REMARK = N_("“%(text)s” was taken with what stands in brackets; it would have to be written too.")
WITH_UNIT = N_("“%(text)s” ends with what stands behind the blank already; it would have to be written twice.")
SEVERAL_LINES = N_("Several lines were taken as the answer of one blank; please see whether all of them belong to it.")
ONE_TEXT = N_("“%(text)s” was taken as one answer. If several are accepted, put “；” between them.")


def read(draft: Draft, entry: Entry, text: str, habit: Habit) -> None:
    """Read the answer of a fill-in question into `draft`, out of its answer lines or out of its stem."""
    if not FILLED.search(draft.stem):
        draft.stem = SPACES.sub("____", draft.stem)
    if entry.in_brackets:
        draft.answer = _groups(draft, text)
    elif text:
        draft.answer = _split(text, count(draft.stem), habit, entry)
    else:
        _take_from_stem(draft)
    if len(entry.answers) > 1 and any("\n" in one for texts in draft.answer or () for one in texts):
        draft.problem("blank-lines", SEVERAL_LINES, severity="warning")
    _note_remarks(draft)
    for text in (texts[0] for texts in draft.answer or () if len(texts) == 1):
        if SLASHED.fullmatch(text):
            draft.problem("blank-slash", ONE_TEXT, severity="warning", text=text)
    if draft.answer is not None and count(draft.stem) not in (0, len(draft.answer)):
        draft.problem(
            "blank-count",
            N_("The text has %(drawn)s blanks, the answer fills %(given)s."),
            drawn=count(draft.stem),
            given=len(draft.answer),
            severity="warning" if len(draft.answer) == 1 else "error",
        )
    draft.stem = re.sub(DRAWN, "____", draft.stem)


def _note_remarks(draft: Draft) -> None:
    """Note answers with a remark behind them, or with the unit that the text says itself: 100℃ where ____℃ is asked."""
    form = EMPTY_BRACKET if EMPTY_BRACKET.search(draft.stem) else BLANK
    behind = [draft.stem[found.end() :].lstrip() for found in form.finditer(draft.stem)]
    for place, texts in enumerate(draft.answer or ()):
        remarked = next((text for text in texts if REMARKED.search(text)), None)
        unit = re.fullmatch(r"\d[\d.,]*(?P<unit>[^\d.,\s]{1,4})", texts[0])
        if remarked:
            draft.problem("blank-remark", WITH_REMARK, severity="warning", text=remarked)
        elif unit and place < len(behind) == len(draft.answer) and behind[place].startswith(unit["unit"]):
            draft.problem("blank-unit", WITH_UNIT, severity="warning", text=texts[0])


def count(stem: str) -> int:
    """Return how many blanks a stem draws: underscores, else empty brackets."""
    return len(EMPTY_BRACKET.findall(stem)) or len(BLANK.findall(stem))


def _groups(draft: Draft, text: str) -> list[list[str]] | None:
    """Read [甲 乙][丙][2分]: a group a blank, a space between accepted texts."""
    filled = []
    for group in GROUP.findall(text):
        if SCORE.fullmatch(group.strip()):
            continue
        if group.strip() in FLAGS:
            draft.any_order = draft.any_order or group.strip() in ("答案无顺序", "乱序匹配")
            continue
        filled.append(group.split())
    return filled or None


def _split(text: str, drawn: int, habit: Habit, entry: Entry) -> list[list[str]]:
    """Share an answer out to the blanks by the sign that gives as many parts as there are blanks."""
    if len(entry.answers) == drawn > 1:
        return [accepted(one) for one in _unnumbered([one for _, one in entry.answers])]
    groups = GROUPS.findall(text)
    if len(groups) > 1 and (len(groups) == drawn or text[:1] in "(（") and not GROUPS.sub("", text).strip(" 。"):
        return [accepted(inside) for inside in groups]
    if drawn == 1 and (alone := ONE_GROUP.fullmatch(text.strip())):
        return [accepted(alone[1])]
    text = text.strip().rstrip("。")
    if habit.is_semicolon_chosen and re.search("[;；]", text):
        return _by_semicolon(text, habit)
    marked = [part for part in PLACE_MARK.split(text) if part.strip(" ;；,，、\n")]
    if PLACE_MARK.match(text) and (len(marked) == drawn or len(marked) > 1 or drawn <= 1):
        return [accepted(part) for part in marked]
    counted = [part for part in COUNTED.split(text) if part.strip()]
    if COUNTED.match(text) and len(counted) == drawn > 1:
        return [accepted(part) for part in counted]
    for sign in SIGNS:
        parts = [part for part in re.split(sign, text) if part.strip()]
        if len(parts) == drawn > 1:
            if sign == "[;；]":
                habit.semicolon = "next"
            return [accepted(part) for part in _unnumbered(parts)]
    if re.search(r"[|｜]", text):
        return [accepted(part) for part in re.split(r"[|｜]", text)]
    return [accepted(text, is_only=True)]


def _unnumbered(parts: list[str]) -> list[str]:
    """Return parts without their numbers, where they bear 1. 2. 3., a. b. c. or 1甲 2乙 in order; decimals stay."""
    places = list(enumerate(parts, 1))
    numbered = [re.match(rf"\s*(?:{place}|{chr(96 + place)})\s?[.．、:：]\s*(?=\S)", part) for place, part in places]
    if all(FIGURE.fullmatch(part) for part in parts):
        return parts
    glued = [re.match(rf"\s*{place}(?=[\u4e00-\u9fff])", part) for place, part in places]
    if all(glued) and len({part[one.end()] for part, one in zip(parts, glued, strict=True)}) == len(parts):
        numbered = glued  # 1人 2人 is none
    return [part[one.end() :].strip() for part, one in zip(parts, numbered, strict=True)] if all(numbered) else parts


def _by_semicolon(text: str, habit: Habit) -> list[list[str]]:
    """Share an answer out as a person said: ； goes to the next blank, or parts what one blank accepts."""
    if habit.semicolon == "next":
        return [[part.strip()] for part in re.split("[;；]+", text) if part.strip()]
    return [accepted(part, is_only=True) for part in re.split("[|｜]", text) if part.strip()]


def accepted(text: str, is_only: bool = False) -> list[str]:
    """Return the texts that one blank accepts."""
    text = PLACE_MARK.sub("", text.strip(), count=1).strip(" \n;；,，、")
    if either := OR_ELSE.fullmatch(text) or EITHER.fullmatch(text):
        return [*accepted(either[1], is_only), *accepted(either[2], is_only)]
    sign = r"[;；]|\s+或(?:者)?\s+" if is_only else r"[;；]|(?<!\d)[/／]|[/／](?!\d)|\s+或(?:者)?\s+"
    return [part.strip() for part in re.split(sign, text) if part.strip()] or [text]


def _take_from_stem(draft: Draft) -> None:
    """Take the answers that stand in the brackets or between the underscores of the stem."""
    double = DOUBLE.search(draft.stem.rstrip())
    if double:
        draft.answer = [accepted(part) for part in re.split(";;|；；", double["inside"])]
        draft.stem = draft.stem[: double.start()].rstrip()
        return
    square = [found for found in SQUARE.finditer(draft.stem) if found[2].strip()]
    filled = square or [found for found in BRACKET.finditer(draft.stem) if found[2].strip()]
    lines = [found for found in FILLED_LINE.finditer(draft.stem) if found[1].strip()]
    if lines and not any(_is_padded(found) for found in filled):
        draft.answer = [accepted(found[1]) for found in lines]
        if LONG_LINES.search(draft.stem):
            draft.problem("answer-between-lines", BETWEEN_LINES, severity="warning")
        draft.stem = FILLED_LINE.sub("____", draft.stem)
        return
    chosen = _likeliest(filled)
    if not chosen or BLANK.search(draft.stem) and not _is_padded(chosen[0]):
        return  # where lines are left empty, words in a bracket are a remark
    draft.answer = [accepted(found[2]) for found in chosen]
    for found in reversed(chosen):
        draft.stem = draft.stem[: found.start()] + found[1] + found[3] + draft.stem[found.end() :]


def _is_padded(found: re.Match) -> bool:
    return found[2] != found[2].strip()


def _likeliest(filled: list[re.Match]) -> list[re.Match]:
    """Choose the brackets that hold answers: those set off by a space inside, else those that are no remark."""
    padded = [found for found in filled if _is_padded(found)]
    if padded:
        return padded
    return [found for found in filled if not _is_remark(found)] or filled[-1:]


def _is_remark(found: re.Match) -> bool:
    """Return whether a bracket says more of the words before it: 第四十五条（紧急防汛期）, 《…（试行）》, 村（居）."""
    before = found.string[: found.start()]
    is_title = found.string.startswith("》", found.end())
    is_other = UNIT_BEFORE.search(before) and OTHER_UNIT.fullmatch(found[2])
    return bool(REMARK.match(found[2]) or is_title or is_other or ARTICLE_BEFORE.search(before))
