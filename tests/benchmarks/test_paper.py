"""G10: opening a paper of 50 questions: how many queries, how many bytes."""

import gzip

from sqlalchemy import event

from tests.cast import sign_in
from tests.stage import bank, question, set_up

SECTIONS = [
    {"title": "单选题", "kind": "single_choice", "count": 25, "points_milli": 2000},
    {"title": "多选题", "kind": "multiple_choice", "count": 10, "points_milli": 2000},
    {"title": "判断题", "kind": "true_false", "count": 10, "points_milli": 2000},
    {"title": "填空题", "kind": "fill_blank", "count": 5, "points_milli": 2000},
]
LONG = "依照有关规定，流动人口在现居住地申请办理居住证时，下列说法中正确的是哪一项，请结合本地实际选择"


def long_bank() -> dict:
    """Return a bank with questions as long as trainers write them."""
    kinds = [("single_choice", "B", 30), ("multiple_choice", "AC", 15), ("true_false", True, 15),
             ("fill_blank", [["居住地"]], 8)]  # fmt: skip
    made, number = [], 100
    for kind, answer, count in kinds:
        for _ in range(count):
            number += 1
            one = question(number, kind, answer)
            one["stem"] = f"{LONG}{number}{'____' if kind == 'fill_blank' else ''}（ ）"
            one["options"] = (
                [f"{letter}方面应当提供的服务和便利，由现居住地负责落实{number}" for letter in "甲乙丙丁"]
                if one["options"]
                else []
            )
            made.append(one)
    return {**bank(), "questions": made}


def test_g10_opening_a_paper_of_fifty_questions(app, cast, monkeypatch):
    """G10: at most 12 queries and 40 KB; at most 15 KB compressed."""
    monkeypatch.setattr("tests.stage.bank", long_bank)
    with app.app_context():
        stage = set_up(blueprint={"sections": SECTIONS, "rule": "half_if_subset"})
    client = app.test_client()
    token = sign_in(client, "trainee")
    from quizapp.extensions import db

    said: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    sizes = []
    for status in (201, 200):
        said.clear()
        reply = client.post(f"/api/v1/exams/{stage.exam}/attempts", json={}, headers={"X-CSRFToken": token})
        assert (reply.status_code, len(reply.json["paper"]["items"])) == (status, 50)
        print(
            f"G10: {status}: {len(said)} queries, {len(reply.data)} bytes, {len(gzip.compress(reply.data))} compressed"
        )
        sizes.append((len(said), len(reply.data), len(gzip.compress(reply.data))))
    assert max(sizes) and all(queries <= 12 for queries, _, _ in sizes)
    assert all(size <= 40 * 1024 and packed <= 15 * 1024 for _, size, packed in sizes)
