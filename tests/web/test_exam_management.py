"""Setting exams up on a page, row by row without JavaScript; looking after them, closing and releasing."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.cast import MET, NEXT_VILLAGE, OTHER_TOWNSHIP, PASSWORD, TOWNSHIP, VILLAGE
from tests.stage import question


def rows(*sections) -> dict:
    """Return the form's fields of these rows: (kind, count, points) and further fields by name."""
    told = {}
    for index, (kind, count, points, *more) in enumerate(sections):
        row = {"kind": kind, "count": count, "points_milli": points, "chapter": "", "difficulty": "", "title": ""}
        told |= {f"sections-{index}-{name}": value for name, value in {**row, **dict(*more)}.items()}
    return told


def fields(stage, **changes) -> dict:
    day = (stage.now + timedelta(days=5)).date()
    return {
        "title": "期末考试", "campaign": stage.campaign, "opens_on": day, "opens_time": "8:00", "closes_on": day,
        "closes_time": "24:00", "minutes": "40", "banks": ["stage"], "rule": "exact", "attempts_allowed": "1",
        "pass_percent": "70", "counts": "y", "release_rule": "by_hand", "board": "after_release",
        **rows(("single_choice", 2, "2"), ("true_false", 3, "1.5")), **changes,
    }  # fmt: skip


def drafts(app) -> list:
    from quizapp.extensions import db
    from quizapp.models import Exam
    from quizapp.services import exam_management

    with app.app_context():
        ids = db.session.scalars(select(Exam.public_id).order_by(Exam.id)).all()
        return [(one, exam_management.get_draft(None, one)) for one in ids]


@pytest.fixture
def next_door(app, cast):
    """A trainer and an administrator of the next township."""
    from quizapp.services.people import changes

    with app.app_context():
        new = changes.NewPerson("next-door", "沈大暑", OTHER_TOWNSHIP, "教员", ("trainer", "admin"), PASSWORD)
        changes.add(None, new, MET)


