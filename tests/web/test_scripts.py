"""Scripts are served in one piece: every module once, before those that import it, each in its own scope."""

import pytest

from quizapp.web import scripts, static

FILES = {
    "page.js": """// What the page does.
import { double } from "./figures.js";
import {
  name, twice,
} from "./words.js";

twice(name, double(1)); // stays
""",
    "words.js": """/*! A licence stays. */
import { double } from "./figures.js";

/** Say it twice. */
export function twice(text) {
  // not on the wire
  return double(text);
}
export const name = "words";
const hidden = 1;
""",
    "figures.js": """export async function later() {}
export const double = (value) => value + value;
""",
}


@pytest.fixture
def text(tmp_path) -> str:
    """The page's script as it is served."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return scripts.assembled(tmp_path / "page.js")


def test_every_module_stands_once_before_those_that_need_it(text):
    assert text.count("const $figures = ") == text.count("const $words = ") == 1
    assert text.index("const $figures") < text.index("const $words") < text.index("twice(name")
    assert "import" not in text and "export" not in text


def test_a_module_gives_what_it_exports_and_nothing_else(text):
    assert "return { later, double };" in text
    assert "return { twice, name };" in text
    assert "const {\n  name, twice,\n} = $words;" in text


def test_comments_that_fill_their_lines_stay_at_home_and_licences_do_not(text):
    assert "A licence stays" in text and "// stays" in text
    assert "What the page does" not in text and "Say it twice" not in text and "not on the wire" not in text


@pytest.mark.parametrize("path", sorted(static.FOLDER.rglob("*.js")), ids=lambda path: path.name)
def test_no_import_or_export_is_written_in_a_way_that_the_assembler_misses(path):
    served, own = scripts.assembled(path).splitlines(), path.read_text(encoding="utf-8").splitlines()
    assert not [line for line in served if line.startswith("import ")]
    exports = [[line for line in text if line.startswith("export ")] for text in (served, own)]
    assert exports[0] == exports[1]
