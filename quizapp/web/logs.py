"""One JSON line a request on standard error, with its id; never a body, a cookie or a query."""

import logging
import time
from datetime import UTC, datetime

import msgspec
from flask import Flask, g, request

from quizapp.web import edge

log = logging.getLogger("quizapp")
OF_EVERY_RECORD = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}


class Line(logging.Formatter):
    """A record as one line of JSON, with whatever `extra` was told; an exception stands in it whole."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "event": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in OF_EVERY_RECORD},
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line, enc_hook=str).decode()


def configure() -> None:
    """Write to standard error, so that standard output stays a command's own."""
    handler = logging.StreamHandler()
    handler.setFormatter(Line())
    log.handlers = [handler]
    log.setLevel(logging.INFO)


def register(app: Flask) -> None:
    """Log what is slow or fails, and every page; a quick, good answer save leaves no line of its own."""
    configure()

    @app.after_request
    def line(response):
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        quiet = request.path.startswith(("/static/", "/healthz", "/api/v1/attempts")) and response.status_code < 400
        if app.testing or (quiet and seconds < 0.5):
            return response
        told = {
            "id": edge.request_id(),
            "method": request.method,
            "route": request.url_rule.rule if request.url_rule else "",
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "person": g.get("person_public_id", ""),
        }
        log.info("request", extra=told)
        return response
