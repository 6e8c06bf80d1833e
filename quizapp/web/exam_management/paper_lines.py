"""A printed paper as the lines of a PDF: head, sections with what they ask, and the key on a page of its own."""

from dataclasses import replace

from flask_babel import gettext, ngettext

from quizapp.rules import pdf
from quizapp.rules.pdf_markup import lines as shown
from quizapp.services import printing
from quizapp.web.frame import points_plural, points_words

RIGHT_SIDE = 260  # where the right side of pairs begins
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def heading(printed: printing.Printed) -> str:
    """Return the paper's title with the letter of its form."""
    letter = gettext("Paper %(letter)s", letter=printed.letter)
    return f"{printed.title} · {letter}" if printed.letter else printed.title


def lines_of(printed: printing.Printed, images: dict[str, pdf.Picture]) -> list[pdf.Line]:
    """Return the paper and, on a page of its own, its key, line by line."""
    lines = [
        pdf.Line(heading(printed), 17, centred=True),
        pdf.Line(_extent(printed), 10.5, above=4, centred=True),
        pdf.Line(gettext("Unit: ____________ Name: ____________ Points: ________"), above=10, centred=True),
    ]
    materials: set[str] = set()
    for section in printed.sections:
        number, points = points_plural(section.points_milli), points_words(section.points_milli)
        each = ngettext("%(points)s point each", "%(points)s points each", number, points=points)
        lines.append(pdf.Line(f"{section.title}（{each}）", 13, above=14, keep=True))
        for item in section.items:
            if item.material and item.material[0] not in materials:
                materials.add(item.material[0])
                lines += _kept(shown("", item.material[1], images, pdf.Line("", 10.5, 12, 6)), 1)
            lines += _question(item, images)
    if printed.keys:
        lines.append(pdf.Line(gettext("Key: %(title)s", title=heading(printed)), 15, page=True, centred=True))
        lines += [pdf.Line(f"{slot}. {right}", above=2) for slot, right in printed.keys]
    return lines


def _extent(printed: printing.Printed) -> str:
    """Return how long the paper takes and what it is worth, in words."""
    number, points = points_plural(printed.full_milli), points_words(printed.full_milli)
    worth = ngettext("%(points)s point in all", "%(points)s points in all", number, points=points)
    minutes = ngettext("%(num)s minute", "%(num)s minutes", printed.minutes)
    return gettext("%(time)s, %(points)s", time=minutes, points=worth)


def _question(item, images: dict[str, pdf.Picture]) -> list[pdf.Line]:
    """Return a question, all of which stands on one page."""
    lines = shown(f"{item.slot}. ", item.stem_html, images, pdf.Line(""))
    lines[0] = replace(lines[0], above=7)
    for place, (_, html) in enumerate(item.options or []):
        sign = f"（{place + 1}）" if item.kind == "matching" else f"{LETTERS[place]}. "
        lines += shown(sign, html, images, pdf.Line("", indent=18))
    for letter, (_, html) in zip(LETTERS, item.right or [], strict=False):
        lines += shown(f"{letter}. ", html, images, pdf.Line("", indent=RIGHT_SIDE))
    space = {
        "true_false": gettext("Answer (√ or ×): ______"),
        "numerical": gettext("Answer: ____________"),
        "matching": gettext("Answer (such as 1–A): ____________"),
        "ordering": gettext("Order (such as BCA): ____________"),
    }
    if item.kind in space:
        lines.append(pdf.Line(space[item.kind], indent=18))
    return [*_kept(lines[:-1], len(lines)), lines[-1]]


def _kept(lines: list[pdf.Line], last: int) -> list[pdf.Line]:
    """Return lines of which the last ones stay with what follows them."""
    return [*lines[:-last], *[replace(one, keep=True) for one in lines[-last:]]]
