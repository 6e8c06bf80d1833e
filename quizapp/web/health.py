"""Is the program alive, can it take saves now, and what it has counted."""

import hmac
import shutil

from flask import Blueprint, Response, current_app, jsonify, request

from quizapp.rules.errors import NotFound
from quizapp.services import readiness, time_keeping
from quizapp.services.scope import NOT_HERE
from quizapp.web import edge
from quizapp.web.access import PUBLIC, access

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access(PUBLIC)
def alive():
    return jsonify(status="alive")


@blueprint.get("/readyz")
@access(PUBLIC)
def ready():
    free = shutil.disk_usage(current_app.instance_path).free
    report = readiness.check(free, edge.now())
    return jsonify(report), 200 if report["ready"] else 503


@blueprint.get("/metrics")
@access(PUBLIC)
def metrics():
    """Loopback without a proxy in between, or the token; for others the page does not exist."""
    token = current_app.extensions["settings"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    is_near = request.remote_addr in ("127.0.0.1", "::1") and "X-Forwarded-For" not in request.headers
    if not is_near and not (token and hmac.compare_digest(given.encode(), token.encode())):
        raise NotFound(NOT_HERE)
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # where nobody measures it is not loaded

    server = request.environ.get("quizapp.server")
    clock = f"quizapp_clock_ahead_seconds {time_keeping.seen_jump() / 1000}\n".encode()
    text = generate_latest() + counted(server.report() if server else {}) + clock
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def counted(report: dict) -> bytes:
    """Return what the server in front of us has counted, in the form of the metrics."""
    lines = [f"quizapp_connections {report.get('connections', 0)}"]
    lines += [f'quizapp_waiting{{lane="{lane}"}} {count}' for lane, count in report.get("waiting", {}).items()]
    lines += [f'quizapp_refused_total{{status="{status}"}} {n}' for status, n in report.get("refused", {}).items()]
    return "".join(f"{line}\n" for line in lines).encode()
