"""The fenced child: close the fence, read standard input, understand it, write one JSON object to standard output."""

import errno
import importlib
import json
import os
import resource
import sys
import sysconfig

MEMORY = 512 * 1024 * 1024
PROCESSOR_SECONDS = 20
LARGEST_ANSWER = 256 * 1024 * 1024  # bytes written
OUT_OF_MEMORY = 3
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000

READERS = {
    "bank": "quizapp.services.readers.banks",
    "handbook": "quizapp.services.readers.handbooks",
    "old-words": "quizapp.services.readers.old_words",
    "picture": "quizapp.services.readers.one_picture",
    "table": "quizapp.services.readers.sheets",
}


def main() -> None:
    """Read as `argv` says: a kind of READERS and the options as JSON."""
    limit()
    leave_the_network()
    kind, options = sys.argv[1], json.loads(sys.argv[2])
    reader = importlib.import_module(READERS[kind])
    sys.addaudithook(guard(readable_folders()))
    try:
        sys.stdout.buffer.write(json.dumps(answer_of(reader, options), ensure_ascii=False).encode())
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        os._exit(OUT_OF_MEMORY)


def answer_of(reader, options: dict) -> dict:
    """Return {"document": …}, or {"refused": …} where the reader refuses the file."""
    from quizapp.services.readers import Unreadable

    try:
        return {"document": reader.read(sys.stdin.buffer, options)}
    except Unreadable as refusal:
        return {
            "refused": {
                "code": refusal.code,
                "message": refusal.message,
                "place": refusal.place,
                "params": refusal.params,
            }
        }


def limit() -> None:
    """Set the limits of this process; no code of ours can raise them again."""
    for what, most in [
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST_ANSWER),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))  # told first, killed after


def leave_the_network() -> None:
    """Move to a network name space with nothing in it, where the kernel lets us; the guard holds in any case."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def readable_folders() -> tuple[str, ...]:
    """Return where Python and this program lie: the only files that may still be opened."""
    own = os.path.dirname(os.path.abspath(__file__)).removesuffix(os.path.join("services", "readers"))  # noqa: PTH100,PTH118,PTH120
    paths = sysconfig.get_paths()
    return tuple(os.path.join(path, "") for path in {own, *(paths[name] for name in ("stdlib", "purelib", "platlib"))})  # noqa: PTH118


def guard(folders: tuple[str, ...]):
    """Return an audit hook that ends every attempt to reach the network, another program or another file."""
    forbidden = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "ctypes.")

    def refuse(event: str, arguments: tuple) -> None:
        if event.startswith(forbidden):
            raise PermissionError(f"fenced: {event}")
        if event == "open" and not isinstance(arguments[0], int):
            path, mode, flags = arguments
            if flags & (os.O_WRONLY | os.O_RDWR) or not os.fsdecode(path).startswith(folders):
                raise PermissionError(f"fenced: open {path!r}")

    return refuse


if __name__ == "__main__":
    main()
