"""A Word document (.docx) -> its paragraphs and rows of tables in order, with the marks that their letters bear."""

import zipfile

from quizapp.rules.formats.lines import INVISIBLE
from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable, numbering, xml
from quizapp.services.readers.chunks import DOCUMENT, lines_of_chunk
from quizapp.services.readers.containers import unpacked
from quizapp.services.readers.formulas import linear
from quizapp.services.readers.relations import Album

TAB = "    "
DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SIGNS = {"FC": "√", "FE": "√", "52": "√", "FB": "×", "FD": "×", "54": "×", "A8": "□", "6F": "□"}  # of Wingdings
LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "pPr", "rPr", "delText", "sectPr", "tblPr", "tcPr", "trPr"}
NOTES = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}  # what refers to which part
NO_BODY = N_("This Word file has no text that can be read. Open it in Word or WPS, save it anew as .docx and use that.")


def read(container: zipfile.ZipFile) -> dict:
    """Return {"blocks": [block], "keywords": those of the document} of a container that was looked over.

    A block is {"number", "text", "marks": [[first, last, what]], "left": [what was left out, "comment:…" with the words
    of a note]}, one of a table has "table" and "cells" too, a heading of the outline its "heading" from 1. Paragraphs
    count from 1, each row of a table as one. Raises Unreadable.
    """
    try:
        names = set(container.namelist())
        root = xml.parse(unpacked(container, DOCUMENT)) if DOCUMENT in names else None
        lists = numbering.read(*(_part(container, names, f"word/{name}.xml") for name in ("numbering", "styles")))
        core = _part(container, names, "docProps/core.xml")
        notes = {kind: _part(container, names, f"word/{part}.xml") for kind, part in NOTES.items()}
    except zipfile.BadZipFile as error:
        raise Unreadable("damaged", NO_BODY) from error
    body = root.find("body") if root is not None else None
    if body is None:
        raise Unreadable("no-body", NO_BODY)
    walk = Walk(container, lists, {kind: _notes(root, kind) for kind, root in notes.items() if root is not None})
    walk.take(body)
    words = (core.findtext("keywords") or "") if core is not None else ""
    return {"blocks": walk.blocks, "pictures": walk.album.pictures, "keywords": words}


def _part(container: zipfile.ZipFile, names: set, name: str):
    return xml.parse(unpacked(container, name)) if name in names else None


def _notes(root, kind: str) -> dict[str, str]:
    """Return the words of the comments or of the notes of a document by their ids."""
    return {one.get("id", ""): "".join(text.text or "" for text in one.iter("t")).strip() for one in root.iter(kind)}


