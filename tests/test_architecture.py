"""The walls between the rooms, kept by reading the code: who imports whom, who commits, who reads the clock."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# room -> what of ours it may import, and what of others it may not
OURS = {
    "rules": {"rules"},
    "models": {"rules", "extensions", "models"},
    "services": {"rules", "models", "extensions", "services", "config", "storage"},
    "web": {"services", "rules", "web"},
    "cli": {"services", "rules", "cli", "serving", "config", "storage"},
    "serving": {"serving"},
}
OTHERS = {
    "rules": {"flask", "sqlalchemy", "wtforms", "os", "pathlib", "random", "time", "secrets", "flask_babel"},
    "models": {"flask", "wtforms"},
    "services": {"wtforms", "flask_wtf", "flask_login"},
    "web": {"sqlalchemy"},
    "cli": {"sqlalchemy"},
    "serving": {"flask", "sqlalchemy"},
}
# extensions that web may take by name; `db` is not among them
WEB_EXTENSIONS = {"login_manager", "csrf", "babel"}
FLASK_FORBIDDEN_IN_SERVICES = {"request", "session", "g"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager", "handler", "misc"}
CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
CLOCK_EDGES = {"web/edge.py", "cli/", "serving/"}


def files(room: str, root: Path = ROOT) -> list[Path]:
    return sorted((root / "quizapp" / room).rglob("*.py"))


def imports(path: Path):
    """Yield (module, names) of every import of a file, wherever it stands in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.name, set()
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module, {one.name for one in node.names}


def strangers(path: Path, room: str) -> list[str]:
    """Return what a file imports although its room may not."""
    found = []
    for module, names in imports(path):
        head, _, rest = module.partition(".")
        if head != "quizapp":
            if head in OTHERS[room]:
                found.append(module)
            if room == "services" and head == "flask" and names & FLASK_FORBIDDEN_IN_SERVICES:
                found.append(f"{module}: {names}")
            continue
        parts = {rest.partition(".")[0]} if rest else names
        for part in parts:
            door = room == "cli" and part == "create_app"
            by_name = room == "web" and part == "extensions" and names <= WEB_EXTENSIONS
            if part not in OURS[room] and not door and not by_name:
                found.append(f"{module}: {part}")
    return found


def calls(path: Path):
    """Yield (object, method) of every call of the form object.method(…)."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            yield node.func.value.id, node.func.attr


@pytest.mark.parametrize("room", OURS)
def test_a_room_imports_only_what_it_may(room):
    found = {str(path.relative_to(ROOT)): strangers(path, room) for path in files(room)}
    assert not {name: what for name, what in found.items() if what}


def test_only_the_transaction_commits():
    committing = {str(path.relative_to(ROOT / "quizapp")) for path in (ROOT / "quizapp").rglob("*.py") if commits(path)}
    assert committing == {"services/transaction.py"}


def commits(path: Path) -> list[str]:
    """Return what a file commits: every call of `commit` on something that is called a session or a connection."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    owners = (ast.unparse(one.value) for one in calls if isinstance(one, ast.Attribute) and one.attr == "commit")
    return [owner for owner in owners if owner.endswith(("session", "connection", "database", "cursor"))]


def test_the_clock_is_read_at_the_edge_only():
    reading = {str(path.relative_to(ROOT / "quizapp")) for path in (ROOT / "quizapp").rglob("*.py")
               if CLOCK & set(calls(path))}  # fmt: skip
    assert not {name for name in reading if not any(name.startswith(edge) for edge in CLOCK_EDGES)}


def naive(path: Path) -> list[str]:
    """Return the calls of a file that make a moment without a zone, and the imports that would hide one."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):  # under another name it would not be found below
            found += [ast.unparse(node) for one in node.names if one.name == "datetime" and one.asname]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            zoned = len(node.args) + len(node.keywords)
            if node.func.attr in ("utcnow", "utcfromtimestamp") or (node.func.attr, zoned) in (("now", 0), ("fromtimestamp", 1)):
                owner = ast.unparse(node.func.value)
                found += [ast.unparse(node)] if owner in ("datetime", "datetime.datetime") else []
        makes = isinstance(node, ast.Call) and ast.unparse(node.func) in ("datetime", "datetime.datetime")
        if makes and len(node.args) < 8 and not any(one.arg == "tzinfo" for one in node.keywords):
            found.append(ast.unparse(node))
    return found


def test_c9_no_moment_is_without_its_zone():
    """C9: aware UTC everywhere; a naive moment is made nowhere."""
    found = {str(path.relative_to(ROOT)): naive(path) for path in (ROOT / "quizapp").rglob("*.py")}
    assert not {name: calls for name, calls in found.items() if calls}


def test_no_file_has_a_name_that_says_nothing():
    assert not [path for path in (ROOT / "quizapp").rglob("*.py") if path.stem in FORBIDDEN_NAMES]


def test_every_module_says_in_a_docstring_what_is_found_in_it():
    silent = [str(path.relative_to(ROOT)) for path in (ROOT / "quizapp").rglob("*.py")
              if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]  # fmt: skip
    assert not silent


PLANTED = [
    ("rules", "import random\n"),
    ("rules", "from quizapp.models import Unit\n"),
    ("models", "from quizapp.services import scope\n"),
    ("services", "from flask import request\n"),
    ("services", "from quizapp.web import edge\n"),
    ("web", "from quizapp.models import Unit\n"),
    ("web", "from quizapp.extensions import db\n"),
    ("web", "import sqlalchemy\n"),
    ("cli", "from quizapp.models import Unit\n"),
    ("cli", "from quizapp.web import edge\n"),
]


@pytest.mark.parametrize(("room", "line"), PLANTED)
def test_a_planted_violation_is_found(room, line, tmp_path):
    path = tmp_path / "planted.py"
    path.write_text(line)
    assert strangers(path, room)


def test_a_planted_commit_and_a_planted_clock_are_found(tmp_path):
    path = tmp_path / "planted.py"
    path.write_text("db.session.commit()\nnow = datetime.now(UTC)\n")
    assert commits(path)
    assert CLOCK & set(calls(path))
    lines = ["one = datetime(2026, 7, 1)", "other = datetime.now()", "third = datetime.fromtimestamp(5)"]
    path.write_text("\n".join([*lines, "from datetime import datetime as moment", "import datetime as dt"]))
    assert len(naive(path)) == 5


def test_a_route_that_does_not_say_who_may_call_it_stops_the_start(app):
    from quizapp.web import access

    app.view_functions["undeclared"] = lambda: ""
    app.url_map.add(app.url_rule_class("/undeclared", endpoint="undeclared"))
    with pytest.raises(RuntimeError, match="undeclared"):
        access.register(app)
