"""The files in docs/deploy: the programs that will read them find nothing wrong."""

import datetime
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parent.parent / "docs" / "deploy"


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("systemd-analyze is not on this machine")
    for path in DEPLOY.glob("quizapp*"):
        text = re.sub(r"^(ExecStart=)\S+", rf"\1{sys.executable}", path.read_text("utf-8"), flags=re.M)
        (tmp_path / path.name).write_text(text, "utf-8")
    done = subprocess.run([program, "verify", *tmp_path.glob("quizapp*")], capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "quizapp" in line]
    assert (done.returncode, ours) == (0, [])


def certificate(folder: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=9999))
    signed = made.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))  # fmt: skip


def test_nginx_finds_nothing_wrong_with_its_file(tmp_path):
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.skip("nginx is not on this machine")
    certificate(tmp_path)
    text = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/etc/ssl/quizapp", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    places = "".join(f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{places}{text}\n}}\n", "utf-8")
    done = subprocess.run([program, "-t", "-q", "-e", "stderr", "-c", whole], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_environment_names_only_settings_that_there_are():
    from dataclasses import fields

    from quizapp.config import Settings

    known = {spec.metadata["env"] for spec in fields(Settings) if "env" in spec.metadata} | {"QUIZAPP_COPY_TO"}
    named = re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "environment").read_text("utf-8"), re.M)
    assert named and set(named) <= known
