"""Runs another program within limits: little memory, time and disk, no network; `argv` is the program and its words."""

import os
import resource
import sys

from quizapp.services.readers.child import leave_the_network

MEMORY = 3 * 1024 * 1024 * 1024  # address space: an office maps far more than it uses
LIMITS = [
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_CPU, 40),  # seconds
    (resource.RLIMIT_FSIZE, 256 * 1024 * 1024),
    (resource.RLIMIT_NOFILE, 512),
    (resource.RLIMIT_CORE, 0),
]


def main() -> None:
    """Set the limits and become the program."""
    leave_the_network()
    for what, most in LIMITS:
        resource.setrlimit(what, (most, most))
    os.execv(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
