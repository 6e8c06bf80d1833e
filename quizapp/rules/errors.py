"""Refusals: exceptions that carry a sentence for a person; one place turns them into pages, problems and exit codes."""

from dataclasses import dataclass, field

from quizapp.rules.words import N_


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with some input: a stable code, a marked sentence, and where it stands."""

    code: str
    message: str
    place: str = ""
    params: dict = field(default_factory=dict)
    severity: str = "error"  # or "warning": worth a look, not in the way


class Refusal(Exception):
    """Something was asked that will not be done; `message` is a marked sentence with %(name)s for `params`."""

    status = 400
    type = "refused"

    def __init__(self, message: str, **params):
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


class NotFound(Refusal):
    """There is no such thing, or not for this person; the two are not told apart."""

    status = 404
    type = "not-found"


class NotAllowed(Refusal):
    """The role of the person does not allow the deed."""

    status = 403
    type = "not-allowed"


class Conflict(Refusal):
    """The thing is no longer, or not yet, in a state that allows the deed."""

    status = 409
    type = "conflict"


class Invalid(Refusal):
    """The input is wrong; every problem found is listed."""

    status = 422
    type = "invalid"

    def __init__(self, problems: list[Problem], message: str = N_("Something in the input is not right.")):
        super().__init__(message)
        self.problems = problems


class TooMany(Refusal):
    """Too often; `retry_after` seconds later it may work."""

    status = 429
    type = "too-many"

    def __init__(self, message: str, retry_after: int, **params):
        super().__init__(message, **params)
        self.retry_after = retry_after
