"""The pieces of a comparison make up both texts, and can be read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.rules.revisions import compare, readable

WORDS = st.text("甲乙丙 ab1。\n", max_size=40)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(WORDS, WORDS)
def test_the_pieces_make_up_both_texts(before, after):
    pieces = compare(before, after)
    assert "".join(text for what, text in pieces if what != "new") == before
    assert "".join(text for what, text in pieces if what != "gone") == after


def test_what_changed_is_told_in_whole_words():
    assert compare("有效期 10 年。", "有效期 20 年。") == [
        ("same", "有效期 "), ("gone", "10"), ("new", "20"), ("same", " 年。"),
    ]  # fmt: skip
    assert compare("同样", "同样") == [("same", "同样")]


def test_a_table_is_told_by_its_cells_and_a_picture_is_one_piece():
    assert readable("看表：\n| 项 | 元 |\n|--|--|\n| 甲 | 1 |\n选 A | B") == "看表：\n项 · 元\n甲 · 1\n选 A · B"
    assert readable("甲 | 乙\n- 丙") == "甲 | 乙\n- 丙"
    old, new = "⟦图%s-9-9⟧" % ("a" * 24), "⟦图%s-9-9⟧" % ("b" * 24)
    assert compare(f"看图{old}选", f"看图{new}选") == [("same", "看图"), ("gone", old), ("new", new), ("same", "选")]
