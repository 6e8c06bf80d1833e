"""The instance's signing key: the private half at 0600 in the instance folder, the public half in the database."""

import base64
import os
import secrets
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from flask import current_app
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import SigningKey
from quizapp.rules.signing import key_id
from quizapp.services.transaction import insert, writing


def signing_key() -> tuple[str, Ed25519PrivateKey]:
    """Return (key id, private key); read once a process, made where there is none."""
    held = current_app.extensions.get("signing_key")
    if held is None:
        key = _read(Path(current_app.instance_path) / "signing_key.pem")
        held = current_app.extensions["signing_key"] = (key_id(key.public_key()), key)
    return held


def _read(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        _make(path)
    return serialization.load_pem_private_key(path.read_bytes(), None)


def _make(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")  # threads of one process race too
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(fresh, path)  # whoever is first wins, whole
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def publish_key(now: datetime) -> None:
    """Note the public half in the database, so that what was signed can be checked by anyone later."""
    identity, key = signing_key()
    if db.session.get(SigningKey, identity) is None:
        raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        values = {"key_id": identity, "public_key": base64.b64encode(raw).decode(), "created_at": now}
        with writing() as session:
            session.execute(insert(SigningKey).values(**values).on_conflict_do_nothing())


def public_keys() -> dict[str, Ed25519PublicKey]:
    """Return every public key ever used here, by id."""
    rows = db.session.execute(select(SigningKey.key_id, SigningKey.public_key))
    return {identity: Ed25519PublicKey.from_public_bytes(base64.b64decode(text)) for identity, text in rows}
