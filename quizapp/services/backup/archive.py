"""The file of a backup: a zip of known names, and a manifest that says what is in it and how each part hashes."""

import hashlib
import json
import os
import re
import shutil
import zipfile
import zlib
from pathlib import Path

from quizapp.rules.errors import Problem, Refusal
from quizapp.rules.words import N_

FORMAT = 1
MANIFEST, DATABASE = "manifest.json", "database.sqlite3"
# Whatever else lies in the folder of an instance is not needed to run or to verify it.
KEYS = ("secret_key", "signing_key.pem", "demo.json")
NAMES = re.compile(r"receivers/[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.secret|uploads/[A-Za-z0-9-]{1,80}\.json")
LARGEST_MANIFEST = 4 * 1024 * 1024
LARGEST_RATIO = 100  # a database full of air is not packed tighter than this
PIECE = 1024 * 1024


class BadBackup(Refusal):
    """A file that is no backup, or is damaged, or was made to do harm; nothing of it was used."""

    status = 422
    type = "bad-backup"

    def __init__(self, problem: str, **params):
        super().__init__(N_("This file cannot be restored; nothing was changed."))
        self.problems = [Problem("backup", problem, "", params)]


def is_known(name: str) -> bool:
    """Whether a backup may hold a member of this name: no path leads anywhere but to its place."""
    return name in (MANIFEST, DATABASE, *KEYS) or (NAMES.fullmatch(name) is not None and ".." not in name)


def files_of(folder: Path) -> dict[str, Path]:
    """Return the files of an instance that belong in its backup, by their names there."""
    found = [folder / name for name in KEYS] + sorted(folder.glob("receivers/*")) + sorted(folder.glob("uploads/*"))
    named = {str(path.relative_to(folder)): path for path in found if path.is_file()}
    return {name: path for name, path in named.items() if is_known(name)}


def pack(target: Path, members: dict[str, Path], facts: dict) -> dict:
    """Write the backup under `target` at 0600, whole or not at all, and return its manifest."""
    part = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                listed = [_add(packed, name, path) for name, path in members.items()]
                manifest = {"format": FORMAT, **facts, "files": [one for one in listed if one]}
                manifest["digest"] = digest_of(manifest)
                packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
            file.flush()
            os.fsync(file.fileno())
        os.link(part, target)  # refused where there is such a file already
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _add(packed: zipfile.ZipFile, name: str, path: Path) -> dict | None:
    """Pack one file and return its line of the manifest; one that has just been thrown away is left out."""
    hasher, size = hashlib.sha256(), 0
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return None
    with source, packed.open(name, "w", force_zip64=True) as member:
        while piece := source.read(PIECE):
            hasher.update(piece)
            size += len(piece)
            member.write(piece)
    return {"name": name, "size": size, "sha256": hasher.hexdigest()}


def digest_of(manifest: dict) -> str:
    """Return the digest over everything else that a manifest says."""
    rest = {name: value for name, value in manifest.items() if name != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_manifest(path: Path) -> dict:
    """Return what a backup says of itself. Raises BadBackup."""
    with _opened(path) as packed:
        return _manifest(packed)


def unpack(path: Path, folder: Path) -> dict:
    """Write the members of a backup into an empty folder, each at 0600 and as the manifest hashes it.

    Returns the manifest. Raises BadBackup before anything is written where a name, a size or the list is not right.
    """
    with _opened(path) as packed:
        manifest = _manifest(packed)
        _check_list(packed, manifest, shutil.disk_usage(folder).free)
        for line in manifest["files"]:
            _extract(packed, line, folder)
    return manifest


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadBackup(N_("It is no backup of quizapp, or it was cut short.")) from error


def _manifest(packed: zipfile.ZipFile) -> dict:
    try:
        if packed.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise BadBackup(N_("Its manifest is too large."))
        manifest = json.loads(packed.read(MANIFEST))
        is_right = manifest["format"] == FORMAT and manifest["digest"] == digest_of(manifest)
        listed = [(one["name"], one["size"], one["sha256"]) for one in manifest["files"]]
        shapes = {(type(name), type(size), type(digest)) for name, size, digest in listed}
    except BadBackup:
        raise
    except Exception as error:  # whatever a file that was not made by us may hold
        raise BadBackup(N_("Its manifest is missing or damaged.")) from error
    if not is_right or shapes != {(str, int, str)}:
        raise BadBackup(N_("Its manifest is missing or damaged."))
    return manifest


def _check_list(packed: zipfile.ZipFile, manifest: dict, free_bytes: int) -> None:
    inside = sorted(one.filename for one in packed.infolist())
    told = sorted([MANIFEST, *(one["name"] for one in manifest["files"])])
    strange = [name for name in inside if not is_known(name)]
    if strange:
        raise BadBackup(N_("It holds something that belongs in no backup: %(name)s."), name=strange[0][:80])
    if inside != told or len(set(inside)) != len(inside) or DATABASE not in inside:
        raise BadBackup(N_("What it holds is not what its manifest lists."))
    sizes = {one["name"]: one["size"] for one in manifest["files"]}
    for one in packed.infolist():
        if one.file_size > LARGEST_RATIO * one.compress_size + PIECE or one.file_size != sizes.get(
            one.filename, one.file_size
        ):
            raise BadBackup(N_("The size of %(name)s is not as stated."), name=one.filename)
    if sum(sizes.values()) > free_bytes:
        raise BadBackup(N_("There is not enough free space on the disk: %(megabytes)s MB are needed."),
                        megabytes=sum(sizes.values()) // 2**20 + 1)  # fmt: skip


def _extract(packed: zipfile.ZipFile, line: dict, folder: Path) -> None:
    target = folder / line["name"]
    target.parent.mkdir(mode=0o700, exist_ok=True)
    hasher = hashlib.sha256()
    try:
        with (
            packed.open(line["name"]) as member,
            os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file,
        ):
            while piece := member.read(PIECE):
                hasher.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadBackup(N_("%(name)s is damaged."), name=line["name"]) from error
    if hasher.hexdigest() != line["sha256"]:
        raise BadBackup(N_("%(name)s is damaged."), name=line["name"])
