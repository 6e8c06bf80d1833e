"""Paragraphs -> a Word document (.docx), the same bytes for the same paragraphs."""

import re
from xml.sax.saxutils import escape

from quizapp.rules.pictures import MARKER
from quizapp.services.writers import office_pictures
from quizapp.services.writers.containers import packed

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
    '<Default Extension="webp" ContentType="image/webp"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
OF_DOCUMENT = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/styles" Target="styles.xml"/>{{}}</Relationships>'
)
DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006"
POINT, WIDEST, TALLEST = 9525, 5_270_000, 7_000_000  # of a picture's points, and of the room on a page, in Word's units
DRAWING = (
    f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWINGS}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent {size}/><wp:docPr id="{number}" name="图{number}"/>'
    f'<a:graphic xmlns:a="{DRAWINGS}/main"><a:graphicData uri="{DRAWINGS}/picture">'
    f'<pic:pic xmlns:pic="{DRAWINGS}/picture"><pic:nvPicPr><pic:cNvPr id="{{number}}" name="{{digest}}"/>'
    f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="p{{digest}}"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
FONTS = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="宋体"/>'
STYLES = (
    f'{HEAD}<w:styles xmlns:w="{MAIN}"><w:docDefaults>'
    f'<w:rPrDefault><w:rPr>{FONTS}<w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="40" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="{before}" w:after="80"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, size, before in ((1, 32, 360), (2, 26, 240))
    )
    + "</w:styles>"
)


def document(content: dict, pictures: dict[str, dict] | None = None) -> bytes:
    """Return the document of {"blocks": [{"text", "heading"?, "is_hint"?}], "keywords"}.

    Where a text has the marker of one of `pictures`, {"kind", "data" in base64} by digest, the picture stands there.
    """
    album = _Album(pictures or {})
    body = "".join(_paragraph(block, album) for block in content["blocks"])
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties">'
        f"<cp:keywords>{escape(content['keywords'])}</cp:keywords></cp:coreProperties>"
    )
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "docProps/core.xml": core,
            "word/_rels/document.xml.rels": OF_DOCUMENT.format(album.relations),
            "word/styles.xml": STYLES,
            "word/document.xml": f'{HEAD}<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>',
            **album.files,
        }
    )


class _Album:
    """The pictures that a document shows: made known to it when the first marker of each is met."""

    def __init__(self, pictures: dict[str, dict]):
        self.pictures = pictures
        self.files: dict[str, bytes] = {}
        self.relations = ""
        self.drawings = 0

    def shown(self, found: re.Match) -> str:
        """Return the drawing that stands for a marker; its words where there is no such picture."""
        digest = found["digest"]
        if digest not in self.pictures:
            return _words(found[0])
        if digest not in self.relations:
            files = office_pictures.files(digest, self.pictures[digest])
            self.files |= {f"word/media/{name}": data for name, data in files.items()}
            self.relations += f'<Relationship Id="p{digest}" Type="{OFFICE}/image" Target="media/{next(iter(files))}"/>'
        width, height = int(found["width"]) or 1, int(found["height"]) or 1
        scale = min(POINT, WIDEST / width, TALLEST / height)
        size = f'cx="{int(width * scale)}" cy="{int(height * scale)}"'
        self.drawings += 1
        return DRAWING.format(size=size, digest=digest, number=self.drawings)


def _words(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _paragraph(block: dict, album: _Album) -> str:
    level = block.get("heading", 0)
    look = f'<w:pStyle w:val="Heading{min(level, 2)}"/><w:outlineLvl w:val="{level - 1}"/>' if level else ""
    hint = '<w:rPr><w:color w:val="666666"/></w:rPr>' if block.get("is_hint") else ""
    words, end = "", 0
    for found in MARKER.finditer(block["text"]):
        words += _words(block["text"][end : found.start()], hint) + album.shown(found)
        end = found.end()
    words += _words(block["text"][end:], hint)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{words}</w:p>"
