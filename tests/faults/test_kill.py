"""A1, A2: the server is killed while answers are saved, and the database's server too; what was said to be kept is there."""

import random
import time

import pytest

from tests.databases import make_tables
from tests.faults.crowd import Crowd, lost, seat_in
from tests.live import LiveServer

SEED = 20260731


def storm(server: LiveServer, crowd: Crowd, kills: int, pause: tuple[float, float]) -> list[float]:
    """Kill the whole process group again and again while the crowd saves; return how long each start took."""
    dice, starts = random.Random(SEED), []
    with crowd:
        for _ in range(kills):
            time.sleep(dice.uniform(*pause))
            server.kill()
            began = time.monotonic()
            server.start()
            starts.append(time.monotonic() - began)
            crowd.wait_for(1)
    return starts


def judge(server: LiveServer, crowd: Crowd, acks: int) -> None:
    """Demand that nothing said to be saved is gone, and that the database is whole (`lost` looks)."""
    print(f"seed {SEED}: {crowd.acks} acknowledged, troubles {dict(crowd.troubles)}")
    assert crowd.acks >= acks
    assert lost(server.settings["DATABASE_URL"], crowd) == {}
    assert crowd.gave_up == []


class TestSqlite:
    """A1."""

    @pytest.fixture
    def database_kind(self) -> str:
        return "sqlite"

    def test_a1_killed_while_saving_loses_nothing_acknowledged(self, instance):
        """A1, one short seed: two kills."""
        crowd = Crowd(instance, seat_in(instance, 6), SEED)
        instance.start()
        storm(instance, crowd, 2, (0.5, 1))
        judge(instance, crowd, 20)

    @pytest.mark.soak("A1")
    @pytest.mark.timeout(600)
    def test_a1_storm_in_full(self, instance):
        """A1: at least 12 kills and 2,000 acknowledgements with 16 clients; a start takes less than 2 s."""
        crowd = Crowd(instance, seat_in(instance, 16), SEED)
        instance.start()
        starts = storm(instance, crowd, 14, (0.8, 2.0))
        judge(instance, crowd, 2000)
        print(f"starts took {max(starts):.2f} s at most")
        assert max(starts) < 2


class TestPostgresql:
    """A2."""

    @pytest.fixture
    def instance(self, own_postgres, tmp_path):
        """A server on a PostgreSQL of its own, which may be killed."""
        server = LiveServer(tmp_path, own_postgres.create("storm"))
        make_tables(server.settings["DATABASE_URL"], server.instance_path)
        yield server
        if server.process:
            server.kill()

    @staticmethod
    def kill_database(cluster, crowd: Crowd) -> float:
        """Kill the postmaster and its whole family; return how long after it answered again an answer was saved."""
        cluster.kill()
        time.sleep(0.3)
        cluster.start()
        began = time.monotonic()
        crowd.wait_for(1)
        return time.monotonic() - began

    def test_a2_the_postmaster_is_killed_and_the_server_goes_on(self, instance, own_postgres):
        """A2, one short seed: the database's server once, then ours."""
        crowd = Crowd(instance, seat_in(instance, 6), SEED)
        instance.start("--no-worker")
        with crowd:
            crowd.wait_for(20)
            self.kill_database(own_postgres, crowd)
            crowd.wait_for(20)
            instance.kill()
            instance.start("--no-worker")
            crowd.wait_for(20)
        judge(instance, crowd, 60)
        assert crowd.troubles[503] and not crowd.bare, "each refusal says when to come back"

    @pytest.mark.soak("A2")
    @pytest.mark.timeout(600)
    def test_a2_storm_in_full(self, instance, own_postgres):
        """A2: ours and the database's are killed in turn; saving goes on at most 3 s after the database is back."""
        crowd, back = Crowd(instance, seat_in(instance, 16), SEED), []
        instance.start()
        dice = random.Random(SEED)
        with crowd:
            for turn in range(14):
                time.sleep(dice.uniform(0.8, 2))
                if turn % 2:
                    instance.kill()
                    instance.start()
                else:
                    back.append(self.kill_database(own_postgres, crowd))
                crowd.wait_for(1)
        judge(instance, crowd, 2000)
        print(f"saving again after {max(back):.2f} s at most")
        assert max(back) <= 3 and not crowd.bare
