"""The Chinese catalogue is complete and exact: every sentence of the interface, and no leftover."""

import re
from pathlib import Path

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
    with CATALOGUE.open("rb") as file:
        entries = read_po(file, locale="zh_Hans_CN", abort_invalid=True)
    return {entry.id[0] if isinstance(entry.id, tuple) else entry.id: entry for entry in entries if entry.id}


def chinese(entry) -> list[str]:
    return list(entry.string) if isinstance(entry.string, tuple) else [entry.string]


def test_every_sentence_of_the_interface_has_its_chinese():
    entries = catalogue()
    missing = [f"{place}: {text}" for text, place in sentences().items()
               if text not in entries or not all(chinese(entries[text]))]
    assert not missing, "\n".join(missing)


def test_the_catalogue_holds_no_sentence_that_nobody_says():
    left_over = set(catalogue()) - set(sentences())
    assert not left_over, "\n".join(sorted(left_over))


def test_both_languages_fill_in_the_same_values():
    different = [
        entry.id
        for entry in catalogue().values()
        for text in chinese(entry)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall("".join(entry.id)))
    ]
    assert not different
