"""J12: "server dead at 20:00 on 31 July", done by a script that knows nothing but the runbook."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests import processes
from tests.faults.test_backup import Keeper, rows_in, signed_in
from tests.live import COMMAND, PROJECT, LiveServer

RUNBOOK = (PROJECT / "docs" / "runbook.md").read_text("utf-8")
BLOCK = re.compile(r"^```sh (\w+)\n(.*?)^```$", re.M | re.S)


def commands() -> dict[str, str]:
    """Return the blocks of the runbook that are meant to be executed, by their names."""
    return dict(BLOCK.findall(RUNBOOK))


class Operator:
    """Somebody with a shell, the runbook, and the settings of the instance."""

    def __init__(self, server: LiveServer, backups: Path, log: Path):
        self.server, self.log = server, log
        self.surroundings = {
            **os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}", "PORT": str(server.port),
            "QUIZAPP_INSTANCE_PATH": str(server.instance_path), "QUIZAPP_BACKUP_PATH": str(backups),
        }  # fmt: skip
        self.started = []

    def do(self, name: str) -> None:
        """Execute one block as it stands; what it leaves running is ours to end."""
        script = f"set -eu\n{commands()[name]}\n"
        process = processes.start(["sh", "-c", script], self.log, env=self.surroundings, cwd=PROJECT)
        self.started.append(process)
        processes.wait_until(lambda: process.poll() is not None, 200, lambda: self.log.read_text())
        assert process.returncode == 0, self.log.read_text()

    def kill(self) -> None:
        """Let whatever was started die at one stroke, as without power."""
        for process in self.started:
            processes.kill_tree(process)


@pytest.fixture
def stricken(demo_template, tmp_path):
    """A running instance whose backups and journal lie elsewhere, and an operator for what is coming."""
    backups = tmp_path / "second-disk"
    backups.mkdir()
    server = LiveServer(tmp_path, QUIZAPP_BACKUP_PATH=str(backups)).adopt(demo_template)
    server.start()
    operator = Operator(server, backups, tmp_path / "operator.log")
    yield server, operator, backups
    server.kill()
    operator.kill()


def answered(phones: list[Keeper]) -> dict:
    """Return what the phones were told is saved, as `rows_in` finds it."""
    return {(phone.attempt["attempt_id"], slot): value for phone in phones for slot, value in phone.kept.items()}


def held(server: LiveServer, phones: list[Keeper]) -> dict:
    ours = {phone.attempt["attempt_id"] for phone in phones}
    return {place: value for place, (_, value) in rows_in(server.instance_path).items() if place[0] in ours}


def written_down(backups: Path, words: str) -> bool:
    return any(words in path.read_text("utf-8") for path in backups.glob("answers-*.journal"))


@pytest.mark.timeout(500)
def test_j12_the_runbook_brings_the_evening_back(stricken):
    """J12: nothing is lost with the program; with the disk nothing but what came within its last seconds."""
    server, operator, backups = stricken
    phones = [Keeper(server, signed_in(server, n)) for n in range(3)]
    assert all(phone.answer(place).status == 200 for phone in phones for place in range(4))
    server.answer("backup", str(backups / "quizapp-20260731T120000Z.backup"))
    assert all(phone.answer(place, 1).status == 200 for phone in phones for place in range(2, 8))

    server.kill()  # 20:00, the program
    began = time.monotonic()
    operator.do("start")
    print(f"the program is back after {time.monotonic() - began:.1f} s")
    assert held(server, phones) == answered(phones), "RPO 0"
    late = Keeper(server, signed_in(server, 5))  # began after the backup
    assert all(late.answer(place).status == 200 for place in range(3))
    phones.append(late)
    handed = phones[0].program.submit(phones[0].attempt).body["receipt"]["code"]
    processes.wait_until(lambda: written_down(backups, handed), 90, lambda: "the journal does not follow")

    operator.kill()  # 20:30, the disk
    shutil.rmtree(server.instance_path)
    began = time.monotonic()
    operator.do("restore")
    operator.do("start")
    print(f"the disk is replaced after {time.monotonic() - began:.1f} s")
    operator.do("check")
    assert held(server, phones) == answered(phones), "the journal had it all"
    state = phones[0].program.get(f"/attempts/{phones[0].attempt['attempt_id']}").body
    assert (state["state"], state["receipt"]["code"]) == ("submitted", handed), "who handed in has handed in"
    assert late.answer(9).status == 401, "who signed in after the backup does so again; the answers wait"
    late.program = signed_in(server, 5)
    for phone in phones[1:]:
        assert "unknown-epoch" in str(phone.answer(9).body["refused"])
        phone.go_on()
        assert phone.standing() == phone.kept
        assert phone.program.submit(phone.attempt).status == 200


def test_every_command_of_the_runbook_is_one_that_there_is():
    words = RUNBOOK + (PROJECT / "docs" / "operating.md").read_text("utf-8")
    named = set(re.findall(r"`quizapp ([a-z]+)", words)) | set(re.findall(r"^quizapp ([a-z]+)", "".join(commands().values()), re.M))
    listed = subprocess.run([COMMAND, "--help"], capture_output=True, text=True, check=True).stdout
    assert named - {"worker"} and all(f"  {name} " in listed for name in named), named
    assert set(commands()) == {"start", "restore", "check"}
