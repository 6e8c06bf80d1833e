"""H10, R13: nonsense and weak secrets are refused at start with a sentence; a missing secret is made once, for us alone."""

import os
import stat
import threading

import pytest

from quizapp.config import BadSetting, Settings, secret_key

GOOD = "k" * 20 + "0123456789abcdef"


def load(environ: dict, **overrides) -> Settings:
    return Settings.load(overrides, environ)


@pytest.mark.parametrize("key", ["dev", "changeme", "password", "0123456789abcdefghijklmnopqrstu", "secret" * 8, "0" * 64, "changeme-" * 6, " " * 40])
def test_h10_a_weak_or_default_key_is_refused_with_a_sentence(key):
    """H10: whatever is short, well known, or the same few characters over and over."""
    with pytest.raises(BadSetting, match="QUIZAPP_SECRET_KEY.*too weak"):
        load({"QUIZAPP_SECRET_KEY": key})


def test_h10_a_weak_older_key_is_refused_as_well():
    """H10, S-17: an older key still verifies cookies, so it has to be as good as the present one."""
    with pytest.raises(BadSetting, match="QUIZAPP_SECRET_KEY_FALLBACKS"):
        load({"QUIZAPP_SECRET_KEY": GOOD, "QUIZAPP_SECRET_KEY_FALLBACKS": f"{GOOD[::-1]},dev"})
    assert load({"QUIZAPP_SECRET_KEY": GOOD, "QUIZAPP_SECRET_KEY_FALLBACKS": GOOD[::-1]}).secret_key == GOOD


def test_h10_a_missing_key_is_made_once_and_nobody_else_can_read_it(tmp_path):
    """H10: 0600, the same at the next start, whatever the umask."""
    settings = load({}, instance_path=tmp_path / "instance")
    before = os.umask(0)
    try:
        made = secret_key(settings)
    finally:
        os.umask(before)
    path = tmp_path / "instance" / "secret_key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(made) >= 43 and secret_key(settings) == made


def test_processes_that_start_together_use_one_key(tmp_path):
    settings, made = load({}, instance_path=tmp_path), set()
    together = threading.Barrier(12)

    def start() -> None:
        together.wait(10)
        made.add(secret_key(settings))

    threads = [threading.Thread(target=start) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_a_damaged_key_file_is_told(tmp_path):
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(BadSetting, match="too weak"):
        secret_key(load({}, instance_path=tmp_path))


NONSENSE = [
    ("QUIZAPP_TIMEZONE", "Middle/Earth"), ("QUIZAPP_LANGUAGE", "tlh"), ("QUIZAPP_PUBLIC_URL", "drill.example"),
    ("QUIZAPP_PUBLIC_URL", "javascript://x"), ("QUIZAPP_TRUSTED_PROXIES", "many"), ("QUIZAPP_TRUSTED_PROXIES", "9"),
    ("QUIZAPP_SESSION_IDLE_MINUTES", "0"), ("QUIZAPP_SIGN_INS_PER_MINUTE", "-1"), ("DATABASE_URL", "mysql://x"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), NONSENSE)
def test_nonsense_is_refused_by_the_setting_s_name(name, value):
    with pytest.raises(BadSetting, match=name):
        load({name: value})


def test_h10_nothing_turns_debugging_on(tmp_path, database_url):
    """H10: the framework's own switches are not settings of ours."""
    from tests.databases import close_app, open_app

    app = open_app(database_url, tmp_path / "instance")
    assert not app.debug and not app.config["DEBUG"] and "PROPAGATE_EXCEPTIONS" not in {
        name for name, value in app.config.items() if value
    }  # fmt: skip
    close_app(app)
    with pytest.raises(BadSetting, match="unknown setting"):
        Settings.load({"debug": True}, {})
