"""Answer keys that stand apart from their questions: 1-5 ABCDA, 1.B 2.D 3.A, 1.【答案】A."""

import re
from collections import Counter
from dataclasses import dataclass, field

from quizapp.rules.formats.text import marks
from quizapp.rules.formats.text.entries import Entry, Section

SIGN = r"[A-Z]{1,10}|[√×✓✔✗✘]|正确|错误|对|错|是|否"
SIGNS = re.compile(SIGN)
SPAN = re.compile(
    r"第?(?P<first>\d{1,4})\s*(?:(?:题|[.．、])?\s*[-—–－~～至到]+|[、,，和](?=\s*\d{1,4}\s*题))"  # 1～5题：, 6、7题：
    r"\s*(?P<last>\d{1,4})\s*题?\s*[:：.．、)）]?\s*(?P<signs>[^\d]*)"
)
PAIR = re.compile(
    rf"[(（第]?(?:\d{{1,2}}[.．\-](?=\d{{1,3}}\D))?(?P<number>\d{{1,4}})\s*+[)）题]?\s*+[.．、:：\-—]?\s*+(?:【答案】|答案[:：]|应?选|为|是)?\s*+[(（【\[]?\s*+"
    rf"(?P<sign>(?:{SIGN})(?:\s*[、,，]\s*[A-Z](?![A-Za-z]))*)\s*+[)）】\]]?[\s。.;；,，、|\t]*+"
)
OF_SIGN = re.compile(
    r"(?P<sign>正确|错误|对|错|√|×)(?:的?(?:有|是|题号?))?\s?[:：]\s?(?P<numbers>\d{1,3}(?:\s?[、,，;；\s]\s?\d{1,3})*)\s?[。.]?"
)
IN_WORDS = re.compile(r"(?:^|(?<=[\s;；，,。:：]))(\d{1,3})\s?([.．、)）])\s?(?=\S)")
WIDE = re.compile(r"(?:\s{2}|[\t。；;]\s?)$")
GAP = re.compile(r"(?<!\d)\d{1,4}\s?[.．、]\s{1,9}(?=\d{1,4}\s?[.．、]\s?[A-Z√×对错正])")  # 3. that nothing answers
BESIDE = " \t\u3000;；,，。"
FEWEST = 3  # answers in words in one row
ANSWERED = re.compile(r"(?:^|\n)答\s?[:：]")  # behind a question that the key repeats
SCORED = re.compile(r"[(（]\s?\d+(?:\.\d+)?\s?分\s?[)）]")
EXPLAINED = re.compile(rf"(?:{SIGN})[\s。.;；,，]*[【\[]?(?:答案)?解析")  # A 解析：…
BETWEEN = re.compile(r"[\s。.;；,，、|]*")
CIRCLED = re.compile("[①-⑳]")
ONE = re.compile(r"[A-Z√×✓✔✗✘]|正确|错误|对|错|是|否")


@dataclass
class KeyEntry:
    """One answer of a key: for which number, below which heading of the key, on which line, and on which ones more."""

    number: int
    answer: str
    line: int
    section: Section | None = None
    more: list[int] = field(default_factory=list)


def read_row(text: str) -> list[tuple[int, str]]:
    """Return the (number, answer) pairs that a row consists of; nothing if it is anything else."""
    text = CIRCLED.sub(lambda found: f" {ord(found[0]) - ord('①') + 1}.", text)
    return _spans(text) or not _is_short(text) and (_pairs(text) or _pairs(GAP.sub("", text))) or _of_sign(text)


def _is_short(text: str) -> bool:
    """Return whether a row says from which question to which, but holds more or fewer letters: 1-5 BCA.

    Letters in their order may answer one question of several of a chapter: 1-5 ABD.
    """
    span = SPAN.match(text.strip())
    signs = signs_of(span["signs"])[0] if span else []
    count = int(span["last"]) - int(span["first"]) + 1 if span else 0
    return 1 < count != len(signs) > 1 and signs != sorted(set(signs))


def read_words(text: str) -> list[tuple[int, str]]:
    """Return the (number, answer) pairs of a row of answers in words that count up: 1.甲 2.60 3.乙.

    Two are enough where wide space, a tab or the end of a sentence parts them.
    """
    found = list(IN_WORDS.finditer(text))
    if not _count_up(found):  # 2. 119、120 3. …
        found = [one for one in found if one[2] == found[0][2]]
    fewest = 2 if all(WIDE.search(text[: one.start()]) for one in found[1:]) else FEWEST
    if len(found) < fewest or not _count_up(found) or found[0].start():
        return []
    ends = [*(one.start() for one in found[1:]), len(text)]
    return [(int(one[1]), text[one.end() : end].strip(BESIDE)) for one, end in zip(found, ends, strict=True)]


