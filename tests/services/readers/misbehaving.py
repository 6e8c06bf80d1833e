"""A fenced child whose readers do what no reader may; run as a program by the tests of the fence."""

import os
import signal
import socket
import subprocess
import sys
import time
import types
from pathlib import Path

from quizapp.services.readers import child


def memory(stream, options):
    return {"size": len(bytearray(options["bytes"]))}


def processor(stream, options):
    while True:
        pass


def sleep(stream, options):
    time.sleep(60)


def flood(stream, options):
    return {"text": "x" * 3_000_000}


def crash(stream, options):
    raise ValueError("a parser fell over")


def killed(stream, options):
    os.kill(os.getpid(), signal.SIGKILL)


def look_around(stream, options):
    """Try everything that is forbidden and tell what came of it."""
    deeds = {
        "socket": lambda: socket.socket(),
        "name": lambda: socket.getaddrinfo("localhost", 80),
        "program": lambda: subprocess.run(["true"]),
        "shell": lambda: os.system("true"),
        "fork": lambda: os.fork() or os._exit(0),
        "read": lambda: Path("/etc/hostname").read_text(),
        "write": lambda: Path(options["folder"], "written").write_text("x"),
        "limits": lambda: child.resource.setrlimit(child.resource.RLIMIT_CPU, (1000, 1000)),
    }
    found = {name: attempt(deed) for name, deed in deeds.items()}
    return {"deeds": found, "environment": sorted(os.environ), "bytes": len(stream.read())}


def attempt(deed) -> str:
    try:
        deed()
    except (PermissionError, ValueError) as error:
        return type(error).__name__
    return "done"


if __name__ == "__main__":
    child.PROCESSOR_SECONDS, child.LARGEST_ANSWER = 1, 1_000_000
    for deed in (memory, processor, sleep, flood, crash, killed, look_around):
        module = types.ModuleType(deed.__name__)
        module.read = deed
        sys.modules[deed.__name__] = module
        child.READERS[deed.__name__] = deed.__name__
    child.main()
