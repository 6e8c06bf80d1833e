"""Words of a web page that are not only words: raised, struck out, folded away, or a place to write in."""

import html
import re

FIELD = re.compile(r"""\btype\s*=\s*["']?(?!text\b|number\b|tel\b|search\b)\w""", re.IGNORECASE)  # no place to write in
VALUE = re.compile(r"""\bvalue\s*=\s*(?:"([^"<>]{1,60})"|'([^'<>]{1,60})'|([^"'\s<>/]{1,60}))""", re.IGNORECASE)
WRITTEN, OPENS, CLOSES = "\ue004\ue005\ue006"  # a place to write in; where struck words begin and end
BARE_PLACE = re.compile(rf"(?:^|(?<=\t))\s*(?:(?:[我你]的|考生)?(?:答案?|作答)\s?[:：]?\s*)?{WRITTEN}\s*(?=\t|$)")
STRUCK = {"del", "s", "strike"}
STRUCK_WORDS = re.compile(rf"{OPENS}([^{OPENS}{CLOSES}]*){CLOSES}?")
OPTION_MARK = re.compile(r"\s*[(（]?[A-HＡ-Ｈ]\s?[.．、:：)）]")
FOLDS = re.compile(  # what opens something that is folded away, and tells nothing itself
    r"(?:点击|点此|展开|收起|查看|显示|隐藏|本题|参考|正确|标准|答案|及|与|和|解析|详解|详情|show|hide|view|see|the|answers?|solution"
    r"|explanation|[\s/、▶▼►▸+：:])+",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"\s*[(（【\[]?\s?(?:(?:正确|参考|标准|本题)?答案?|(?:答案|试题|题目)?解析|详解|解|answer)\s?[)）】\]:：]",
    re.IGNORECASE,
)
NOTHING = ("略", "无", "暂无")
LEADS_TO = re.compile(  # words of a page about itself
    r"(?:点击|展开|查看|显示)[\s\S]{0,4}(?:答案|解析)[\s\S]{0,4}|(?:收藏|举报|分享|标记|纠错)(?:本题|该题|此题)?"
    r"|(?:首页)?\s?[上前]一[页题].{0,60}[下后]一[页题](?:\s?[末尾]页)?",
    re.IGNORECASE,
)
SHIFTED = re.compile(
    r"<(?P<name>su[bp])\b[^<>]*>(?P<inside>(?:[^<>\n]|<(?!/?su[bp]\b)[^<>\n]*>){1,120})</(?P=name)>", re.IGNORECASE
)
FIGURES = re.compile(r"[-+−]?\d{1,3}|\d{0,2}[-+−]")
INDEX = re.compile(r"[\w+\-−=,.'′*()/ ]{1,20}")  # no note: [1], ①
SHIFTS = {
    "sup": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
NUMBER = re.compile(r"\s*\d{1,4}\s?[.．、]\s*")


def written(rest: str, is_opened: bool) -> str:
    """Return the blank that an <input> is, "" for one that is no place to write in.

    Where a page is opened, what is written there counts as what is ticked does.
    """
    if FIELD.search(rest):
        return ""
    found = VALUE.search(rest) if is_opened else None
    return f"__{html.unescape(next(filter(None, found.groups())))}__" if found else WRITTEN


def with_blanks(words: str) -> str:
    """Return a line with its places to write in drawn as blanks, but for those that have no words beside them."""
    return BARE_PLACE.sub("", words).replace(WRITTEN, "____") if WRITTEN in words else words


def label_of_fold(words: str) -> str:
    """Return how what is folded away below these words begins where it does not say it itself."""
    return "答案：" if "答案" in words or "nswer" in words else "解析：" if "解析" in words else ""


def without_struck(words: str, line: int, struck: list[tuple[int, str, bool]]) -> str:
    """Return a line without what is struck out in it, which `struck` takes; an option keeps its words."""

    def kept(found: re.Match) -> str:
        is_option = OPTION_MARK.match(found[1]) or OPTION_MARK.fullmatch(found.string[: found.start()])
        if found[1].strip():
            struck.append((line, found[1].strip(), bool(is_option)))
        return found[1] if is_option else ""

    if OPENS not in words:
        return words
    left = STRUCK_WORDS.sub(kept, words)
    return "" if NUMBER.fullmatch(left) else left


def is_idle(words: str, is_folded: bool) -> bool:
    """Return whether a line only leads to another part of the page, or unfolds to nothing."""
    return bool(LEADS_TO.fullmatch(words)) or is_folded and words in NOTHING


def with_shifts(text: str) -> str:
    """Return HTML in which what stands above or below the line is told by its signs, where it has any."""
    return SHIFTED.sub(_shifted, text)


def shifted(name: str, words: str) -> str:
    """Return what stands above or below the line (sup, sub), so that 10² does not become 102 nor H₂O become H2O."""
    if FIGURES.fullmatch(words):
        return words.translate(SHIFTS[name])
    return f"<{name}>{words}</{name}>" if INDEX.fullmatch(words) else words


def _shifted(found: re.Match) -> str:
    words = html.unescape(re.sub("<[^<>]*>", "", found["inside"])).strip()
    told = shifted(found["name"].lower(), words)
    return found[0] if told == words else html.escape(told, quote=False)
