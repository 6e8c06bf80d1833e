"""A7: the server is stopped and started again while everybody saves, as at a deploy; nobody notices more than a pause."""

import socket
import time

import pytest

from tests import processes
from tests.faults.crowd import Crowd, lost, seat_in
from tests.live import COMMAND, LiveServer

SEED = 20260731
HAND_OVER = 'exec 3<&"$0"; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'  # as systemd does it: the socket is descriptor 3 (bash: dash knows no number above 9)


@pytest.fixture
def database_kind() -> str:
    """The short seed runs on SQLite alone, where one process serves; `test_a7_in_full` on both."""
    return "sqlite"


@pytest.fixture
def listener():
    """The listening socket, held open by somebody who does not stop: systemd, in real life."""
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listener:
        listener.set_inheritable(True)
        yield listener


@pytest.fixture
def handed(instance, listener) -> LiveServer:
    """A server that gets its listening socket handed over."""
    instance.port = listener.getsockname()[1]
    instance.command = ["bash", "-c", HAND_OVER, str(listener.fileno()), COMMAND]
    return instance


def start(server: LiveServer, listener) -> None:
    """Start the server; it is ready when a request that waited in the socket is answered."""
    server.process = processes.start(
        [*server.command, "serve", "--port", "1"], server.log, env=server._environment(), pass_fds=[listener.fileno()]
    )


def roll(server: LiveServer, listener, crowd: Crowd, restarts: int, seconds: float) -> None:
    """Stop by SIGTERM and start again, so many times, while the crowd saves."""
    start(server, listener)
    with crowd:
        for _ in range(restarts):
            crowd.wait_for(len(crowd.phones))
            time.sleep(seconds)
            assert server.stop() == 0
            start(server, listener)
        crowd.wait_for(len(crowd.phones))


def judge(server: LiveServer, crowd: Crowd) -> None:
    """Demand that every answer was taken in the end, that no connection was refused, and that nothing is lost."""
    print(f"seed {SEED}: {crowd.acks} saved, troubles {dict(crowd.troubles)}, p99 {crowd.delay(0.99):.2f} s")
    assert crowd.gave_up == [] and crowd.troubles["ConnectionRefusedError"] == 0
    assert {name for name in crowd.troubles if isinstance(name, int)} <= {503} and not crowd.bare
    assert lost(server.settings["DATABASE_URL"], crowd) == {}


def test_a7_restarts_refuse_nobody_and_lose_nothing(handed, listener):
    """A7, one short seed: 3 restarts; connections wait in the socket that is handed over."""
    crowd = Crowd(handed, seat_in(handed, 10), SEED, pause=0.1)
    roll(handed, listener, crowd, 3, 0.3)
    judge(handed, crowd)


@pytest.mark.soak("A7")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
def test_a7_in_full(handed, listener):
    """A7: 200 clients for 5 minutes, a restart every 10 s, p99 at most 2 s."""
    crowd = Crowd(handed, seat_in(handed, 200), SEED, pause=2.0)
    roll(handed, listener, crowd, 30, 9)
    judge(handed, crowd)
    assert crowd.delay(0.99) <= 2
