"""Tokens of SoftHSM2, made for the tests in a folder of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from hemicycle.gateways.signature.pkcs11 import Pkcs11Key

PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
PIN = "246810"
SHAPES = ("RSA-2048", "RSA-3072", "P-256")


def new_key(shape: str) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    if shape == "P-256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, int(shape.removeprefix("RSA-")))


def certified(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, authority: str) -> bytes:
    """The certificate of the president for that key, then its chain, in PEM."""
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, SHA256())
    asked = {"common_name": "Hélène Arnault", "csr": request.public_bytes(Encoding.PEM).decode()}
    answer = httpx.post(f"{authority}/certify", json=asked).json()
    return (answer["certificate_pem"] + answer["chain_pem"]).encode()


@dataclass(frozen=True, kw_only=True)
class Hsm:
    """The security module: its library, and the folder where its tokens are kept."""

    library: str
    tokens: Path

    def token(self, label: str) -> None:
        run("--init-token", "--free", "--label", label, "--so-pin", "135791", "--pin", PIN)

    def hold(self, token: str, label: str, shape: str, authority: str) -> Path:
        """A key made for the president and put on the token, with or without its certificate; that one in a file."""
        key = new_key(shape)
        pem = self.tokens / f"{label}-key.pem"
        pem.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        identifier = label.encode().hex()
        run("--import", str(pem), "--token", token, "--label", label, "--id", identifier, "--pin", PIN)
        file = self.tokens / f"{label}-certificate.pem"
        file.write_bytes(certified(key, authority))
        return file

    def write_certificates(self, token: str, label: str, file: Path) -> None:
        import pkcs11
        from pkcs11.util.x509 import decode_x509_certificate

        library = pkcs11.lib(self.library)
        library.reinitialize()
        with library.get_token(token_label=token).open(rw=True, user_pin=PIN) as session:
            for rank, certificate in enumerate(x509.load_pem_x509_certificates(file.read_bytes())):
                described = decode_x509_certificate(certificate.public_bytes(Encoding.DER))
                identifier = label.encode() if rank == 0 else f"{label}-{rank}".encode()
                told = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.ID: identifier, pkcs11.Attribute.LABEL: label}
                session.create_object({**described, **told})

    def key(self, token: str, name: str, **changed: object) -> Pkcs11Key:
        return Pkcs11Key(**{"module": self.library, "token": token, "name": name, "pin": PIN, **changed})  # type: ignore[arg-type]


def softhsm(folder: Path, patch: pytest.MonkeyPatch) -> Hsm:
    """A module without tokens. Absent, the tests are skipped by name; in CI its absence is a failure."""
    library = next((place for place in PLACES if Path(place).is_file()), "")
    if not library or shutil.which("softhsm2-util") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("SoftHSM2 is missing: apt-get install softhsm2")
        pytest.skip("needs SoftHSM2 (softhsm2-util and its library)")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    return Hsm(library=library, tokens=folder)


def run(*arguments: str) -> None:
    done = subprocess.run(["softhsm2-util", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
