"""A paper of an exam with its key, to be printed: one of its fixed papers, or one that is drawn for the purpose."""

import io
import zlib
from dataclasses import dataclass
from datetime import datetime

from quizapp.rules import paper_keys, pdf, pictures
from quizapp.rules.permissions import Actor
from quizapp.services import audit, exam_preview, fixed_papers, scope
from quizapp.services.attempts import marking, papers
from quizapp.services.banks import pictures as kept
from quizapp.services.banks.sight import VIEW
from quizapp.services.transaction import writing


@dataclass(frozen=True)
class Section:
    """Questions that stand together; all are worth the same."""

    title: str
    points_milli: int
    items: list[papers.Item]


@dataclass(frozen=True)
class Printed:
    """A paper to print. `keys`: (slot, what is right), empty for who may not see keys; `letter` of a fixed paper."""

    title: str
    letter: str
    minutes: int
    full_milli: int
    sections: list[Section]
    keys: list[tuple[str, str]]


def get(actor: Actor, public_id: str, number: int, now: datetime, trace: audit.Trace = audit.NO_TRACE) -> Printed:
    """Return fixed paper `number`, or with 0 one that is drawn now and kept nowhere. Raises NotFound.

    That a paper with its key left the house is noted in the audit trail.
    """
    exam = exam_preview.get_exam(actor, public_id)
    paper = fixed_papers.get_paper(actor, public_id, number) if number else papers.draw(exam)
    title, minutes, unit_id = exam.title, exam.limit_seconds // 60, exam.unit_id
    keys = _keys(paper) if scope.covers(actor, VIEW, unit_id) else []
    full = sum(item["points_milli"] for item in paper["items"])
    printed = Printed(title, paper.get("form", ""), minutes, full, _sections(papers.present(paper)), keys)
    with writing():
        audit.record(actor, unit_id, "exam.printed", public_id, now, trace, form=printed.letter, keys=bool(keys))
    return printed


def pictures_of(printed: Printed) -> dict[str, pdf.Picture]:
    """Return the pictures that stand in a paper, by their digest, as a PDF holds them."""
    texts = [text for section in printed.sections for item in section.items for text in _texts(item)]
    wanted = {digest for text in texts for _, digest in pictures.parted(text) if digest}
    return {digest: _for_pdf(one) for digest, one in kept.find(wanted).items()}


def _texts(item: papers.Item) -> list[str]:
    sides = [html for _, html in [*(item.options or []), *(item.right or [])]]
    return [item.stem_html, *sides, *([item.material[1]] if item.material else [])]


def _for_pdf(shown: kept.Shown) -> pdf.Picture:
    """Return a picture, which the reader made anew from its points, on white: a PDF shows no WebP."""
    from PIL import Image  # for the few papers that are printed

    with Image.open(io.BytesIO(shown.data), formats=("PNG", "WEBP")) as opened:
        picture = opened.convert("RGBA")
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    if shown.kind == "png":
        return pdf.Picture(*white.size, zlib.compress(white.tobytes()))
    white.save(held := io.BytesIO(), "JPEG", quality=85)
    return pdf.Picture(*white.size, held.getvalue(), is_jpeg=True)


def _keys(paper: dict) -> list[tuple[str, str]]:
    keys = marking.keys_of({item["revision_id"] for item in paper["items"]})
    return [(item["slot"], paper_keys.told(item, keys[item["revision_id"]])) for item in paper["items"]]


def _sections(items: list[papers.Item]) -> list[Section]:
    found: list[Section] = []
    for item in items:
        if not found or (found[-1].title, found[-1].points_milli) != (item.section, item.points_milli):
            found.append(Section(item.section, item.points_milli, []))
        found[-1].items.append(item)
    return found
