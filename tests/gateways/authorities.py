"""Certificates of any date and name, and a TLS server that shows them: what a test of a system may meet."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NOW = dt.datetime.now(dt.UTC)


@dataclass(frozen=True, kw_only=True)
class Issued:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def write(self, folder: Path, name: str) -> tuple[Path, Path]:
        """The certificate and its key, in PEM."""
        certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
        certificate.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        key.write_bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return certificate, key


def an_authority(name: str = "Autorité d’essai") -> Issued:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _named(name)
    made = _begun(subject, subject, key, since=NOW - dt.timedelta(days=900), until=NOW + dt.timedelta(days=900))
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return Issued(certificate=made.sign(key, hashes.SHA256()), key=key)


def issued_by(
    authority: Issued,
    name: str = "127.0.0.1",
    *,
    days: float = 365,
    since: dt.datetime = NOW - dt.timedelta(days=800),
) -> Issued:
    """A certificate for 127.0.0.1 (or another name) that ends in so many days, or ended."""
    key = ec.generate_private_key(ec.SECP256R1())
    until = NOW + dt.timedelta(days=days)
    made = _begun(_named(name), authority.certificate.subject, key, since=since, until=until)
    try:
        other: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        other = x509.DNSName(name.encode("idna").decode())
    made = made.add_extension(x509.SubjectAlternativeName([other]), critical=False)
    return Issued(certificate=made.sign(authority.key, hashes.SHA256()), key=key)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, since: dt.datetime, until: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


@contextmanager
def a_tls_server(folder: Path, shown: Issued, *, wants: Issued | None = None) -> Iterator[int]:
    """A server that shakes hands, answers 200 and hangs up; `wants`: the authority of the clients it admits."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*map(str, shown.write(folder, "server")))
    if wants is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(str(wants.write(folder, "wanted")[0]))
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                bare, _ = listening.accept()
            except OSError:
                return
            with suppress(OSError), bare, context.wrap_socket(bare, server_side=True) as secured:
                secured.recv(65536)
                secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(timeout=5)
