"""The look keeps its word: light sheets, one place for colours, contrast in every theme, no style or script inline."""

import gzip
import re
from pathlib import Path

import pytest

from quizapp.web.stylesheets import assembled

PACKAGE = Path(__file__).resolve().parents[2] / "quizapp"
SHEETS = PACKAGE / "static" / "css"
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
BUDGET = {"app.css": 12 * 1024, "exam.css": 7 * 1024, "screen.css": 3 * 1024}
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE)

TEXT_ON = [  # what is written on what
    *[(ink, ground) for ink in ("ink", "ink-soft", "accent", "jade", "amber-ink") for ground in ("paper", "surface")],
    *[(ink, "sunk") for ink in ("ink", "ink-soft", "accent")],
    *[("ink", wash) for wash in ("accent-wash", "jade-wash", "amber-wash")],
    *[("ink-soft", wash) for wash in ("accent-wash", "jade-wash", "amber-wash")],
    ("accent", "accent-wash"), ("accent-deep", "accent-wash"), ("jade", "jade-wash"), ("amber-ink", "amber-wash"),
    ("on-accent", "accent"), ("on-accent", "accent-deep"), ("on-jade", "jade"),
]
SHAPE_ON = [(shape, ground) for shape in ("line-strong", "accent", "jade", "amber") for ground in ("paper", "surface")]


def tokens(text: str, opening: str) -> dict[str, str]:
    """Return the custom properties of the first block that begins with `opening`."""
    block = re.search(re.escape(opening) + r"\s*\{([^}]*)\}", text)
    assert block, opening
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block[1]))


def themes() -> dict[str, dict[str, str]]:
    text = (SHEETS / "tokens.css").read_text(encoding="utf-8")
    light = tokens(text, ":root")
    dark = light | tokens(text, ':root[data-theme="dark"]')
    hall = dark | tokens((SHEETS / "screen.css").read_text(encoding="utf-8"), ":root")
    contrast = light | tokens(text, ':root[data-theme="contrast"]')
    return {"light": light, "dark": dark, "contrast": contrast, "hall": hall}


def brightness(colour: str) -> float:
    """Return the relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((brightness(one), brightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21_to_1():
    assert round(contrast("#000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("theme", themes())
def test_text_can_be_read_in_every_theme(theme):
    colours = themes()[theme]
    faint = {pair: contrast(*(colours[name] for name in pair)) for pair in TEXT_ON}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", themes())
def test_shapes_stand_out_in_every_theme(theme):
    colours = themes()[theme]
    faint = {pair: contrast(*(colours[name] for name in pair)) for pair in SHAPE_ON}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def test_the_chosen_dark_and_the_dark_of_the_system_are_the_same():
    text = (SHEETS / "tokens.css").read_text(encoding="utf-8")
    system = text[text.index("prefers-color-scheme: dark") :]
    assert tokens(text, ':root[data-theme="dark"]') == tokens(system, ':root[data-theme="auto"]')


@pytest.mark.parametrize("name", BUDGET)
def test_a_sheet_stays_within_its_weight(name):
    assert len(gzip.compress(assembled(SHEETS / name).encode())) <= BUDGET[name]


@pytest.mark.parametrize("name", BUDGET)
def test_a_sheet_is_one_file_and_names_only_tokens_that_exist(name):
    text = assembled(SHEETS / name)
    assert "@import" not in text
    assert "/*" not in text
    assert set(re.findall(r"var\(--([\w-]+)", text)) <= set(re.findall(r"--([\w-]+):", text))


@pytest.mark.parametrize("name", BUDGET)
def test_a_sheet_reaches_out_to_nobody_and_runs_on_older_phones(name):
    text = assembled(SHEETS / name)
    for forbidden in ("url(", "@layer", "@font-face", ":has(", "color-mix(", "&"):
        assert forbidden not in text


def test_colours_stand_in_the_tokens_only():
    elsewhere = {
        path.name: COLOUR.findall(re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
        for path in SHEETS.glob("*.css")
        if path.name not in ("tokens.css", "screen.css", "print.css")
    }
    assert {name: found for name, found in elsewhere.items() if found} == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE / "templates")))
def test_a_template_holds_no_style_and_no_script_of_its_own(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle=|<style|\son(?!ly=)[a-z]+=[\"']|javascript:", text)
    inline = [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and "application/json" not in tag]
    assert inline == []
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text)


def test_a_table_has_its_lines_wherever_a_question_shows_markdown():
    """A stem, the material of a case on the bank's pages and in the exam, an explanation."""
    wanted = {".question-stem", ".question-material", ".material", ".explanation"}
    for name in ("app.css", "exam.css"):
        rules = re.findall(r":is\(([^)]*)\) :is\(th, td\)", assembled(SHEETS / name))
        assert any(wanted <= set(places.split(", ")) for places in rules), name
