"""The first page: one thing to press for a trainee, who is missing for a leader."""

from pathlib import Path

from tests.cast import NEXT_VILLAGE, TOWNSHIP, VILLAGE


def hand_in(app, cast, stage, login: str) -> None:
    from quizapp.services.attempts import finish, start

    with app.app_context():
        actor = cast.actor(login)
        running = start.start(actor, stage.exam, stage.now)
        finish.submit(running.attempt_id, actor.person_id, 1, [], stage.now)


def test_a_trainee_sees_the_open_exam_first_and_the_reading_that_is_not_finished(browse, stage):
    page = browse("trainee")
    page.open("/")
    assert page.words.index("示例考试") < page.words.index("流动人口服务手册")
    assert "To the exam" in page.words and "0 of 3 articles" in page.words
    assert page.last.text.count("button is-main") == 1


def test_a_running_exam_is_gone_on_with_and_a_finished_one_has_a_receipt(browse, stage, app, cast):
    from quizapp.services.attempts import start

    with app.app_context():
        start.start(cast.actor("trainee"), stage.exam, stage.now)
    page = browse("trainee")
    page.open("/")
    assert "Go on with the exam" in page.words
    hand_in(app, cast, stage, "trainee")
    page.open("/")
    assert "Handed in" in page.words and "To the exam" not in page.words


def test_a_day_without_anything_says_so(browse):
    page = browse("trainee")
    page.open("/")
    assert "Nothing is due today" in page.words


def test_a_township_leader_sees_who_is_missing_village_by_village(browse, stage, app, cast):
    hand_in(app, cast, stage, "trainee")
    page = browse("township_leader")
    page.open("/")
    assert "1 of 2 handed in" in page.words and "石桥社区" in page.words
    page.open(f"/turnout/{stage.exam}")
    assert "吴立秋" in page.words and "周小满" not in page.words


def test_a_village_leader_sees_the_own_village_alone(browse, stage):
    page = browse("village_leader")
    page.open("/")
    assert "0 of 1 handed in" in page.words
    page.open(f"/turnout/{stage.exam}")
    assert "柳塘村" in page.words and "周小满" in page.words and "吴立秋" not in page.words
    assert page.open(f"/turnout/{stage.exam}?unit={NEXT_VILLAGE}").status_code == 404
    assert page.open(f"/turnout/{stage.exam}?unit={VILLAGE}").status_code == 200


def test_strangers_and_trainees_see_nobodys_turnout(browse, stage):
    stranger = browse("stranger_leader")
    stranger.open("/")
    assert "示例考试" not in stranger.words
    assert stranger.open(f"/turnout/{stage.exam}").status_code == 404
    assert browse("trainee").open(f"/turnout/{stage.exam}").status_code == 403


def test_an_excused_person_is_not_missing(browse, stage, app, cast):
    from quizapp.services import campaigns

    with app.app_context():
        campaigns.excuse(cast.actor("township_leader"), stage.campaign, cast.ids["neighbour"], "产假", stage.now)
    page = browse("township_leader")
    page.open(f"/turnout/{stage.exam}")
    assert "吴立秋" not in page.words and "1 excused" in page.words


def test_a_trainer_sees_the_files_and_questions_that_wait(browse, stage):
    page = browse("trainer")
    page.open("/")
    assert "Question banks" not in page.open("/").text.split("<main")[1]
    for number in range(4):
        page.open("/manage/banks/new")
        page.send("/manage/banks/new", text=f"1. 第{number}盏灯要亮。（√）", unit=TOWNSHIP)
    page.open("/")
    assert "not taken in yet" in page.words and "and 1 more" in page.words and page.last.text.count("Pasted text.txt") == 3


def test_a_file_that_an_earlier_version_kept_is_still_gone_on_with(browse, stage, app):
    """It was one line; now its name stands in a line of its own, and no list reads the questions."""
    page = browse("trainer")
    page.open("/manage/banks/new")
    page.send("/manage/banks/new", text="1. 灯要亮。（√）", unit=TOWNSHIP)
    address = page.last.request.path
    [path] = Path(app.instance_path).glob("uploads/*.json")
    head, body = path.read_text().split("\n")
    path.write_text(f"{head[:-1]},{body[1:]}")
    page.open("/")
    assert address in page.last.text
    page.open(address)
    assert "灯要亮" in page.words
