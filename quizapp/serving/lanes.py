"""The lanes that requests wait in: answers never stand behind pages, and every queue has an end."""

import queue
import threading
from collections.abc import Callable

from quizapp.serving.limits import LaneLimits

ANSWERS = ("/api/v1/attempts/", "/attempts/")
HEALTH = ("/healthz", "/readyz", "/metrics")
SIGN_IN = ("/sign-in", "/api/v1/session")
WRITES = ("PUT", "POST")
# What leaders and the hall look at, and what is taken away as a file: the first to give way when answers wait.
BOARDS = ("/ranking", "/evaluation", "/turnout/", "/audit", "/deliveries", "/received/", "/api/v1/rankings/",
          "/api/v1/evaluations/")  # fmt: skip
LIVE = ("/live", "/participation", "/screen")
EXPORTS = (".xlsx", ".docx", "/sheet", "/export")


def lane_of(method: str, path: str, content_type: str = "") -> str:
    """Return the name of the lane for a request.

    Saving and handing in go first, with the token that a save may have to fetch; a sign-in, which waits for a slow
    hash, stands in nobody's way but another sign-in's, a file being taken in but another file's, and boards and
    exports in nobody's who sits an exam; asking for health never waits for any of them.
    """
    if path.startswith(ANSWERS) and method in WRITES or path == "/api/v1/csrf":
        return "answers"
    if path in HEALTH:
        return "health"
    if path in SIGN_IN and method == "POST":
        return "sign-in"
    if content_type.startswith("multipart/"):
        return "files"
    if path.endswith(EXPORTS) and (method == "GET" or path.endswith("/export")):
        return "exports"
    return "boards" if method == "GET" and (path.startswith(BOARDS) or path.endswith(LIVE)) else "pages"


def sender_of(path: str, cookie: str | None) -> tuple | None:
    """Return what a save is paced by: its attempt and its session, so that nobody can use up what is another's.

    None for whatever is no save: all who have no session yet ask for their token alike.
    """
    return (path.rpartition("/")[0], cookie) if path.startswith(ANSWERS) else None


class Lane:
    """A bounded queue and the threads that work it off."""

    def __init__(self, name: str, limits: LaneLimits, work: Callable):
        """Start the threads; each calls `work(request)`, which never raises."""
        self.limits = limits
        self.queue: queue.SimpleQueue = queue.SimpleQueue()
        for number in range(limits.threads):
            threading.Thread(target=self._run, args=(work,), name=f"{name}-{number}", daemon=True).start()

    def take(self, request) -> bool:
        """Queue a request; False when the lane is full. Called from the event loop alone."""
        if self.queue.qsize() >= self.limits.waiting:
            return False
        self.queue.put(request)
        return True

    @property
    def waiting(self) -> int:
        """How many requests no thread has begun yet."""
        return self.queue.qsize()

    def _run(self, work: Callable) -> None:
        while True:
            work(self.queue.get())
