"""The pulse beside a server's requests: a thread that keeps saying that this process serves."""

import atexit
import logging
import threading
import time

from quizapp.cli import timekeeping
from quizapp.serving import clock


def application():
    """Return the application with its pulse going, as each of several serving processes makes it."""
    from quizapp import create_app

    return with_pulse(create_app())


def with_pulse(app):
    """Start the pulse and the clock of an application and return it; at the end of the process it beats once more."""
    timekeeping.keep_watch(app)
    keeper = Pulse(app)
    keeper.beat()
    threading.Thread(target=keeper.go_on, name="pulse", daemon=True).start()
    atexit.register(keeper.beat)
    return app


class Pulse:
    """One process's pulse; a beat that fails (the disk is full, the database is gone) is made up for by the next."""

    def __init__(self, app):
        self.app, self.span, self.lock = app, None, threading.Lock()

    def beat(self) -> None:
        """Beat once; what goes wrong is written down."""
        from quizapp.services.invigilation import pulse

        try:
            with self.lock, self.app.app_context():
                self.span = pulse.beat(self.span, clock.now())
        except Exception:
            logging.getLogger("quizapp").exception("pulse")

    def go_on(self) -> None:
        """Beat for as long as the process lives."""
        from quizapp.services.invigilation.pulse import EVERY_SECONDS

        while True:
            time.sleep(EVERY_SECONDS)
            self.beat()
