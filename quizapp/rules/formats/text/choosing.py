"""Answers of choices: letters on a line or in the bracket of the stem, the words of an option, "so choose B"."""

import re

from quizapp.rules.formats.drafts import LETTERS, Draft, letter_at, read_letters
from quizapp.rules.formats.text import marks
from quizapp.rules.words import N_

CONTRADICTS = N_("The bracket in the text says %(bracket)s, the answer says something else.")
OTHER_REASON = N_("The explanation says %(letters)s, the answer says something else.")
OTHER_WORDS = N_("The answer says %(letters)s, and behind it stand the words of option %(other)s.")
MIXED = N_("“%(answer)s” may mean letters of options or their words; please look at it.")
CUT = N_("“%(behind)s” stands behind the letters of the answer and was not taken; please look at it.")
EMPTY = re.compile(r"[(（]\s{0,80}[)）]")
LETTER_BRACKET = re.compile(
    r"([(（])\s*([A-ZＡ-Ｚ]\s?[-~—–至到]\s?[A-ZＡ-Ｚ]|[A-ZＡ-Ｚ](?:[\s、,，;；/]*[A-ZＡ-Ｚ]){0,9})\s*([)）])"
)
ANSWER_HEAD = re.compile(
    r"(?P<letters>[A-Z]\s?[-~—–至到]\s?[A-Z](?![A-Za-z])|[A-Z](?:[\s、,，;；/|┋&+和与及]*[A-Z](?![a-z]))*)"
    r"(?:选?项)?(?P<rest>$|(?:[\s。.;；:：(（【\[你您]|[、,，](?!\s?[A-J](?![A-Za-z项]))).*)",
    re.DOTALL,
)
CHOSEN = re.compile(r"(?:故|因此|所以|综上|本题)[^。\n]{0,10}?(?:选择?|答案[为是])\s?[:：]?\s?([A-Z]{1,8})(?![A-Za-z])")
BEGUN = re.compile(r"^\s{0,9}([A-H]{1,8})(?:[。，,；;]|\s+(?=[\u4e00-\u9fff])|\s*$)")  # B。见教材
WRAPPED = re.compile(  # (A), 选（A）
    r"^(?:应?选择?)?\s?[(（【\[]?\s?([A-ZＡ-Ｚ](?:[\s、,，;；]*[A-ZＡ-Ｚ])*)\s?[)）】\]]"
)
CHOOSE = re.compile(r"^(?:应?选择?|选项)\s?(?=[A-Z])")
COUNTED = re.compile(  # A、B、C三项
    r"(?<=[A-J])\s?[两二三四五六七八\d]\s?个?选?项(?:都|均|全)?(?:[对选]|正确)?(?=[。.]?$)"
)
CIRCLED = re.compile(r"[①-⑳]\s?([A-J])(?![A-Za-z])[\s、,，;；]{0,9}")  # ①A②B
SHARES = re.compile(r"\s*[、,，;；/／和与及]\s*|\s+")
RUN = re.compile("[A-J]{1,8}")
ITEM = re.compile(r"^([A-J])选?项$")
LISTED = re.compile(r"[、/／和与及]")  # how no explanation begins behind letters
WORDS = re.compile(r"[(（](?P<words>[^()（）]{1,80})[)）]")
WITH_LETTER = re.compile(r"^[A-J]\s?[.．、:：]?\s?")
SPELLED = re.compile(r"(?P<letter>[A-J])\s?[:：.．、]\s?")
PLACE = re.compile(r"第?(?:(?P<han>[一二三四五六七八])|(?P<circled>[①-⑧]))\s?[项个]?")  # 第二项, ②
SMALL = re.compile(r"[a-h](?:[\s、,，;；]*[a-h]){0,7}[。.]?")
ALL = re.compile(r"(?:以上)?(?:全选|全部|全对|都选|都对)|以上(?:都|全|皆|均)[是选对]")


