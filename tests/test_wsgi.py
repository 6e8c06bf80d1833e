"""The application for another server than our own: `wsgi.py` beside the packages."""

import runpy

from werkzeug.test import Client

from tests.live import PROJECT


def test_wsgi_py_offers_the_application(monkeypatch, tmp_path):
    monkeypatch.setenv("QUIZAPP_INSTANCE_PATH", str(tmp_path))
    reply = Client(runpy.run_path(str(PROJECT / "wsgi.py"))["application"]).get("/healthz")
    assert reply.status_code == 200
