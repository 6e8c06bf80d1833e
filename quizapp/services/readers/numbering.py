"""The numbers that Word computes for automatic lists: they are not in the text, and readers need them there."""

from dataclasses import dataclass, field

CHINESE = "零一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


@dataclass
class Level:
    """One level of a list: how its number is written, where it begins, and the text around it."""

    format: str = "decimal"
    start: int = 1
    text: str = "%1."


@dataclass
class Lists:
    """The lists of a document and how far each has counted."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    of_number: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)  # numId -> (abstract, starts anew)
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, number: str, depth: int) -> str:
        """Return the label of the next paragraph of a list at a depth, "" for bullets and for none."""
        if number not in self.of_number:
            return ""
        name, anew = self.of_number[number]
        levels, counts = self.abstract.get(name, {}), self.counts.setdefault(name, {})
        if number not in self.begun:
            self.begun.add(number)
            for one, start in anew.items():
                counts[one] = start - 1
        level = levels.get(depth, Level())
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if level.format in ("bullet", "none"):
            return ""
        text = level.text
        for one in range(depth + 1):
            of = levels.get(one, Level())
            text = text.replace(f"%{one + 1}", written(counts.get(one, of.start), of.format))
        return text + "." if text[-1:].isalnum() and text.isascii() else text


def read(numbering, styles) -> Lists:
    """Return the lists that the elements of numbering.xml and styles.xml define; either may be None."""
    lists = Lists()
    for one in numbering.iter("abstractNum") if numbering is not None else ():
        lists.abstract[one.get("abstractNumId", "")] = {
            _int(level.get("ilvl")): _level(level) for level in one.iter("lvl")
        }
    for one in numbering.iter("num") if numbering is not None else ():
        name = value(one.find("abstractNumId"))
        anew = {
            _int(each.get("ilvl")): _int(value(each.find("startOverride")), 1)
            for each in one.iter("lvlOverride")
            if each.find("startOverride") is not None
        }
        lists.of_number[one.get("numId", "")] = (name, anew)
    if styles is not None:
        _read_styles(lists, styles)
    return lists


def _read_styles(lists: Lists, styles) -> None:
    """Note which styles number their paragraphs, by themselves or by the style that they rest on."""
    own, rests_on = {}, {}
    for one in styles.iter("style"):
        name = one.get("styleId", "")
        found = one.find("pPr/numPr")
        rests_on[name] = value(one.find("basedOn"))
        if found is not None:
            own[name] = (value(found.find("numId")), _int(value(found.find("ilvl"))))
    for name in rests_on:
        at, seen = name, set()
        while at and at not in own and at not in seen:
            seen.add(at)
            at = rests_on.get(at, "")
        if at in own:
            lists.of_style[name] = own[at]


def _level(element) -> Level:
    return Level(
        value(element.find("numFmt")) or "decimal",
        _int(value(element.find("start")), 1),
        value(element.find("lvlText")),
    )


def value(element) -> str:
    """Return the attribute `val` of an element that may be None."""
    return "" if element is None else element.get("val", "")


def _int(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else otherwise


def written(number: int, form: str) -> str:
    """Return a number as a list of Word's formats writes it; unknown formats write figures."""
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 3)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return roman(number) if form == "upperRoman" else roman(number).lower()
    if form.startswith(("chinese", "japaneseCounting", "taiwaneseCounting", "ideographDigital", "koreanCounting")):
        return chinese(number)
    if form == "ideographTraditional":
        return STEMS[(number - 1) % 10]
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def roman(number: int) -> str:
    """Return a number in Roman figures."""
    text = ""
    for worth, sign in ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text


def chinese(number: int) -> str:
    """Return a number below 1,000 in Chinese: 十二, 一百零三; larger ones in figures."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{CHINESE[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else CHINESE[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (CHINESE[ones] if ones else "")
