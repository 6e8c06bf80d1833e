"""Group commit for SQLite: one writer thread, many saves a commit, an answer to each only after it."""

import queue
import threading
from concurrent.futures import Future

from sqlalchemy.exc import OperationalError

from quizapp.rules.errors import Refusal
from quizapp.rules.words import N_
from quizapp.services.transaction import writer_lock

LARGEST_GROUP = 128
LONGEST_QUEUE = 4096
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


class GroupCommit:
    """Runs batches (objects with `apply(connection)`) in the order of their coming."""

    def __init__(self, engine):
        self.engine = engine
        self.waiting: queue.Queue = queue.Queue(LONGEST_QUEUE)
        self.thread = threading.Thread(target=self._work, name="group-commit", daemon=True)
        self.thread.start()

    def run(self, batch):
        """Return what `batch.apply` returned, once it is durable. Raises Busy or what `apply` raised."""
        future: Future = Future()
        try:
            self.waiting.put_nowait((batch, future))
        except queue.Full:
            raise Busy() from None
        try:
            return future.result(PATIENCE_SECONDS)
        except TimeoutError:
            raise Busy() from None

    def _work(self) -> None:
        while True:
            group = [self.waiting.get()]
            while len(group) < LARGEST_GROUP:
                try:
                    group.append(self.waiting.get_nowait())
                except queue.Empty:
                    break
            try:
                self._commit(group)
            except Exception as error:
                if len(group) == 1:
                    self._fail(group[0], error)
                else:
                    self._commit_one_by_one(group)

    def _commit_one_by_one(self, group) -> None:
        """A bad batch spoils only itself: the others get a commit of their own."""
        for pair in group:
            try:
                self._commit([pair])
            except Exception as error:
                self._fail(pair, error)

    def _commit(self, group) -> None:
        with writer_lock, self.engine.connect().execution_options(writes=True) as connection:
            try:
                with connection.begin():
                    outcomes = [batch.apply(connection) for batch, _ in group]
            except Exception:
                connection.invalidate()  # after a failed commit nothing is known of this connection
                raise
        for (_, future), outcome in zip(group, outcomes, strict=True):
            future.set_result(outcome)

    @staticmethod
    def _fail(pair, error: Exception) -> None:
        pair[1].set_exception(Busy() if isinstance(error, OperationalError) else error)
