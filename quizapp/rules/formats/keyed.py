"""Answers of choices as files write them, made letters: words of options, figures that count them, flags."""

import ast
import json
import re
import unicodedata
from dataclasses import dataclass

from quizapp.rules.formats.drafts import LETTERS, read_letters, read_truth

LABEL = re.compile(r"(?:正确|标准|参考)?答案\s*[:：]\s*")
AROUND = {"【】", "（）", "()", "[]", "「」", "“”", '""', "''"}
DIGITS = re.compile(r"\d(?:[\s,，、;；|]*\d)*")
SIGNS = (r"\n", r"[|｜┋]", r"[;；]", r"[,，]", r"、", r"[ \t\u3000]+", r"#+")
BETWEEN = re.compile(r"[\s\[\]【】()（）:：,，、;；|｜┋#_.．。/&+*~—–-]|选项|项|[Oo]ption|和|与|及")
CIRCLED = re.compile(r"[①-⑨](?:[\s,，、]*[①-⑨])*")
END = " 。.;；"


@dataclass(frozen=True)
class Counting:
    """How figures name the options of a file: counted from `base`, or one a option that says whether it is right."""

    base: int = 1
    is_flags: bool = False
    is_sure: bool = True


def bare(answer: str) -> str:
    """Return an answer without its label, without signs around it; the entries of a list are lines."""
    text = LABEL.sub("", answer.strip(), count=1) if LABEL.match(answer.strip()) else answer.strip()
    if text.startswith("[") and (listed := loaded(text)):
        return "\n".join(map(str, listed))
    if CIRCLED.fullmatch(text):
        text = unicodedata.normalize("NFKC", text)
    while len(text) > 2 and text[0] + text[-1] in AROUND and not set(text[1:-1]) & {text[0], text[-1]}:
        text = text[1:-1].strip()
    return text


def loaded(text: str):
    """Return the list or the object that a text writes as JSON or as Python does; None where it is neither."""
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return value if isinstance(value, list | dict) else None
    return None


def letters(answer: str, options: list[str], counting: Counting | None) -> str:
    """Return the letters of an answer in whatever form it names options that are there; "" where it does not."""
    text = answer.strip() if answer.strip() in options else bare(answer)
    if options.count(text) == 1 and not (counting and _figures(text)):
        return LETTERS[options.index(text)] if options.index(text) < len(LETTERS) else ""
    if counting and _figures(text):
        return _counted(text, options, counting)
    for named in (read_letters(text), _letters_alone(text)):
        if named and LETTERS.index(named[-1]) < len(options):
            return named
    return _letter(options, text) or _of_words(text, options) or _of_lettered_words(text, options)


def counting(pairs: list[tuple[str, list[str]]]) -> Counting | None:
    """Return how (answer, options) of one file count options by figures; None where they do not.

    From 0 where a figure is 0, from 1 where one is the number of options. A figure that is itself an option counts
    only where others count.
    """
    told = [(answer.strip(), options) for answer, options in pairs if len(options) > 1 and answer.strip()]
    choices = [(answer if answer in options else bare(answer), options) for answer, options in told]
    others = [one for one in choices if not _are_truths(one[1])]
    if any(read_letters(text) and text not in options for text, options in others):
        return None
    found = [(_figures(text), options) for text, options in choices if _figures(text)]
    if not any(text not in options for text, options in (others or choices) if _figures(text)):
        return None
    if all(_are_flags(figures, options) for figures, options in found) and any(len(one) > 2 for one, _ in found):
        return Counting(is_flags=True)
    has_zero = any(0 in figures for figures, _ in found)
    has_last = any(len(options) in figures for figures, options in found)
    if has_zero and not others:  # of statements 0 may be the first option, or wrong
        return None
    return Counting(0 if has_zero else 1, is_sure=has_zero != has_last)


def _letters_alone(text: str) -> str:
    """Return letters that stand among nothing but signs: 【A】【C】, A项、C项; "" where there is more, or one twice."""
    left = BETWEEN.sub("", text).upper()
    is_alone = left.isascii() and left.isalpha() and len(set(left)) == len(left)
    return "".join(sorted(left)) if is_alone else ""


def _figures(text: str) -> list[int]:
    return [int(figure) for figure in re.findall(r"\d", text)] if DIGITS.fullmatch(text) else []


def _are_flags(figures: list[int], options: list[str]) -> bool:
    return len(figures) == len(options) and 1 in figures and set(figures) <= {0, 1}


def _counted(text: str, options: list[str], way: Counting) -> str:
    figures = _figures(text)
    if way.is_flags:
        return "".join(letter for letter, figure in zip(LETTERS, figures, strict=False) if figure)
    places = {figure - way.base for figure in figures}
    return "".join(LETTERS[place] for place in sorted(places)) if places <= set(range(len(options))) else ""


def _letter(options: list[str], text: str) -> str:
    """Return the letter of the one option of these words, "" where none or several have them."""
    same = [place for place, option in enumerate(options[: len(LETTERS)]) if option.strip(END) == text.strip(END)]
    return LETTERS[same[0]] if len(same) == 1 and text.strip(END) else ""


def _of_words(text: str, options: list[str]) -> str:
    """Return the letters of an answer that is the words of several options, parted by a sign."""
    for sign in SIGNS if len(options) > 1 else ():
        found = [_letter(options, part) for part in re.split(sign, text) if part.strip()]
        if len(found) > 1 and all(found) and len(set(found)) == len(found):
            return "".join(sorted(found))
    return ""


def _of_lettered_words(text: str, options: list[str]) -> str:
    """Return the letters of an answer that writes options with their letters: A.灯；C.伞."""
    found, left = "", text
    for letter, option in sorted(zip(LETTERS, options, strict=False), key=lambda one: -len(one[1])):
        words = re.escape(option.strip(END))
        told = re.compile(rf"(?<![A-Za-z]){letter}\s?[.．、:：,，)）]?\s?{words}") if words else None
        if told and told.search(left):
            found, left = found + letter, told.sub("\n", left, count=1)
    return "".join(sorted(found)) if not BETWEEN.sub("", left) else ""


def _are_truths(options: list[str]) -> bool:
    return {read_truth(option) for option in options} == {True, False}
