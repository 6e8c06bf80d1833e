"""The Chinese catalogue is complete and exact: every sentence of the interface, and no leftover."""

import ast
import re
from pathlib import Path

import click
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent / "quizapp"
CATALOGUE = PACKAGE / "translations" / "zh_CN" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "N_": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


def sentences() -> dict[str, str]:
    """Return every marked sentence with the first place it stands."""
    methods = [("templates/**.html", "jinja2"), ("**.py", "python")]
    found: dict[str, str] = {}
    for file, line, message, *_ in extract_from_dir(PACKAGE, methods, keywords=KEYWORDS):
        for text in message[:1] if isinstance(message, tuple) else [message]:
            found.setdefault(text, f"{file}:{line}")
    found.pop("", None)
    return found


def catalogue() -> dict:
    """Return the catalogue's entries by their sentence; a plural stands under both of its forms."""
    with CATALOGUE.open("rb") as file:
        entries = read_po(file, locale="zh_Hans_CN", abort_invalid=True)
    return {form: entry for entry in entries if entry.id for form in forms(entry)}


def forms(entry) -> tuple:
    """Return an entry's sentence, or both forms of its plural."""
    return entry.id if isinstance(entry.id, tuple) else (entry.id,)


def said_by_commands() -> set[str]:
    """Return every text in our code and in click's, by paragraphs: help is translated when it is shown."""
    texts = set()
    for root in (PACKAGE, Path(click.__file__).parent):
        for path in root.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts |= {node.value, *(" ".join(part.split()) for part in node.value.split("\n\n"))}
    return texts


def chinese(entry) -> list[str]:
    return list(entry.string) if isinstance(entry.string, tuple) else [entry.string]


def test_every_sentence_of_the_interface_has_its_chinese():
    entries = catalogue()
    missing = [f"{place}: {text}" for text, place in sentences().items()
               if text not in entries or not all(chinese(entries[text]))]
    assert not missing, "\n".join(missing)


def test_the_catalogue_holds_no_sentence_that_nobody_says():
    spoken = set(sentences()) | said_by_commands()
    left_over = [entry.id for entry in catalogue().values() if not spoken & set(forms(entry))]
    assert not left_over, "\n".join(map(str, left_over))


def test_both_languages_fill_in_the_same_values():
    different = [
        entry.id
        for entry in catalogue().values()
        for text in chinese(entry)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall("".join(entry.id)))
    ]
    assert not different


def test_no_sentence_stands_twice_with_two_translations():
    """Of two entries the first wins silently, whoever wrote it."""
    said = re.findall(r'^msgid ((?:".*"\n)+)', CATALOGUE.read_text("utf-8"), re.MULTILINE)
    assert sorted({one for one in said if said.count(one) > 1}) == []
