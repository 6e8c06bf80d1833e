"""Files that people bring: opened and understood in a fenced child process, never in the server itself."""

from quizapp.rules.errors import Refusal


class Unreadable(Refusal):
    """The file cannot be read at all; `code` says why and `place` where, when it is one place."""

    status = 422
    type = "unreadable"

    def __init__(self, code: str, message: str, place: str = "", /, **params):
        super().__init__(message, **params)
        self.code, self.place = code, place
