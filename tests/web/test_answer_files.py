"""Taking an answer file in on the page: as a file, as text, from a QR code's address; and what the leader then sees."""

import base64
from io import BytesIO

import pytest

from quizapp.services.attempts import start
from tests.cast import sign_in
from tests.sealing import sealed
from tests.stage import keys_in_paper


@pytest.fixture
def file(app, cast, stage) -> str:
    """What the trainee's phone holds of the first two questions."""
    with app.app_context():
        attempt = start.start(cast.actor("trainee"), stage.exam, stage.now).attempt_id
        answers = [[slot, seq, value] for seq, (slot, value) in enumerate(list(keys_in_paper(attempt).items())[:2], 1)]
    client = app.test_client()
    token = sign_in(client, "trainee")
    reply = client.post(f"/api/v1/exams/{stage.exam}/attempts", json={}, headers={"X-CSRFToken": token})
    key = base64.urlsafe_b64decode(reply.json["answer_file_key"] + "=")
    return sealed(attempt, key, {"epoch": 1, "answers": answers})


def test_e9_a_leader_uploads_it_and_sees_what_came_in(browse, file):
    """E9: by the key that the start gave; the same once more says so."""
    page = browse("village_leader")
    page.open("/answer-files")
    page.send("/answer-files", file=(BytesIO(file.encode()), "answers.txt"))
    assert "Taken in." in page.last.text and "2 answers came in time and count." in page.words
    assert "周小满 · 柳塘村" in page.words and "王清明" in page.words
    page.open("/answer-files")
    page.send("/answer-files", text=f"  {file}\n")
    assert "This file had been taken in before; nothing was changed." in page.last.text


def test_a_qr_code_brings_the_text_along(browse, file):
    page = browse("village_leader")
    page.open(f"/answer-files?text={file}")
    assert file in page.last.text
    page.send("/answer-files", text=file)
    assert "2 answers came in time and count." in page.words


def test_e9_a_changed_file_is_refused_with_a_sentence_and_the_text_stays(browse, file):
    """E9: nothing of what was pasted is lost."""
    page = browse("village_leader")
    page.open("/answer-files")
    broken = file[:-3] + "AAA"
    assert page.send("/answer-files", text=broken).status_code == 422
    assert "This answer file was changed, cut off, or not made for this site" in page.words and broken in page.last.text
    for nothing in ("", "hello"):
        assert page.send("/answer-files", text=nothing).status_code == 422
        assert "This is not an answer file." in page.words
    reply = page.send("/answer-files", file=(BytesIO(b"\xff\xfe\x00\x01"), "photo.jpg"))
    assert reply.status_code == 422


def test_the_stranger_learns_nothing_by_it(browse, file):
    page = browse("stranger_leader")
    page.open("/answer-files")
    assert page.send("/answer-files", text=file).status_code == 422
    assert "or its person is not of your units" in page.words and "周小满" not in page.words
