"""What is left of a recorded run when the power goes: images of its disk, opened by the product, against what was said."""

import random
from dataclasses import dataclass
from pathlib import Path

from tests.faults import recording
from tests.faults.crowd import Crowd, held
from tests.live import LiveServer


@dataclass
class Recorded:
    """A run that was recorded: the files before, the calls, the acknowledgements, and which answer each was for."""

    before: dict[str, bytes]
    calls: list[recording.Call]
    acks: list[recording.Ack]
    answers: dict[str, tuple[tuple[str, str], int]]  # nonce -> ((attempt, slot), seq)


def recorded(before: dict[str, bytes], calls: list[recording.Call], crowd: Crowd) -> Recorded:
    """Return a run by what was there before it, its calls, and the crowd that saved."""
    answers = {nonce: ((phone.seat.attempt_id, slot), seq) for phone in crowd.phones for nonce, slot, seq in phone.acks}
    return Recorded(before, calls, [ack for ack in recording.acks(calls) if ack.nonce in answers], answers)


def files_of(server: LiveServer) -> dict[str, bytes]:
    """Return the files of a database that nobody has open."""
    path = Path(server.settings["DATABASE_URL"].removeprefix("sqlite:///"))
    return {str(one): one.read_bytes() for one in (path, Path(f"{path}-wal")) if one.exists()}


def lost_in_images(run: Recorded, count: int, folder: Path, seed: int, first: int = 0) -> list:
    """Cut the power `count` times, mostly in the very moment of an acknowledgement; return what was lost where."""
    dice, found = random.Random(seed), []
    moments = sorted(dice.choice(run.acks[first:]).began + dice.choice([1, 1, 1, 2, 5, 20]) for _ in range(count))
    disk = recording.Disk(run.before, run.calls)
    for number, moment in enumerate(moments):
        disk.play_until(moment)
        image = folder / str(number)
        image.mkdir()
        path = disk.cut(dice, image)
        before, said = [ack for ack in run.acks if ack.began < moment], {}
        for ack in before:
            key, seq = run.answers[ack.nonce]
            said[key] = max(said.get(key, (0, "")), (seq, ack.nonce))
        missing = held(f"sqlite:///{path}").lost(said, (ack.nonce for ack in before))
        found += [(number, key, one) for key, one in missing.items()]
        for one in image.iterdir():
            one.unlink()
    return found


def early(run: Recorded) -> list[str]:
    """Return the answers that were acknowledged before the sync of the very commit that holds them had ended."""
    logs = [call for call in run.calls if call.path.endswith("-wal")]
    writes = [call for call in logs if call.name == "pwrite64"]
    syncs = [call for call in logs if call.name in ("fdatasync", "fsync") and call.result == 0]
    found = []
    for ack in run.acks:
        frame = next((call for call in writes if ack.nonce.encode() in call.data), None)
        done = frame and next((one for one in syncs if one.thread == frame.thread and one.began > frame.ended), None)
        if done is None or done.ended >= ack.began:
            found.append(ack.nonce)
    return found
