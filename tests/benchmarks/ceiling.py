"""The plain ceiling: a bare Flask route that does the same authenticated, durable upsert on the same database."""

import hashlib
import json
import os
import threading
import time

from flask import Flask, jsonify, request

from quizapp.storage import sqlite_module

sqlite = sqlite_module()
mine = threading.local()

WHO = "SELECT person_id FROM sessions WHERE token_hash = ? AND expires_at > ?"
STATE = "SELECT state, deadline_at FROM attempts WHERE public_id = ? AND person_id = ?"
UPSERT = """
INSERT INTO answers (attempt_id, slot, epoch, seq, value, arrived_at)
SELECT id, ?, ?, ?, ?, ? FROM attempts WHERE public_id = ?
ON CONFLICT (attempt_id, slot)
DO UPDATE SET seq = excluded.seq, value = excluded.value, arrived_at = excluded.arrived_at
"""


def connection():
    """Return this thread's connection, as durable as the product's."""
    if not hasattr(mine, "connection"):
        mine.connection = sqlite.connect(os.environ["CEILING_DATABASE"], isolation_level=None, timeout=10)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            mine.connection.execute(f"PRAGMA {pragma}")
    return mine.connection


def create_app() -> Flask:
    """Return the bare application."""
    app = Flask("ceiling")

    @app.put("/api/v1/attempts/<attempt_id>/answers")
    def save(attempt_id: str):
        now = int(time.time() * 1000)
        database = connection()
        token = hashlib.sha256(request.cookies.get("token", "").encode()).hexdigest()
        row = database.execute(WHO, (token, now)).fetchone()
        if row is None:
            return jsonify(error="who"), 401
        state, deadline = database.execute(STATE, (attempt_id, row[0])).fetchone()
        if state != "open" or deadline < now:
            return jsonify(error="closed"), 409
        body = request.get_json()
        answer = body["answers"][0]
        database.execute("BEGIN IMMEDIATE")
        values = (answer["slot"], body["epoch"], answer["seq"], json.dumps(answer["value"]), now, attempt_id)
        database.execute(UPSERT, values)
        database.execute("COMMIT")
        return jsonify(saved={answer["slot"]: answer["seq"]})

    @app.get("/healthz")
    def alive():
        return jsonify(status="alive")

    return app
