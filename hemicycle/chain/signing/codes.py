"""The codes that a signatory types: encrypted as long as a courier has not taken them, and read by nobody else."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

#: What may be asked of a key's holder, and how the page calls it.
LABELS = {"PIN": "Code PIN de votre clé", "OTP": "Code à usage unique"}
LONGEST = 64


def seal(codes: Mapping[str, str]) -> bytes:
    """Nothing for no code."""
    return _locks().encrypt(json.dumps(dict(codes)).encode()) if codes else b""


def unseal(sealed: bytes) -> dict[str, str]:
    """The codes; none when the secret of the installation changed meanwhile: they are asked again."""
    if not sealed:
        return {}
    try:
        found: dict[str, str] = json.loads(_locks().decrypt(bytes(sealed)))
    except InvalidToken:
        return {}
    return found


def _locks() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hemicycle signing codes")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
