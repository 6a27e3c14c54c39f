"""The client of a remote signing service: the API of the Cloud Signature Consortium, version 2.

OAuth 2 client credentials (§8.3), credentials/info (§11.5), credentials/authorize (§11.6), signatures/signHash
(§11.10), synchronous. What a person must do in a browser (authorisation mode `oauth2code`) is not for a courier.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from .errors import Rejected, Unreachable
from .exchanges import MAXIMUM, opened

__all__ = ["CscService", "Refused"]

SHA256 = "2.16.840.1.101.3.4.2.1"
SERVICE = "service de signature à distance"

#: What is told of an error of the API, by its code; its own description follows.
_TOLD = {
    "invalid_client": "L’identifiant ou le secret donnés au service de signature à distance sont refusés.",
    "invalid_pin": "Le code PIN de la clé est refusé par le service de signature à distance.",
    "invalid_otp": "Le code à usage unique est refusé par le service de signature à distance : demandez-en un autre.",
    "access_denied": "Le titulaire a refusé la signature auprès du service de signature à distance.",
    "unauthorized_client": "Le service de signature à distance n’autorise pas cette installation à signer.",
}


class Refused(Rejected):
    """The service said no; `error` and `description` are its own words."""

    def __init__(self, error: str, description: str) -> None:
        told = _TOLD.get(error, f"Le {SERVICE} a refusé la demande.")
        super().__init__(f"{told} ({description or error})" if description or error else told)
        self.error, self.description = error, description


@dataclass(kw_only=True)
class CscService:
    """The service at `url` (…/csc/v2), where this installation is known as a client."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    timeout: float = 30.0
    _token: str = field(default="", init=False, repr=False)

    def credentials(self) -> list[str]:
        """The keys this client may ask for (credentials/list). Raises Unreachable, Rejected."""
        found, page = [], ""
        while True:
            answer = self._call("credentials/list", {"pageToken": page} if page else {})
            found += _texts(answer, "credentialIDs")
            page = str(answer.get("nextPageToken") or "")
            if not page:
                return found

    def info(self, credential: str) -> Mapping[str, Any]:
        """What the service says of a key, its certificates included."""
        asked = {"credentialID": credential, "certificates": "chain", "certInfo": True, "authInfo": True}
        return self._call("credentials/info", asked)

    def authorize(self, credential: str, digests: Sequence[bytes], *, codes: Mapping[str, str]) -> str:
        """The activation data for these very SHA-256 digests. `codes` are what the holder gives: PIN, OTP."""
        asked: dict[str, object] = {
            "credentialID": credential,
            "numSignatures": len(digests),
            "hashes": [_b64(digest) for digest in digests],
            "hashAlgorithmOID": SHA256,
        }
        if codes:
            asked["authData"] = [{"id": name, "value": value} for name, value in codes.items()]
        answer = self._call("credentials/authorize", asked)
        if not isinstance(answer.get("SAD"), str):
            raise Rejected(f"Le {SERVICE} attend une action de son titulaire que ce poste ne sait pas demander.")
        return str(answer["SAD"])

    def sign(self, credential: str, digests: Sequence[bytes], *, sad: str, algorithm: str) -> list[bytes]:
        """The signature of each digest, in order."""
        asked = {
            "credentialID": credential,
            "SAD": sad,
            "hashes": [_b64(digest) for digest in digests],
            "hashAlgorithmOID": SHA256,
            "signAlgo": algorithm,
            "operationMode": "S",
        }
        values = _texts(self._call("signatures/signHash", asked), "signatures")
        if len(values) != len(digests):
            raise Rejected(f"Le {SERVICE} a rendu {len(values)} signatures pour {len(digests)} documents.")
        try:
            return [base64.b64decode(value, validate=True) for value in values]
        except ValueError as cause:
            raise Unreachable(f"La réponse du {SERVICE} est illisible ; nouvel essai plus tard.") from cause

    def _call(self, path: str, asked: Mapping[str, object]) -> Mapping[str, Any]:
        """One method of the API, with a new access token when the one kept is refused."""
        with opened(self.timeout) as client:
            known = bool(self._token)
            if not known:
                self._token = self._connect(client)
            try:
                return self._post(client, f"{self.url}/{path}", json=asked, token=self._token)
            except Refused as refusal:
                if refusal.error != "invalid_token" or not known:
                    raise
            self._token = self._connect(client)
            return self._post(client, f"{self.url}/{path}", json=asked, token=self._token)

    def _connect(self, client: httpx.Client) -> str:
        """An access token, from the address that the service itself gives (§8.3.2)."""
        about = self._post(client, f"{self.url}/info", json={})
        place = str(about.get("oauth2") or self.url.removesuffix("/csc/v2"))
        if self.url.startswith("https:") and not place.startswith("https:"):
            raise Rejected(f"Le {SERVICE} demande le secret de cette installation en clair : {place}.")
        form = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.client_secret}
        token = self._post(client, f"{place}/oauth2/token", data=form).get("access_token")
        if not isinstance(token, str) or not token.isascii():
            raise Unreachable(f"La réponse du {SERVICE} est illisible ; nouvel essai plus tard.")
        return token

    def _post(
        self,
        client: httpx.Client,
        url: str,
        *,
        json: Mapping[str, object] | None = None,
        data: Mapping[str, str] | None = None,
        token: str = "",
    ) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = client.post(url, json=json, data=data, headers=headers)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as cause:
            raise Rejected(f"L’adresse du {SERVICE} n’est pas valide : {url}.") from cause
        except httpx.HTTPError as cause:
            raise Unreachable(f"Le {SERVICE} ne répond pas ; la signature sera retentée.") from cause
        return _read(answer)


def _read(answer: httpx.Response) -> Mapping[str, Any]:
    """The object answered. Raises Unreachable when there is none, Refused when it is an error."""
    if answer.status_code >= 500 or answer.status_code == 429:
        raise Unreachable(f"Le {SERVICE} est indisponible (code {answer.status_code}) ; nouvel essai plus tard.")
    try:
        content = answer.json() if len(answer.content) <= MAXIMUM else None
    except ValueError:
        content = None
    if answer.status_code >= 400:
        told = content if isinstance(content, dict) else {}
        raise Refused(str(told.get("error", "")), str(told.get("error_description", ""))[:200])
    if not isinstance(content, dict) or answer.status_code not in (200, 201, 202):
        raise Unreachable(f"La réponse du {SERVICE} est illisible ; nouvel essai plus tard.")
    return content


def _texts(answer: Mapping[str, Any], name: str) -> list[str]:
    values = answer.get(name)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Unreachable(f"La réponse du {SERVICE} est illisible ; nouvel essai plus tard.")
    return values


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
