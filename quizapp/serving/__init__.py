"""The program that accepts connections: it stands beside the rooms and knows none of them, only a WSGI application.

An event loop reads requests, bounded and timed, and stamps each with the moment it arrived; threads in separate lanes
run the application, so that saving an answer never waits for a page. `serve` is the way in, `Limits` has every number.
"""

from quizapp.serving.limits import Limits
from quizapp.serving.program import serve

__all__ = ["Limits", "serve"]
