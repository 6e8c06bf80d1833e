"""Options that stand together in one text or value, parted: by signs, by their letters, or as JSON."""

import re
import unicodedata

from quizapp.rules.formats import keyed
from quizapp.rules.formats.drafts import LETTERS
from quizapp.rules.formats.text import marks

LETTERED = re.compile(
    r"\s*[(（\[【]?(?P<letter>[A-ZＡ-Ｚa-z])[)）]?\s*[.．、:：,，)）。\]】]+\s*(?P<rest>.*)", re.DOTALL
)
LOOSE = re.compile(r"\s*(?P<letter>[A-ZＡ-Ｚ])\s*(?P<rest>.*)", re.DOTALL)
SPACED = re.compile(r"(?:^|(?<=\s))([A-Z])\s+(\S+)")  # A 免疫 B 检疫, and not A 级 B 级
SEPARATORS = (r"\*\*|＊＊", r"##|＃＃", r"\$\$|\$;\$|@@|&&", r"<br\s*/?>", r"\r\n|\r|\n")
SEPARATORS += (r"[|｜┋┇]", r"[;；]", "(?<!:)//+", "#", r"@(?![\w-]+\.[A-Za-z])", r"\s+/\s+")  # and no address
CODED = re.compile(r"[a-z]{2,10}[_-]?\d{1,3}")  # item1, by which an answer names an option
NO_TEXT = ("id", "index", "correct", "right", "order", "sort", "no")  # ends of names
NUMBERED = re.compile(r"\s*[(（]?(?P<number>\d{1,2})[)）.．、:：]\s*(?!\d)(?P<rest>.*)", re.DOTALL)
BEHIND = ",，、;；"  # signs that part options which bear letters
RARELY = ("letter", "label", "key")  # of names whose values are options only where nothing else is


def split_options(text: str) -> list[str]:
    """Return the options that stand together in one text: a JSON list, or parted by signs or by their letters."""
    text = text.strip()
    if text.startswith(("[", "{")):
        value = keyed.loaded(text)
        if value is not None:
            return options_of(value)
    parts = [part.strip() for part in _parted(text.strip("*＊#＃$|｜;； \r\n")) if part.strip()]
    if not parts:
        return []
    return _without_signs(_in_order(parts) or _without_numbers(without_letters(parts)))


def _without_signs(options: list[str]) -> list[str]:
    """Return options without the sign behind each but the last that only parts them from the next."""
    behind = {option[-1:] for option in options[:-1]}
    is_parted = len(behind) == 1 and behind <= set(BEHIND)
    return [option.rstrip(BEHIND).strip() for option in options] if is_parted else options


def _without_numbers(options: list[str]) -> list[str]:
    """Return options without their numbers, where all bear 1, 2, 3 … in order and words behind them."""
    found = [NUMBERED.fullmatch(option) for option in options]
    is_counted = all(one and one["rest"] and int(one["number"]) == place for place, one in enumerate(found, 1))
    return [one["rest"].strip() for one in found] if is_counted and len(found) > 1 else options


def _in_order(parts: list[str]) -> list[str]:
    """Return options that bear A, B, C …: a part without the next letter goes on with the one before (30m, A)."""
    options: list[str] = []
    for part in parts:
        wanted = LETTERS[min(len(options), 25)]
        found, loose = LETTERED.fullmatch(part), LOOSE.fullmatch(part)
        letter = _even_letter(found) if found else ""
        if options and letter > wanted:  # the sign between some options is missing
            options[-1:] = _cut(options[-1], wanted, LETTERS[LETTERS.index(letter) - 1])
            wanted = LETTERS[min(len(options), 25)]
        if letter == wanted:
            options.append(found["rest"].strip())
        elif loose and _even_letter(loose) == wanted and "" not in options[-1:]:  # not D**CO2
            options.append(loose["rest"].strip())
        elif options:
            options[-1] += part
        else:
            return []
    options[-1:] = _cut(options[-1], LETTERS[min(len(options), 25)])
    return options if len(options) > 1 else []


