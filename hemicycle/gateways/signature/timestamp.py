"""The client of an RFC 3161 timestamping service."""

from __future__ import annotations

import hashlib
import secrets

import httpx
from asn1crypto import algos, cms, core, tsp

from .errors import Rejected, Unreachable
from .exchanges import ask

SERVICE = "service d’horodatage"


class _Status(core.Sequence):  # type: ignore[misc]
    """The head of a TimeStampResp: a refusal has no token, which asn1crypto's own class demands."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


def request_token(client: httpx.Client, url: str, value: bytes) -> bytes:
    """The DER token over `value` (its SHA-256 is sent). Raises Unreachable, Rejected."""
    return request_token_over(client, url, hashlib.sha256(value).digest())


def request_token_over(client: httpx.Client, url: str, digest: bytes) -> bytes:
    """The DER token over what has this SHA-256. Raises Unreachable, Rejected."""
    nonce = secrets.randbits(63)
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
    request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    body = ask(client, url, request.dump(), media_type="application/timestamp-query", service=SERVICE)
    try:
        answer = _Status.load(body)
        granted = answer["status"]["status"].native in ("granted", "granted_with_mods")
        token = answer["time_stamp_token"]
        info = token["content"]["encap_content_info"]["content"].parsed if granted else None
        echoed = info["nonce"].native if info is not None else None
    except (ValueError, TypeError, LookupError, AttributeError) as cause:
        raise Unreachable("La réponse du service d’horodatage est illisible ; nouvel essai plus tard.") from cause
    if not granted:
        raise Rejected("Le service d’horodatage a refusé d’horodater la signature.")
    if echoed != nonce:
        raise Rejected("Le service d’horodatage a répondu à une autre demande que la nôtre.")
    return bytes(token.dump())


def certificates_of(token: bytes) -> list[bytes]:
    """The certificates a token brings along, in DER, the timestamping unit's first."""
    signed = cms.ContentInfo.load(token)["content"]
    wanted = signed["signer_infos"][0]["sid"].chosen["serial_number"].native
    found = [c.chosen for c in signed["certificates"] or ()]
    found.sort(key=lambda certificate: certificate.serial_number != wanted)
    return [bytes(certificate.dump()) for certificate in found]
