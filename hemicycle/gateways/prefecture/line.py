"""A line to whoever takes our acts: one exchange over HTTPS, answered whole or not at all."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from hemicycle.gateways.prefecture.errors import Unreachable
from hemicycle.gateways.reaching import refuses_our_certificate

#: Largest reply taken, in bytes: an archive of the largest size, and room.
_LARGEST: Final = 160 << 20


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    media_type: str
    body: bytes
    #: Where it sends; empty when it does not.
    location: str = ""


class Line:
    """One account at one address.

    `who` is named in the sentences of failure. certificate and key (PEM files) identify us, login and password too
    where they are asked; verify is a PEM file of trusted authorities, None for the system's own. timeout, in seconds,
    is for each exchange; a deposit may take ten times longer to send.
    """

    def __init__(
        self,
        url: str,
        *,
        who: str,
        login: str = "",
        password: str = "",
        certificate: Path | None = None,
        key: Path | None = None,
        verify: Path | None = None,
        timeout: float = 30.0,
    ) -> None:
        self.who, self.url, self.timeout = who, url, timeout
        self.certificate, self.key = certificate, key
        self.context = ssl.create_default_context(cafile=str(verify) if verify else None)
        if certificate:
            self.context.load_cert_chain(str(certificate), str(key) if key else None)
        self._http = httpx.Client(
            base_url=url,
            auth=httpx.BasicAuth(login, password) if login else None,
            verify=self.context,
            timeout=httpx.Timeout(timeout, write=timeout * 10),
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, method: str, path: str, **options: Any) -> Answer:
        """One exchange, whatever its status. Raises Unreachable: a POST cut on its way may have arrived."""
        try:
            return self._exchange(method, path, **options)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreachable(f"{self.who} est injoignable : {error}.") from error
        except httpx.HTTPError as error:
            if refuses_our_certificate(error):
                raise Unreachable(
                    f"{self.who} refuse notre certificat, ou en demande un ; déposez celui qui nous a été délivré."
                ) from error
            raise Unreachable(self._cut(error), outcome_unknown=method == "POST") from error

    def _cut(self, error: httpx.HTTPError) -> str:
        # Some servers hang up instead of saying in TLS that they want a certificate.
        hung_up = isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError)
        if hung_up and self.certificate is None and self.url.startswith("https"):
            return f"{self.who} coupe la connexion : il veut sans doute un certificat, et aucun n’est réglé."
        return f"{self.who} n’a pas répondu jusqu’au bout : {error}."

    def _exchange(self, method: str, path: str, **options: Any) -> Answer:
        with self._http.stream(method, path, **options) as answer:
            body = bytearray()
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > _LARGEST:
                    raise httpx.ReadError("réponse démesurée")
            media_type = answer.headers.get("content-type", "").split(";")[0].strip()
            return Answer(
                status=answer.status_code,
                media_type=media_type,
                body=bytes(body),
                location=answer.headers.get("location", ""),
            )
