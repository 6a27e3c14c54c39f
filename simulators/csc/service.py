"""The service itself: who is connected, what was authorised, what was signed."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from .clock import Clock
from .vault import Credential, keep, new_key, new_otp, sign

SHA256 = "2.16.840.1.101.3.4.2.1"
#: signAlgo accepted for a key (CSC API v2 §11.10): bare, or with its digest.
ALGORITHMS = {
    "RSA": ("1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1"),
    "P-256": ("1.2.840.10045.4.3.2",),
}
#: What can be made to go wrong, from the page.
FAULTS = {
    "none": "Rien : le service répond comme il doit.",
    "slow": "Chaque réponse se fait attendre.",
    "unavailable": "Le service est indisponible (503).",
    "stale-code": "Le code à usage unique est périmé quand il arrive.",
    "refused": "Le titulaire refuse l’autorisation sur son téléphone.",
    "expired": "Les autorisations sont expirées dès qu’elles sont données.",
    "short": "Il manque une signature à la réponse.",
    "other-key": "Les signatures sont faites par une autre clé.",
    "garbage": "La réponse n’est pas du JSON.",
}
TOKEN_LIFE = timedelta(hours=1)
SAD_LIFE = timedelta(minutes=5)


class Problem(Exception):
    """A refusal as the API words it: code, description, HTTP status."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