def test_a_trainer_sets_an_exam_up(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/exams/new")
    assert "24:00" in page.last.text, "an exam usually closes at the end of a day"
    page.send("/manage/exams/new", **fields(stage, posts=["村专干"]))
    assert "The exam is set up" in page.last.text and "期末考试" in page.words
    _, made = drafts(app)[-1]
    assert (made.limit_seconds, made.pass_share_milli, made.posts, made.release_rule) == (2400, 700, ["村专干"], "by_hand")
    assert made.closes_at - made.opens_at == timedelta(hours=16), "from 8:00 to 24:00"
    assert made.blueprint["rule"] == "exact"
    assert [(one["kind"], one["count"], one["points_milli"]) for one in made.blueprint["sections"]] == [
        ("single_choice", 2, 2000), ("true_false", 3, 1500),
    ]  # fmt: skip


def test_a_section_takes_a_chapter_of_one_bank_where_another_has_one_of_the_same_name(browse, stage, app):
    from quizapp.services import scope
    from quizapp.services.banks.importing import import_bank

    with app.app_context():
        for slug, count in (("east", 2), ("west", 3)):
            questions = [question(n, "true_false", True, chapter="第一章", citations=[]) for n in range(1, count + 1)]
            head = {"slug": slug, "title": f"{slug}题库"}
            import_bank(None, scope.get_unit(TOWNSHIP).id, {"front_matter": head, "questions": questions, "problems": []}, stage.now)
    page = browse("trainer")
    page.open("/manage/exams/new")
    offered = re.findall(r'<option value="([^"]*#[^"]*)">(.*?)</option>', page.last.text[: page.last.text.index("sections-1-")])
    assert offered == [
        ("east#", "east题库"), ("east#第一章", "第一章（east题库）"), ("west#", "west题库"), ("west#第一章", "第一章（west题库）"),
        ("stage#", "示例题库"),
    ]  # fmt: skip
    asked = rows(("true_false", 3, "2", {"chapter": "east#第一章"}), ("true_false", 2, "1", {"chapter": "west#"}))
    page.send("/manage/exams/new", **fields(stage, **asked, banks=["east", "west"]))
    assert "wanted 3, found 2, missing 1" in page.words
    asked["sections-0-count"] = 2
    page.send("/manage/exams/new", **fields(stage, **asked, banks=["east"]))
    assert re.search(r'id="sections-1-chapter-error">.*?not among those', page.last.text, re.DOTALL)
    page.send("/manage/exams/new", **fields(stage, **asked, banks=["east", "west"]))
    assert "The exam is set up" in page.last.text, page.words
    made, draft = drafts(app)[-1]
    told = [(one["bank"], one.get("chapter")) for one in draft.blueprint["sections"]]
    assert told == [("east", "第一章"), ("west", None)]
    page.open(f"/manage/exams/{made}/edit")
    assert re.findall(r'<option selected value="([^"]*#[^"]*)">', page.last.text) == ["east#第一章", "west#"]


def test_rows_come_and_go_without_javascript_and_nothing_is_saved(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/exams/new")
    given = fields(stage, title="", **rows(("single_choice", 2, "2"), ("fill_blank", 7, "3"), ("true_false", 1, "1")))
    reply = page.send("/manage/exams/new", **given, add="1")
    assert reply.status_code == 200 and reply.text.count("data-section") == 4
    assert "field-error" not in reply.text, "a row is added before the rest is filled in"
    reply = page.send("/manage/exams/new", **given, remove="1")
    assert reply.text.count("data-section") == 2
    assert [re.search(r'value="(\d+)"', one)[1] for one in re.findall(r"<input[^>]*data-count[^>]*>", reply.text)] == ["2", "1"]
    assert "Together: questions 3, points 5" in page.words
    for odd in ("99", "-1", "x", ""):
        assert page.send("/manage/exams/new", **given, remove=odd).status_code in (200, 422)
    lonely = {name: value for name, value in given.items() if not name.startswith(("sections-1", "sections-2"))}
    assert page.send("/manage/exams/new", **lonely, remove="0").text.count("data-section") == 1
    assert len(drafts(app)) == 1


def test_a_row_that_was_taken_out_leaves_the_others_in_order(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/exams/new")
    given = fields(stage)
    given |= {name.replace("-1-", "-7-"): given.pop(name) for name in list(given) if name.startswith("sections-1-")}
    page.send("/manage/exams/new", **given)
    assert [one["kind"] for one in drafts(app)[-1][1].blueprint["sections"]] == ["single_choice", "true_false"]


def test_every_problem_stands_at_its_field(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/exams/new")
    wrong = fields(stage, title="", opens_time="8 o'clock", closes_time="24:30", minutes="soon", pass_percent="",
                   **rows(("single_choice", 0, "two"), ("riddle", 3, "1.0005")))  # fmt: skip
    reply = page.send("/manage/exams/new", **wrong)
    assert reply.status_code == 422
    for field in ("title", "opens_time", "closes_time", "minutes", "pass_percent", "sections-0-count",
                  "sections-0-points_milli", "sections-1-kind", "sections-1-points_milli"):  # fmt: skip
        assert f'id="{field}-error"' in reply.text, field
    later = fields(stage, closes_on=(stage.now + timedelta(days=4)).date(), minutes="999", attempts_allowed="50", banks=[])
    reply = page.send("/manage/exams/new", **later)
    assert reply.status_code == 422
    for field in ("closes_on", "minutes", "attempts_allowed", "banks"):
        assert f'href="#{field}"' in reply.text, field
    assert len(drafts(app)) == 1


def test_the_sentence_of_a_paper_that_cannot_be_drawn_stands_at_how_many_its_row_asks_for(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/exams/new")
    given = fields(stage, **rows(("single_choice", 2, "2"), ("true_false", 9, "1", {"title": "判断"})))
    for button in ({}, {"check": "1"}):
        reply = page.send("/manage/exams/new", **given, **button)
        assert reply.status_code == 422 and "sections-1-kind-error" not in reply.text
        error = re.search(r'id="sections-1-count-error">(.*?)</p>', reply.text, re.DOTALL)[1]
        assert "wanted 9, found 3, missing 6" in error
    assert len(drafts(app)) == 1


def test_trying_it_out_says_that_nothing_is_wrong_and_saves_nothing(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/exams/new")
    page.send("/manage/exams/new", **fields(stage), check="1")
    assert "Nothing is wrong: papers can be drawn like this." in page.words and 'value="期末考试"' in page.last.text
    assert len(drafts(app)) == 1


def test_an_exam_is_changed_before_it_opens_and_not_after(browse, stage, app):
    page = browse("trainer")
    page.open("/manage/exams/new")
    page.send("/manage/exams/new", **fields(stage))
    made, before = drafts(app)[-1]
    page.open(f"/manage/exams/{made}/edit")
    assert 'value="24:00"' in page.last.text and 'value="1.5"' in page.last.text
    page.send(f"/manage/exams/{made}/edit", **fields(stage, title="改期的考试", closes_time="20:00"))
    _, after = drafts(app)[-1]
    assert (after.title, after.opens_at, before.closes_at - after.closes_at) == (
        "改期的考试", before.opens_at, timedelta(hours=4),
    )  # fmt: skip
    assert page.open(f"/manage/exams/{stage.exam}/edit").status_code == 409
    assert page.send(f"/manage/exams/{stage.exam}/edit", **fields(stage)).status_code == 409


def test_g9_fields_that_no_form_has_change_nothing(browse, stage, app):
    """G9: mass assignment on the exam's forms."""
    page = browse("trainer")
    page.open("/manage/exams/new")
    extra = {"id": "1", "public_id": "mine", "unit_id": "1", "released_at": "2020-01-01", "grace_seconds": "9999",
             "created_by_id": "1", "limit_seconds": "1", "pass_share_milli": "0", "sections-0-points": "99"}  # fmt: skip
    page.send("/manage/exams/new", **fields(stage), **extra)
    made, draft = drafts(app)[-1]
    assert made != "mine" and (draft.limit_seconds, draft.pass_share_milli) == (2400, 700)
    page.open(f"/manage/exams/{made}/edit")
    page.send(f"/manage/exams/{made}/edit", **fields(stage, campaign="another"), **extra)
    with app.app_context():
        from quizapp.services.exams import get_exam

        exam = get_exam(made)
        assert (exam.grace_seconds, exam.released_at, exam.blueprint["sections"][0]["points_milli"]) == (30, None, 2000)


def test_the_next_townships_trainer_finds_none_of_our_exams(browse, stage, app, next_door):
    page = browse("next-door")
    page.open("/manage/exams")
    assert "示例考试" not in page.words
    for way in ("", "/preview", "/papers", "/papers/0", "/papers/0/pdf", "/participation", "/close", "/release", "/edit"):
        assert page.open(f"/manage/exams/{stage.exam}{way}").status_code == 404, way
    page.open("/manage/exams/new")
    assert stage.campaign not in page.last.text and 'value="stage"' not in page.last.text
    assert page.send("/manage/exams/new", **fields(stage)).status_code == 422
    for way in ("closing", "releasing"):
        assert page.send(f"/manage/exams/{stage.exam}/{way}").status_code == 404, way
    assert drafts(app)[-1][1].closes_at > stage.now


def test_the_list_counts_what_is_going_on(browse, stage, app, cast):
    from quizapp.services.attempts import start

    with app.app_context():
        start.start(cast.actor("trainee"), stage.exam, stage.now)
    for who in ("trainer", "township_leader", "admin", "village_leader"):
        page = browse(who)
        page.open("/manage/exams")
        assert "示例考试" in page.words and "at it now 1 · handed in 0 · marked 0" in page.words


def test_closing_an_exam_that_nobody_is_at_takes_one_person(browse, stage):
    page = browse("trainer")
    page.open(f"/manage/exams/{stage.exam}/close")
    assert "0 people are at it now: their answers are taken in as they stand." in page.words
    assert "the results are released and everybody sees score, key and ranking" in page.words
    page.send(f"/manage/exams/{stage.exam}/closing")
    assert "0 taken in, 0 marked. The results are released." in page.words and "Results are out" in page.words
    page.open(f"/manage/exams/{stage.exam}/close")
    assert "This exam is not open." in page.words


def test_a_leader_releases_by_hand_once_everything_is_marked(browse, app, cast):
    from tests.stage import set_up

    with app.app_context():
        stage = set_up(release_rule="by_hand")
    leader = browse("township_leader")
    assert leader.send(f"/manage/exams/{stage.exam}/releasing").status_code == 409
    trainer = browse("trainer")
    trainer.open(f"/manage/exams/{stage.exam}/close")
    assert "The results stay closed until somebody releases them by hand." in trainer.words
    trainer.send(f"/manage/exams/{stage.exam}/closing")
    assert "Being marked" in trainer.words
    leader.open(f"/manage/exams/{stage.exam}/release")
    assert "This cannot be undone." in leader.words
    leader.send(f"/manage/exams/{stage.exam}/releasing")
    assert "The results are released." in leader.words and "Results are out" in leader.words


def test_a_preview_shows_keys_to_trainers_only(browse, stage):
    page = browse("trainer")
    page.open(f"/manage/exams/{stage.exam}/preview")
    assert page.last.text.count("question-box") == 8 and "Right answer" in page.words and "解释" in page.words
    page = browse("admin")
    page.open(f"/manage/exams/{stage.exam}/preview")
    assert page.last.text.count("question-box") == 8
    assert "Right answer" not in page.words and "解释" not in page.words and "is-right" not in page.last.text


def test_participation_tells_who_is_missing_by_village_without_scores(browse, stage):
    page = browse("trainer")
    page.open(f"/manage/exams/{stage.exam}/participation")
    assert "柳塘村" in page.words and "2 people have not taken part yet" in page.words
    assert "周小满" not in page.words, "names are for leaders"
    assert f"/exams/{stage.exam}" in page.words
    page.open(f"/manage/exams/{stage.exam}/participation?unit={NEXT_VILLAGE}")
    assert "石桥社区 · 示例考试: 1 person has not taken part yet" in page.words
    page = browse("village_leader")
    page.open(f"/manage/exams/{stage.exam}/participation?unit={NEXT_VILLAGE}")
    assert "石桥社区" not in page.words and "1 person has not taken part yet" in page.words
    assert f"/turnout/{stage.exam}" in page.last.text
    page.open(f"/turnout/{stage.exam}?unit={VILLAGE}")
    assert "周小满" in page.words


def test_an_exam_opens_at_the_beginning_of_a_day_and_closes_at_the_end_of_one(browse, stage, app):
    page, day = browse("trainer"), (stage.now.astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)).date()
    page.open("/manage/exams/new")
    page.send("/manage/exams/new", **fields(stage, opens_on=day, opens_time="00:00", closes_on=day))
    told = f"{day.day} {day:%b} 00:00"
    made = drafts(app)[-1][0]
    assert f"{told} to" in page.words and f"{day.day} {day:%b} 24:00" in page.words
    for path in ("/manage/exams", f"/campaigns/{stage.campaign}", "/readiness"):
        reader = browse("township_leader" if path == "/readiness" else "trainer")
        reader.open(path)
        assert told in reader.words, path
    for path in ("/", "/exams", f"/exams/{made}"):
        trainee = browse("trainee")
        trainee.open(path)
        assert told in trainee.words, path
