"""The client of a TdT speaking the S²LOW API (norm: s2low-api.md)."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from hemicycle.gateways.checks import Report
from hemicycle.gateways.prefecture.check import ACCOUNT, NOMENCLATURE, tested
from hemicycle.gateways.prefecture.errors import Rejected, Unreachable
from hemicycle.gateways.prefecture.exchange import ACTES, Exchange
from hemicycle.gateways.prefecture.forms import fields_of, fields_of_reply, files_of
from hemicycle.gateways.prefecture.letters import ReceivedLetter, Reply
from hemicycle.gateways.prefecture.replies import (
    TransactionStatus,
    cancellation_among,
    exchanges_of,
    payload_of,
    read_status,
)
from hemicycle.protocols.actes import Acte, ActesError, Member, parse_unique_id, read_archive
from hemicycle.protocols.actes.messages import KINDS

__all__ = ["S2lowClient", "Tdt", "TransactionStatus"]

_PAGE: Final = 500
# In the order an act goes through them: one that moves during the search is met later, not missed.
_STATES: Final = (18, 17, 1, 2, 3, 4, 5, 6, 0, 19, 12, 13, 14, 20, 22, 16, 7, 8, 11, 21, -1)
_ENVELOPE_LINK: Final = re.compile(r"actes_download_file\.php\?env=(\d+)")


class Tdt(Protocol):
    """What a courier needs of the TdT, whatever its API; a transaction bears the name that the TdT gave it."""

    def check_connection(self) -> None: ...
    def check(self, *, at: datetime) -> Report: ...
    def deposit(self, acte: Acte) -> str: ...
    def status(self, transaction: str) -> TransactionStatus: ...
    def find(self, number: str, unique_id: str) -> str | None: ...
    def acknowledgement(self, transaction: str) -> bytes: ...
    def archive(self, transaction: str) -> bytes: ...
    def stamped(self, transaction: str) -> bytes: ...
    def classification(self) -> bytes: ...
    def request_classification(self) -> bool: ...
    def cancel(self, transaction: str) -> str: ...
    def find_cancellation(self, transaction: str) -> str | None: ...
    def letters(self) -> list[str]: ...
    def letter(self, number: str) -> ReceivedLetter: ...
    def letter_taken(self, number: str) -> None: ...
    def answer(self, reply: Reply) -> str: ...
    def find_answer(self, reply: Reply) -> str | None: ...


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
        self._tdt = Exchange(url, login, password, certificate, key, verify, timeout)

    def close(self) -> None:
        """Close the connections."""
        self._tdt.close()

    def check_connection(self) -> None:
        """Raises Unreachable when the TdT does not answer or does not know the account."""
        payload_of(self._tdt.call("GET", "/api/test-connexion.php").body)

    def check(self, *, at: datetime) -> Report:
        """Address, certificates, account, nomenclature: what works and what does not. Nothing is sent."""
        asked = [(ACCOUNT, self.check_connection), (NOMENCLATURE, self.classification)]
        return tested(self._tdt.line, at=at, ask=asked)

    def deposit(self, acte: Acte) -> str:
        """Hand over an act; the number of its transaction, from which everything else follows.

        The TdT builds the message, the envelope and the archive itself, with its own last classification.
        Raises Unreachable (look at outcome_unknown), Rejected, NumberTaken.
        """
        reply = self._tdt.call(
            "POST", f"{ACTES}/actes_transac_create.php", data=fields_of(acte), files=files_of(acte.pieces)
        )
        payload = payload_of(reply.body, after_post=True)
        return _identifier(payload)

    def status(self, transaction: str) -> TransactionStatus:
        """The state of a transaction, with the message of the State while it stands. Raises Unreachable, Rejected."""
        reply = self._tdt.call("GET", f"{ACTES}/actes_transac_get_status.php", params={"transaction": transaction})
        return read_status(payload_of(reply.body))

    def find(self, number: str, unique_id: str) -> str | None:
        """The transaction of an act whose deposit had an unknown outcome; None: it surely did not arrive.

        The API lists one state at a time, so every state is gone through. An act of the same number and another
        date is not ours. Raises Unreachable whenever it cannot tell.
        """
        decided_on = parse_unique_id(unique_id).on.isoformat()
        for state in _STATES:
            for item in self._listed(state):
                if str(item.get("number")) == number and str(item.get("type", "1")) == "1":
                    return str(item["id"]) if str(item.get("date"))[:10] == decided_on else None
        if self._knows(unique_id):
            raise Unreachable("Le tiers de télétransmission connaît cet acte mais ne le liste pas encore.")
        return None

    def acknowledgement(self, transaction: str) -> bytes:
        """The 1-2, byte for byte. Raises Unreachable while it has not come, Rejected."""
        body = self._tdt.call("GET", f"{ACTES}/actes_transac_get_ARActe.php", params={"id": transaction}).body
        if body.startswith((b"KO", b"OK")):
            payload_of(body)
        if not body.strip():
            raise Unreachable("L’accusé de réception de la préfecture n’est pas encore arrivé.")
        return body

    def archive(self, transaction: str) -> bytes:
        """The .tar.gz that was sent. Raises Unreachable, Rejected.

        S²LOW gives an archive by the id of its envelope, and shows that id only on the page of the transaction.
        """
        page = self._tdt.call("GET", f"{ACTES}/actes_transac_show.php", params={"id": transaction}, html=True).body
        if page.startswith(b"KO"):
            payload_of(page)
        link = _ENVELOPE_LINK.search(page.decode("latin-1"))
        if link is None:
            raise Unreachable("Le tiers de télétransmission ne dit pas où est l’archive de l’acte.")
        return self._tdt.file({"env": link.group(1)}, b"\x1f\x8b", "l’archive transmise")

    def stamped(self, transaction: str) -> bytes:
        """The act as the TdT stamps it, a PDF. Raises Unreachable before the acknowledgement, Rejected."""
        files = self._tdt.json(f"{ACTES}/actes_transac_get_files_list.php", {"transaction": transaction})
        try:
            identifier = str(files[1]["id"])
        except (LookupError, TypeError):
            raise Unreachable("Le tiers de télétransmission ne liste pas le document de l’acte.") from None
        return self._tdt.file({"file": identifier, "tampon": "true"}, b"%PDF-", "l’acte tamponné")

    def classification(self) -> bytes:
        """The last 7-2 received by the TdT, byte for byte. Raises Unreachable, Rejected."""
        body = self._tdt.call("GET", f"{ACTES}/actes_classification_fetch.php", params={"api": "1"}).body
        if not body.lstrip().startswith(b"<"):
            payload_of(body)
            raise Unreachable("Le tiers de télétransmission n’a pas donné la classification.")
        return body

    def request_classification(self) -> bool:
        """Send a 7-1; False when the TdT has asked less than a day ago and will not again. Raises Unreachable."""
        try:
            payload_of(self._tdt.call("GET", f"{ACTES}/actes_classification_request.php", params={"api": "1"}).body)
        except Rejected:
            return False
        return True

    def cancel(self, transaction: str) -> str:
        """Ask for the cancellation of a transmission; the number of that request, whose status is then 4 or -1.

        Raises Unreachable (look at outcome_unknown), CancellationPending, Rejected.
        """
        data = {"api": "1", "id": transaction}
        reply = self._tdt.call("POST", f"{ACTES}/actes_transac_cancel.php", data=data)
        return _identifier(payload_of(reply.body, after_post=True))

    def find_cancellation(self, transaction: str) -> str | None:
        """The request for cancellation that the TdT holds for that act; None: none surely stands. Raises Unreachable,
        Rejected."""
        body = self._tdt.call("GET", f"{ACTES}/actes_transac_get_document.php", params={"id": transaction}).body
        return cancellation_among(body)

    def letters(self) -> list[str]:
        """The letters of the préfecture that nobody has taken, oldest first. Raises Unreachable, Rejected."""
        found = self._tdt.json(f"{ACTES}/api/list_document_prefecture.php", {})
        if not isinstance(found, list) or not all(isinstance(item, dict) and "id" in item for item in found):
            raise Unreachable("La liste des courriers de la préfecture est illisible.")
        return [str(number) for number in sorted(int(item["id"]) for item in found)]

    def letter(self, number: str) -> ReceivedLetter:
        """A letter with its documents, as the ministry sent them; an archive that cannot be read is its one part.

        Raises Unreachable, Rejected.
        """
        params = {"id": number}
        link = self._tdt.call("GET", f"{ACTES}/actes_transac_get_document.php", params=params, redirected=True).location
        found = _ENVELOPE_LINK.search(link)
        if found is None:
            raise Unreachable("Le tiers de télétransmission ne dit pas où est le courrier de la préfecture.")
        data = self._tdt.file({"env": found.group(1)}, b"\x1f\x8b", "le courrier de la préfecture")
        try:
            return ReceivedLetter(number=number, parts=tuple(read_archive(data)))
        except ActesError:
            # Not for us to judge: as it came.
            return ReceivedLetter(number=number, parts=(Member(name=f"courrier-{number}.tar.gz", data=data),))

    def letter_taken(self, number: str) -> None:
        """Take it off the list of `letters`. Raises Unreachable, Rejected."""
        self._tdt.json(f"{ACTES}/api/document_prefecture_mark_as_read.php", {"transaction_id": number})

    def answer(self, reply: Reply) -> str:
        """Hand over our answer to a letter; the number of its transaction, whose `status` is then followed.

        Raises Unreachable (look at outcome_unknown, then `find_answer`), Rejected.
        """
        path = f"{ACTES}/actes_transac_reponse_create.php"
        answer = self._tdt.call("POST", path, data=fields_of_reply(reply), files=files_of(reply.pieces))
        return _identifier(payload_of(answer.body, after_post=True))

    def find_answer(self, reply: Reply) -> str | None:
        """The transaction of an answer whose outcome is unknown; None: it surely did not arrive.

        On the list of the act's exchanges, an answer stands in the place of its letter. Raises Unreachable, Rejected.
        """
        body = self._tdt.call("GET", f"{ACTES}/actes_transac_get_document.php", params={"id": reply.act}).body
        listed = exchanges_of(body)
        if any(str(item.number) == reply.letter for item in listed):
            return None
        kind = KINDS[reply.root].code[0]
        after = (item.number for item in listed if item.kind == kind and item.number > int(reply.letter))
        found = min((number for number in after if str(number) not in reply.earlier), default=None)
        return None if found is None else str(found)

    def _listed(self, state: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            asked = {"status_id": state, "offset": len(found), "limit": _PAGE}
            answer = self._tdt.json(f"{ACTES}/api/list_actes.php", asked)
            if not isinstance(answer, dict) or not isinstance(answer.get("transactions"), list):
                raise Unreachable("La liste des actes du tiers de télétransmission est illisible.")
            page = [item for item in answer["transactions"] if isinstance(item, dict) and "id" in item]
            found += page
            if len(page) < _PAGE:
                return found

    def _knows(self, unique_id: str) -> bool:
        params = {"unique_id": unique_id}
        body = self._tdt.call("GET", f"{ACTES}/actes_transac_get_status.php", params=params).body
        try:
            payload_of(body)
        except Rejected:
            return False
        return True


def _identifier(payload: bytes) -> str:
    found = re.match(rb"\s*(\d+)\s*$", payload)
    if found is None:
        raise Unreachable(
            "Le tiers de télétransmission a répondu sans donner de numéro de transaction ; "
            "l’envoi est à rechercher avant tout nouvel essai.",
            outcome_unknown=True,
        )
    return found.group(1).decode()
