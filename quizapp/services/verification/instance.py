"""The whole instance in one report."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from quizapp.services.signing import signing_key
from quizapp.services.verification import boards, chains, database, receipts, received, results
from quizapp.services.verification.findings import Report


def verify(keys: dict[str, Ed25519PublicKey] | None = None, held: dict[str, list[dict]] | None = None) -> Report:
    """Check everything and return what was found; nothing is written, so that it may run beside a server.

    Trusted are this instance's own key, as the folder holds it, and `keys` from before; the keys in the database
    prove nothing, because whoever can rewrite rows can add a key. `held`: ends of chains that others kept.
    """
    identity, key = signing_key()
    trusted = {**(keys or {}), identity: key.public_key()}
    report = Report()
    report.guard("database", "database", database.check, report)
    report.guard("chain", "campaigns", chains.check, report, trusted, held or {})
    report.guard("result", "results", results.check, report)
    report.guard("board", "boards", boards.check, report)
    report.guard("receipt", "receipts", receipts.check, report, trusted)
    report.guard("receipt", "signing_keys", receipts.check_keys, report)
    report.guard("received", "received_events", received.check, report)
    return report
