"""A program to start and kill: `python -m tests.serving.program PORT PROCESSES` serves, with a child beside it."""

import os
import sys
import time
from pathlib import Path

FOLDER = Path(os.environ.get("TEST_FOLDER", "."))


def application():
    """Make an application that tells its process id; on two paths it works for a while first."""

    def app(environ, start_response):
        seconds = {"/slow": 0.5, "/endless": 30}.get(environ["PATH_INFO"], 0)
        if seconds:
            (FOLDER / "at-work").touch()
            time.sleep(seconds)
        start_response("200 OK", [])
        return [str(os.getpid()).encode()]

    return app


def beside() -> None:
    """Be the child: note the process id and live until ended."""
    with (FOLDER / "births").open("a") as births:
        births.write(f"{os.getpid()}\n")
    while True:
        time.sleep(60)


def main() -> None:
    """Serve and say when ready."""
    from quizapp.serving import serve

    serve(
        "tests.serving.program:application",
        "127.0.0.1",
        int(sys.argv[1]),
        processes=int(sys.argv[2]),
        on_ready=lambda address: (FOLDER / "address").write_text(address),
        beside=[[sys.executable, "-m", "tests.serving.program", "beside"]],
    )


if __name__ == "__main__":
    beside() if sys.argv[1] == "beside" else main()
