"""The real `quizapp serve` as a process group on a free port, with an instance folder of its own."""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import URLError

from tests import processes

COMMAND = Path(sys.executable).with_name("quizapp")
PROJECT = Path(__file__).resolve().parent.parent


class LiveServer:
    """One instance: its folder, its database, its commands, and its server while it runs."""

    def __init__(self, folder: Path, database_url: str = "", **settings: str):
        """Prepare an instance below `folder`; `settings` are further environment variables."""
        self.instance_path = folder / "instance"
        self.log = folder / "server.log"
        self.port = processes.free_port()
        self.process = None
        self.demo = None
        self.command = [COMMAND]  # how `start` calls us; a test may put another program in front
        self.settings = {"QUIZAPP_INSTANCE_PATH": str(self.instance_path), **settings}
        if database_url:
            self.settings["DATABASE_URL"] = database_url

    def adopt(self, template: "LiveServer") -> "LiveServer":
        """Begin as a copy of another instance, which must not be running."""
        shutil.copytree(template.instance_path, self.instance_path)
        self.demo = template.demo
        return self

    def account(self, role: str, number: int = 0) -> dict:
        """Return login, password and unit of the demo's account of this role; `number` counts from 0."""
        return [account for account in self.demo["accounts"] if account["role"] == role][number]

    @property
    def url(self) -> str:
        """The address of the first page, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str, timeout: float = 180) -> subprocess.CompletedProcess:
        """Run a quizapp command on this instance and return what it did; the caller judges the exit status."""
        return subprocess.run(
            [COMMAND, *words], env=self._environment(), cwd=PROJECT, timeout=timeout,
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip

    def answer(self, *words: str):
        """Run a command with --json, demand success, and return its document."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, f"quizapp {' '.join(words)} ended with {done.returncode}:\n{done.stderr}"
        return json.loads(done.stdout)

    def start(self, *options: str, seconds: float = 30) -> "LiveServer":
        """Serve, and return when the health page answers."""
        command = [*self.command, "serve", "--port", str(self.port), *options]
        self.process = processes.start(command, self.log, env=self._environment(), cwd=PROJECT)
        processes.wait_until(self._is_healthy, seconds, lambda: f"no answer from /healthz:\n{self.log.read_text()}")
        return self

    def stop(self) -> int:
        """End the server as an operator would (SIGTERM) and return its exit status."""
        return processes.end(self.process)

    def kill(self) -> None:
        """Kill the whole process group at one stroke (SIGKILL)."""
        processes.kill_tree(self.process)

    @property
    def is_running(self) -> bool:
        """Whether the server's first process lives."""
        return self.process is not None and self.process.poll() is None

    def _is_healthy(self) -> bool:
        if not self.is_running:
            raise RuntimeError(f"quizapp serve ended with {self.process.returncode}:\n{self.log.read_text()}")
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (URLError, ConnectionError, TimeoutError):
            return False

    def _environment(self) -> dict:
        return {**os.environ, **self.settings}
