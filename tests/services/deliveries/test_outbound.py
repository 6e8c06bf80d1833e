"""Nothing is ever connected to but the places on the list, whatever an address, a name or an answer says."""

import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from quizapp.extensions import db
from quizapp.rules.errors import Invalid
from quizapp.rules.receivers import NotAllowedThere, allowed_places
from quizapp.services.deliveries import outbound, receivers
from tests.cast import TOWNSHIP
from tests.receiver import Receiver

PORT = 9
HOSTILE = [
    "http://127.1:9/", "http://127.0.1:9/", "http://2130706433:9/", "http://0x7f000001:9/", "http://0x7f.0.0.1:9/",
    "http://0177.0.0.1:9/", "http://017700000001:9/", "http://127.0.0.01:9/", "http://0:9/", "http://0.0.0.0:9/",
    "http://[::1]:9/", "http://[::ffff:127.0.0.1]:9/", "http://[::ffff:7f00:1]:9/", "http://[0:0::ffff:127.0.0.1]:9/",
    "http://[::127.0.0.1]:9/", "http://[fe80::1%25lo]:9/", "http://[fe80::1%lo]:9/", "http://[::]:9/",
    "http://127.0.0.1:9@evil.example/", "http://evil.example@127.0.0.1:9/", "http://user:pass@127.0.0.1:9/",
    "http://@127.0.0.1:9/", "http://evil.example#@127.0.0.1:9/", "http://evil.example?@127.0.0.1:9/",
    "http://evil.example\\@127.0.0.1:9/", "http://127.0.0.1:9\\@evil.example/", "http:\\\\127.0.0.1:9/",
    "http://127.0.0.1:9 .evil.example/", "http://127.0.0.1:9\t/", "http://127.0.0.1:9\r\nHost: evil.example/",
    "http://127.0.0.1:9/\r\nX: y", "http://127.0.0.1\x00.evil.example:9/", " http://127.0.0.1:9/",
    "http://127.0.0.1:9/ ",
    "http://１２７.0.0.1:9/", "http://127。0。0。1:9/", "http://①②⑦.0.0.1:9/", "http://127.0.0.1.:9/", "http://localhost.:9/",
    "http://127.0.0.1:10/", "http://127.0.0.1/", "https://127.0.0.1/", "http://127.0.0.1:90/", "http://127.0.0.1:9x/",
    "http://127.0.0.1:-9/", "http://127.0.0.1:65545/", "http://127.0.0.1:0/", "http://127.0.0.1:/",
    "http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/", "http://localhost:9/",
    "http://localtest.me:9/", "http://127.0.0.1.nip.io:9/", "http://127.0.0.2:9/", "http://10.0.0.1:9/",
    "file:///etc/passwd", "ftp://127.0.0.1:9/", "gopher://127.0.0.1:9/_x", "unix:///tmp/x", "//127.0.0.1:9/",
    "127.0.0.1:9", "http:///127.0.0.1:9/", "http://", "", "javascript:alert(1)", "http://[127.0.0.1]:9/",
    "http://127.0.0.1:9/" + "x" * 500, "http://-bad-.example:9/", "http://a..b:9/", "http://127.0.0.1:9/{x}",
]  # fmt: skip


@pytest.fixture
def dialled(monkeypatch):
    """Every place that anything connects to, or would."""
    places = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, where: places.append(where))
    return places


@pytest.mark.parametrize("url", HOSTILE)
def test_f8_a_hostile_address_is_never_connected_to(url, dialled):
    """F8: 70 spellings of somewhere else, though 127.0.0.1:9 is on the list."""
    with pytest.raises(NotAllowedThere):
        outbound.post(url, {}, b"{}", allowed_places("127.0.0.1:9"))
    assert dialled == []


def test_f8_the_list_itself_allows_nothing_by_accident():
    """F8: entries that make no sense, and an empty list."""
    assert allowed_places("") == frozenset()
    assert allowed_places("*, http://a.example:1, 10.0.0.0/8, :80, a b:1, x@y:1, 127.1:80") == frozenset()
    assert allowed_places(" a.example:8443 ,10.1.2.3:80,[::1]:9, Gov.Example:80, b.example") == {
        ("a.example", 8443), ("10.1.2.3", 80), ("::1", 9), ("gov.example", 80)}  # fmt: skip


def test_f8_a_name_is_looked_up_once_and_that_address_is_used(monkeypatch, dialled):
    """F8: a name whose answer flips between two look-ups."""
    answers = iter([("127.0.0.1", PORT), ("169.254.169.254", PORT)])
    looked_up = []

    def flip(host, port, **options):
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", next(answers))]

    monkeypatch.setattr(socket, "getaddrinfo", flip)
    with pytest.raises(outbound.NotSent):
        outbound.post("http://gov.example:9/", {}, b"{}", allowed_places("gov.example:9"), 0.2)
    assert (looked_up, dialled) == (["gov.example"], [("127.0.0.1", PORT)])


@pytest.fixture
def listener(released):
    server = Receiver(released.over)
    yield server
    server.stop()


def test_f8_redirects_and_proxies_are_not_followed(released, listener, monkeypatch):
    """F8: an answer that sends us elsewhere is an answer, not an order; proxies of the environment do not exist."""
    other = Receiver(released.over)
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, other.url)
    reply = outbound.post(listener.url, {"webhook-id": "x"}, b"{}", allowed_places(f"{listener.place},{other.place}"))
    assert (reply.status, listener.unverified, other.unverified) == (401, 1, 0)
    other.stop()


@pytest.fixture
def certificate(tmp_path):
    """A certificate for gov.example with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gov.example")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("gov.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = tmp_path / "certificate.pem"
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


def test_tls_is_verified_against_the_name_although_the_address_was_looked_up_before(released, certificate, monkeypatch):
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    server = Receiver(released.over, tls=serving)
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.server_port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **options: here)
    port = server.server_port
    try:
        places = allowed_places(f"gov.example:{port},other.example:{port}")
        assert outbound.post(f"https://gov.example:{port}/", {}, b"{}", places).status == 401
        with pytest.raises(outbound.NotSent, match="SSLCertVerificationError"):
            outbound.post(f"https://other.example:{port}/", {}, b"{}", places)
    finally:
        server.stop()


def test_plain_text_is_no_tls(listener):
    with pytest.raises(outbound.NotSent, match="broken-off SSLError"):
        outbound.post(listener.url.replace("http:", "https:"), {}, b"{}", allowed_places(listener.place), 2)


def test_only_allowed_places_can_become_receivers(app_context, cast, released, allow):
    db.session.rollback()
    allow("gov.example:8443")
    with pytest.raises(Invalid) as refused:
        receivers.add("County", " ", "http://evil.example/", "999901101201", released.over)
    assert {problem.place for problem in refused.value.problems} == {"slug", "name", "url", "township"}
    added = receivers.add("county", "县平台", "https://gov.example:8443/in", TOWNSHIP, released.over)
    assert added.secret.startswith("whsec_")
    assert [one.slug for one in receivers.list_all()] == ["county"]
    assert added.secret not in repr(receivers.list_all())
