"""Coverage-guided fuzzing of one parser, in a process of its own: python -m tests.soak.fuzzing NAME SECONDS FOLDER.

FOLDER holds the seeds; what breaks a parser is written there too. A parser breaks where it raises anything but a refusal,
loses a line, leaves a question without an answer and without a problem, or thinks for more than two seconds.
"""

import contextlib
import io
import sys
import time
import zipfile

import atheris

with atheris.instrument_imports(include=["quizapp.rules", "quizapp.services.readers"]):
    from quizapp.rules import formats
    from quizapp.rules.formats import handbook
    from quizapp.services.readers import Unreadable, banks
    from tests.rules.formats.account import lines_lost

LONGEST = 2.0  # seconds of processor time for one file
MOST_BYTES = 4096
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def text_format(name: str):
    """Return what reads bytes as a text in one format and looks at what became of every line."""

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "ignore")
        document = formats.TEXTS[name].read(text)
        assert lines_lost(text, document) == []
        answered(document)

    return read


def answered(document: dict) -> None:
    """Assert that every question has an answer or says what it lacks, and that nothing is silently empty."""
    assert all(one["answer"] is not None or one["problems"] or one.get("parts") for one in document["questions"])
    assert document["questions"] or document["problems"]


def read_handbook(data: bytes) -> None:
    """Read bytes as a handbook; no line of it may be lost."""
    text = data.decode("utf-8", "ignore")
    assert lines_lost(text, handbook.read(text)) == []


def whole(data: bytes) -> None:
    """Read bytes as a file of any kind."""
    answered(banks.read(io.BytesIO(data), {}))


def packed(**parts: bytes):
    """Return a container of the parts, names with - for /."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


def word(data: bytes) -> None:
    """Read bytes as the body of a Word document."""
    whole(packed(**{"word/document.xml": data}))


def workbook(data: bytes) -> None:
    """Read bytes as the sheet of a workbook."""
    parts = {"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": RELATIONS, "xl/worksheets/sheet1.xml": data}
    whole(packed(**parts))


def table(data: bytes) -> None:
    """Read bytes as a CSV file below a head that is known."""
    whole("题型,题干,选项A,选项B,答案\n".encode() + data)


TARGETS = {
    **{name: text_format(name) for name in formats.TEXTS},
    "handbook": read_handbook,
    "csv": table,
    "docx": word,
    "xlsx": workbook,
    "moodle-xml": lambda data: whole(b"<quiz>" + data + b"</quiz>"),
    "qti": lambda data: whole(b"<assessmentItem>" + data + b"</assessmentItem>"),
    "any": whole,
}


def main() -> None:
    """Fuzz until the time is over; libFuzzer ends the process with another status where something breaks."""
    name, seconds, folder = sys.argv[1:4]

    def one(data: bytes) -> None:
        began = time.process_time()
        with contextlib.suppress(Unreadable):
            TARGETS[name](data)
        assert time.process_time() - began < LONGEST, "too slow"

    settings = [f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", "-rss_limit_mb=1024", "-timeout=60"]
    atheris.Setup([sys.argv[0], *settings, f"-artifact_prefix={folder}/broken-", folder], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
