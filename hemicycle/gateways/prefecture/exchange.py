"""One exchange with S²LOW: what is an answer, what is none, and what is not known (s2low-api.md, section 1)."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from hemicycle.gateways.prefecture.errors import Unreachable
from hemicycle.gateways.prefecture.replies import payload_of

#: Root of the addresses of the module « actes ».
ACTES: Final = "/modules/actes"
#: Largest reply taken, in bytes: an archive of the largest size, and room.
_LARGEST: Final = 160 << 20


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    media_type: str
    body: bytes
    #: Where it sends; empty when it does not.
    location: str = ""


class Exchange:
    """An account at one address; as S2lowClient."""

    def __init__(
        self,
        url: str,
        login: str,
        password: str,
        certificate: Path | None,
        key: Path | None,
        verify: Path | None,
        timeout: float,
    ) -> None:
        context = ssl.create_default_context(cafile=str(verify) if verify else None)
        if certificate:
            context.load_cert_chain(str(certificate), str(key) if key else None)
        self._http = httpx.Client(
            base_url=url,
            auth=httpx.BasicAuth(login, password) if login else None,
            verify=context,
            timeout=httpx.Timeout(timeout, write=timeout * 10),
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def file(self, params: dict[str, str], magic: bytes, what: str) -> bytes:
        """A file that begins by `magic`, `what` it is in French. Raises Unreachable, Rejected."""
        body = self.call("GET", f"{ACTES}/actes_download_file.php", params=params).body
        if body.startswith(b"KO"):
            payload_of(body)
        if not body.startswith(magic):
            raise Unreachable(f"Le tiers de télétransmission n’a pas donné {what}, mais autre chose.")
        return body

    def json(self, path: str, params: dict[str, Any]) -> Any:
        """An answer in JSON. Raises Unreachable, Rejected."""
        reply = self.call("GET", path, params=params)
        if reply.body.startswith(b"KO"):
            payload_of(reply.body)
        try:
            return httpx.Response(200, content=reply.body).json()
        except ValueError:
            raise Unreachable("La réponse du tiers de télétransmission est illisible.") from None

    def call(self, method: str, path: str, *, html: bool = False, redirected: bool = False, **options: Any) -> Answer:
        """One exchange; a redirect, or a page where text was due, is an error and never an answer.

        Unless `redirected`, where the answer is the address given, or `html`. Raises Unreachable.
        """
        unknown = method == "POST"
        try:
            reply = self._exchange(method, path, **options)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreachable(f"Le tiers de télétransmission est injoignable : {error}.") from error
        except httpx.HTTPError as error:
            raise Unreachable(
                f"Le tiers de télétransmission n’a pas répondu jusqu’au bout : {error}.", outcome_unknown=unknown
            ) from error
        if redirected and reply.location:
            return reply
        if 300 <= reply.status < 400 or reply.status in (401, 403):
            raise Unreachable(
                "Le tiers de télétransmission n’admet pas notre compte ; "
                "vérifiez le certificat, l’identifiant et le mot de passe."
            )
        if reply.status != 200:
            raise Unreachable(
                f"Le tiers de télétransmission a répondu par l’erreur {reply.status} ; nouvel essai plus tard.",
                outcome_unknown=unknown,
            )
        if reply.media_type == "text/html" and not html:
            raise Unreachable(
                "Le tiers de télétransmission a répondu par une page au lieu d’une réponse.",
                outcome_unknown=unknown,
            )
        return reply

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
