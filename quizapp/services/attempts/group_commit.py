"""Group commit for SQLite: whoever gets to write takes along what others have queued, in one durable commit."""

from collections import deque

from sqlalchemy.exc import DBAPIError

from quizapp.rules.errors import Refusal
from quizapp.rules.words import N_
from quizapp.services.transaction import STORAGE_FAULTS, note_fault, writer_lock

LARGEST_GROUP = 128
LONGEST_QUEUE = 2048
PATIENCE_SECONDS = 20


class Busy(Refusal):
    """The write could not be made durable now; what was sent must be kept and sent again."""

    status = 503
    type = "busy"
    retry_after = 2

    def __init__(self):
        super().__init__(
            N_("The server cannot save at this moment. Your answers stay on your phone and are sent again.")
        )


class _Wish:
    """A batch on its way: what `apply` returned or what went wrong, once that is certain."""

    __slots__ = ("batch", "outcome", "error", "is_done")

    def __init__(self, batch):
        self.batch, self.outcome, self.error, self.is_done = batch, None, None, False


class GroupCommit:
    """Runs batches (objects with `apply(connection)`) in the order of their coming.

    There is no thread of its own: callers queue for the writer's lock, and the one that gets it commits everything
    that is waiting. At ease a save costs one commit; in a rush one commit carries up to LARGEST_GROUP of them.
    """

    def __init__(self, engine):
        self.engine = engine
        self.waiting: deque[_Wish] = deque()
        self.connection = None

    def run(self, batch):
        """Return what `batch.apply` returned, once it is durable. Raises Busy, or what `apply` raised."""
        if len(self.waiting) >= LONGEST_QUEUE:
            raise Busy()
        wish = _Wish(batch)
        self.waiting.append(wish)
        if not writer_lock.acquire(timeout=PATIENCE_SECONDS):
            raise Busy()  # whoever writes will still come to it; sent again, it changes nothing
        try:
            while not wish.is_done:
                self._work_off()
        finally:
            writer_lock.release()
        if wish.error is not None:
            raise wish.error
        return wish.outcome

    def _work_off(self) -> None:
        group = [self.waiting.popleft() for _ in range(min(len(self.waiting), LARGEST_GROUP))]
        try:
            self._commit(group)
        except Exception as error:
            if len(group) == 1:
                self._fail(group[0], error)
            else:
                self._commit_one_by_one(group)

    def _commit_one_by_one(self, group: list[_Wish]) -> None:
        """A bad batch spoils only itself: the others get a commit of their own."""
        for wish in group:
            try:
                self._commit([wish])
            except Exception as error:
                self._fail(wish, error)

    def _commit(self, group: list[_Wish]) -> None:
        if self.connection is None:
            self.connection = self.engine.connect().execution_options(writes=True)
        try:
            with self.connection.begin():
                outcomes = [wish.batch.apply(self.connection) for wish in group]
        except STORAGE_FAULTS:
            note_fault()
            self._drop_connection()
            raise
        except BaseException:
            self._drop_connection()
            raise
        for wish, outcome in zip(group, outcomes, strict=True):
            wish.outcome, wish.is_done = outcome, True

    def _drop_connection(self) -> None:
        """After a failed commit nothing is known of a connection: throw it away."""
        broken, self.connection = self.connection, None
        broken.invalidate()
        broken.close()

    @staticmethod
    def _fail(wish: _Wish, error: Exception) -> None:
        wish.error, wish.is_done = (Busy() if isinstance(error, DBAPIError) else error), True
