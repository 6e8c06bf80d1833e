"""Every receipt's signature, as anybody who holds one may check it, and the public keys that are handed out for it."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import Attempt, Receipt, SigningKey
from quizapp.rules.chain_file import public_key
from quizapp.rules.receipts import is_genuine
from quizapp.rules.signing import key_id
from quizapp.rules.words import N_
from quizapp.services.attempts.receipts import statement
from quizapp.services.verification.findings import Report, snapshot

GROUP = 1000


def check(report: Report, trusted: dict[str, Ed25519PublicKey]) -> None:
    """Add every receipt that was not signed by a trusted key, or not as it stands."""
    codes = [""]
    while codes:
        later = select(Receipt.code).where(Receipt.code > codes[-1])
        codes = db.session.scalars(later.order_by(Receipt.code).limit(GROUP)).all()
        report.guard_each("receipt", "receipts", codes, lambda group: _check_group(report, group, trusted))
        report.count("receipts", len(codes))


def _check_group(report: Report, codes: list[str], trusted: dict[str, Ed25519PublicKey]) -> None:
    query = select(Receipt, Attempt.public_id).join_from(Receipt, Attempt).where(Receipt.code.in_(codes))
    with snapshot() as session:
        for receipt, attempt in session.execute(query):
            key = trusted.get(receipt.key_id)
            if key is None or not is_genuine(statement(receipt, attempt), receipt.signature, key):
                message = N_("The signature of receipt %(code)s does not fit.")
                report.add("receipt", "signature", f"receipts code={receipt.code}", message, code=receipt.code)


def check_keys(report: Report) -> None:
    """Add every published key that is not the one its id names."""
    for identity, text in db.session.execute(select(SigningKey.key_id, SigningKey.public_key)).all():
        report.count("public keys")
        try:
            fits = key_id(public_key(text)) == identity
        except ValueError:
            fits = False
        if not fits:
            message = N_("The public key %(key)s is not the one that its id names.")
            report.add("receipt", "key", f"signing_keys key_id={identity}", message, key=identity)
