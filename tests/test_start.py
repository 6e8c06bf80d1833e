"""What a start costs: modules are compiled when they are installed, and those that few need are loaded when needed."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import quizapp
from tests.live import PROJECT

# what changes tables, makes files, draws codes, measures, reads banks
LATE = ("alembic", "mako", "markdown", "pypdf", "python_calamine", "segno", "prometheus_client", "xlsxwriter",
        "quizapp.rules.formats.text", "quizapp.rules.formats.gift")  # fmt: skip
SERVE = """
import sys, time
from quizapp import create_app
from quizapp.serving import clock
from quizapp.services import migration
app = create_app()
with app.app_context():
    migration.migrate(clock.now())
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_a_server_that_is_started_again_loads_only_what_serving_needs(instance):
    """A1, A7: phones wait for the start."""
    done = subprocess.run([sys.executable, "-c", SERVE, *LATE], cwd=PROJECT, env=instance._environment(),
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.split() == []


def test_what_is_installed_is_compiled():
    """A1, A7: reading sources is half of a start, and who serves may not be allowed to keep what it compiled."""
    ours, theirs = quizapp.__file__, importlib.util.find_spec("sqlalchemy").origin
    assert [path for path in (ours, theirs) if not Path(importlib.util.cache_from_source(path)).exists()] == []
