"""Published sheets and a receiver on a real socket that waits for them."""

from datetime import timedelta

import pytest

from quizapp.extensions import db
from quizapp.rules.webhooks import secret_from_text
from quizapp.services.deliveries import receivers
from quizapp.services.evaluation import entered, publishing
from tests.cast import TOWNSHIP, VILLAGE
from tests.receiver import Receiver


@pytest.fixture
def receiver(released):
    """The receiver's own side: it listens, and knows no secret yet."""
    server = Receiver(released.over)
    yield server
    server.stop()


@pytest.fixture
def allow(app):
    """A function that puts places on the list of allowed receivers."""

    def allow(*places: str) -> None:
        object.__setattr__(app.extensions["settings"], "receiver_hosts", ",".join(places))

    return allow


@pytest.fixture
def known(app_context, released, receiver, allow):
    """The township knows the receiver, and the embedded one."""
    db.session.rollback()
    allow(receiver.place)
    added = receivers.add("county", "县平台", receiver.url, TOWNSHIP, released.over)
    receiver.secrets = [secret_from_text(added.secret)]
    return added


@pytest.fixture
def published(known, released):
    """Two sheets are on their way to the receiver."""
    return publishing.publish(None, released.campaign, released.over)


@pytest.fixture
def publish_again(released):
    """A function that changes a village's result and publishes it again so many minutes later."""

    def publish_again(minutes: int, value: int = 900):
        at = released.over + timedelta(minutes=minutes)
        entered.enter(None, released.campaign, VILLAGE, "training", value, "签到表", at)
        return publishing.publish(None, released.campaign, at)

    return publish_again
