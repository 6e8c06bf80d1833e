"""One structured line a request on standard error, with its id; never a body, a cookie or a query."""

import logging
import sys
import time

import structlog
from flask import Flask, g, request

from quizapp.web import edge

log = structlog.get_logger("quizapp")


def configure() -> None:
    """Write JSON lines to standard error, so that standard output stays a command's own."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def register(app: Flask) -> None:
    """Log what is slow or fails, and every page; a quick, good answer save leaves no line of its own."""
    configure()

    @app.after_request
    def line(response):
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        quiet = request.path.startswith(("/static/", "/healthz", "/api/v1/attempts")) and response.status_code < 400
        if app.testing or (quiet and seconds < 0.5):
            return response
        route = request.url_rule.rule if request.url_rule else ""
        log.info(
            "request",
            id=edge.request_id(),
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            person=g.get("person_public_id", ""),
        )
        return response
