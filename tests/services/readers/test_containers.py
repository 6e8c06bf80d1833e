"""A container that is no plain workbook is refused by its directory alone, before anything in it is unpacked."""

import io
import zipfile

import pytest

from quizapp.services.readers import Unreadable, containers

SHEET = "xl/worksheets/sheet1.xml"


def packed(*entries, method=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        containers.check(data)
    return refusal.value.code


def test_workbooks_are_known_by_what_is_in_them():
    assert containers.check(packed((SHEET, "<x/>"))) == "xlsx"
    mark = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert containers.check(packed(mark, ("content.xml", "<x/>"), method=zipfile.ZIP_STORED)) == "ods"


def test_what_unpacks_to_far_more_than_it_is_packed_is_a_bomb():
    assert refused(packed((SHEET, b"0" * 2_000_000))) == "too-much"


def test_very_many_entries_are_a_bomb():
    entries = [(SHEET, "<x/>"), *((f"xl/{number}", str(number)) for number in range(containers.MOST_ENTRIES))]
    assert refused(packed(*entries)) == "too-much"


@pytest.mark.parametrize("name", ["../xl/evil", "/xl/evil", "xl/../../evil", "xl\\..\\..\\evil", "C:/xl/evil"])
def test_names_that_lead_elsewhere_are_refused(name):
    assert refused(packed((SHEET, "<x/>"), (name, "x"))) == "unsafe-names"


def test_links_are_refused():
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    assert refused(packed((SHEET, "<x/>"), (link, "/etc/passwd"))) == "unsafe-names"


def test_locked_workbooks_are_refused():
    data = bytearray(packed((SHEET, "<x/>")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == "locked"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, packed(("a.txt", "x")), packed(("word/a", "x"))]
)
def test_other_containers_are_no_workbooks(data):
    assert refused(data) == "not-a-workbook"