def _count_up(found: list[re.Match]) -> bool:
    numbers = [int(one[1]) for one in found]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True


def _of_sign(text: str) -> list[tuple[int, str]]:
    """Return the pairs of a row that lists what is right, or what is wrong: 正确：1、3、5."""
    found = OF_SIGN.fullmatch(text.strip())
    return [(int(number), found["sign"]) for number in re.findall(r"\d+", found["numbers"])] if found else []


def _spans(text: str) -> list[tuple[int, str]]:
    found, place = [], 0
    text = text.strip()
    while place < len(text):
        span = SPAN.match(text, place)
        if not span:
            return []
        first, last = int(span["first"]), int(span["last"])
        signs = _shared_out(span["signs"], last - first + 1)
        if not signs:
            return []
        found += list(zip(range(first, last + 1), signs, strict=True))
        place = span.end()
    return found


def signs_of(text: str) -> tuple[list[str], list[str]]:
    """Return the answers that a text consists of: as single signs in a row, and as groups with something between."""
    singles = [] if ONE.sub("", text).strip(" \t\n\u3000.．。,，、;；|/") else ONE.findall(text)
    groups = [group for group in re.split(r"[\s.．。,，、;；|/]+", text) if group]
    return singles, groups if all(SIGNS.fullmatch(group) for group in groups) else []


def _shared_out(text: str, count: int) -> list[str]:
    """Return so many answers: single signs in a row, or groups with something between them."""
    is_sane = 0 < count <= 200
    return next((signs for signs in signs_of(text) if len(signs) == count), []) if is_sane else []


def _pairs(text: str) -> list[tuple[int, str]]:
    found, place = [], BETWEEN.match(text).end()
    while place < len(text):
        pair = PAIR.match(text, place)
        if not pair:
            return []
        found.append((int(pair["number"]), pair["sign"]))
        place = pair.end()
    return found


def hand_out(keys: list[KeyEntry], questions: list[Entry], place: str = "") -> list[KeyEntry]:
    """Give each answer to its question; return those that found none. `place` stands before lines of another file.

    Numbers decide. Where a number is there several times, the heading in the key chooses the kind, and the order of
    the key the one after the question that was answered last. A key too short for all parts is that of the last.
    """
    left, after = [], -1
    coming = Counter((key.number, key.section and key.section.kind) for key in keys)
    for key in keys:
        fitting = [
            index
            for index, question in enumerate(questions)
            if question.number == key.number and question.key is None and fits(key.section, question)
        ]
        if len({questions[one].chapter for one in fitting}) > 1:
            fitting = fitting[-coming[key.number, key.section and key.section.kind] :]
        coming[key.number, key.section and key.section.kind] -= 1
        index = next((index for index in fitting if index > after), fitting[0] if fitting else None)
        if index is None:
            left.append(key)
            continue
        _give(questions[index], key.answer)
        questions[index].keyed = [f"{place}{line}" for line in (key.line, *key.more)] if place else []
        after = index
    return left


def _give(question: Entry, text: str) -> None:
    """Give a question its answer, and the explanation that a key may hold behind it."""
    label = marks.read_label(text)
    if label and label.sort == "answer":
        text = label.value
    place = marks.label_inside(text)
    if place >= 0:
        behind = marks.read_label(text[place:])
        if behind and behind.sort == "explanation":
            question.explanation.append(behind.value)
        text = text[:place]
    question.key = _without_stem(ANSWERED.split(text.strip(), 1)[-1].strip(), question)


def _without_stem(text: str, question: Entry) -> str:
    """Return an answer without the question that a key repeats above it."""
    first, _, rest = text.partition("\n")
    is_stem = _bare("".join(question.stem)) in (_bare(first), _bare(SCORED.sub("", first)))
    return rest.strip() if rest.strip() and is_stem else text


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)


def fits(section: Section | None, question: Entry) -> bool:
    """Return whether a question may be among those that a heading of the key names."""
    if section is None or section.kind is None or question.section.kind in (None, section.kind):
        return True
    kinds = {section.kind, question.kind or question.section.kind}
    return len(kinds) == 1 or "choice" in kinds and bool(kinds & {"single_choice", "multiple_choice"})