@dataclass(kw_only=True)
class Grant:
    """Signature activation data: what was authorised, until when."""

    credential: str
    #: The digests it is bound to; None when it is bound to a number only (SCAL 1).
    hashes: tuple[str, ...] | None
    left: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something that happened, for the page."""

    at: datetime
    what: str
    credential: str
    count: int


@dataclass(kw_only=True)
class Service:
    folder: Path
    clock: Clock
    vault: dict[str, Credential]
    client_id: str = "hemicycle"
    client_secret: str = "simulateur"  # noqa: S105
    fault: str = "none"
    tokens: dict[str, datetime] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def connect(self, form: Mapping[str, str]) -> dict[str, Any]:
        """An access token (RFC 6749 §4.4)."""
        if form.get("grant_type") != "client_credentials":
            raise Problem("unsupported_grant_type", "Only client_credentials is supported")
        if (form.get("client_id"), form.get("client_secret")) != (self.client_id, self.client_secret):
            raise Problem("invalid_client", "Unknown client or wrong secret", 401)
        token = secrets.token_urlsafe(24)
        self.tokens[token] = self.clock.now() + TOKEN_LIFE
        return {"access_token": token, "token_type": "Bearer", "expires_in": int(TOKEN_LIFE.total_seconds())}

    def check_token(self, authorization: str) -> None:
        until = self.tokens.get(authorization.removeprefix("Bearer "))
        if until is None or until < self.clock.now():
            raise Problem("invalid_token", "The access token is unknown or has expired", 401)

    def describe(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """credentials/info."""
        credential = self._credential(asked)
        certificates = [c.public_bytes(Encoding.DER) for c in credential.certificates]
        kept = certificates if asked.get("certificates") == "chain" else certificates[:1]
        algorithms = ALGORITHMS[credential.shape if credential.shape == "P-256" else "RSA"]
        objects = [{"type": "Password", "id": code, "format": "N", "label": code} for code in credential.codes]
        return {
            "description": credential.holder,
            "signatureQualifier": "eu_eidas_qes" if credential.kind == "person" else "eu_eidas_qeseal",
            "key": {"status": "disabled" if credential.locked else "enabled", "algo": list(algorithms)},
            "cert": {"status": "valid", "certificates": [base64.b64encode(c).decode() for c in kept]},
            "auth": {
                "mode": "explicit" if objects else "implicit",
                "expression": " AND ".join(credential.codes),
                "objects": objects,
            },
            "SCAL": credential.scal,
            "multisign": credential.multisign,
            "lang": "fr-FR",
        }

    def authorize(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """credentials/authorize: the activation data for so many signatures, or for these digests only."""
        credential = self._credential(asked)
        hashes = _hashes(asked) if credential.scal == "2" or "hashes" in asked else None
        number = asked.get("numSignatures")
        if not isinstance(number, int) or number < 1 or (hashes is not None and number != len(hashes)):
            raise Problem("invalid_request", "Invalid value for parameter numSignatures")
        if number > credential.multisign:
            raise Problem("invalid_request", "Numbers of signatures is too high")
        if self.fault == "refused":
            raise Problem("access_denied", "The user has refused the authorization")
        self._check_codes(credential, asked.get("authData") or [])
        sad, life = secrets.token_urlsafe(24), timedelta(0) if self.fault == "expired" else SAD_LIFE
        bound = tuple(hashes) if hashes is not None else None
        until = self.clock.now() + life
        self.grants[sad] = Grant(credential=credential.id, hashes=bound, left=number, until=until)
        self._tell("autorisation", credential, number)
        return {"SAD": sad, "expiresIn": int(life.total_seconds())}

    def sign_hash(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """signatures/signHash, synchronous."""
        credential, hashes = self._credential(asked), _hashes(asked)
        grant = self.grants.get(str(asked.get("SAD", "")))
        if grant is None or grant.credential != credential.id:
            raise Problem("invalid_request", "Invalid parameter SAD")
        if grant.until <= self.clock.now():
            raise Problem("invalid_request", "The SAD has expired")
        if len(hashes) > grant.left or (grant.hashes is not None and not set(hashes) <= set(grant.hashes)):
            raise Problem("invalid_request", "Hash is not authorized by the SAD")
        if asked.get("signAlgo") not in ALGORITHMS[credential.shape if credential.shape == "P-256" else "RSA"]:
            raise Problem("invalid_request", "Invalid parameter signAlgo")
        grant.left -= len(hashes)
        key = new_key(credential.shape) if self.fault == "other-key" else credential.key
        values = sign(key, [base64.b64decode(each) for each in hashes])
        self._tell("signature", credential, len(hashes))
        return {"signatures": [base64.b64encode(v).decode() for v in values[: -1 if self.fault == "short" else None]]}

    def _credential(self, asked: Mapping[str, Any]) -> Credential:
        found = self.vault.get(str(asked.get("credentialID", "")))
        if found is None:
            raise Problem("invalid_request", "Invalid parameter credentialID")
        return found

    def _check_codes(self, credential: Credential, given: Any) -> None:
        codes = {str(each.get("id")): str(each.get("value")) for each in given if isinstance(each, dict)}
        if credential.locked:
            raise Problem("invalid_pin", "The credential is locked")
        if self.fault == "stale-code" and "OTP" in credential.codes:
            raise Problem("invalid_otp", "The OTP has expired")
        for code, right in (("PIN", credential.pin), ("OTP", credential.otp)):
            if code not in credential.codes:
                continue
            if code not in codes:
                raise Problem("invalid_request", f"Missing authentication object {code}")
            if not secrets.compare_digest(codes[code].encode(), right.encode()):
                credential.wrong += 1
                keep(self.folder, self.vault)
                raise Problem(f"invalid_{code.lower()}", f"The {code} is invalid")
        credential.wrong, credential.otp = 0, new_otp()
        keep(self.folder, self.vault)

    def _tell(self, what: str, credential: Credential, count: int) -> None:
        self.lines.append(Line(at=self.clock.now(), what=what, credential=credential.id, count=count))


def _hashes(asked: Mapping[str, Any]) -> list[str]:
    """The digests asked for, in base64. Raises Problem unless each is a SHA-256."""
    hashes = asked.get("hashes")
    if asked.get("hashAlgorithmOID") != SHA256:
        raise Problem("invalid_request", "Invalid parameter hashAlgorithmOID")
    if not isinstance(hashes, list) or not hashes or not all(isinstance(each, str) for each in hashes):
        raise Problem("invalid_request", "Missing or invalid parameter hashes")
    try:
        if any(len(base64.b64decode(each, validate=True)) != 32 for each in hashes):
            raise Problem("invalid_request", "Invalid digest value length")
    except ValueError as cause:
        raise Problem("invalid_request", "Invalid Base64 hashes string parameter") from cause
    return list(hashes)
