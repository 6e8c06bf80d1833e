"""Paragraphs -> a Word document (.docx), the same bytes for the same paragraphs."""

from xml.sax.saxutils import escape

from quizapp.services.writers.containers import packed

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
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
    f'<Relationship Id="r1" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
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


def document(content: dict) -> bytes:
    """Return the document of {"blocks": [{"text", "heading"?, "is_hint"?}], "keywords"}."""
    body = "".join(map(_paragraph, content["blocks"]))
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties">'
        f"<cp:keywords>{escape(content['keywords'])}</cp:keywords></cp:coreProperties>"
    )
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "docProps/core.xml": core,
            "word/_rels/document.xml.rels": OF_DOCUMENT,
            "word/styles.xml": STYLES,
            "word/document.xml": f'{HEAD}<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>',
        }
    )


def _paragraph(block: dict) -> str:
    level = block.get("heading", 0)
    look = f'<w:pStyle w:val="Heading{min(level, 2)}"/><w:outlineLvl w:val="{level - 1}"/>' if level else ""
    hint = '<w:rPr><w:color w:val="666666"/></w:rPr>' if block.get("is_hint") else ""
    words = f'<w:r>{hint}<w:t xml:space="preserve">{escape(block["text"])}</w:t></w:r>' if block["text"] else ""
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{words}</w:p>"
