"""The fence: a file is read and understood in a child process with little memory, little time and no network."""

import base64
import contextlib
import json
import logging
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from quizapp.rules.words import N_
from quizapp.services.readers import Unreadable, conversion

WALL_SECONDS = 30
CHILD = [sys.executable, "-I", "-X", "utf8", "-m", "quizapp.services.readers.child"]
OUT_OF_MEMORY = 3  # the child's exit status
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}  # no secret, no setting of ours

log = logging.getLogger(__name__)


def run_fenced(kind: str, path, options: dict | None = None, beside=None) -> dict:
    """Return the document that the reader named `kind` in child.READERS makes of the file at `path`.

    An old Word file, alone or in an archive, goes through a converter first, where the machine has one; else it is
    refused with what to do.

    The child has 512 MB, 20 s of processor, 30 s in all, no network, no file but this one and Python's own, and none
    of our environment. `options` are JSON values; `beside` is a second file that goes with the first. Raises
    Unreadable when the reader refuses the file or the child breaks the fence, and OSError when one cannot be opened.
    """
    try:
        found = _read(kind, path, options, beside=beside)
    except Unreadable as refusal:
        converter = conversion.find_converter() if refusal.code == "old-word" else None
        if converter is None:
            raise
        with conversion.converted(path, converter) as made:
            if made is None:
                raise
            return {**_read(kind, made, options, beside=beside), "converted": Path(converter).name}
    has_old = any(one["code"] == "old-word" for one in found.get("problems", ()))
    return _with_old_words(found, kind, path, options, beside) if has_old else found


def _with_old_words(found: dict, kind: str, path, options: dict | None, beside) -> dict:
    """Return the document of an archive with its old Word files converted, as far as the machine can do that."""
    converter = conversion.find_converter()
    if converter is None:
        return found
    try:
        files = {name: base64.b64decode(data) for name, data in _read("old-words", path)["files"].items()}
        with conversion.all_converted(files, converter) as made:
            if made is None:
                return found
            again = _read(kind, path, options, beside=beside, converted=made)
            return {**again, "converted": Path(converter).name}
    except Unreadable:  # of the converted files together: what was read without them stands
        return found


def _read(kind: str, path, options: dict | None = None, **others) -> dict:
    """Return what a child makes of a file; it is handed each of the `others`, open, by its number."""
    with contextlib.ExitStack() as opened:
        source = opened.enter_context(open(path, "rb"))  # noqa: PTH123
        files = {name: opened.enter_context(open(one, "rb")) for name, one in others.items() if one is not None}  # noqa: PTH123
        said, complaints = (opened.enter_context(tempfile.TemporaryFile()) for _ in range(2))
        handles = {name: file.fileno() for name, file in files.items()}
        wishes = json.dumps({**(options or {}), **handles})
        child = subprocess.Popen(
            [*CHILD, kind, wishes],
            stdin=source,
            stdout=said,
            stderr=complaints,
            pass_fds=tuple(handles.values()),
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        try:
            status = child.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired:
            status = -signal.SIGXCPU
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        for stream in (said, complaints):
            stream.seek(0)
        if status:
            raise _broken(status, complaints.read(65536))
        return _taken(json.load(said))


def _taken(answer: dict) -> dict:
    if "refused" in answer:
        refused = answer["refused"]
        raise Unreadable(refused["code"], refused["message"], refused["place"], **refused["params"])
    return answer["document"]


def _broken(status: int, complaints: bytes) -> Unreadable:
    log.error("fenced reader ended with %s: %s", status, complaints.decode("utf-8", "replace")[-4000:])
    if status in (-signal.SIGXCPU, -signal.SIGALRM):
        return Unreadable("too-slow", N_("Reading this file took too long, so it was stopped. Please split the file."))
    # what is written in Rust aborts where it gets no memory
    if status in (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGXFSZ):
        return Unreadable("too-much", N_("Reading this file takes too much memory. Please split the file."))
    return Unreadable("not-understood", N_("This file broke the reader, so nothing was taken from it."))
