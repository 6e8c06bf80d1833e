"""A8: a file that is too much for its reader is taken in beside fifty phones that save; only the reader dies."""

import http.client
import random
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from tests.cast import PASSWORD
from tests.contract.program import Program
from tests.databases import close_app, open_app
from tests.faults.crowd import Crowd, lost, seat_in
from tests.live import LiveServer

SEED = 20260731
SHEET, MAIN = "xl/worksheets/sheet1.xml", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


def hire_admin(server: LiveServer) -> None:
    """Let the crowd's township have somebody who may take in a roster."""
    from quizapp.services.people import changes

    app = open_app(server.settings["DATABASE_URL"], server.instance_path)
    with app.app_context():
        changes.add(None, changes.NewPerson("office", "陈白露", "1", "管理员", ("admin",), PASSWORD), datetime.now(UTC))
    close_app(app)


def workbook(path, rows: Iterable[str]) -> bytes:
    """Make a workbook of one sheet with these rows, as they are written in it."""
    Workbook().save(path)
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheet = "".join(rows)
    parts[SHEET] = f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return path.read_bytes()


def long_rows() -> Iterable[str]:
    """Return more rows than a roster may have: seconds of work for whoever reads them all."""
    dice = random.Random(SEED)
    return (f"<row><c><v>{dice.random()}</v></c><c><v>{dice.random()}</v></c></row>" for _ in range(300_000))


def wide_rows() -> Iterable[str]:
    """Return few cells that lie as far apart as a sheet goes: gigabytes for whoever wants to hold what is between."""
    return (f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="XFD{n}"><v>{n}</v></c></row>' for n in range(1, 20_000))


def upload(program: Program, data: bytes) -> tuple[int, str]:
    """Send a file to the page for rosters and return the status and what it says."""
    wall = "----wall"
    body = (
        f'--{wall}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{program.token}\r\n'
        f'--{wall}\r\nContent-Disposition: form-data; name="file"; filename="roster.xlsx"\r\n\r\n'
    ).encode() + data + f"\r\n--{wall}--\r\n".encode()  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=90)
    cookies = "; ".join(f"{name}={value}" for name, value in program.cookies.items())
    connection.request("POST", "/people/roster", body, {"Cookie": cookies, "Content-Type": f"multipart/form-data; boundary={wall}"})
    reply = connection.getresponse()
    words = reply.read().decode()
    connection.close()
    return reply.status, words


def test_a8_a_reader_that_runs_out_of_memory_dies_alone(instance, tmp_path):
    """A8: 50 clients, 0 failed saves; whoever sent the file is told in a sentence."""
    crowd = Crowd(instance, seat_in(instance, 50), SEED, pause=0.5)
    hire_admin(instance)
    long, wide = (workbook(tmp_path / "roster.xlsx", rows) for rows in (long_rows(), wide_rows()))
    instance.start("--no-worker")
    program = Program(instance.port).sign_in({"login": "office", "password": PASSWORD})
    with crowd:
        crowd.wait_for(50)
        for data, sentence in ((long, "20000"), (wide, "内存")):
            status, words = upload(program, data)
            assert status == 422 and sentence in words
        crowd.wait_for(50)
    assert "fenced reader ended with" in instance.log.read_text()
    print(f"seed {SEED}: {crowd.acks} saved, p99 {crowd.delay(0.99):.2f} s")
    assert not crowd.troubles and crowd.gave_up == []
    assert lost(instance.settings["DATABASE_URL"], crowd) == {}
