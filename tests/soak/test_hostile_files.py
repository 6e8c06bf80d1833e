"""I2, I5, I12 at their figures: hostile files through the fence, torn rows, patterns against themselves."""

import importlib
import io
import pkgutil
import random
import re
import resource
import signal
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from quizapp import rules
from quizapp.services import readers
from quizapp.services.readers import Unreadable, banks
from quizapp.services.readers.fence import run_fenced

SEED = 20260731
MOST_SECONDS, MOST_MB, MOST_MS = 2, 64, 50
PACKAGES = (rules, readers)  # whose patterns see what users write
LENGTH = 20_000  # characters: rules/formats/text/walk.LONGEST_ROW
SHEET = "xl/worksheets/sheet1.xml"


def packed(*entries, method=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as container:
        for name, data in entries:
            container.writestr(name, data)
    return out.getvalue()


def broken(data: bytes, sign: bytes, offset: int, value: int) -> bytes:
    """Return the bytes with one of them changed, counted from the last place of a sign."""
    changed = bytearray(data)
    changed[data.rindex(sign) + offset] = value
    return bytes(changed)


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("xl/link")
    entry.external_attr = 0o120777 << 16
    return entry


def twice() -> bytes:
    with pytest.warns(UserWarning):
        return packed((SHEET, "<x/>"), (SHEET, "<x/>"))


def hostile() -> dict[str, bytes]:
    """Return files that are made to break whoever opens them."""
    plain = packed((SHEET, "<x/>"))
    bomb = packed((SHEET, b"0" * 50_000_000))
    many = packed(*((f"{number}.txt", "") for number in range(100_000)), method=zipfile.ZIP_STORED)
    return {
        "flat bomb": bomb,
        "nested bomb": packed(("a.zip", packed(("b.zip", bomb)))),
        "bomb in a Word file": packed(("word/document.xml", b" " * 50_000_000)),
        "100,000 entries": many,
        "wrong checksum": broken(packed(("a.txt", "1. a\nA. b\n"), method=zipfile.ZIP_STORED), b"PK\x01\x02", 16, 0),
        "encrypted": broken(plain, b"PK\x01\x02", 8, 1),
        "link": packed((SHEET, "<x/>"), (link(), "/etc/passwd")),
        "parent folder": packed((SHEET, "<x/>"), ("../evil", "x")),
        "the same name twice": twice(),
        "cut off": plain[:-8],
        "nothing behind its first bytes": b"PK\x03\x04" + b"\0" * 60,
    }


@pytest.mark.soak("I2")
def test_i2_hostile_containers_are_refused_at_once(tmp_path):
    """I2: each is refused or named within 2 s; this process does not grow by more than 64 MB."""
    files = hostile()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, data in files.items():
        path = tmp_path / "file"
        path.write_bytes(data)
        began = time.perf_counter()
        try:
            document = run_fenced("bank", path)
            assert not document["questions"] and document["problems"], name
        except Unreadable as refusal:
            assert str(refusal), name
        took = time.perf_counter() - began
        print(f"{name}: {took:.2f} s")
        assert took <= MOST_SECONDS, name
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"grown by {grown:.0f} MB")
    assert grown <= MOST_MB


def rows(dice: random.Random, count: int) -> Iterator[tuple[str, bool]]:
    """Yield lines of a table and whether each is a whole question."""
    figures = "０１２３４５６７８９"
    for number in range(count):
        whole = f"单选题,第{number}问（ ）,甲{number},乙{number},{'AB'[number % 2]}"
        torn = dice.choice([
            whole[: dice.randrange(4, len(whole) - 2)], f"单选题,,甲{number},乙,A", f"单选题,第{number}问（ ）,甲,乙{number},Z",
            f"判断题,=1+{number},,,也许", f"单选题,第{figures[number % 10]}组{number}问（ ）,甲{number},乙,",
        ])  # fmt: skip
        yield (whole, True) if dice.random() < 0.7 else (torn, False)


