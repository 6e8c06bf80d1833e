"""Twins of questions that are left to finish: another one that is left too, or what the bank has of it by now."""

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Handbook, UnfinishedQuestion
from quizapp.rules.formats import mending
from quizapp.services.banks import diagnosis


def bodies(bank, rows: list[UnfinishedQuestion], size: int) -> dict[int, dict]:
    """Return the bodies of questions left to finish in a bank, by row id, with what is true now of their twins.

    A problem with a twin that is left too says which one it is, its answer, and its page of `size`. Where the twin is
    settled, what was found within the file is gone, and what the bank says of the question stands there instead.
    """
    found = {row.id: row.body for row in rows}
    concerned = [row for row in rows if any(one["code"] in mending.AMONG for one in row.body["problems"])]
    left = _left(bank.id, size) if concerned else {}
    lone = []
    for row in concerned:
        told = [_with_twin(row, one, left) for one in row.body["problems"]]
        found[row.id] = {**row.body, "problems": [one for one in told if one]}
        if None in told:
            lone.append(row.id)
    if lone:
        handbook = db.session.scalar(select(Handbook.slug).where(Handbook.id == bank.handbook_id)) or ""
        verdicts = diagnosis.diagnose({"questions": [found[row_id] for row_id in lone]}, bank.id, handbook)
        for row_id, verdict in zip(lone, verdicts, strict=True):
            found[row_id] = {**found[row_id], "problems": [vars(one) for one in verdict.problems]}
    return found


def _left(bank_id: int, size: int) -> dict[tuple, dict]:
    """Return what is left to finish by (import, where it begins in the file)."""
    one = UnfinishedQuestion
    query = select(one.import_id, one.public_id, one.body).where(one.bank_id == bank_id, one.state == "open")
    return {
        (import_id, body["source"]["from"]): {
            "left": public_id, "page": place // size + 1, "answer": mending.answer_words(body)
        }
        for place, (import_id, public_id, body) in enumerate(db.session.execute(query.order_by(one.id)))
    }  # fmt: skip


def _with_twin(row: UnfinishedQuestion, problem: dict, left: dict[tuple, dict]) -> dict | None:
    """Return a problem with its twin where that is left too; None where the twin is settled."""
    if problem["code"] not in mending.AMONG:
        return problem
    twin = left.get((row.import_id, problem["params"].get("line")))
    if twin is None or twin["left"] == row.public_id:  # two in one line of the file are told apart by no place
        return twin and problem
    return {**problem, "params": {**problem["params"], **twin}}
