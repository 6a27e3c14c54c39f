"""The client of a TdT speaking the S²LOW API (norm: s2low-api.md)."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import httpx

from hemicycle.gateways.prefecture.errors import Rejected, Unreachable
from hemicycle.gateways.prefecture.replies import TransactionStatus, cancellation_among, payload_of, read_status
from hemicycle.protocols.actes import Acte, latin1, parse_unique_id

__all__ = ["S2lowClient", "Tdt", "TransactionStatus"]

_ACTES: Final = "/modules/actes"
#: Largest reply taken, in bytes: an archive of the largest size, and room.
_LARGEST: Final = 160 << 20
_PAGE: Final = 500
# In the order an act goes through them: one that moves during the search is met later, not missed.
_STATES: Final = (18, 17, 1, 2, 3, 4, 5, 6, 0, 19, 12, 13, 14, 20, 22, 16, 7, 8, 11, 21, -1)
_ENVELOPE_LINK: Final = re.compile(r"actes_download_file\.php\?env=(\d+)")


@dataclass(frozen=True, kw_only=True)
class _Reply:
    status: int
    media_type: str
    body: bytes


class Tdt(Protocol):
    """What a courier needs of the TdT; S2lowClient and FakeS2low both are one."""

    def check_connection(self) -> None: ...
    def deposit(self, acte: Acte) -> int: ...
    def status(self, transaction: int) -> TransactionStatus: ...
    def find(self, number: str, unique_id: str) -> int | None: ...
    def acknowledgement(self, transaction: int) -> bytes: ...
    def archive(self, transaction: int) -> bytes: ...
    def stamped(self, transaction: int) -> bytes: ...
    def classification(self) -> bytes: ...
    def request_classification(self) -> bool: ...
    def cancel(self, transaction: int) -> int: ...
    def find_cancellation(self, transaction: int) -> int | None: ...


class S2lowClient:
    """An account at one address.

    certificate and key (PEM files) identify the application, login and password choose the account among those of
    the certificate; verify is a PEM file of trusted authorities, None for the system's own. timeout, in seconds,
    is for each exchange; a deposit may take ten times longer to send.
    """

    def __init__(
        self,
        url: str,
        login: str = "",
        password: str = "",
        certificate: Path | None = None,
        key: Path | None = None,
        verify: Path | None = None,
        timeout: float = 30.0,
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

    def check_connection(self) -> None:
        """Raises Unreachable when the TdT does not answer or does not know the account."""
        payload_of(self._call("GET", "/api/test-connexion.php").body)

    def deposit(self, acte: Acte) -> int:
        """Hand over an act; the number of its transaction, from which everything else follows.

        The TdT builds the message, the envelope and the archive itself, with its own last classification.
        Raises Unreachable (look at outcome_unknown), Rejected, NumberTaken.
        """
        reply = self._call("POST", f"{_ACTES}/actes_transac_create.php", data=_fields(acte), files=_files(acte))
        payload = payload_of(reply.body, after_post=True)
        return _identifier(payload)

    def status(self, transaction: int) -> TransactionStatus:
        """The state of a transaction, with the message of the State while it stands. Raises Unreachable, Rejected."""
        reply = self._call("GET", f"{_ACTES}/actes_transac_get_status.php", params={"transaction": transaction})
        return read_status(payload_of(reply.body))

    def find(self, number: str, unique_id: str) -> int | None:
        """The transaction of an act whose deposit had an unknown outcome; None: it surely did not arrive.

        The API lists one state at a time, so every state is gone through. An act of the same number and another
        date is not ours. Raises Unreachable whenever it cannot tell.
        """
        decided_on = parse_unique_id(unique_id).on.isoformat()
        for state in _STATES:
            for item in self._listed(state):
                if str(item.get("number")) == number and str(item.get("type", "1")) == "1":
                    return int(item["id"]) if str(item.get("date"))[:10] == decided_on else None
        if self._knows(unique_id):
            raise Unreachable("Le tiers de télétransmission connaît cet acte mais ne le liste pas encore.")
        return None

    def acknowledgement(self, transaction: int) -> bytes:
        """The 1-2, byte for byte. Raises Unreachable while it has not come, Rejected."""
        body = self._call("GET", f"{_ACTES}/actes_transac_get_ARActe.php", params={"id": transaction}).body
        if body.startswith((b"KO", b"OK")):
            payload_of(body)
        if not body.strip():
            raise Unreachable("L’accusé de réception de la préfecture n’est pas encore arrivé.")
        return body

    def archive(self, transaction: int) -> bytes:
        """The .tar.gz that was sent. Raises Unreachable, Rejected.

        S²LOW gives an archive by the id of its envelope, and shows that id only on the page of the transaction.
        """
        page = self._call("GET", f"{_ACTES}/actes_transac_show.php", params={"id": transaction}, html=True).body
        if page.startswith(b"KO"):
            payload_of(page)
        link = _ENVELOPE_LINK.search(page.decode("latin-1"))
        if link is None:
            raise Unreachable("Le tiers de télétransmission ne dit pas où est l’archive de l’acte.")
        return self._file({"env": link.group(1)}, b"\x1f\x8b", "l’archive transmise")

    def stamped(self, transaction: int) -> bytes:
        """The act as the TdT stamps it, a PDF. Raises Unreachable before the acknowledgement, Rejected."""
        files = self._json(f"{_ACTES}/actes_transac_get_files_list.php", {"transaction": transaction})
        try:
            identifier = str(files[1]["id"])
        except (LookupError, TypeError):
            raise Unreachable("Le tiers de télétransmission ne liste pas le document de l’acte.") from None
        return self._file({"file": identifier, "tampon": "true"}, b"%PDF-", "l’acte tamponné")

    def classification(self) -> bytes:
        """The last 7-2 received by the TdT, byte for byte. Raises Unreachable, Rejected."""
        body = self._call("GET", f"{_ACTES}/actes_classification_fetch.php", params={"api": "1"}).body
        if not body.lstrip().startswith(b"<"):
            payload_of(body)
            raise Unreachable("Le tiers de télétransmission n’a pas donné la classification.")
        return body

    def request_classification(self) -> bool:
        """Send a 7-1; False when the TdT has asked less than a day ago and will not again. Raises Unreachable."""
        try:
            payload_of(self._call("GET", f"{_ACTES}/actes_classification_request.php", params={"api": "1"}).body)
        except Rejected:
            return False
        return True

    def cancel(self, transaction: int) -> int:
        """Ask for the cancellation of a transmission; the number of that request, whose status is then 4 or -1.

        Raises Unreachable (look at outcome_unknown), CancellationPending, Rejected.
        """
        data = {"api": "1", "id": str(transaction)}
        reply = self._call("POST", f"{_ACTES}/actes_transac_cancel.php", data=data)
        return _identifier(payload_of(reply.body, after_post=True))

    def find_cancellation(self, transaction: int) -> int | None:
        """The request for cancellation that the TdT holds for that act; None: none surely stands. Raises Unreachable,
        Rejected."""
        body = self._call("GET", f"{_ACTES}/actes_transac_get_document.php", params={"id": transaction}).body
        if body.startswith((b"KO", b"OK")):
            payload_of(body)
        return cancellation_among(body)

    def _listed(self, state: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            asked = {"status_id": state, "offset": len(found), "limit": _PAGE}
            answer = self._json(f"{_ACTES}/api/list_actes.php", asked)
            if not isinstance(answer, dict) or not isinstance(answer.get("transactions"), list):
                raise Unreachable("La liste des actes du tiers de télétransmission est illisible.")
            page = [item for item in answer["transactions"] if isinstance(item, dict) and "id" in item]
            found += page
            if len(page) < _PAGE:
                return found

    def _knows(self, unique_id: str) -> bool:
        params = {"unique_id": unique_id}
        body = self._call("GET", f"{_ACTES}/actes_transac_get_status.php", params=params).body
        try:
            payload_of(body)
        except Rejected:
            return False
        return True

    def _file(self, params: dict[str, str], magic: bytes, what: str) -> bytes:
        body = self._call("GET", f"{_ACTES}/actes_download_file.php", params=params).body
        if body.startswith(b"KO"):
            payload_of(body)
        if not body.startswith(magic):
            raise Unreachable(f"Le tiers de télétransmission n’a pas donné {what}, mais autre chose.")
        return body

    def _json(self, path: str, params: dict[str, Any]) -> Any:
        reply = self._call("GET", path, params=params)
        if reply.body.startswith(b"KO"):
            payload_of(reply.body)
        try:
            return httpx.Response(200, content=reply.body).json()
        except ValueError:
            raise Unreachable("La réponse du tiers de télétransmission est illisible.") from None

    def _call(self, method: str, path: str, *, html: bool = False, **options: Any) -> _Reply:
        """One exchange; a redirect, or a page where text was due, is an error and never an answer."""
        unknown = method == "POST"
        try:
            reply = self._exchange(method, path, **options)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreachable(f"Le tiers de télétransmission est injoignable : {error}.") from error
        except httpx.HTTPError as error:
            raise Unreachable(
                f"Le tiers de télétransmission n’a pas répondu jusqu’au bout : {error}.", outcome_unknown=unknown
            ) from error
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

    def _exchange(self, method: str, path: str, **options: Any) -> _Reply:
        with self._http.stream(method, path, **options) as answer:
            body = bytearray()
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > _LARGEST:
                    raise httpx.ReadError("réponse démesurée")
            media_type = answer.headers.get("content-type", "").split(";")[0].strip()
            return _Reply(status=answer.status_code, media_type=media_type, body=bytes(body))


def _fields(acte: Acte) -> dict[str, Any]:
    """The form, its text in ISO-8859-1 as the TdT reads it."""
    subject = latin1(acte.subject).encode("iso-8859-1")
    return {
        "api": "1",
        "nature_code": str(int(acte.nature)),
        **{f"classif{level}": str(code) for level, code in enumerate(acte.matiere, start=1)},
        "number": acte.number,
        "decision_date": acte.decided_on.isoformat(),
        "subject": subject,
        "document_papier": "1" if acte.paper else "0",
        "type_acte": acte.document.type_code,
        "type_pj[]": [annexe.type_code for annexe in acte.annexes],
    }


def _files(acte: Acte) -> list[tuple[str, tuple[str, bytes, str]]]:
    names = ["acte_pdf_file", *("acte_attachments[]" for _ in acte.annexes)]
    return [
        (name, (re.sub(r"[^a-zA-Z0-9._ ]", "_", piece.name), piece.data, piece.media_type))
        for name, piece in zip(names, acte.pieces, strict=True)
    ]


def _identifier(payload: bytes) -> int:
    found = re.match(rb"\s*(\d+)\s*$", payload)
    if found is None:
        raise Unreachable(
            "Le tiers de télétransmission a répondu sans donner de numéro de transaction ; "
            "l’envoi est à rechercher avant tout nouvel essai.",
            outcome_unknown=True,
        )
    return int(found.group(1))
