"""The door: `create_app()` opens every room and is the only file that knows them all.

The rooms are imported when it is opened: a command that needs no instance, and the fenced readers, start without them.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from quizapp.config import Settings


@contextmanager
def uncollected():
    """Load without the garbage collector, which would look again and again at what stays anyway."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@uncollected()
def create_app(overrides: dict | None = None) -> Flask:
    """Return the application for the settings of the environment, changed by `overrides`.

    Raises BadSetting or UnsafeStorage with a sentence for the operator.
    """
    from flask import Flask

    from quizapp import storage
    from quizapp.config import Settings
    from quizapp.extensions import babel, compress, csrf, db, login_manager

    settings = Settings.load(overrides)
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    app = Flask("quizapp", instance_path=str(settings.instance_path.resolve()), static_folder=None)
    app.config.from_mapping(_flask_config(settings))
    app.extensions["settings"] = settings
    db.init_app(app)
    with app.app_context():
        storage.prepare(db.engine)
    compress.init_app(app)
    csrf.init_app(app)
    login_manager.init_app(app)

    from quizapp import models, web  # noqa: F401 (tables must be known before the first query)

    babel.init_app(app, locale_selector=web.language, timezone_selector=lambda: settings.timezone)
    web.register(app)
    return app


def _flask_config(settings: Settings) -> dict:
    from quizapp import storage
    from quizapp.config import secret_key

    url = settings.database()
    return {
        "SECRET_KEY": secret_key(settings),
        "SECRET_KEY_FALLBACKS": settings.older_keys(),
        "TESTING": settings.testing,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": storage.engine_options(url),
        "SESSION_COOKIE_NAME": "__Host-quizapp" if settings.is_https else "quizapp",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_CHECK_DEFAULT": False,  # web/signatures demands the token
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # programs send no Referer; web/origin looks at what browsers send
        "BABEL_DEFAULT_LOCALE": settings.language,
        "BABEL_DEFAULT_TIMEZONE": settings.timezone,
        "MAX_CONTENT_LENGTH": 20 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 1000,
        "COMPRESS_MIMETYPES": ["text/html", "application/json", "text/csv", "image/svg+xml"],
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_STREAMS": False,
    }
