"""What a process that lives long asks of the system: files, turns of its threads, memory given back."""

import ctypes
import gc
import resource
import sys

SPARE_FILES = 512  # for the database, logs, uploads and child processes
SWITCH_SECONDS = 0.001  # a thread that computes lets the event loop in after so long
M_MMAP_THRESHOLD = -3
LARGE_BYTES = 1024 * 1024


def prepare() -> int:
    """Prepare this process for a long life, once everything is loaded; return how many connections it may keep."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: the collector need not look at it, again and again and at the end
    _give_back_large_blocks()
    return max(_raise_file_limit() - SPARE_FILES, 64)


def _give_back_large_blocks() -> None:
    """Let the C library return a large block to the system when it is freed.

    By itself glibc learns from the 19 MB of each password hash to keep blocks of that size, in every thread: 40 MB.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)


def _raise_file_limit() -> int:
    """Ask for as many open files as the system allows, and return how many that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard if hard != resource.RLIM_INFINITY else 1_000_000