class Walk:
    """One pass over the body."""

    def __init__(self, container: zipfile.ZipFile, lists: numbering.Lists, notes: dict[str, dict[str, str]]):
        self.container, self.lists, self.notes = container, lists, notes
        self.blocks: list[dict] = []
        self.album = Album(container)
        self.tables = 0

    def take(self, element) -> None:
        """Take what stands in the body, or in whatever wraps a part of it."""
        for one in element:
            if one.tag == "p":
                self.paragraph(one)
            elif one.tag == "tbl":
                self.table(one)
            elif one.tag == "altChunk":
                self.chunk(one)
            elif one.tag not in LEFT_OUT:
                self.take(one)

    def add(self, **block) -> None:
        """Add a block with the next number."""
        self.blocks.append({"number": len(self.blocks) + 1, "left": [], "marks": [], **block})

    def paragraph(self, element) -> None:
        """Add a paragraph; what its text boxes hold comes after its own text, on lines of its own."""
        text = self.text_of(element)
        level = numbering.value(element.find("pPr/outlineLvl"))
        heading = {"heading": int(level) + 1} if level.isdigit() and len(level) == 1 else {}
        self.add(text=text.text, marks=text.marks, left=text.left, **heading)

    def text_of(self, element) -> "Text":
        """Return the text of a paragraph with its computed number."""
        text = Text(self.album, self.notes)
        text.add(self.label(element))
        text.take(element)
        for box in text.boxes:
            for inner in box.iter("p"):
                inside = self.text_of(inner)
                if inside.text.strip():
                    text.join("\n", inside)
        return text

    def label(self, element) -> str:
        """Return the number that Word computes for a paragraph, with a space behind it."""
        style = numbering.value(element.find("pPr/pStyle"))
        number, depth = self.lists.of_style.get(style, ("", 0))
        own = element.find("pPr/numPr")
        if own is not None:
            number = numbering.value(own.find("numId")) or number
            depth = int(numbering.value(own.find("ilvl")) or depth)
        label = self.lists.label(number, min(depth, 8)) if number else ""
        return f"{label} " if label else ""

    def table(self, element) -> None:
        """Add a block a row; a table within a cell is read as the lines of that cell."""
        self.tables += 1
        name = self.tables
        for row in rows_of(element):
            cells = [self.cell(one) for one in row]
            whole = Text()
            for place, cell in enumerate(cells):
                whole.join("\n" if place and whole.text else "", cell)
            texts = [cell.text for cell in cells]
            self.add(text=whole.text, marks=whole.marks, left=whole.left, table=name, cells=texts)

    def cell(self, element) -> "Text":
        """Return the text of a cell, a line a paragraph."""
        whole = Text()
        if merge_goes_on(element):
            return whole
        for inner in element.iter("p"):
            whole.join("\n" if whole.text else "", self.text_of(inner))
        return whole

    def read_inner(self, container: zipfile.ZipFile) -> dict:
        """Return what a document within this one holds; its pictures are pictures of this one."""
        found = read(container)
        self.album.pictures |= found["pictures"]
        return found

    def chunk(self, element) -> None:
        """Add the lines of a document that is kept within this one as it came (HTML, MHT, text, Word)."""
        for line in lines_of_chunk(self.container, element.get("id", ""), self.read_inner):
            self.add(**line)


def rows_of(table):
    """Yield the cells of each row of a table that has any; those of tables within it are not among them."""
    for row in table:
        if row.tag == "tr":
            if cells := list(cells_of(row)):
                yield cells
        elif row.tag in ("sdt", "sdtContent", "ins", "customXml"):
            yield from rows_of(row)


def cells_of(row):
    """Yield the cells of a row, wrapped or not."""
    for one in row:
        if one.tag == "tc":
            yield one
        elif one.tag in ("sdt", "sdtContent", "ins", "customXml"):
            yield from cells_of(one)


def merge_goes_on(cell) -> bool:
    """Return whether a cell only goes on with the one above it."""
    merge = cell.find("tcPr/vMerge")
    return merge is not None and merge.get("val", "continue") == "continue"


