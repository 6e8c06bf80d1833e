"""Made-up questions of every kind that a bank holds, with whatever people may write in them."""

from hypothesis import strategies as st

# marks of every format that is written, words, and what a reader might take for a mark
PIECES = [
    "灯", "门", "走", "看电量", "ab", "A", "B", "1", "12", "。", "，", "；", ";", "|", "｜", "\\", "#", "##", "=", "~", "{", "}",
    ":", "::", "%", "->", "*", "**", "_", "____", "（", "）", "(", ")", "（A）", "(对)", "（  ）", "[", "]", "[html]", "<b>", "</p>",
    "&", "&amp;", "<!--", "-->", "\"", "'", "答案：", "A. ", "B、", "1. ", "3、", "---", "!", "?", " ", "  ", "\n", "\n\n", "　",
    "第一章", "编号：", "示", "必填", "𠮷", "é", "//", "/", "$CATEGORY:", "T", "TRUE", "@@", "]]>", "\\n", "_x0041_", "=1+1", "+1", "@",
]  # fmt: skip
words = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join).map(str.strip).filter(bool)
lines = words.map(lambda text: " ".join(text.split("\n"))).map(str.strip).filter(bool)
FIGURES = st.sampled_from([0, 1, -3, 12.5, 0.1, 1822, 1e-7, 1e-13, 1e16, 123456.789])
CODES = st.sampled_from(["", "q-1", "a.b_c", "0f3e", "X"])
SIMPLE = ("single_choice", "multiple_choice", "true_false", "fill_blank", "numerical", "matching", "ordering")
EVERY = (*SIMPLE, "case")


@st.composite
def pairs(draw) -> list[list[str]]:
    """Return pairs, entries on the right that belong to nothing behind them in the order of their texts."""
    rights = draw(st.lists(words, min_size=2, max_size=4, unique=True))
    made = [[left, draw(st.sampled_from(rights))] for left in draw(st.lists(words, min_size=2, max_size=4, unique=True))]
    used = {right for _, right in made}
    return made + [["", right] for right in sorted(rights) if right not in used]


@st.composite
def numbers(draw) -> dict:
    """Return a number and how far another may be from it."""
    return {"value": draw(FIGURES), "tolerance": abs(draw(FIGURES))}


OF_WHOLE = ("points", "chapter", "difficulty", "citations", "code", "tags")
LATER = {"numerical": numbers(), "matching": pairs(), "ordering": st.lists(words, min_size=2, max_size=5, unique=True)}


@st.composite
def parts(draw) -> list[dict]:
    """Return questions of a case."""
    found = draw(st.lists(questions(SIMPLE), min_size=1, max_size=3))
    return [{name: value for name, value in one.items() if name not in OF_WHOLE} for one in found]


@st.composite
def questions(draw, kinds=SIMPLE) -> dict:
    """Return one question of these kinds in the shape of the outside contract."""
    kind = draw(st.sampled_from(kinds))
    options = draw(st.lists(words, min_size=2, max_size=6, unique=True)) if kind.endswith("choice") else []
    letters = "ABCDEF"[: len(options)]
    stem = draw(words)
    if kind == "fill_blank":
        answer = draw(st.lists(st.lists(lines, min_size=1, max_size=3, unique=True), min_size=1, max_size=3))
        stem = draw(st.sampled_from([stem, "保存" + "，____" * len(answer) + stem.replace("_", ""), "____" * 1 + stem]))
    elif kind == "true_false":
        answer = draw(st.booleans())
    elif kind == "single_choice":
        answer = draw(st.sampled_from(letters))
    elif kind in LATER:
        answer = draw(LATER[kind])
        stem = draw(st.sampled_from([stem, stem.replace("_", "") + "____岁"])) if kind == "numerical" else stem
    elif kind == "case":
        answer = None
    else:
        answer = "".join(sorted(draw(st.sets(st.sampled_from(letters), min_size=1))))
    return {
        "kind": kind,
        "stem": stem,
        "options": options,
        "answer": answer,
        "any_order": kind == "fill_blank" and draw(st.booleans()),
        "explanation": draw(st.just("") | words),
        "points": draw(st.sampled_from([1, 2, 0.5, 12.25])),
        "chapter": draw(st.sampled_from(["", "第一章 出门", "第二章 A/B", "出门 回来"])),
        "difficulty": draw(st.sampled_from(["", "easy", "medium", "hard"])),
        "citations": draw(st.sampled_from([[], ["第一条"], ["第二条之一", "第三条"], ["other#第三条"]])),
        "code": draw(CODES),
        "tags": draw(st.sampled_from([[], ["防火"], ["夜巡", "重点-1"], ["难度：易", "甲"], ["a]b"], ["两 个"], ["１"]])),
        **({"parts": draw(parts())} if kind == "case" else {}),
    }


@st.composite
def banks(draw, kinds=SIMPLE) -> dict:
    """Return a document of a few questions, no code twice."""
    found, seen = [], set()
    for one in draw(st.lists(questions(kinds), min_size=1, max_size=4)):
        code = one["code"] if one["code"] not in seen else ""
        seen.add(one["code"])
        found.append({**one, "code": code})
    return {"front_matter": {}, "questions": found}
