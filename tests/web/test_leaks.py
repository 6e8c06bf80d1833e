"""G4, G5, G7: scores before their release and what belongs to others are in no byte of any page or API reply."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.cast import PEOPLE, UNITS
from tests.crawling import crawl
from tests.pages import Browser
from tests.results import sit
from tests.scenes import scene
from tests.stage import BLUEPRINT, set_up
from tests.web.test_access_matrix import READING

EACH = 7311  # thousandths of a point: a figure that stands nowhere by chance
SCORES = {"trainee": 6, "neighbour": 3}
OTHERS = [name for name, unit, *_ in PEOPLE.values() if unit not in ("999901102", "999901102201")]
PLACES = [name for code, name, *_ in UNITS if code.startswith("999901101")]
TITLES = ["示例练兵", "示例考试", "在考的考试", "将来的考试", "示例题库"]
OPEN_TO_ALL = ("/receipts", "/api/v1/receipts")  # whoever holds a code may check it


def paths(ids: dict[str, str]) -> list[str]:
    """Return every address of the access table, rankings by person too."""
    known = dict.fromkeys(re.findall(r"{(\w+)}", " ".join(case.address for case in READING)), "none") | ids
    found = [case.path(known) for case in READING if not case.address.startswith(OPEN_TO_ALL)]
    return found + [f"/ranking/{known['released']}?by=person", f"/api/v1/rankings/{known['released']}?by=unit"]


def where(seen: dict[str, str], words: list[str]) -> dict[str, list[str]]:
    """Return by address which of the words its reply says."""
    found = {path: [word for word in words if word in said] for path, said in seen.items()}
    return {path: said for path, said in found.items() if said}


@scene
def unreleased(cast) -> dict[str, str]:
    """An exam that two have sat, closed and marked, whose results somebody has yet to release by hand."""
    from quizapp.services import exams

    sections = [{**one, "points_milli": EACH} for one in BLUEPRINT["sections"]]
    stage = set_up(blueprint={**BLUEPRINT, "sections": sections}, release_rule="by_hand")
    attempts = {login: sit(cast.actor(login), stage.exam, right, stage.now) for login, right in SCORES.items()}
    exams.close(None, stage.exam, stage.now + timedelta(minutes=20))
    return {**cast.ids, "campaign": stage.campaign, "released": stage.exam, "exam": stage.exam, "coming": stage.exam,
            "done": attempts["trainee"], "attempt": attempts["trainee"], "village": "999901101201",
            "next_village": "999901101202", "township": "999901101"}  # fmt: skip


FIGURES = [f"{right * EACH / 1000:.3f}".rstrip("0") for right in SCORES.values()] + [
    str(right * EACH) for right in SCORES.values()
]


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_g7_before_the_release_no_score_reaches_anybody_on_any_page(app, unreleased, name):
    """G7, S-21: pages, rankings, evaluation, exports and the API, for whoever leads, sets, audits or has sat."""
    seen = crawl(Browser(app, name).client, paths(unreleased))
    assert where(seen, FIGURES) == {}


def test_g7_after_the_release_the_same_walk_finds_them(app, unreleased):
    from datetime import UTC, datetime

    from quizapp.services import exams

    with app.app_context():
        exams.release(None, unreleased["exam"], datetime.now(UTC) + timedelta(hours=3))
    mine = where(crawl(Browser(app, "trainee").client, paths(unreleased)), FIGURES)
    assert f"/attempts/{unreleased['done']}" in mine and f"/ranking/{unreleased['released']}?by=person" in mine


@pytest.mark.parametrize("name", ["nobody", "stranger", "stranger_leader", "closed"])
def test_g4_the_next_township_hears_nothing_of_this_one(town, name):
    """G4: no name, no village, no title, no id of it, on any page that links or guesses lead to."""
    hidden = [*OTHERS, *PLACES, *TITLES]
    ids = [value for key, value in town.ids.items()
           if len(value) == 16 and key not in ("article", "stranger", "stranger_leader")]  # fmt: skip
    seen = crawl(town.visitor(name).client, paths(town.ids))
    assert len(seen) > 80
    assert where(seen, hidden) == {}
    told = where(seen, ids)
    assert {path: said for path, said in told.items() if not all(one in path for one in said)} == {}


@pytest.mark.parametrize("name", ["trainee", "village_leader"])
def test_g4_the_next_village_s_people_are_named_on_the_open_board_alone(town, name):
    """G4: whoever leads or lives in one village meets the next one's people in the ranking only."""
    seen = crawl(town.visitor(name).client, paths(town.ids))
    neighbour = PEOPLE["neighbour"][0]
    boards = ("/ranking/", "/api/v1/rankings/")
    assert {path for path in where(seen, [neighbour]) if not path.startswith(boards)} == set()
    assert any(path.startswith(boards) for path in where(seen, [neighbour])), "the walk can find the name"


def without_moments(reply) -> tuple:
    """Return status, headers and body of a reply without what differs between any two replies."""
    headers = [(name, value) for name, value in reply.headers if name not in ("X-Request-Id", "Date")]
    return reply.status_code, headers, re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "then", reply.text)


def test_g5_saving_a_right_answer_and_a_wrong_one_gets_the_same_bytes(town):
    """G5: status, headers, size and body alike, for every question of the paper."""
    from tests.stage import keys_in_paper

    trainee = town.visitor("trainee")
    begun = trainee.send("POST", f"/api/v1/exams/{town.ids['exam']}/attempts").json
    with town.app.app_context():
        right = keys_in_paper(begun["attempt_id"])
    token, path = trainee.token(), f"/api/v1/attempts/{begun['attempt_id']}/answers"

    def save(slot: str, seq: int, value):
        body = {"epoch": begun["epoch"], "answers": [{"slot": slot, "seq": seq, "value": value}]}
        return trainee.client.put(path, json=body, headers={"X-CSRFToken": token})

    for place, item in enumerate(begun["paper"]["items"], 1):
        slot = item["slot"]
        wrong = {"true_false": not right[slot], "fill_blank": ["不知"] * item.get("blanks", 0)}.get(
            item["kind"], [one["id"] for one in item.get("options", []) if one["id"] not in right[slot]][:1]
        )
        replies = {str(without_moments(save(slot, 100 + 2 * place + n, value))).replace(str(100 + 2 * place + n), "n")
                   for n, value in enumerate((right[slot], wrong))}  # fmt: skip
        assert len(replies) == 1, replies


def test_g5_no_key_is_read_between_the_start_and_the_marking(town):
    """G5: what is not read cannot be told, not even by the time it takes."""
    from quizapp.extensions import db

    said: list[str] = []
    with town.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    trainee, exam = town.visitor("trainee"), town.ids["exam"]
    begun = trainee.send("POST", f"/api/v1/exams/{exam}/attempts").json
    path = f"/api/v1/attempts/{begun['attempt_id']}"
    item = begun["paper"]["items"][0]
    answer = {"slot": item["slot"], "seq": 1, "value": [item["options"][0]["id"]]}
    assert trainee.send("PUT", f"{path}/answers", {"epoch": begun["epoch"], "answers": [answer]}).status_code == 200
    for address in (f"/exams/{exam}", f"/attempts/{begun['attempt_id']}", path, "/api/v1/exams"):
        assert trainee.get(address).status_code == 200
    assert trainee.send("POST", f"{path}/submission", {"epoch": begun["epoch"]}).status_code == 200
    assert trainee.get(path).status_code == 200
    assert len(said) > 20 and not [one for one in said if "question_keys" in one]
