"""The clock of a process: it goes by the instance's time, and looks again and again whether the wall still agrees."""

import logging
import threading
from datetime import datetime

from quizapp.serving import clock

EVERY_SECONDS = 2
log = logging.getLogger("quizapp")


def application():
    """Return the application with a watch over its clock, as a process makes it that answers requests handed over."""
    from quizapp import create_app

    app = create_app()
    keep_watch(app)
    return app


def look(app) -> int:
    """Go by the instance's time from now on; return by how many ms the wall's clock is ahead of it, 0: they agree."""
    from quizapp.services import time_keeping

    with app.app_context():
        kept = time_keeping.look(clock.boot(), clock.steady_ms, clock.wall_ms)
    clock.carry_on(kept.offset_ms)
    return kept.jump_ms


def now(app) -> datetime:
    """Return the instance's time; the tables must be there."""
    look(app)
    return clock.now()


def keep_watch(app) -> None:
    """Look once, then go on looking in a thread for as long as the process lives; a jump is written down at once."""
    watch = Watch(app)
    watch.look()
    threading.Thread(target=watch.go_on, name="clock", daemon=True).start()


class Watch:
    """What one process has said about the clock so far."""

    def __init__(self, app):
        self.app, self.said, self.over = app, 0, threading.Event()

    def look(self) -> None:
        """Look once; what goes wrong is written down and made up for by the next look."""
        try:
            jump = look(self.app)
        except Exception:
            log.exception("clock")
            return
        if jump and not self.said:
            told = {"ahead_seconds": jump / 1000, "stopped": "closing, marking, releasing"}
            log.error("clock jumped", extra=told)
        elif self.said and not jump:
            log.warning("clock agrees again")
        self.said = jump

    def go_on(self) -> None:
        """Look every other second."""
        while not self.over.wait(EVERY_SECONDS):
            self.look()
