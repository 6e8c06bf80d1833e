"""Runs a command as an operator does: in a process of its own, with an environment that is written down."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
START = "from quizapp.cli import main; main()"


def run(*arguments, folder: Path = PROJECT, **environment) -> subprocess.CompletedProcess:
    """Run `quizapp` with the arguments; `environment` adds to a bare one without any setting of ours."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-P", "-c", START, *map(str, arguments)],
        cwd=folder,
        env={**bare, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
