"""Scenes: what many tests begin with is played once in a process, and its database and instance folder are copied.

    @scene
    def stage(cast) -> Stage:
        return set_up()

makes a fixture like any other. It may ask for other scenes only, since it is played by itself, in the context of an
application of its own; what it returns is the same for every test, so let it be plain and unchanging. A scene may be
two minutes old when its copy is used: what happens "now" in a test happens at the clock's time, not at the scene's.
"""

import inspect
import itertools
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

LIFE = 120  # seconds until a scene is played anew: what is "now" in it must nearly be so in the test


def scene(play):
    """Make a fixture of a function that fills the database."""
    asked = list(inspect.signature(play).parameters)

    def shown(app, cheap_passwords, tonight, **others):
        if play in tonight.values:
            return tonight.values[play]
        with app.app_context():  # a database that the test has made itself
            return play(**others)

    names = dict.fromkeys(["app", "cheap_passwords", "tonight", *asked])
    shown.__signature__ = inspect.Signature([inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names])
    shown.__name__, shown.__doc__, shown.__module__, shown.play = play.__name__, play.__doc__, play.__module__, play
    return pytest.fixture(shown)


@dataclass(frozen=True)
class Scenery:
    """A database to copy from, a file or a name, as some scenes have left it; their folder, and what they returned."""

    database: object
    folder: Path
    values: dict = field(default_factory=dict)
    begun: float = 0  # when the first of its scenes was played

    def is_old(self) -> bool:
        """Whether its scenes have to be played anew."""
        return bool(self.values) and time.monotonic() - self.begun > LIFE

    def furnish(self, folder: Path) -> Path:
        """Copy what the scenes left in their instance's folder: the key that the database is signed with."""
        if self.folder.exists():
            shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return folder


class Sceneries:
    """All of one kind of database, by the scenes that were played; `copy` makes a database: (which, name) -> it, address."""

    def __init__(self, empty, copy: Callable, folder: Path):
        self.copy, self.folder, self.numbers = copy, folder, itertools.count(1)
        self.kept = {(): Scenery(empty, folder / "empty")}

    def after(self, plays: tuple) -> Scenery:
        """Return what these scenes leave, each built on those before it."""
        if plays not in self.kept or self.kept[plays].is_old():
            before, name = self.after(plays[:-1]), f"scene_{next(self.numbers)}"
            begun = before.begun or time.monotonic()
            database, url = self.copy(before.database, name)
            folder = before.furnish(self.folder / name)
            value = perform(plays[-1], before.values, url, folder)
            self.kept[plays] = Scenery(database, folder, {**before.values, plays[-1]: value}, begun)
        return self.kept[plays]


def perform(play, earlier: dict, url: str, folder: Path):
    """Play one scene on a database and return what it returns."""
    from quizapp.services import sign_in
    from quizapp.services.attempts import papers
    from tests.cast import CHEAP
    from tests.databases import open_app, release_database
    from tests.stage import fresh_dice

    asked = inspect.signature(play).parameters
    app = open_app(url, folder)
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr(sign_in, "hasher", CHEAP)
        patch.setattr(papers, "dice", fresh_dice())
        value = play(**{one.__name__: found for one, found in earlier.items() if one.__name__ in asked})
    release_database(app)
    return value


class Tonight:
    """The scenes that one test asks for, and the scenery that its database was copied from, once it was."""

    def __init__(self, plays: tuple):
        self.plays, self.scenery = plays, None

    @property
    def values(self) -> dict:
        """What the scenes returned that the database has seen."""
        return self.scenery.values if self.scenery else {}

    def choose(self, sceneries: Sceneries) -> Scenery:
        """Find the scenery with all that the test asks for."""
        self.scenery = sceneries.after(self.plays)
        return self.scenery


@pytest.fixture
def tonight(request) -> Tonight:
    """What this test's database begins with."""
    known, plays = request.node._fixtureinfo.name2fixturedefs, {}

    def add(name: str) -> None:
        play = getattr(known[name][-1].func, "play", None) if name in known else None
        if play:
            for earlier in inspect.signature(play).parameters:
                add(earlier)
            plays[play] = True

    for name in sorted(known):
        add(name)
    return Tonight(tuple(plays))
