"""The signatory's own certificate, and the signature it makes: PAdES, timestamped."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from asn1crypto import algos, tsp
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12

from hemicycle.protocols.pades.prepare import finish, prepare


@dataclass(kw_only=True)
class Signatory:
    """A person whose certificate the authority at that address delivers, at the first use."""

    name: str
    authority: str
    _held: PKCS12KeyAndCertificates | None = field(default=None, init=False, repr=False)

    def sign(self, pdf: bytes, *, at: datetime) -> bytes:
        """The file, then one incremental update with the signature."""
        held = self._enrolled()
        assert held.cert is not None
        prepared = prepare(
            pdf,
            certificate=held.cert.certificate.public_bytes(Encoding.DER),
            chain=[one.certificate.public_bytes(Encoding.DER) for one in held.additional_certs],
            at=at,
            reason="Signature dans i-Parapheur",
            location="",
            name=self.name,
        )
        value = _value(held, prepared.to_be_signed)
        return finish(prepared, signature=value, token=self._token(value))

    def _enrolled(self) -> PKCS12KeyAndCertificates:
        if self._held is None:
            asked = {"common_name": self.name, "kind": "person"}
            answer = httpx.post(f"{self.authority}/enrol", json=asked, timeout=60).raise_for_status().json()
            self._held = load_pkcs12(base64.b64decode(answer["pkcs12"]), answer["passphrase"].encode())
        return self._held

    def _token(self, value: bytes) -> bytes:
        digest = hashlib.sha256(value).digest()
        imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
        request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True})
        headers = {"content-type": "application/timestamp-query"}
        answer = httpx.post(f"{self.authority}/tsa", content=request.dump(), headers=headers, timeout=30)
        return bytes(tsp.TimeStampResp.load(answer.raise_for_status().content)["time_stamp_token"].dump())


def _value(held: PKCS12KeyAndCertificates, text: bytes) -> bytes:
    if isinstance(held.key, rsa.RSAPrivateKey):
        return held.key.sign(text, padding.PKCS1v15(), SHA256())
    assert isinstance(held.key, ec.EllipticCurvePrivateKey)
    return held.key.sign(text, ec.ECDSA(SHA256()))