def split_letters(text: str) -> tuple[str | None, str]:
    """Return (letters, what stands behind them): "B 参见教材 2 页。" gives B; None where no letter begins the text."""
    text = text.upper() if SMALL.fullmatch(text) else text
    text = "".join(marks.half_width(char) if "Ａ" <= char <= "Ｚ" else char for char in text.strip())
    text = CIRCLED.sub(r"\1", text) if CIRCLED.match(text) and not CIRCLED.sub("", text).strip(" 。.") else text
    text = CHOOSE.sub("", WRAPPED.sub(r"\1 ", COUNTED.sub("", text)))
    found = ANSWER_HEAD.match(text)
    if not found:
        head, _, behind = text.partition("\n")
        told = marks.read_told(head) or ""
        return (told, behind) if told.isupper() else (None, text)
    return found["letters"], found["rest"].lstrip(" 。.;；,，:：\n").rstrip()


def letters_of(options: list[str], text: str) -> tuple[str | None, str, bool]:
    """Return (letters, what stands behind them) of an answer in letters or in words of options.

    The last value says whether it may be understood otherwise too.
    """
    words = [option.strip(" 。.") for option in options]
    whole = text.strip(" 。.")
    items = [whole] if whole in words else [item for item in SHARES.split(whole) if item]
    named = [letter_at(words.index(item)) if words.count(item) == 1 else "" for item in items]
    plain = read_letters(text) or ""
    if plain and LETTERS.index(plain[-1]) < len(words):
        return plain, "", any(letter not in ("", item) for letter, item in zip(named, items, strict=True))
    if plain and len(items) == 1 and named[0]:
        return named[0], "", False  # AED, where no option bears the letter E
    if found := _spelled_out(options, text):
        return *found, False
    told = [letter or ITEM.sub(r"\1", item) for letter, item in zip(named, items, strict=True)]
    is_list = len(told) > 2 or len(told) == 2 and named.count("") != 1  # A 119 says 119 of A
    if is_list and all(map(RUN.fullmatch, told)):
        return "".join(told), "", "" in named and any(named)
    return *split_letters(text), False


def bracket_letters(stem: str) -> str | None:
    """Return the letters in the last bracket of a stem that holds any."""
    found = LETTER_BRACKET.findall(stem)
    return read_letters(found[-1][1]) if found else None


def explained_letters(explanation: str) -> str | None:
    """Return the letters that an explanation ends up with, or begins with: 故本题选B。"""
    found = CHOSEN.findall(explanation) or BEGUN.findall(explanation)
    return read_letters(found[-1]) if found else None


def read(draft: Draft, text: str, is_usual: bool = False) -> None:
    """Read the answer of a choice into `draft`; what stands behind the letters goes to its explanation.

    `is_usual` says that in this file answers stand in the brackets of the stems.
    """
    letters, behind, is_doubtful = letters_of(draft.options, text)
    if is_doubtful:
        draft.problem("answer-mixed", MIXED, severity="warning", answer=text[:40])
    if letters is None and ALL.match(text) and draft.options and not _letter_of(draft.options, text):
        letters, behind = LETTERS[: len(draft.options)], ""
    draft.answer = read_letters(letters) if letters else None
    if not text and (chosen := explained_letters(draft.explanation)) and not bracket_letters(draft.stem):
        draft.answer = chosen
        draft.problem(
            "answer-from-explanation",
            N_("The answer was found in the explanation only; please look at it."),
            severity="warning",
        )
    if draft.answer is None and text:
        draft.answer = _letter_of(draft.options, text)
        behind = "" if draft.answer else text
    if draft.answer and behind.strip(" 。.、，,:：") == _words_of(draft):
        behind = ""
    elif draft.answer and (other := _other_words(draft, behind)):
        draft.problem("answer-contradicts", OTHER_WORDS, letters=draft.answer, other=other)
    elif draft.answer and LISTED.match(behind):
        draft.problem("answer-cut", CUT, severity="warning", behind=behind[:40])
    if draft.answer is None and not text and not bracket_letters(draft.stem) and not EMPTY.search(draft.stem):
        _take_words(draft)
    if behind:
        draft.explanation = "\n".join(filter(None, [behind, draft.explanation]))
    _empty_letter_bracket(draft, is_usual)
    if text and draft.answer and (told := CHOSEN.findall(draft.explanation)) and read_letters(told[-1]) != draft.answer:
        draft.problem("explanation-contradicts", OTHER_REASON, severity="warning", letters=told[-1])
    if not draft.options and (draft.answer or text):
        draft.problem("no-options", N_("The options of this question are not in the file."))