def _cut(text: str, first: str, last: str = "") -> list[str]:
    """Return a text cut where the letters from `first` on stand in it, each without its letter."""
    places = [place for place in marks.options_inside(text, first, last) if place and not _is_latin(text[place - 1])]
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    bare = [found["rest"] if (found := LETTERED.fullmatch(piece) or LOOSE.fullmatch(piece)) else piece
            for piece in pieces[1:]]  # fmt: skip
    return [pieces[0].strip(), *(piece.strip() for piece in bare)]


def _is_latin(char: str) -> bool:
    """Return whether a letter or figure stands before what else would be an option: U.S.A., 30A."""
    return char.isascii() and char.isalnum()


def _even_letter(found: re.Match) -> str:
    """Return the letter of an option as a plain capital."""
    return unicodedata.normalize("NFKC", found["letter"]).upper()


def options_of(value) -> list[str]:
    """Return the options of a JSON value: texts, objects with a text in them, or an object of letters."""
    if isinstance(value, dict):
        return without_letters([str(text).strip() for _, text in sorted(value.items()) if text not in (None, "")])
    if isinstance(value, str):
        return split_options(value)
    if not isinstance(value, list):
        return []
    return without_letters([_option_text(one, place) for place, one in enumerate(value)])


def _option_text(one, place: int) -> str:
    """Return the words of an option; the letter or the figure of its place is none where there are others."""
    if isinstance(one, list) and len(one) == 2 and one[0] == LETTERS[place : place + 1]:
        one = one[1]
    if not isinstance(one, dict):
        return "" if one is None else str(one).strip()
    texts = {name: str(text).strip() for name, text in one.items() if _is_text(name, text)}
    for counted in ({LETTERS[place : place + 1]}, {str(place), str(place + 1)}):
        texts = {name: text for name, text in texts.items() if text not in counted} or texts
    texts = {name: text for name, text in texts.items() if not CODED.fullmatch(text)} or texts
    usual = [text for name, text in texts.items() if not name.lower().endswith(RARELY)]
    return max(usual or texts.values(), key=len, default="")


def _is_text(name: str, value) -> bool:
    return (
        isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and not name.lower().endswith(NO_TEXT)
    )


def without_letters(options: list[str]) -> list[str]:
    """Return options without their letters, where they bear A, B, C … in order."""
    for pattern in (LETTERED, LOOSE):
        found = [pattern.fullmatch(option) for option in options]
        letters = [_even_letter(one) if one else "" for one in found]
        fitting = sum(letter == LETTERS[place] for place, letter in enumerate(letters[: len(LETTERS)]))
        if options and letters[0] == "A" and fitting * 2 > len(options):
            rests = [
                one["rest"].strip() if one and letter == LETTERS[min(place, 25)] else option
                for place, (one, letter, option) in enumerate(zip(found, letters, options, strict=True))
            ]
            if pattern is LETTERED or len(set(rests)) == len(rests):  # not A类, B类, C类
                return rests
    return options


def without_letter(option: str, place: int) -> str:
    """Return an option without the letter of its place, where it bears it before a sign."""
    found = LETTERED.fullmatch(option)
    return found["rest"].strip() if found and _even_letter(found) == LETTERS[min(place, 25)] else option


def _parted(text: str) -> list[str]:
    for separator in SEPARATORS:
        parts = [part for part in re.split(separator, text) if part.strip()]
        if len(parts) > 1:
            is_sure = separator in SEPARATORS[:3] or without_letters(parts) != parts
            return parts if is_sure else _by_letters(text) or parts
    return _by_letters(text) or [text]


def _by_letters(text: str) -> list[str]:
    places = marks.options_inside(text, "A")
    if len(places) < 2:
        found = list(SPACED.finditer(text))
        is_counted = [one[1] for one in found] == list(LETTERS[: len(found)])
        places = [one.start() for one in found] if is_counted and len({one[2] for one in found}) == len(found) else []
    if len(places) < 2 or text[: places[0]].strip():
        return []
    return [text[start:end] for start, end in zip(places, [*places[1:], len(text)], strict=True)]
