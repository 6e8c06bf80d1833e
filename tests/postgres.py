"""A real PostgreSQL server for the tests: a cluster of its own in a temporary folder."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg

from tests import processes

SETTINGS = {
    "max_connections": "300",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    "checkpoint_timeout": "30min",
    "autovacuum": "off",
    "timezone": "UTC",
}


def programs() -> Path:
    """Return the folder of Debian's newest PostgreSQL server programs; a clear error where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError("no PostgreSQL server: run `make test` as root once, or apt-get install postgresql")
    return found[-1].parent


class Cluster:
    """One server. Durable as PostgreSQL is by default: the product refuses to run on anything less."""

    def __init__(self, beneath: str | None = None):
        # Not pytest's own temporary folder: root's is closed to the user that PostgreSQL insists on.
        self.folder = Path(tempfile.mkdtemp(prefix="quizapp-pg-", dir=beneath or _open_folder()))
        self.user = _server_user()
        self.port = processes.free_port()
        self.process = None
        if self.user:
            shutil.chown(self.folder, self.user)
        initdb = [programs() / "initdb", "-D", self.folder / "data", "-U", "quizapp", "-A", "trust", "-E", "UTF8"]
        self._run([*initdb, "--no-locale", "--no-sync"])

    def start(self) -> None:
        """Start the server and return when it answers."""
        settings = {**SETTINGS, "port": str(self.port), "listen_addresses": "127.0.0.1"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [programs() / "postgres", "-D", self.folder / "data", "-k", self.folder, *options]
        self.process = processes.start(command, self.log, signal.SIGQUIT, **self._as_user())
        processes.wait_until(self._answers, 30, lambda: f"PostgreSQL did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        """End the server at once, connections or not."""
        processes.end(self.process, signal.SIGINT)

    def kill(self) -> None:
        """Kill the server and all its children, as an empty memory would; `start` recovers from the log."""
        processes.kill_tree(self.process)

    def remove(self) -> None:
        """Stop the server and delete its folder."""
        if self.process:
            self.stop()
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        """Return the address of a database as the product's DATABASE_URL takes it."""
        return f"postgresql://quizapp@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template0") -> str:
        """Create a database as a copy of `template` (nobody may be connected to that) and return its address."""
        by_files = " STRATEGY FILE_COPY" if int(programs().parent.name) >= 15 else ""  # half the work of the other way
        self._sql(f"CREATE DATABASE {database} TEMPLATE {template}{by_files}")
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database and whoever is still connected to it."""
        self._sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    @property
    def log(self) -> Path:
        """The server's own words."""
        return self.folder / "log"

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended at once:\n{self.log.read_text()}")
        try:
            self._sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _sql(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement)

    def _run(self, command) -> None:
        done = subprocess.run(command, capture_output=True, text=True, **self._as_user())
        if done.returncode:
            raise RuntimeError(f"{command[0].name} failed:\n{done.stdout}{done.stderr}")

    def _as_user(self) -> dict:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}
        if not self.user:
            return {"env": environment, "cwd": self.folder}
        return {
            "env": environment, "cwd": self.folder,
            "user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": [],
        }


def _server_user() -> str | None:
    return "postgres" if os.getuid() == 0 else None


def _open_folder() -> str:
    """Return a folder for temporary files that the server's user may enter: $TMPDIR, or /tmp where that is private."""
    folder = Path(tempfile.gettempdir())
    may_enter = all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))
    return str(folder) if may_enter else "/tmp"
