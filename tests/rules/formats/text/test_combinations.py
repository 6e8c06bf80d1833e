"""Habits in any combination: numbers, option letters, arrangements, places of the answer, spellings, headings."""

import itertools
import random

import pytest

from quizapp.rules.formats import text
from tests.rules.formats.account import lines_lost
from tests.rules.formats.text.layouts import LETTERS, MULTIPLES, SINGLES, TRUTHS, truth
from tests.rules.formats.text.test_layouts import found, wanted

SEED, COUNT = 20260731, 150
QUESTIONS = [one for one in SINGLES if "A型血的人数" not in one.options] + MULTIPLES + TRUTHS
NUMBERS = ["{}.", "{}、", "{}．", "{})", "（{}）", "({})", "第{}题：", "【{}】", "{} ", "{}\t", "{}. ", "问题{}：", "{}）"]
SIGNS = ["{}.", "{}、", "{}．", "{}:", "({})", "（{}）", "{})", "{}", "{} ", "{}。", "{}. ", "{},", "[{}]"]
ARRANGED = {
    "a line each": lambda parts: ["", *parts],
    "indented": lambda parts: ["", *("    " + part for part in parts)],
    "two a line": lambda parts: ["", *("    ".join(parts[at : at + 2]) for at in range(0, len(parts), 2))],
    "behind tabs": lambda parts: ["", *("\t".join(parts[at : at + 2]) for at in range(0, len(parts), 2))],
    "all in one": lambda parts: ["", "  ".join(parts)],
    "all in one, nothing between": lambda parts: ["", "".join(parts)],
    "behind the stem": lambda parts: ["".join(parts)],
    "a blank line each": lambda parts: ["", *(line for part in parts for line in ("", part))],
}
LABELS = ["答案：", "正确答案：", "【答案】", "[答案]", "参考答案:", "答：", "Answer: ", "标准答案："]
KEYS = {
    "ranges": lambda group: [f"{group[0][0]}-{group[-1][0]} {' '.join(sign for _, sign in group)}"],
    "pairs": lambda group: [" ".join(f"{number}.{sign}" for number, sign in group)],
    "pairs, nothing between": lambda group: ["".join(f"{number}.{sign}" for number, sign in group)],
    "lines": lambda group: [f"{number}、{sign}" for number, sign in group],
    "labelled lines": lambda group: [f"{number}.【答案】{sign}" for number, sign in group],
    "explained lines": lambda group: [f"{number}.【答案】{sign}\n【解析】理由在书里。" for number, sign in group],
}
PLACES = [*(("label", one) for one in LABELS), *(("key", one) for one in KEYS), *(("part", one) for one in KEYS),
          ("file", "ranges"), ("file", "pairs"), ("bracket", ""), ("lead", ""), ("above", ""), ("alone", "")]  # fmt: skip
HEADS = ["{}、{}", "{}、{}（每题2分，共20分）", "第{}部分 {}", "（{}）{}", "【{1}】", "## {}、{}", "{}、{}：下列各题按要求作答。"]
NAMES = {"single_choice": "单选题", "multiple_choice": "多选题", "true_false": "判断题"}
SPELT = ["正确 错误", "对 错", "√ ×", "✓ ✗", "是 否"]


def laid_out(number, sign, arranged, place, head, words, restarts):
    """Return (text, key in a file of its own or None) of the questions in one combination."""
    where, how = place
    lines, keys, own_file, count = [], [], None, 0
    for ordinal, (kind, questions) in zip("一二三", itertools.groupby(QUESTIONS, lambda one: one.kind), strict=False):
        title, group = head.format(ordinal, NAMES[kind]), []
        lines.append(title)
        count = 0 if restarts else count
        for one in questions:
            count += 1
            said = one.answer if one.options else truth(one.answer, words)
            group.append((count, said))
            lines += block(one, number.format(count), sign, arranged, where, how, said)
        if where == "part":
            lines += ["答案：", *KEYS[how](group)]
        keys += [f"{ordinal}、{NAMES[kind]}", *(KEYS[how](group) if where in ("key", "file") else [])]
    if where == "key":
        lines += ["参考答案", *keys]
    if where == "file":
        own_file = "\n".join(keys)
    return "\n".join(lines) + "\n", own_file


def block(one, number, sign, arranged, where, how, said):
    stem = one.bare(f"（ {said} ）") if where == "bracket" else one.bare()
    if where == "bracket" and not one.options:
        stem = f"{one.stem}（{said}）"
    first, *below = ARRANGED[arranged]([sign.format(x) + option for x, option in zip(LETTERS, one.options, strict=False)])
    lead = f"（{said}）" if where == "lead" else ""
    lines = [lead + number + stem + first]
    lines += [f"答案：{said}"] if where == "above" else []
    lines += below
    lines += [how + said] if where == "label" else [said] if where == "alone" else []
    return lines


def combinations():
    dice = random.Random(SEED)
    for index in range(COUNT):
        place = dice.choice(PLACES)
        arranged = dice.choice([one for one in ARRANGED if place[0] != "above" or one != "behind the stem"])
        yield pytest.param(
            dice.choice(NUMBERS), dice.choice(SIGNS), arranged, place, dice.choice(HEADS), dice.choice(SPELT),
            dice.random() < 0.5, id=str(index),
        )  # fmt: skip


@pytest.mark.parametrize("number, sign, arranged, place, head, words, restarts", list(combinations()))
def test_any_combination_is_read_exactly(number, sign, arranged, place, head, words, restarts):
    source, key = laid_out(number, sign, arranged, place, head, words, restarts)
    document = text.read(source, {"answers": key} if key else None)
    assert lines_lost(source, document) == []
    shown = [(kind, stem.removesuffix("()"), options, answer) for kind, stem, options, answer in found(document)]
    assert shown == [(kind, stem.removesuffix("()"), options, answer) for kind, stem, options, answer in wanted(QUESTIONS)]