def _take_words(draft: Draft) -> None:
    """Take the words of an option out of a bracket of the stem, where just one is filled so."""
    found = [(one, options) for one in WORDS.finditer(draft.stem) if (options := _named(draft.options, one["words"]))]
    if len(found) == 1:
        place, letter = found[0]
        draft.answer = letter
        draft.stem = draft.stem[: place.start("words")] + draft.stem[place.end("words") :]


def _named(options: list[str], words: str) -> str | None:
    """Return the letter of the option whose words these are, with its letter before them or without."""
    words = words.strip()
    bare = WITH_LETTER.sub("", words).strip()
    if words in options or bare not in options or options.count(bare) != 1:
        return letter_at(options.index(words)) or None if options.count(words) == 1 else None
    letter = letter_at(options.index(bare))
    return letter if letter and words.startswith(letter) else None


def _spelled_out(options: list[str], text: str) -> tuple[str, str] | None:
    """Return the letters of an answer that gives the words of each option with it (A:灯;C:伞), and nothing behind."""
    letters, rest = "", text.strip()
    while found := SPELLED.match(rest):
        place = LETTERS.index(found["letter"])
        words = options[place].strip() if place < len(options) else ""
        if not words or not rest.startswith(words, found.end()):
            return None
        letters, rest = letters + found["letter"], rest[found.end() + len(words) :].lstrip(" ;；,，、|┋。.\n")
    return (letters, "") if letters and not rest else None


def _words_of(draft: Draft) -> str:
    """Return the words of the option that is the answer, "" where it is none or several."""
    place = LETTERS.index(draft.answer[0]) if draft.answer and len(draft.answer) == 1 else len(draft.options)
    return draft.options[place].strip(" 。.") if place < len(draft.options) else ""


def _other_words(draft: Draft, behind: str) -> str:
    """Return the letter of the option whose words stand behind an answer that does not name it."""
    words = [option.strip(" 。.") for option in draft.options]
    bare = behind.strip(" 。.、，,:：()（）[]【】")
    letter = letter_at(words.index(bare)) if bare and words.count(bare) == 1 else ""
    return letter if letter not in draft.answer else ""


def _letter_of(options: list[str], text: str) -> str | None:
    """Return the letter of the option whose words are the answer."""
    words = [option for option in options if option.strip(" 。.") == text.strip(" 。.")]
    if not words and (named := PLACE.fullmatch(text.strip(" 。."))):
        place = "一二三四五六七八".find(named["han"]) if named["han"] else ord(named["circled"]) - ord("①")
        return LETTERS[place] if place < len(options) else None
    return letter_at(options.index(words[0])) or None if len(words) == 1 else None


def _is_last(stem: str, is_usual: bool) -> bool:
    """Return whether letters stand in the last bracket of a stem that has empty ones, as an answer to all of them."""
    filled = list(LETTER_BRACKET.finditer(stem))
    is_behind = bool(filled) and not EMPTY.search(stem, filled[-1].end())
    return is_behind and (is_usual or len(read_letters(filled[-1][2]) or "") > 1)


def _empty_letter_bracket(draft: Draft, is_usual: bool) -> None:
    """Take the answer out of the bracket of the stem; it is the answer, or has to agree with it.

    Where another bracket is empty, letters in one are no answer: 图中（A）处是（ ）; but several letters behind it are.
    """
    if EMPTY.search(draft.stem) and not (draft.answer is None and _is_last(draft.stem, is_usual)):
        return
    fitting = [
        found
        for found in LETTER_BRACKET.finditer(draft.stem)
        if not draft.options
        or all(LETTERS.index(letter) < len(draft.options) for letter in read_letters(found[2]) or "")
    ]
    same = [found for found in fitting if read_letters(found[2]) == draft.answer]
    if draft.answer is not None and not same:
        if fitting:  # in the middle of a stem it may be a part of it: 维生素（C）
            is_last = fitting[-1].end() >= len(draft.stem.rstrip(" 。.？?：:"))
            severity = "error" if is_last else "warning"
            draft.problem("answer-contradicts", CONTRADICTS, severity=severity, bracket=fitting[-1][2])
        return
    found = (same or fitting)[-1] if same or fitting else None
    if found is None:
        return
    draft.answer = read_letters(found[2])
    draft.stem = draft.stem[: found.start()] + found[1] + found[3] + draft.stem[found.end() :]
