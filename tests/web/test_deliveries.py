"""Deliveries as pages: how they stand in words, sending again, and what the embedded receiver holds."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from quizapp.extensions import db
from quizapp.services.deliveries import sending
from quizapp.services.evaluation import publishing
from tests.cast import TOWNSHIP


@pytest.fixture
def published(app, released):
    """Two sheets wait for the embedded receiver."""
    with app.app_context():
        publishing.publish(None, released.campaign, released.over)
    return released


@pytest.fixture
def leader(browse, published):
    return browse("township_leader")


def run(app, now=None) -> int:
    with app.app_context():
        return sending.deliver_due(now or datetime.now(UTC))


def test_the_state_is_told_in_words_before_and_after(leader, app):
    leader.open("/deliveries")
    assert leader.words.count("On its way") == 2 and "Send now" in leader.words
    assert run(app) == 2
    leader.open("/deliveries")
    assert leader.words.count("Delivered and acknowledged") == 2 and "Send now" not in leader.words


def test_what_has_not_arrived_for_long_is_red_and_says_why(leader, app, published):
    with app.app_context():
        db.session.execute(text("UPDATE receivers SET kind = 'http', url = 'http://127.0.0.1:9/'"))
        db.session.commit()
    run(app, published.over + timedelta(minutes=16))
    leader.open("/deliveries?state=failing")
    assert "2 sheets have not arrived for more than 15 minutes" in leader.words
    assert leader.words.count("Tried 1 time.") == 2
    assert "The secret shared with this receiver is missing or damaged (FileNotFoundError)." in leader.words


def test_send_now_puts_it_first(leader, app):
    with app.app_context():
        db.session.execute(text("UPDATE deliveries SET next_at = 9999999999999"))
        db.session.commit()
    assert run(app) == 0
    leader.open("/deliveries")
    form = leader.last.text.split('action="/deliveries/')[1].split('"')[0]
    leader.send(f"/deliveries/{form}")
    assert "It goes first now" in leader.words
    assert run(app) == 1


def test_the_embedded_receiver_shows_what_it_holds_and_whether_the_signature_is_valid(leader, app):
    leader.open(f"/received/embedded-{TOWNSHIP}")
    assert "Nothing has arrived yet" in leader.words
    run(app)
    leader.open(f"/received/embedded-{TOWNSHIP}")
    assert leader.words.index("柳塘村") < leader.words.index("石桥社区")
    assert leader.words.count(" valid") == 2 and "1 of 2" in leader.words


def test_a_copy_that_was_changed_is_not_called_valid(leader, app):
    run(app)
    with app.app_context():
        changed = "UPDATE received_events SET body = replace(body, '\"rank\"\\:2', '\"rank\"\\:1')"
        db.session.execute(text(changed))
        db.session.commit()
    leader.open(f"/received/embedded-{TOWNSHIP}")
    assert "A sheet here is not as it was signed" in leader.words and "not valid" in leader.words


def test_the_next_township_sees_none_of_it(browse, published):
    page = browse("stranger_leader")
    page.open("/deliveries")
    assert "No deliveries here" in page.words and "柳塘村" not in page.words
    assert page.open(f"/received/embedded-{TOWNSHIP}").status_code == 404
