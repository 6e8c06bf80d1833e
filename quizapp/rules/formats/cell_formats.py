"""What a cell of a workbook shows of its number, date or time by its format: 0571, 1,200.00元, 95%, 1/2, 1月2日."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

EXACT = 10**15  # a workbook keeps 15 digits of a number: of more, the last ones are lost
KNOWN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??"}
KNOWN |= {5: '"¥"#,##0', 6: '"¥"#,##0', 7: '"¥"#,##0.00', 8: '"¥"#,##0.00', 42: '"¥"#,##0', 44: '"¥"#,##0.00'}
KNOWN |= {37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 43: "#,##0.00", 48: "##0.0E+0"}
KNOWN |= {14: "yyyy/m/d", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm"}
KNOWN |= {30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'}
KNOWN |= {55: '上午/下午h"时"mm"分"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"'}
UNSHOWN = re.compile(  # locales, colours, room
    r"\[(?:\$-[^\]]*|Red|Black|Blue|Green|Yellow|Cyan|Magenta|White|Color\s?\d+|[红黑蓝绿黄]色)\]|_.|\*.", re.IGNORECASE
)
CURRENCY = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]")
SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)')
FRACTION = re.compile(r"(?:#\s)?(\?{1,3})/(?:\?{1,3})")
NUMBER_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<digit>[0#?])|(?P<sign>[.,%])|(?P<words>[^A-Za-z\[\]@"\\])'
)
AS_IS = re.compile(r"General|G/通用格式|@")
PARTS = {"y": "year", "m": "month", "d": "day", "h": "hour", "n": "minute", "s": "second"}
MOMENT_TOKEN = re.compile(r'"([^"]*)"|\\(.)|(y+|m+|d+|h+|s+)|(.)', re.IGNORECASE)
HALVES = re.compile(r"(AM|上午)/(PM|下午)", re.IGNORECASE)


def shown(text: str, value: float, code: str) -> str | None:
    """Return what a cell shows by its format; None where the format is none that can be followed here."""
    if re.match(r"\d{4}-\d{2}-\d{2}|\d{2}:\d{2}", text):
        return _moment(text, UNSHOWN.sub("", code.split(";")[0]).strip())
    sections = [CURRENCY.sub(r'"\1"', UNSHOWN.sub("", one)).strip() for one in SECTION.findall(code)[:-1]] or [code]
    place = 1 if value < 0 and len(sections) > 1 else 2 if not value and len(sections) > 2 else 0
    section, sign = sections[place], "-" if value < 0 and not place else ""
    if AS_IS.fullmatch(section) or abs(value) >= EXACT:
        return text
    if found := FRACTION.fullmatch(section):
        near = Fraction(abs(value)).limit_denominator(10 ** len(found[1]) - 1)
        whole, rest = divmod(near, 1)
        return sign + " ".join(str(one) for one in (whole, rest) if one) if near else "0"
    own = f'"{text.removeprefix("-")}"'
    found = _number(abs(value), AS_IS.sub(lambda _: own, section))
    return sign + found if found else None


def _number(value: float, section: str) -> str | None:
    """Return a number of at least 0 as the pattern of a format shows it, None where it holds what is not known."""
    found = list(NUMBER_TOKEN.finditer(section))
    if sum(len(one[0]) for one in found) < len(section):
        return None
    tokens = [one.groupdict() for one in found]
    signs = "".join(one["digit"] or one["sign"] or "" for one in tokens)
    whole, _, part = signs.replace("%", "").partition(".")
    if "," in part or "." in part or whole[:1] == "," or whole[-1:] == ",":  # thousands that are left out
        return None
    exact = Decimal(str(value)) * 100 ** signs.count("%")
    figures = f"{exact.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP):f}"
    ahead, _, behind = figures.partition(".")
    ahead = ahead.lstrip("0").zfill(len(whole.replace(",", "").lstrip("#?")))
    ahead = f"{int(ahead or 0):0{len(ahead)},}" if "," in whole and ahead else ahead
    behind = behind[: len(part.rstrip("#?"))] + behind[len(part.rstrip("#?")) :].rstrip("0")
    return _filled(tokens, ahead, behind, is_apart="," not in whole)


def _filled(tokens: list[dict], ahead: str, behind: str, is_apart: bool) -> str:
    """Return the tokens of a pattern with the figures before and behind the point in their places."""
    point = next((place for place, one in enumerate(tokens) if one["sign"] == "."), len(tokens))
    left = sum(bool(one["digit"]) for one in tokens[:point])
    found, is_behind = "", False
    for one in tokens:
        if one["sign"] == ".":
            found, is_behind = found + ".", True
        elif one["digit"] and is_behind:
            found, behind = found + behind[:1], behind[1:]
        elif one["digit"]:
            taken = max(len(ahead) - left + 1, 0) if is_apart else len(ahead)
            found, ahead, left = found + ahead[:taken], ahead[taken:], left - 1
        elif one["sign"] != ",":
            found += one["sign"] or one["words"] or one["escaped"] or one["quoted"] or ""
    return found


def _moment(text: str, code: str) -> str:
    """Return a date or a time as its pattern shows it, as it is where the pattern says what is not known here."""
    try:
        moment = datetime.datetime.fromisoformat(text if "-" in text else f"1900-01-01T{text}")
    except ValueError:
        return text
    pieces, before, half = [], "", HALVES.search(code)
    code = HALVES.sub(lambda found: f'"{found[1 + (moment.hour >= 12)]}"', code)
    for quoted, escaped, part, sign in MOMENT_TOKEN.findall(code):
        named = part.lower()
        if named[:1] == "m" and before == "h":
            named = named.replace("m", "n")
        if part and len(part) > (4 if named[0] == "y" else 2) or sign.isalpha() and sign.isascii():
            return text
        before = named[:1] or before
        number = getattr(moment, PARTS[named[0]]) % (100 if named == "yy" else 10**4) if part else 0
        number = (number - 1) % 12 + 1 if half and named[:1] == "h" else number
        pieces.append(str(number).zfill(2 if len(part) == 2 else 1) if part else quoted or escaped or sign)
    return "".join(pieces) or text
