"""Elements of QTI by names that all versions share, and their words."""

import re

from quizapp.rules import pictures
from quizapp.rules.formats import markup, mathml, page_words
from quizapp.rules.formats.drafts import Draft, read_truth
from quizapp.rules.words import N_

BLOCK = {
    "p",
    "div",
    "li",
    "br",
    "tr",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "prompt",
    "pre",
    "table",
    "ul",
    "ol",
    "flow",
    "material",
}
PICTURES = {"img", "object", "matimage", "matvideo", "mataudio", "video", "audio", "picture"}
MATERIAL, PART = "case-material", "case-question"  # classes by which a case that was written here is known
SPACES, KEPT_SPACE = r"[ \t\r\n]+", "\u00a0"  # one shown as one, and one that does not go
TABLE = "\ue010"  # a line that stays empty: before and behind a table
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
TRUTHS = {"true": True, "false": False, "richtig": True, "falsch": False, "wahr": True, "vrai": True, "faux": False}


NOTHING_ASKED = N_("This item shows a text and asks nothing. Leave it out, or make a question of it.")
OF_BLACKBOARD = re.compile(r"(?:yes_no|agree_disagree|right_wrong|true_false)\.(true|false)")


def name_of(element) -> str:
    """Return the name of an element as all versions share it: qti-choice-interaction is choiceinteraction."""
    return element.tag.lower().removeprefix("qti-").replace("-", "") if isinstance(element.tag, str) else ""


def all_of(element, *names: str) -> list:
    """Return the elements of these names within an element, in order."""
    return [one for one in element.iter() if name_of(one) in names]


def attribute(element, name: str, otherwise: str = "") -> str:
    """Return an attribute by its name of version 2, as it is or as version 3 writes it."""
    dashed = re.sub(r"([A-Z])", r"-\1", name).lower()
    return element.get(name, element.get(dashed, otherwise))


def words(element, instead: dict | None = None) -> str:
    """Return the words of an element, a line a block; `instead` says for names of elements what stands for them."""
    text = "".join(_pieces(element, instead or {}))
    lines = (" ".join(re.split(SPACES, each)).strip(" ") for each in text.split("\n"))
    shown = "\n".join(line.replace(KEPT_SPACE, " ").rstrip(" ") for line in lines if line)
    return shown.replace(TABLE, "").strip()


def _table(element, instead: dict) -> str:
    """Return a table in Markdown; "" for one that only lays out a page."""
    return markup.table([[(words(cell, instead), *(int(cell.get(name, "")[:2]) if cell.get(name, "").isdigit() else 1
                                                   for name in ("colspan", "rowspan")))
                          for cell in all_of(row, "td", "th")] for row in all_of(element, "tr")])  # fmt: skip


def _pieces(element, instead: dict):
    name = name_of(element)
    if name in instead:
        yield instead[name]
        return
    if name in ("sup", "sub"):
        yield page_words.shifted(name, " ".join("".join(element.itertext()).split()))
        return
    if name == "math":
        yield mathml.shown(element)
        return
    if name == "table" and (made := _table(element, instead)):
        yield f"\n{TABLE}\n{made}\n{TABLE}\n"
        return
    edge = "\n" if name in BLOCK else ""
    yield edge + re.sub(SPACES, " ", element.text or "")
    for one in element:
        yield from _pieces(one, instead)
        yield re.sub(SPACES, " ", one.tail or "")
    yield edge


def begun(element) -> Draft:
    """Return the draft of an item: its lines, its code, the picture that it shows."""
    first, last = markup.span(element)
    code = element.get("label") or attribute(element, "identifier") or element.get("ident", "")
    draft = Draft(first=first, last=last, code=code if CODE.fullmatch(code) else "")
    if all_of(element, *PICTURES):
        draft.problem("picture-left-out", pictures.OF_QUESTION, severity="warning")
    return draft


def as_truth(draft: Draft) -> None:
    """Make a choice between true and false a statement."""
    bare = [OF_BLACKBOARD.sub(r"\1", option.strip().lower()) for option in draft.options]
    truths = [TRUTHS.get(option, read_truth(option)) for option in bare]
    if sorted(map(str, truths)) == ["False", "True"] and (draft.answer or "") in ("A", "B", ""):
        draft.kind = "true_false"
        draft.answer = truths["AB".index(draft.answer)] if draft.answer else None
        draft.options = []


def fill_named(draft: Draft, filled: dict[str, list[str]]) -> None:
    """Take the answers of blanks that the text names, [a]: a blank stands there then, and theirs is its order."""
    places = {name: draft.stem.find(f"[{name}]") for name in filled}
    for name in filled:
        draft.stem = draft.stem.replace(f"[{name}]", "____")
    draft.kind = "fill_blank"
    draft.answer = [filled[name] for name in sorted(filled, key=places.get)] if all(filled.values()) else None
