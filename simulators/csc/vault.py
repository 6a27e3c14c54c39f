"""What the service keeps for its holders: keys, certificates, codes."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
#: Wrong codes in a row after which a credential is locked.
TRIES = 3


@dataclass(kw_only=True)
class Credential:
    """A key of a holder, and how its use is authorised (CSC API v2 §11.5)."""

    id: str
    holder: str
    #: "person" or "seal".
    kind: str
    #: "RSA-3072", "RSA-2048" or "P-256".
    shape: str
    #: What must be given to authorise: "PIN", "OTP"; nothing for an implicit authorisation.
    codes: tuple[str, ...]
    #: "2": an authorisation is bound to the digests (EN 419 241-1).
    scal: str
    #: How many signatures one authorisation may be for.
    multisign: int
    pin: str = "2468"
    otp: str = ""
    wrong: int = 0
    key_pem: str = ""
    #: The certificate and its chain.
    pem: str = ""

    @property
    def locked(self) -> bool:
        return self.wrong >= TRIES

    @property
    def key(self) -> PrivateKey:
        loaded = load_pem_private_key(self.key_pem.encode(), None)
        assert isinstance(loaded, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
        return loaded

    @property
    def certificates(self) -> list[x509.Certificate]:
        return x509.load_pem_x509_certificates(self.pem.encode())


#: Of the organisation that has a seal.
SIREN = "229999990"

#: One holder by kind of authorisation.
HOLDERS = (
    Credential(
        id="president",
        holder="Hélène Arnault",
        kind="person",
        shape="RSA-3072",
        codes=("PIN",),
        scal="2",
        multisign=200,
    ),
    Credential(
        id="president-otp",
        holder="Hélène Arnault",
        kind="person",
        shape="P-256",
        codes=("PIN", "OTP"),
        scal="2",
        multisign=200,
    ),
    Credential(
        id="cachet", holder="Département de l’Ormelle", kind="seal", shape="RSA-2048", codes=(), scal="1", multisign=20
    ),
)


def open_vault(folder: Path, *, authority: str) -> dict[str, Credential]:
    """The credentials of that folder; at the first run keys are made and `authority` certifies them."""
    place = folder / "credentials.json"
    if place.exists():
        rows = json.loads(place.read_text(encoding="utf-8"))
        return {row["id"]: Credential(**{**row, "codes": tuple(row["codes"])}) for row in rows}
    vault = {each.id: _certified(each, authority) for each in HOLDERS}
    keep(folder, vault)
    return vault


def keep(folder: Path, vault: dict[str, Credential]) -> None:
    """Write the credentials down, whole."""
    place = folder / "credentials.json"
    place.with_suffix(".new").write_text(json.dumps([asdict(c) for c in vault.values()]), encoding="utf-8")
    place.with_suffix(".new").replace(place)


def new_otp() -> str:
    """The next one-time code, as the holder's telephone would show it."""
    return f"{secrets.randbelow(10**6):06d}"


def sign(key: PrivateKey, digests: Sequence[bytes]) -> list[bytes]:
    """The signature of each SHA-256 digest, PKCS#1 v1.5 or ECDSA."""
    if isinstance(key, rsa.RSAPrivateKey):
        return [key.sign(digest, padding.PKCS1v15(), Prehashed(SHA256())) for digest in digests]
    return [key.sign(digest, ec.ECDSA(Prehashed(SHA256()))) for digest in digests]


def new_key(shape: str) -> PrivateKey:
    """A fresh key."""
    if shape == "P-256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, int(shape.removeprefix("RSA-")))


def _certified(model: Credential, authority: str) -> Credential:
    key = new_key(model.shape)
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, SHA256())
    asked = {"common_name": model.holder, "kind": model.kind, "csr": request.public_bytes(Encoding.PEM).decode()}
    if model.kind == "seal":
        asked |= {"organisation": model.holder, "siren": SIREN}
    answer = httpx.post(f"{authority}/certify", json=asked, timeout=30).raise_for_status().json()
    return Credential(
        **{
            **asdict(model),
            "otp": new_otp(),
            "key_pem": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
            "pem": answer["certificate_pem"] + answer["chain_pem"],
        }
    )
