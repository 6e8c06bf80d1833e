"""Every setting: its environment name, type and default. Nonsense is refused at start, with a sentence."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PROJECT = Path(__file__).resolve().parent.parent
LEAST_KEY, LEAST_VARIETY = 32, 10  # characters, and different ones among them: "changeme" over and over has eight


class BadSetting(Exception):
    """A setting that the program must not start with; the text says which, why and what to do."""


def env(name: str, default, doc: str):
    """Declare a setting read from the environment variable `name`."""
    return field(default=default, metadata={"env": name, "doc": doc})


@dataclass(frozen=True)
class Settings:
    """What the door needs to know. Field metadata holds the environment name and a sentence of explanation."""

    instance_path: Path = env("QUIZAPP_INSTANCE_PATH", PROJECT / "instance", "Folder of database, secrets and uploads.")
    database_url: str = env("DATABASE_URL", "", "SQLAlchemy address; empty: SQLite in the instance folder.")
    secret_key: str = env("QUIZAPP_SECRET_KEY", "", "Signs cookies; empty: made once, kept 0600 in the folder.")
    secret_key_fallbacks: str = env("QUIZAPP_SECRET_KEY_FALLBACKS", "", "Older keys that still verify, by comma.")
    public_url: str = env(
        "QUIZAPP_PUBLIC_URL", "", "Address people use, https://… ; empty: plain http, with a warning."
    )
    trusted_proxies: int = env("QUIZAPP_TRUSTED_PROXIES", 0, "How many proxies in front set X-Forwarded-*.")
    timezone: str = env("QUIZAPP_TIMEZONE", "Asia/Shanghai", "The clock on the wall that people read.")
    language: str = env("QUIZAPP_LANGUAGE", "zh_CN", "Default language: zh_CN or en.")
    session_idle_minutes: int = env("QUIZAPP_SESSION_IDLE_MINUTES", 30, "Signed out after so long without a page.")
    session_hours: int = env("QUIZAPP_SESSION_HOURS", 12, "Signed out after so long in any case.")
    sign_ins_per_minute: int = env("QUIZAPP_SIGN_INS_PER_MINUTE", 2000, "Ceiling for one address.")
    receiver_hosts: str = env("QUIZAPP_RECEIVER_HOSTS", "", "host:port of evaluation receivers, by comma.")
    metrics_token: str = env("QUIZAPP_METRICS_TOKEN", "", "Bearer token for /metrics from elsewhere than loopback.")
    backup_path: str = env(
        "QUIZAPP_BACKUP_PATH", "", "Folder for backups and the journal of answers, on another disk; empty: backups/."
    )
    board_minimum: int = env("QUIZAPP_BOARD_MINIMUM", 5, "Villages with fewer people are ranked but marked.")
    testing: bool = False

    @classmethod
    def load(cls, overrides: dict | None = None, environ=os.environ) -> "Settings":
        """Read the environment, let `overrides` win, and refuse what makes no sense. Raises BadSetting."""
        values = {}
        for spec in fields(cls):
            name = spec.metadata.get("env")
            if name and environ.get(name, "") != "":
                values[spec.name] = _convert(name, environ[name], spec.default)
        values.update(overrides or {})
        unknown = set(values) - {spec.name for spec in fields(cls)}
        if unknown:
            raise BadSetting(f"unknown setting: {', '.join(sorted(unknown))}")
        settings = cls(**{**values, "instance_path": Path(values.get("instance_path", cls.instance_path))})
        settings._check()
        return settings

    def _check(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise BadSetting(f"QUIZAPP_TIMEZONE: no such time zone: {self.timezone}") from error
        if self.language not in ("zh_CN", "en"):
            raise BadSetting(f"QUIZAPP_LANGUAGE must be zh_CN or en, not {self.language}")
        if self.secret_key and is_weak(self.secret_key):
            raise BadSetting("QUIZAPP_SECRET_KEY is too weak: use at least 32 random characters, or leave it out")
        if any(is_weak(key) for key in self.older_keys()):
            raise BadSetting("QUIZAPP_SECRET_KEY_FALLBACKS holds a key that is too weak: leave it out")
        if self.public_url and not self.public_url.startswith(("https://", "http://")):
            raise BadSetting("QUIZAPP_PUBLIC_URL must begin with https:// or http://")
        for name in ("session_idle_minutes", "session_hours", "sign_ins_per_minute", "board_minimum"):
            if getattr(self, name) < 1:
                raise BadSetting(f"QUIZAPP_{name.upper()} must be at least 1")
        if not 0 <= self.trusted_proxies <= 4:
            raise BadSetting("QUIZAPP_TRUSTED_PROXIES must be between 0 and 4")
        if self.database_url and not self.database_url.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
            raise BadSetting("DATABASE_URL must begin with sqlite: or postgresql:")

    @property
    def is_https(self) -> bool:
        """Whether people reach the site over TLS, as the public address says."""
        return self.public_url.startswith("https://")

    def older_keys(self) -> list[str]:
        """Return the keys that still verify what they signed, newest first."""
        return [key for key in self.secret_key_fallbacks.split(",") if key]

    def database(self) -> str:
        """Return the SQLAlchemy address, with the driver named."""
        if not self.database_url:
            return f"sqlite:///{self.instance_path / 'quizapp.sqlite3'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)


def is_weak(key: str) -> bool:
    """Whether a key is short, or the same few characters over and over."""
    return len(key) < LEAST_KEY or len(set(key)) < LEAST_VARIETY


def _convert(name: str, text: str, default):
    if isinstance(default, int) and not isinstance(default, bool):
        try:
            return int(text)
        except ValueError as error:
            raise BadSetting(f"{name} must be a whole number, not {text!r}") from error
    return Path(text) if isinstance(default, Path) else text


def secret_key(settings: Settings) -> str:
    """Return the signing key: the one set, or one made once and kept at 0600 in the instance folder."""
    if settings.secret_key:
        return settings.secret_key
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    path = settings.instance_path / "secret_key"
    if not path.exists():
        _make_key(path)
    key = path.read_text().strip()
    if is_weak(key):
        raise BadSetting(f"{path} is too weak to be safe: delete it and a new one is made (everybody signs in again)")
    return key


def _make_key(path: Path) -> None:
    """Put a key there whole: of processes that start together one wins, and none reads half a key."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=".secret_key-") as file:  # 0600
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)
