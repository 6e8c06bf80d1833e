"""Whether papers should be drawn ahead: a start that draws against one that is handed its paper, in one run."""

import statistics
import time

import pytest
from sqlalchemy import event

from tests.cast import MET, PASSWORD, VILLAGE, sign_in
from tests.stage import set_up

PEOPLE = 40
MOST_CPU_RATIO, MOST_STATEMENTS = 2.5, 2  # alarms; the figures reached stand in the README


@pytest.mark.alone
def test_drawing_is_no_large_part_of_a_start(app, cast, monkeypatch):
    """A paper of 50 out of a bank of 68: whole requests in turn; what a prepared paper could save at most."""
    from quizapp.extensions import db
    from quizapp.services.attempts import papers
    from tests.benchmarks.test_paper import SECTIONS, long_bank

    monkeypatch.setattr("tests.stage.bank", long_bank)
    with app.app_context():
        stage = set_up(blueprint={"sections": SECTIONS, "rule": "half_if_subset"})
        ready = papers.draw(exam_of(stage))
        said: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    draw, costs = papers.draw, {"drawn": [], "ready": []}
    for number in range(PEOPLE):
        kind = ("drawn", "ready")[number % 2]
        monkeypatch.setattr(papers, "draw", draw if kind == "drawn" else lambda exam: ready)
        costs[kind].append(start(app, stage, number, said))
    (drawn_ms, drawn_said), (ready_ms, ready_said) = (map(statistics.median, zip(*costs[kind], strict=True))
                                                       for kind in ("drawn", "ready"))  # fmt: skip
    print(f"start: drawn {drawn_ms:.1f} ms, {drawn_said:.0f} statements; ready {ready_ms:.1f} ms, {ready_said:.0f}")
    assert drawn_ms <= MOST_CPU_RATIO * ready_ms
    assert drawn_said - ready_said <= MOST_STATEMENTS


def exam_of(stage):
    from quizapp.services import exams

    return exams.get_exam(stage.exam)


def start(app, stage, number: int, said: list) -> tuple[float, int]:
    """Let a new person start by the API; return the milliseconds of processor time and the statements it took."""
    from quizapp.services.people import changes

    with app.app_context():
        person = changes.NewPerson(f"starter{number}", f"考生{number}", VILLAGE, "村专干", ("trainee",), PASSWORD)
        changes.add(None, person, MET)
    client = app.test_client()
    token = sign_in(client, f"starter{number}")
    said.clear()
    began = time.process_time()
    reply = client.post(f"/api/v1/exams/{stage.exam}/attempts", json={}, headers={"X-CSRFToken": token})
    spent = (time.process_time() - began) * 1000
    assert reply.status_code == 201
    return spent, len(said)
