"""Characters that only look like the ones that were meant, one for one."""

import unicodedata

from quizapp.rules.formats.repairs import MEANT, Repair


def test_radicals_and_wide_letters_become_what_was_meant_and_are_counted():
    repair = Repair()
    assert repair.text("⻚码⼀共３页，选Ａ；见⻓江⺠法典（　）") == "页码一共3页，选A；见长江民法典（　）"
    assert repair.counts == {"radicals": 4, "full_width": 2}


def test_a_repair_keeps_every_place_and_makes_ordinary_characters():
    for code, meant in MEANT.items():
        assert len(meant) == 1 and meant != chr(code)
        assert "RADICAL" not in unicodedata.name(meant) and "FULLWIDTH" not in unicodedata.name(meant)


def test_cells_blocks_and_pages_are_mended_and_nothing_else():
    repair = Repair()
    blocks = {"blocks": [{"text": "⻛", "number": 1, "cells": ["⻛"], "marks": []}, {"text": "Ａ", "number": 2}]}
    assert [block["text"] for block in repair.content(blocks)["blocks"]] == ["风", "A"]
    assert repair.content({"sheets": [{"rows": [["⾬", "x"]], "name": "表"}]})["sheets"][0]["rows"] == [["雨", "x"]]
    assert repair.content({"pages": ["⾬"], "pictures": 0}) == {"pages": ["雨"], "pictures": 0}
    assert repair.counts == {"radicals": 3, "full_width": 1}
