"""One exchange with S²LOW: what is an answer, what is none, and what is not known (s2low-api.md, section 1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import httpx

from hemicycle.gateways.prefecture.errors import Unreachable
from hemicycle.gateways.prefecture.line import Answer, Line
from hemicycle.gateways.prefecture.replies import payload_of

#: Root of the addresses of the module « actes ».
ACTES: Final = "/modules/actes"


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
        self.line = Line(
            url,
            who="Le tiers de télétransmission",
            login=login,
            password=password,
            certificate=certificate,
            key=key,
            verify=verify,
            timeout=timeout,
        )

    def close(self) -> None:
        """Close the connections."""
        self.line.close()

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
        reply = self.line.ask(method, path, **options)
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
