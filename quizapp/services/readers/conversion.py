"""An old Word file (.doc) -> one that can be read, by a converter where the machine has one, fenced like a reader."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path

WALL_SECONDS = 60
PATH = "/usr/bin:/bin:/usr/local/bin"
CONFINED = [sys.executable, "-I", "-X", "utf8", "-m", "quizapp.services.readers.confined"]
OFFICE = ("soffice", "libreoffice")  # keeps tables, lists and colours
PLAIN = {  # text alone
    "antiword": ["-m", "UTF-8.txt", "-w", "0"],
    "catdoc": ["-d", "utf-8", "-w"],
}


def find_converter(path: str = PATH) -> str | None:
    """Return the path of the best converter that the machine has, or None."""
    return next(filter(None, (shutil.which(name, path=path) for name in (*OFFICE, *PLAIN))), None)


@contextmanager
def converted(source, converter: str):
    """Yield the path of what a converter made of the Word file at `source`, or None where it failed.

    It runs in a folder of its own that is gone afterwards, without network, with its own profile, and ends in time.
    """
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder)
        shutil.copyfile(source, inside / "file.doc")
        yield _convert(inside, converter)


@contextmanager
def all_converted(files: dict[str, bytes], converter: str):
    """Yield the path of an archive with what a converter made of Word files, or None where it made nothing of any."""
    with tempfile.TemporaryDirectory() as folder:
        source, archive = Path(folder, "one.doc"), Path(folder, "made.zip")
        with zipfile.ZipFile(archive, "w") as out:
            for name, data in files.items():
                source.write_bytes(data)
                with converted(source, converter) as made:
                    if made:
                        out.write(made, name)
            count = len(out.namelist())
        yield archive if count else None


def _convert(folder: Path, converter: str) -> Path | None:
    made = folder / ("file.docx" if Path(converter).name in OFFICE else "file.txt")
    with (folder / "said").open("wb") as said:
        child = subprocess.Popen(
            [*CONFINED, converter, *_arguments(folder, converter)],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.DEVNULL,
            env={"PATH": PATH, "LANG": "C.UTF-8", "HOME": str(folder)},
            cwd=folder,
            start_new_session=True,
        )
        try:
            status = child.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            _end(child)
    if status != 0:
        return None
    if made.suffix == ".txt":
        (folder / "said").rename(made)
    return made if made.is_file() and made.stat().st_size else None


def _arguments(folder: Path, converter: str) -> list[str]:
    name = Path(converter).name
    if name in PLAIN:
        return [*PLAIN[name], "file.doc"]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    return [profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", str(folder), "file.doc"]


def _end(child: subprocess.Popen) -> None:
    """End the converter and all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