@pytest.mark.soak("I5")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_i5_every_torn_row_is_named_by_its_line_and_every_whole_one_read(encoding):
    """I5: of 10,000 rows each is a sound question, or its very line is the place of a problem or was left out."""
    found = list(rows(random.Random(SEED), 10_000))
    text = "题型,题干,选项A,选项B,答案\n" + "\n".join(line for line, _ in found) + "\n"
    document = banks.read(io.BytesIO(text.encode(encoding)), {"format": "csv"})
    sound = {one["source"]["from"] for one in document["questions"] if not one["problems"]}
    faults = document["problems"] + [one for question in document["questions"] for one in question["problems"]]
    told = {int(one["place"]) for one in faults if str(one["place"]).isdigit()}
    told |= {number for one in document["ignored"] for number in range(one["from"], one["to"] + 1)}
    wrong = [(number, line) for number, (line, is_whole) in enumerate(found, 2)
             if is_whole and number not in sound or not is_whole and number not in sound | told]  # fmt: skip
    assert wrong == []


SCANNED = re.compile(r"\b(?:(\w+)\.)?([A-Z][A-Z_]*)\.(?:search|sub|subn|split|findall|finditer)\(")


def scanned() -> set[tuple[str, str]]:
    """Return (module, name) of patterns that are looked for anywhere in a text; others begin where it begins."""
    found = set()
    for path in (path for package in PACKAGES for path in Path(package.__path__[0]).rglob("*.py")):
        own = path.parent.name if path.stem == "__init__" else path.stem
        found |= {(module or own, name) for module, name in SCANNED.findall(path.read_text("utf-8"))}
    return found


def patterns() -> dict[str, tuple[re.Pattern, bool]]:
    """Return every pattern that a module of the packages keeps, by where it stands, and whether it is looked for."""
    found, names = {}, scanned()
    for module in (one for package in PACKAGES for one in pkgutil.walk_packages(package.__path__, package.__name__ + ".")):
        for name, value in vars(importlib.import_module(module.name)).items():
            many = value.items() if isinstance(value, dict) else [("", value)]
            held = {f"{module.name}.{name}{key}": one for key, one in many if isinstance(one, re.Pattern)}
            is_scanned = (module.name.rpartition(".")[2], name) in names or isinstance(value, dict)
            found |= {place: (one, is_scanned) for place, one in held.items()}
    return found


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End the block by TimeoutError after so much processor time; a pattern at work hears it."""

    def late(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def pieces(pattern: str | bytes, dice: random.Random) -> list[str]:
    """Return what a pattern is most likely to stumble over: its own letters, alone and in pairs."""
    pattern = pattern if isinstance(pattern, str) else pattern.decode()
    signs = sorted({char for char in pattern if char not in "\\[]?*+{}|^$"}) or ["a"]
    some = dice.sample(signs, min(len(signs), 12))
    return ["a", " ", "\n", "1", "（", "_", *some, *(dice.choice(signs) + dice.choice(signs + [" "]) for _ in range(12))]


@pytest.mark.soak("I12")
@pytest.mark.timeout(1800)
def test_i12_no_pattern_runs_wild():
    """I12: every pattern of the rules and the readers against lines of 20,000 signs made of its own, at most 50 ms each."""
    dice, slow, worst = random.Random(SEED), {}, 0.0
    every = patterns()
    for name, (pattern, is_scanned) in every.items():
        ways = [pattern.match, pattern.fullmatch, *([pattern.search] if is_scanned else [])]
        for piece in pieces(pattern.pattern, dice):
            for text in (piece * (LENGTH // len(piece)), piece * (LENGTH // len(piece)) + "尾", "1. " + piece * 5000 + "\n"):
                line = text if isinstance(pattern.pattern, str) else text.encode()
                for way in ways:
                    began = time.process_time()
                    with suppress(TimeoutError), at_most(1):
                        way(line)
                    took = (time.process_time() - began) * 1000
                    worst = max(worst, took)
                    if took > MOST_MS:
                        slow[name] = max(slow.get(name, (0, "")), (took, piece))
    print(f"{len(every)} patterns, {sum(scanned for _, scanned in every.values())} looked for anywhere, worst {worst:.0f} ms")
    print(*(f"{name}: {took:.0f} ms by {piece!r}" for name, (took, piece) in slow.items()), sep="\n")
    assert slow == {}
