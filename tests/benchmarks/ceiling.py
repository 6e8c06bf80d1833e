"""The plain ceiling: a bare Flask route that does the same authenticated, durable upsert on the same database."""

import hashlib
import json
import os
import threading
import time

import psycopg
from flask import Flask, jsonify, request

from quizapp.storage import sqlite_module

mine = threading.local()

WHO = "SELECT person_id FROM sessions WHERE token_hash = ? AND expires_at > ?"
STATE = "SELECT state, deadline_at FROM attempts WHERE public_id = ? AND person_id = ?"
UPSERT = """
INSERT INTO answers (attempt_id, slot, epoch, seq, value, arrived_at)
SELECT id, ?, ?, ?, ?, ? FROM attempts WHERE public_id = ?
ON CONFLICT (attempt_id, slot)
DO UPDATE SET seq = excluded.seq, value = excluded.value, arrived_at = excluded.arrived_at
"""


class Lite:
    """This thread's SQLite connection, as durable as the product's."""

    def __init__(self, address: str):
        file = address.removeprefix("sqlite:///")
        self.connection = sqlite_module().connect(file, isolation_level=None, timeout=10)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            self.connection.execute(f"PRAGMA {pragma}")

    def ask(self, sql: str, values: tuple):
        return self.connection.execute(sql, values).fetchone()

    def write(self, sql: str, values: tuple) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(sql, values)
        self.connection.execute("COMMIT")


class Postgres:
    """This thread's PostgreSQL connection; each statement is a transaction."""

    def __init__(self, address: str):
        self.connection = psycopg.connect(address, autocommit=True)

    def ask(self, sql: str, values: tuple):
        return self.connection.execute(sql.replace("?", "%s"), values).fetchone()

    def write(self, sql: str, values: tuple) -> None:
        self.connection.execute(sql.replace("?", "%s"), values)


def database():
    """Return what this thread talks to."""
    if not hasattr(mine, "database"):
        address = os.environ["CEILING_DATABASE"].replace("+psycopg", "")
        mine.database = (Lite if address.startswith("sqlite") else Postgres)(address)
    return mine.database


def create_app() -> Flask:
    """Return the bare application."""
    app = Flask("ceiling")

    @app.put("/api/v1/attempts/<attempt_id>/answers")
    def save(attempt_id: str):
        now = int(time.time() * 1000)
        token = hashlib.sha256(request.cookies.get("token", "").encode()).hexdigest()
        row = database().ask(WHO, (token, now))
        if row is None:
            return jsonify(error="who"), 401
        state, deadline = database().ask(STATE, (attempt_id, row[0]))
        if state != "open" or deadline < now:
            return jsonify(error="closed"), 409
        body = request.get_json()
        answer = body["answers"][0]
        values = (answer["slot"], body["epoch"], answer["seq"], json.dumps(answer["value"]), now, attempt_id)
        database().write(UPSERT, values)
        return jsonify(saved={answer["slot"]: answer["seq"]})

    @app.get("/healthz")
    def alive():
        return jsonify(status="alive")

    return app
