"""Taking a bank away through the browser: what is lost is said before, and the file comes with its name."""

import io

from quizapp.services.readers import banks


def test_a_trainer_sees_what_a_format_does_not_hold_and_takes_the_bank_away(browse, stage):
    page = browse("trainer")
    page.open("/banks/stage")
    assert 'href="/banks/stage/export"' in page.last.text
    page.open("/banks/stage/export")
    assert "Holds everything of every question." in page.words and "Lost: the cited articles." in page.words
    reply = page.send("/banks/stage/export", to="docx")
    assert reply.status_code == 200
    assert reply.headers["Content-Disposition"] == "attachment; filename=stage.docx; filename*=UTF-8''stage.docx"
    assert reply.headers["Cache-Control"] == "no-store"
    assert len(banks.read(io.BytesIO(reply.data), {})["questions"]) == 12


def test_what_the_list_was_narrowed_to_is_what_is_taken_away(browse, stage):
    page = browse("trainer")
    page.open("/banks/stage?kind=true_false")
    assert 'href="/banks/stage/export?kind=true_false"' in page.last.text
    page.open("/banks/stage/export?kind=true_false")
    assert "What was found in “示例题库” (3)" in page.words and 'action="/banks/stage/export?kind=true_false"' in page.last.text
    reply = page.send("/banks/stage/export?kind=true_false", to="xlsx")
    assert {one["kind"] for one in banks.read(io.BytesIO(reply.data), {})["questions"]} == {"true_false"}
    page.open("/banks/stage/export?q=nothing")
    assert page.send("/banks/stage/export?q=nothing", to="xlsx").status_code == 422


def test_an_unknown_format_is_refused_on_the_page(browse, stage):
    page = browse("trainer")
    page.open("/banks/stage/export")
    assert page.send("/banks/stage/export", to="exe").status_code == 422
    assert "Please choose one of the formats." in page.words


def test_templates_are_offered_where_a_file_is_chosen(browse):
    page = browse("trainer")
    page.open("/manage/banks/new")
    for ending in ("xlsx", "docx"):
        assert f'href="/manage/banks/template.{ending}"' in page.last.text
        reply = page.client.get(f"/manage/banks/template.{ending}")
        assert reply.status_code == 200 and reply.data.startswith(b"PK")


def test_that_a_bank_was_taken_away_stands_in_the_trail(browse, stage):
    page = browse("trainer")
    page.open("/banks/stage/export")
    page.send("/banks/stage/export", to="gift")
    auditor = browse("auditor")
    auditor.open("/audit")
    assert "taken away as a file" in auditor.words and "format: gift" in auditor.words
