"""A printed paper as the lines of a PDF: head, sections with what they ask, and the key on a page of its own."""

from dataclasses import replace

from flask_babel import gettext
from markupsafe import Markup

from quizapp.rules import pdf, pictures
from quizapp.services import printing
from quizapp.web.frame import points_words

RIGHT_SIDE = 260  # where the right side of pairs begins
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def heading(printed: printing.Printed) -> str:
    """Return the paper's title with the letter of its form."""
    letter = gettext("Paper %(letter)s", letter=printed.letter)
    return f"{printed.title} · {letter}" if printed.letter else printed.title


def lines_of(printed: printing.Printed, images: dict[str, pdf.Picture]) -> list[pdf.Line]:
    """Return the paper and, on a page of its own, its key, line by line."""
    points = points_words(printed.full_milli)
    told = gettext("%(minutes)s minutes, %(points)s points", minutes=printed.minutes, points=points)
    lines = [
        pdf.Line(heading(printed), 17, centred=True),
        pdf.Line(told, 10.5, above=4, centred=True),
        pdf.Line(gettext("Unit: ____________ Name: ____________ Points: ________"), above=10, centred=True),
    ]
    materials: set[str] = set()
    for section in printed.sections:
        each = gettext("%(points)s points each", points=points_words(section.points_milli))
        lines.append(pdf.Line(f"{section.title}（{each}）", 13, above=14, keep=True))
        for item in section.items:
            if item.material and item.material[0] not in materials:
                materials.add(item.material[0])
                lines += _shown("", item.material[1], images, pdf.Line("", 10.5, 12, 6))
            lines += _question(item, images)
    if printed.keys:
        lines.append(pdf.Line(gettext("Key: %(title)s", title=heading(printed)), 15, page=True, centred=True))
        lines += [pdf.Line(f"{slot}. {right}", above=2) for slot, right in printed.keys]
    return lines


def _question(item, images: dict[str, pdf.Picture]) -> list[pdf.Line]:
    lines = _shown(f"{item.slot}. ", item.stem_html, images, pdf.Line("", above=7, keep=bool(item.options)))
    for place, (_, html) in enumerate(item.options or []):
        sign = f"（{place + 1}）" if item.kind == "matching" else f"{LETTERS[place]}. "
        lines += _shown(sign, html, images, pdf.Line("", indent=18))
    for letter, (_, html) in zip(LETTERS, item.right or [], strict=False):
        lines += _shown(f"{letter}. ", html, images, pdf.Line("", indent=RIGHT_SIDE))
    space = {
        "true_false": gettext("Answer (√ or ×): ______"),
        "numerical": gettext("Answer: ____________"),
        "matching": gettext("Answer (such as 1–A): ____________"),
        "ordering": gettext("Order (such as BCA): ____________"),
    }
    return [*lines, pdf.Line(space[item.kind], indent=18)] if item.kind in space else lines


def _shown(sign: str, html: str, images: dict[str, pdf.Picture], like: pdf.Line) -> list[pdf.Line]:
    """Return clean markup behind a sign, a line a paragraph, each picture below the words that it follows."""
    lines: list[pdf.Line] = []
    for markup, digest in pictures.parted(html):
        words = [text for text in (sign * (not lines) + _plain(markup)).split("\n") if text.strip()]
        lines += [replace(like, text=text) for text in words]
        if digest in images:
            lines.append(replace(like, picture=images[digest], above=3))
    return [replace(one, keep=like.keep or place + 1 < len(lines)) for place, one in enumerate(lines)]


def _plain(html: str) -> str:
    """Return clean markup as text, a paragraph a line."""
    return "\n".join(Markup(part).striptags() for part in html.split("</p>")).strip()  # noqa: S704 (tags only go)
