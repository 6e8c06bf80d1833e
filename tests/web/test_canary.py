"""G4: what nobody may see before the release is in no byte that anybody but a trainer gets."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import TOWNSHIP
from tests.crawling import crawl
from tests.pages import Browser
from tests.stage import Stage, question, set_up

KEY, WHY = "金丝雀钥匙", "金丝雀解析"
CROWD = ("trainee", "township_leader", "admin", "auditor", "stranger_leader")


@dataclass
class Cage:
    """The stage with a token in every explanation and in every key that is a text, and an attempt of the trainee."""

    stage: Stage
    attempt: str
    starts: list[str]


@pytest.fixture
def cage(app, cast) -> Cage:
    """Everything the open exam draws from bears tokens; the trainee has begun it."""
    from quizapp.services import scope
    from quizapp.services.attempts import start
    from quizapp.services.banks.importing import import_bank

    with app.app_context():
        stage = set_up()
        import_bank(None, scope.get_unit(TOWNSHIP).id, tokens(), stage.now)
        running = start.start(cast.actor("trainee"), stage.exam, stage.now)
        return Cage(stage, running.attempt_id, addresses(app, stage, running.attempt_id))


def tokens() -> dict:
    """Return the stage's bank with every question worded anew; each is drawn in some paper."""
    questions = []
    for n in range(1, 13):
        kind = ("single_choice", "multiple_choice", "true_false", "fill_blank")[(n - 1) // 3]
        answer = {"single_choice": "B", "multiple_choice": "AC", "true_false": True}.get(
            kind, [[f"{KEY}{n}"], [f"{KEY}{n}乙", "免费"]]
        )
        questions.append(question(n, kind, answer, stem=f"第{n}号新题{'____和____' if kind == 'fill_blank' else ''}（ ）",
                                  explanation=f"{WHY}{n}"))  # fmt: skip
    return {"front_matter": {"slug": "stage", "handbook": "stage"}, "questions": questions, "problems": []}


def addresses(app, stage: Stage, attempt: str) -> list[str]:
    """Return every address that a GET may go to, with every id that there is in its place."""
    from quizapp.extensions import db
    from quizapp.models import Article, Person, Question

    values = {
        "exam_id": [stage.exam], "campaign_id": [stage.campaign], "attempt_id": [attempt],
        "slug": ["stage"], "article_id": db.session.scalars(select(Article.public_id)).all(),
        "question_id": db.session.scalars(select(Question.public_id)).all(),
        "person_id": db.session.scalars(select(Person.public_id)).all(), "code": [TOWNSHIP], "unit_code": [TOWNSHIP],
        "indicator": ["mean"], "token": ["0" * 32],
    }  # fmt: skip
    paths = [f"/attempts/{attempt}?slot={n}" for n in range(1, 9)]
    paths += [f"/ranking/{stage.exam}?by=person", f"/study/search?q={KEY}", f"/study/search?q={WHY}", f"/banks/stage?q={KEY}"]
    paths += [f"/api/v1/rankings/{stage.exam}?by=unit", f"/api/v1/rankings/{stage.exam}?by=person"]
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static":
            paths += fill(rule.rule, values)
    return paths


def fill(path: str, values: dict) -> list[str]:
    paths = [path]
    for name, known in values.items():
        paths = [one.replace(f"<{name}>", value) for one in paths for value in known] if f"<{name}>" in path else paths
    return [one for one in paths if "<" not in one]


def leaks(seen: dict[str, str], *more: str) -> list[str]:
    """Return the addresses, questions asked left out, whose replies say what they should not."""
    return [path for path, said in seen.items() if any(token in said for token in (KEY, WHY, "is-right", *more))
            and not path.startswith(("/static", "/study/search", "/sign-in"))]  # fmt: skip


@pytest.mark.parametrize("who", CROWD)
def test_g4_before_the_release_no_key_and_no_explanation_reaches_anybody_but_a_trainer(app, cage, who):
    """G4: canary tokens in every key and explanation; every page, link and API reply of the role: 0 hits."""
    seen = crawl(Browser(app, who).client, cage.starts)
    assert len(seen) > 60
    assert leaks(seen) == []
    answered = [said for path, said in seen.items() if path.startswith("/study/search")]
    assert not any(KEY + "1" in said or WHY + "1" in said for said in answered)
    if who == "trainee":
        assert any("新题" in said for said in seen.values()), "the paper itself was among what was seen"


def test_g4_saving_right_and_wrong_answers_says_the_same(app, cast, cage):
    """G4: replies to saves and to the hand-in bear no key either."""
    from tests.stage import keys_in_paper

    with app.app_context():
        right = keys_in_paper(cage.attempt)
    page = Browser(app, "trainee")
    token = page.client.get("/api/v1/csrf").json["csrf_token"]
    headers, path = {"X-CSRFToken": token}, f"/api/v1/attempts/{cage.attempt}"
    said = {}
    begun = page.client.post(f"/api/v1/exams/{cage.stage.exam}/attempts", json={}, headers=headers)
    said["start"], epoch = begun.text, begun.json["epoch"]
    for seq, (slot, value) in enumerate(right.items(), 1):
        wrong = ["不知道"] * len(value) if isinstance(value, list) and KEY in str(value) else None
        for step, answer in ((2 * seq - 1, value), (2 * seq, wrong)):
            body = {"epoch": epoch, "answers": [{"slot": slot, "seq": step, "value": answer}]}
            reply = page.client.put(f"{path}/answers", json=body, headers=headers)
            assert reply.status_code == 200
            said[f"{slot} {step}"] = f"{reply.headers} {reply.text}"
    said["hand in"] = page.client.post(f"{path}/submission", json={"epoch": epoch, "answers": []}, headers=headers).text
    assert leaks(said, "right", "correct") == []
    assert leaks(crawl(page.client, cage.starts)) == []


def test_after_the_release_the_same_walk_finds_the_tokens(app, cast, cage):
    """The walk can find what it looks for: it does as soon as it may."""
    from quizapp.services import exams

    with app.app_context():
        exams.close(None, cage.stage.exam, cage.stage.now + timedelta(minutes=1))
    found = leaks(crawl(Browser(app, "trainee").client, cage.starts))
    assert {f"/attempts/{cage.attempt}", f"/api/v1/attempts/{cage.attempt}"} <= set(found)
    assert not [path for path in found if "/attempts/" not in path]
    assert leaks(crawl(Browser(app, "stranger").client, cage.starts)) == []


def test_a_trainer_finds_them_in_the_bank_and_the_preview(app, cage):
    found = leaks(crawl(Browser(app, "trainer").client, cage.starts))
    assert "/banks/stage" in found and f"/manage/exams/{cage.stage.exam}/preview" in found
    assert not [path for path in found if not path.startswith(("/banks/", "/manage/exams/"))]