class Text:
    """The text of a paragraph as it grows, the marks of its letters, and what was left out of it."""

    def __init__(self, album=None, notes=None):
        self.text, self.marks, self.left, self.boxes = "", [], [], []
        self.album, self.notes = album, notes or {}

    def add(self, text: str, marks: tuple[str, ...] = ()) -> None:
        """Add letters that bear the same marks; underlined space is a blank to be filled."""
        text = "".join(char for char in text if char not in INVISIBLE)
        if "underline" in marks and len(text) > 1 and not text.strip():
            text, marks = "_" * max(len(text), 4), ()
        for mark in marks if text.strip() else ():
            last = self.marks[-1] if self.marks else None
            self.marks.append([len(self.text), len(self.text) + len(text), mark])
            if last and last[2] == mark and last[1] == len(self.text):
                self.marks[-2:] = [[last[0], len(self.text) + len(text), mark]]
        self.text += text

    def join(self, sign: str, other: "Text") -> None:
        """Add another text behind a sign."""
        self.text += sign
        start = len(self.text)
        self.marks += [[first + start, last + start, what] for first, last, what in other.marks]
        self.text += other.text
        self.left += other.left

    def take(self, element) -> None:
        """Take all that an element holds, in order."""
        for one in element:
            if one.tag == "r":
                self.run(one)
            elif one.tag in ("oMath", "oMathPara"):
                self.add(linear(one))
                self.left.append("formula")
            elif one.tag in ("ruby",):
                self.take(one.find("rubyBase") if one.find("rubyBase") is not None else [])
            elif one.tag not in LEFT_OUT:
                self.take(one)

    def run(self, element) -> None:
        """Take a run: letters of one look, and what stands among them."""
        marks = marks_of(element.find("rPr"))
        height = numbering.value(element.find("rPr/vertAlign"))
        for one in element:
            if one.tag == "t":
                raised = {"superscript": DIGITS[0], "subscript": DIGITS[1]}.get(height)
                text = one.text or ""
                self.add(text.translate(raised) if raised and text.isdigit() else text, marks)
            elif one.tag in ("tab", "ptab"):
                self.add(TAB, marks)
            elif one.tag in ("br", "cr"):
                self.text += "\n"
            elif one.tag == "noBreakHyphen":
                self.add("-", marks)
            elif one.tag == "sym":
                self.add(SIGNS.get(one.get("char", "")[-2:].upper(), "□"), marks)
            elif one.tag in ("drawing", "pict", "object", "AlternateContent"):
                self.drawn(one)
            elif (kind := one.tag.removesuffix("Reference")) in NOTES:
                words = self.notes.get(kind, {}).get(one.get("id", ""), "")
                self.left.append(f"{kind}:{words}" if words else kind)
        if _is_struck(element.find("rPr")) and any((one.text or "").strip() for one in element.iter("t")):
            self.left.append("struck")

    def drawn(self, element) -> None:
        """Take the text boxes of a drawing; a picture or an embedded object is noted as left out."""
        chosen = element.find("Choice") if element.tag == "AlternateContent" else element
        if chosen is None:
            chosen = element
        boxes = list(chosen.iter("txbxContent"))
        self.boxes += boxes
        names = [one.get("embed") or one.get("id", "") for name in ("blip", "imagedata") for one in chosen.iter(name)]
        taken = [self.album.of(name, DOCUMENT) for name in names] if self.album else [("", "picture")] * len(names)
        self.text += "".join(marker for marker, _ in taken)
        if element.tag == "object":
            self.left += [] if any(marker for marker, _ in taken) else ["object"]
        elif names:
            self.left += dict.fromkeys(left for _, left in taken if left)
        elif not boxes and any(True for name in ("chart", "relIds") for _ in chosen.iter(name)):
            self.left.append("picture")


def _is_struck(look) -> bool:
    found = [one for one in (look if look is not None else ()) if one.tag in ("strike", "dstrike")]
    return any(one.get("val", "1") not in ("none", "0", "false") for one in found)


def marks_of(look) -> tuple[str, ...]:
    """Return what sets a run off: colour, highlight, underline, bold."""
    if look is None:
        return ()
    found = []
    if is_loud(numbering.value(look.find("color"))):
        found.append("colour")
    shade = look.find("shd")
    filled = shade is not None and is_loud(shade.get("fill", ""))
    if filled or numbering.value(look.find("highlight")) not in ("", "none", "white", "black", "lightGray", "darkGray"):
        found.append("highlight")
    for name, what in (("u", "underline"), ("b", "bold")):
        one = look.find(name)
        if one is not None and one.get("val", "1") not in ("none", "0", "false"):
            found.append(what)
    return tuple(found)


def is_loud(colour: str) -> bool:
    """Return whether a colour is none of black, grey and white."""
    try:
        parts = [int(colour[place : place + 2], 16) for place in (0, 2, 4)]
    except ValueError:
        return False
    return max(parts) - min(parts) >= 0x50
