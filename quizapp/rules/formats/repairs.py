"""Characters that only look like those that were meant: radicals out of PDFs, full-width letters and figures."""

import re
import unicodedata

RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
SUPPLEMENT = (
    "⺁厂⺅亻⺆冂⺉刂⺋㔾⺒巳⺓幺⺖忄⺗㣺⺘扌⺙攵⺛旡⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺦丬⺨犭⺩王⺫罒⺭礻⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺾艹⺿艹⻀艹"
    "⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦"
    "⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟"
)
RADICALS |= dict(zip(SUPPLEMENT[::2], SUPPLEMENT[1::2], strict=True))
RANGES = ("０９", "ＡＺ", "ａｚ")
WIDE = {chr(code): chr(code - 0xFEE0) for first, last in RANGES for code in range(ord(first), ord(last) + 1)}
MEANT = str.maketrans({**RADICALS, **WIDE})
LOOKALIKE = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5]")
WIDE_ONE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


class Repair:
    """Mends texts, one character for one, and counts what it mended."""

    def __init__(self):
        self.counts = {"radicals": 0, "full_width": 0}

    def text(self, text: str) -> str:
        """Return the text with the characters that were meant."""
        radicals, wide = len(LOOKALIKE.findall(text)), len(WIDE_ONE.findall(text))
        if not radicals and not wide:
            return text
        self.counts["radicals"] += radicals
        self.counts["full_width"] += wide
        return text.translate(MEANT)

    def content(self, content):
        """Return what a format's `read` takes, mended; XML is left as it is."""
        if isinstance(content, str):
            return self.text(content)
        if "blocks" in content:
            return {**content, "blocks": [self._block(block) for block in content["blocks"]]}
        if "pages" in content:
            return {**content, "pages": [self.text(page) for page in content["pages"]]}
        if "sheets" in content:
            return {**content, "sheets": [self._sheet(sheet) for sheet in content["sheets"]]}
        return content

    def _block(self, block: dict) -> dict:
        if "cells" not in block:
            return {**block, "text": self.text(block["text"])}
        return {**block, "text": block["text"].translate(MEANT), "cells": [self.text(cell) for cell in block["cells"]]}

    def _sheet(self, sheet: dict) -> dict:
        return {**sheet, "rows": [[self.text(cell) for cell in row] for row in sheet["rows"]]}
