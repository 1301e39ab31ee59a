"""Posting over TLS: the connection is pinned to an address, the certificate to the name."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from serve.webhooks.posting import post


def write_certificate(folder: Path, name: str) -> Path:
    """Write a certificate for one name and its key into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


class Quiet(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A handshake the client breaks off is expected here."""


@pytest.fixture(params=["localhost", "elsewhere.example"])
def certified_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def port(tmp_path: Path, certified_name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    certificate = write_certificate(tmp_path, certified_name)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = QuietServer(("127.0.0.1", 0), Quiet)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_certificate_must_be_of_the_name_asked_for(port: int, certified_name: str) -> None:
    answer = post(
        f"https://localhost:{port}/", body=b"{}", headers={}, allow_private=True, timeout_s=10
    )
    if certified_name == "localhost":
        assert (answer.status, answer.error) == (204, None)
    else:
        assert answer.status is None
        assert "CERTIFICATE_VERIFY_FAILED" in str(answer.error)


def test_a_receiver_that_does_not_speak_tls_is_given_up(port: int) -> None:
    answer = post(
        f"http://localhost:{port}/", body=b"{}", headers={}, allow_private=True, timeout_s=5
    )
    assert answer.status is None
    assert answer.error is not None
