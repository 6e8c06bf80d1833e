"""The page of what waits for a second person, and closing an exam early by way of it."""

from datetime import UTC, datetime

from quizapp.services.attempts import start


def begin(app, cast, stage) -> None:
    with app.app_context():
        start.start(cast.actor("trainee"), stage.exam, datetime.now(UTC))


def propose(browse, stage):
    page = browse("trainer")
    page.open(f"/manage/exams/{stage.exam}/close")
    page.send(f"/manage/exams/{stage.exam}/closing", reason="考场停电")
    return page


def test_c11_closing_names_what_it_costs_and_waits_for_a_second_person(browse, stage, app, cast):
    """C11: the dry run on the page, the proposal, the leader's first page, the deed."""
    begin(app, cast, stage)
    page = browse("trainer")
    page.open(f"/manage/exams/{stage.exam}/close")
    assert "1 person is at it now: their answers are taken in as they stand." in page.words
    assert "Of them 1 would lose time, up to 60 minutes." in page.words
    assert "the results are released and everybody sees score, key and ranking" in page.words
    assert page.send(f"/manage/exams/{stage.exam}/closing", reason=" ").status_code == 422
    page.send(f"/manage/exams/{stage.exam}/closing", reason="考场停电")
    assert "Somebody else has to decide; the exam goes on until then." in page.last.text
    page.open(f"/manage/exams/{stage.exam}/close")
    assert "It has been proposed already." in page.words
    leader = browse("township_leader")
    leader.open("/")
    assert "Waiting for your decision 1 proposal of somebody else" in leader.words
    leader.open("/decisions")
    assert "Close an exam early" in leader.words and "郑惊蛰" in leader.words
    link = leader.last.text.split('href="/decisions/')[1].split('"')[0]
    leader.open(f"/decisions/{link}")
    assert "Of them 1 would lose time" in leader.words and "考场停电" in leader.words
    leader.send(f"/decisions/{link}/acceptance")
    assert "Agreed and done." in leader.last.text and "agreed and done" in leader.words
    page.open(f"/manage/exams/{stage.exam}")
    assert "Results are out" in page.words


def test_a_proposer_may_take_it_back_and_sees_no_button_to_agree(browse, stage, app, cast):
    begin(app, cast, stage)
    page = propose(browse, stage)
    link = page.last.request.path
    assert "A second person has to decide this." in page.words and "Agree, and have it done" not in page.words
    assert page.send(f"{link}/acceptance").status_code == 403
    page.open(link)
    page.send(f"{link}/withdrawal")
    assert "taken back" in page.words


def test_refusing_without_a_reason_says_so_and_with_one_tells_the_proposer(browse, stage, app, cast):
    begin(app, cast, stage)
    page = propose(browse, stage)
    link, leader = page.last.request.path, browse("township_leader")
    leader.open(link)
    assert leader.send(f"{link}/refusal", reason="").status_code == 422
    leader.send(f"{link}/refusal", reason="已恢复供电")
    page.open(link)
    assert "已恢复供电" in page.words and "refused" in page.words


def test_nobody_sees_what_lies_in_the_next_township(browse, stage, app, cast):
    begin(app, cast, stage)
    link = propose(browse, stage).last.request.path
    stranger = browse("stranger_leader")
    assert stranger.open(link).status_code == 404
    stranger.open("/decisions")
    assert "考场停电" not in stranger.words and "Nothing waits for you" in stranger.words
