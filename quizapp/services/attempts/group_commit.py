"""Group commit for SQLite: whoever leads takes along what others have queued, in one durable commit."""

from collections import deque
from threading import Lock

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
    """A batch on its way, its thread waiting at `gate`: what `apply` returned or what went wrong, once it is sure."""

    __slots__ = ("batch", "outcome", "error", "is_done", "is_left", "gate")

    def __init__(self, batch):
        self.batch, self.outcome, self.error, self.is_done, self.is_left = batch, None, None, False, False
        self.gate = Lock()
        self.gate.acquire()

    def settle(self, outcome, error: Exception | None = None) -> None:
        """Let the thread go that waits for it."""
        self.outcome, self.error, self.is_done = outcome, error, True
        self.gate.release()


class GroupCommit:
    """Runs batches (objects with `apply(connection)`) in the order of their coming.

    There is no thread of its own: the first to come leads, commits everything that is waiting, lets those threads go
    and passes the lead on to the next that waits. At ease a save costs one commit; in a rush one commit carries up to
    LARGEST_GROUP of them, and nobody whose answer is on the disk waits for the next commit.
    """

    def __init__(self, engine):
        self.engine = engine
        self.waiting: deque[_Wish] = deque()
        self.connection = None
        self.mutex, self.is_led = Lock(), False  # for what follows; never held while the disk is at work

    def run(self, batch):
        """Return what `batch.apply` returned, once it is durable. Raises Busy, or what `apply` raised."""
        wish = _Wish(batch)
        if self._leads_at_once(wish) or not self._wait(wish):
            self._lead(wish)
        if wish.error is not None:
            raise wish.error
        return wish.outcome

    def _leads_at_once(self, wish: _Wish) -> bool:
        with self.mutex:
            if len(self.waiting) >= LONGEST_QUEUE:
                raise Busy()
            self.waiting.append(wish)
            was_led, self.is_led = self.is_led, True
            return not was_led

    def _wait(self, wish: _Wish) -> bool:
        """Wait until the wish is settled, and return True, or until it is this thread's turn to lead.

        Raises Busy after a while: whoever leads will still come to it; sent again, it changes nothing.
        """
        if wish.gate.acquire(timeout=PATIENCE_SECONDS):
            return wish.is_done
        with self.mutex:
            if wish.gate.acquire(blocking=False):  # at this very moment
                return wish.is_done
            wish.is_left = True
        raise Busy()

    def _lead(self, wish: _Wish) -> None:
        try:
            if not writer_lock.acquire(timeout=PATIENCE_SECONDS):
                raise Busy()
            try:
                while not wish.is_done:
                    self._work_off()
            finally:
                writer_lock.release()
        finally:
            self._pass_on(wish)

    def _pass_on(self, wish: _Wish) -> None:
        with self.mutex:
            wish.is_left = True
            following = next((one for one in self.waiting if not one.is_left), None)
            self.is_led = following is not None
            if following:
                following.gate.release()

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
            wish.settle(outcome)

    def _drop_connection(self) -> None:
        """After a failed commit nothing is known of a connection: throw it away."""
        broken, self.connection = self.connection, None
        broken.invalidate()
        broken.close()

    @staticmethod
    def _fail(wish: _Wish, error: Exception) -> None:
        wish.settle(None, Busy() if isinstance(error, DBAPIError) else error)
