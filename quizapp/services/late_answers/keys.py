"""The key that an attempt's phone seals an answer file with: made from the signing key, kept nowhere else."""

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from quizapp.rules import answer_files
from quizapp.services.signing import signing_key


def of_attempt(attempt_id: str) -> bytes:
    """Return the key of one attempt; whoever holds the instance folder can make it again."""
    master = current_app.extensions.get("answer_file_master")
    if master is None:
        _, key = signing_key()
        raw = key.private_bytes(
            serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
        )
        derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"quizapp answer files").derive(raw)
        master = current_app.extensions["answer_file_master"] = derived
    return answer_files.attempt_key(master, attempt_id)
