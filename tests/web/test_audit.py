"""The audit page: what was done in the auditor's own units, for auditors alone; and every deed has a name."""

import ast
from pathlib import Path

import pytest

from tests.cast import VILLAGE

SERVICES = Path(__file__).resolve().parents[2] / "quizapp" / "services"


def recorded() -> set[str]:
    """Return every action that some service records."""
    found = set()
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("audit.record", "_set_active"):
                names = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                found |= {name for name in names if "." in name}
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("action", "PASSWORD_SET"):
                found |= {one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)}
    return found


def test_every_deed_that_is_recorded_has_words():
    from quizapp.web.audit import DEEDS

    assert recorded() - set(DEEDS) == set()
    assert len(recorded()) > 15


def test_an_auditor_reads_what_was_done_by_whom(browse):
    admin = browse("admin")
    admin.open(f"/units/{VILLAGE}/name")
    admin.send(f"/units/{VILLAGE}/name", name="新柳塘村")
    page = browse("auditor")
    page.open("/audit")
    for told in ("Unit renamed", "陈白露", "before: 柳塘村", "after: 新柳塘村", "system operator"):
        assert told in page.words


def test_deeds_in_the_next_township_are_not_shown(browse):
    page = browse("auditor")
    page.open("/audit")
    assert "周小满" in page.words and "卫处暑" not in page.words and "渡口村" not in page.words


@pytest.mark.parametrize("who", ["trainee", "trainer", "village_leader", "township_leader", "admin"])
def test_nobody_else_opens_it(browse, who):
    assert browse(who).open("/audit").status_code == 403


def test_a_long_trail_goes_on_on_further_pages(browse, app):
    from quizapp.services import units
    from tests.cast import MET

    with app.app_context():
        for number in range(60):
            units.rename(None, VILLAGE, f"柳塘{number}村", MET)
    page = browse("auditor")
    page.open("/audit")
    assert "柳塘59村" in page.words and "柳塘3村" not in page.words
    page.open("/audit?page=2")
    assert "柳塘3村" in page.words
