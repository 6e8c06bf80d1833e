"""A new version of the client is deployed in the middle of a test."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.seat import NETWORK_NOISE, ExamHall
from tests.live import PROJECT


@pytest.fixture
def live_server(demo_template, tmp_path):
    """A demo of this test's own: it is served by two versions of the program."""
    hall = ExamHall(tmp_path / "hall").fill(demo_template)
    yield hall
    hall.kill()


@pytest.fixture
def deploy_next(live_server, tmp_path):
    """A function that goes on serving with a later version, whose page knows other names and another script."""

    def deploy_next() -> None:
        for folder in ("quizapp", "migrations"):
            shutil.copytree(PROJECT / folder, tmp_path / "next" / folder)
        package = tmp_path / "next/quizapp"
        script = package / "static/exam/exam.js"
        (package / "static/exam/next.js").write_text(script.read_text())
        script.unlink()
        page = package / "templates/attempts/exam.html"
        page.write_text(page.read_text().replace("exam/exam.js", "exam/next.js"))
        for file in (page, package / "static/exam/screen.js"):
            file.write_text(file.read_text().replace("state-text", "state-words"))
        live_server.stop()
        live_server.settings["PYTHONPATH"] = str(tmp_path / "next")
        live_server.start()

    return deploy_next


def test_e8_the_old_page_keeps_saving_and_needs_no_file_of_its_version(seat, deploy_next, live_server, watch):
    """E8, I-11: no forced reload; a reload without network still works; with it the new version comes by itself."""
    watch.expect(NETWORK_NOISE)
    page = seat.page
    expected = seat.answer_all(1, 1)
    seat.expect_saved()
    seat.wait_until_kept()
    page.evaluate("window.isTheSamePage = true")
    deploy_next()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expected |= seat.answer_all(2, 3)
    seat.expect_saved(seconds=40)
    assert page.evaluate("window.isTheSamePage")
    assert seat.standing() == expected

    page.context.set_offline(True)
    page.reload()
    seat.wait()
    expected |= seat.answer_all(4, 4)
    page.context.set_offline(False)
    seat.expect_saved(seconds=40)
    assert seat.standing() == expected

    page.reload()
    seat.wait()
    expect(page.locator("#state-words")).to_have_text("已保存")
    assert "next.js" in page.content()
    seat.wait_until("async () => (await caches.keys()).every((name) => name.endsWith('next.js'))")
    assert "next.js" in page.evaluate("async () => (await (await caches.match('/exam-shell')).text())")
