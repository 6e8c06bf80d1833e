"""A paper of an exam with its key, to be printed: one of its fixed papers, or one that is drawn for the purpose."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.rules import paper_keys
from quizapp.rules.permissions import Actor
from quizapp.services import audit, exam_preview, fixed_papers, scope
from quizapp.services.attempts import marking, papers
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
