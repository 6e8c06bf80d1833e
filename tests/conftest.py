"""What every test may ask for: a database of either kind, the application on it, a real server.

The fixtures stand in the modules named in `pytest_plugins`; add one there for a new subject.
"""

import gc
import os

pytest_plugins = ("tests.alone", "tests.scenes", "tests.cast", "tests.databases", "tests.browser.seat", "tests.pages",
                  "tests.servers", "tests.stage", "tests.results", "tests.town")  # fmt: skip


def pytest_addoption(parser):
    """Add `--one ID`: of the long tests only the one that proves this promise."""
    parser.addoption("--one", metavar="ID", help="with -m soak: only the test marked soak(ID)")


def pytest_configure(config):
    """Forget the settings of whoever runs the tests: each test makes its own. Look for garbage seldom.

    Every test makes an application and lets go of it: looking after each few objects took a fifth of the time.
    """
    gc.set_threshold(100_000, 50, 1000)
    for name in list(os.environ):
        if name == "DATABASE_URL" or name.startswith("QUIZAPP_") and name != "QUIZAPP_SAMPLES":
            del os.environ[name]


def pytest_collection_modifyitems(config, items):
    """Keep what `--one` asks for."""
    wanted = config.getoption("--one")
    if wanted:
        others = [item for item in items if wanted not in _promises(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if wanted in _promises(item)]


def _promises(item) -> set[str]:
    return {promise for mark in item.iter_markers("soak") for promise in mark.args}
