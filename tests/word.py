"""Word documents written for tests: the XML of a body in a container, with lists and parts as they are wanted."""

import io
import zipfile
from xml.sax.saxutils import escape

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
RED, YELLOW, BOLD = '<w:color w:val="FF0000"/>', '<w:highlight w:val="yellow"/>', "<w:b/>"
UNDERLINED, GREY = '<w:u w:val="single"/>', '<w:color w:val="333333"/>'


def run(text: str, look: str = "") -> str:
    """Return a run of one look; a tab and a line break in the text are Word's own."""
    inner = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    inner = inner.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{inner}</w:t></w:r>'


def p(*runs: str, number: tuple[int, int] | None = None, style: str = "") -> str:
    """Return a paragraph; what is no run yet is plain text; `number` is (list, depth)."""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        own += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{own}</w:pPr>{inside}</w:p>"


def table(*rows: list[str]) -> str:
    """Return a table of plain cells."""
    cells = ["".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def level(depth: int, form: str, text: str, start: int = 1) -> str:
    """Return one level of a list."""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*lists: str, nums: dict[int, int] | None = None, anew: dict[int, int] | None = None) -> str:
    """Return numbering.xml: lists of levels, and which number uses which (its own by default) and begins anew where."""
    abstract = [f'<w:abstractNum w:abstractNumId="{place}">{one}</w:abstractNum>' for place, one in enumerate(lists)]
    over = {
        one: f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for one, start in (anew or {}).items()
    }
    used = nums or {place + 1: place for place in range(len(lists))}
    numbers = [
        f'<w:num w:numId="{one}"><w:abstractNumId w:val="{of}"/>{over.get(one, "")}</w:num>' for one, of in used.items()
    ]
    return f"<w:numbering {SPACES}>{''.join(abstract + numbers)}</w:numbering>"


def document(*body: str, parts: dict[str, str | bytes] | None = None, head: str = "") -> bytes:
    """Return a .docx whose body holds the elements given; `head` stands before the root, `parts` beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        container.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document {SPACES}><w:body>{"".join(body)}</w:body></w:document>',
        )
        for name, data in (parts or {}).items():
            container.writestr(name, data)
    return out.getvalue()
