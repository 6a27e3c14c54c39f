"""The client of a TdT speaking Stela's API for publishers (s2low-api.md, section 6).

A transaction is the uuid of an act; a cancellation or an answer is that uuid, a colon, and the uuid of the event that
asked for it. Stela keeps to itself the 1-2, the archive and the letters of the préfecture: the proof of reception is
its own slip, and a letter is only announced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from hemicycle.gateways.checks import Report
from hemicycle.gateways.prefecture import stela_story as story
from hemicycle.gateways.prefecture.check import ACCOUNT, NOMENCLATURE, tested
from hemicycle.gateways.prefecture.errors import (
    CancellationPending,
    NotOffered,
    NumberTaken,
    Rejected,
    Unreachable,
)
from hemicycle.gateways.prefecture.letters import ReceivedLetter, Reply
from hemicycle.gateways.prefecture.line import Answer, Line
from hemicycle.gateways.prefecture.replies import TransactionStatus
from hemicycle.gateways.prefecture.stela_forms import fields_of, files_of, files_of_answer, refusal_of
from hemicycle.protocols.actes import Acte, Classification, Member, build_message, default_classification
from hemicycle.protocols.actes.messages import RetourClassification
from hemicycle.rendering.pages import PageNotShown, words

__all__ = ["StelaClient"]

_ACTES: Final = "/editeur/api/acte"
_PUBLIC: Final = "/api/acte/public"
_PAGE: Final = 100
_UUID: Final = re.compile(r"[0-9a-fA-F-]{8,64}")
_RECEIVED: Final = re.compile(r"Re[çc]u[^0-9]{0,60}(\d{2})/(\d{2})/(\d{4})", re.IGNORECASE)
_PATHS: Final = {
    "ReponseCourrierSimple": "courrier-simple",
    "PieceComplementaire": "pieces-complementaires",
    "RefusPieceComplementaire": "pieces-complementaires/reject",
    "ReponseLettreObservations": "lettre-observation",
    "RejetLettreObservations": "lettre-observation/reject",
}
#: A letter of the préfecture comes in the months after its act: older acts are not asked about at each round.
_DAYS: Final = 400


class StelaClient:
    """An account at one address, known by its certificate alone; parameters as Line."""

    def __init__(
        self,
        url: str,
        *,
        certificate: Path | None = None,
        key: Path | None = None,
        verify: Path | None = None,
        timeout: float = 30.0,
    ) -> None:
        self._line = Line(url, who="Stela", certificate=certificate, key=key, verify=verify, timeout=timeout)
        self._taken: set[str] = set()

    def close(self) -> None:
        """Close the connections."""
        self._line.close()

    def check_connection(self) -> None:
        """Raises Unreachable when Stela does not answer or does not know the certificate."""
        self._json(_ACTES, {"limit": 1})

    def check(self, *, at: datetime) -> Report:
        """What works and what does not, nothing being sent."""
        return tested(self._line, at=at, ask=[(ACCOUNT, self.check_connection), (NOMENCLATURE, self.classification)])

    def deposit(self, acte: Acte) -> str:
        """Hand over an act. Raises Unreachable (look at outcome_unknown), Rejected, NumberTaken."""
        reply = self._call("POST", _ACTES, data=fields_of(acte), files=files_of(acte), admitted=(200, 400, 409))
        if reply.status == 409:
            raise NumberTaken(f"Stela a refusé : le numéro {acte.number} existe déjà.")
        self._raise_for_form(reply)
        uuid = reply.body.decode("utf-8", "replace").strip().strip('"')
        if not _UUID.fullmatch(uuid):
            raise Unreachable(
                "Stela a répondu sans donner l’identifiant de l’acte ; l’envoi est à rechercher avant tout nouvel "
                "essai.",
                outcome_unknown=True,
            )
        return uuid

    def status(self, transaction: str) -> TransactionStatus:
        """The state of an act, of a cancellation or of an answer. Raises Unreachable, Rejected.

        Stela does not hand over the messages of the State: the day of reception is read on its slip, and a cancellation
        is told by an account of Stela's own histories.
        """
        uuid, _, request = transaction.partition(":")
        act = self._act(uuid)
        events = story.events_of(act)
        found = story.of_request(events, request) if request else story.of_act(events)
        if story.cancelled(found, events, request):
            return replace(found, message=story.account_of(events, str(act.get("miatId"))))
        if request or not found.acknowledged:
            return found
        return replace(found, received_on=self._received_on(uuid) or story.day_of(events, "ACK_RECEIVED"))

    def find(self, number: str, unique_id: str) -> str | None:
        """The act whose deposit had an unknown outcome; None: it surely did not arrive. Raises Unreachable."""
        for act in self._listed():
            if act.get("number") == number:
                return str(act["uuid"]) if act.get("miatId") == unique_id else None
        return None

    def acknowledgement(self, transaction: str) -> bytes:
        """Stela's slip (PDF) that the préfecture received the act. Raises Unreachable while it has not, Rejected."""
        if not story.of_act(self._events(transaction)).acknowledged:
            raise Unreachable("L’accusé de réception de la préfecture n’est pas encore arrivé.")
        return self._pdf(f"{_PUBLIC}/{transaction}/AR_{transaction}.pdf", "le bordereau d’acquittement")

    def archive(self, transaction: str) -> bytes:
        """Never given. Raises NotOffered."""
        del transaction
        raise NotOffered("Stela ne rend pas aux éditeurs l’archive transmise à la préfecture.")

    def stamped(self, transaction: str) -> bytes:
        """The act as Stela stamps it, a PDF. Raises Unreachable before the acknowledgement, Rejected."""
        if not story.of_act(self._events(transaction)).acknowledged:
            raise Unreachable("L’accusé de réception de la préfecture n’est pas encore arrivé.")
        return self._pdf(f"{_PUBLIC}/{transaction}/file/stamped", "l’acte tamponné")

    def classification(self) -> bytes:
        """The matières that Stela admits for us, as a 7-2; the types of pieces are the national ones. Raises
        Unreachable.

        Stela never says the date of the nomenclature: that of the national one stands, and Stela itself writes the
        true one in what leaves.
        """
        told = self._json(f"{_ACTES}/codes-matieres", {})
        try:
            codes = {_levels(str(item["code"])): str(item["label"]) for item in told}
        except (TypeError, KeyError, ValueError):
            raise Unreachable("La liste des matières que donne Stela est illisible.") from None
        national = default_classification()
        first = {code: label for code, label in national.matieres.items() if len(code) == 1}
        held = Classification(dated=national.dated, natures=national.natures, matieres=first | codes)
        return build_message(RetourClassification(classification=held))

    def request_classification(self) -> bool:
        """False: Stela asks for it by itself, and takes no question."""
        return False

    def cancel(self, transaction: str) -> str:
        """Ask for the cancellation of a transmission. Raises Unreachable (look at outcome_unknown),
        CancellationPending, Rejected."""
        reply = self._call("POST", f"{_ACTES}/{transaction}/cancel", admitted=(200, 403))
        if reply.status == 403:
            if self.find_cancellation(transaction):
                raise CancellationPending("Stela a refusé : l’annulation de cet acte est déjà demandée.")
            raise Rejected("Stela a refusé : seul un acte dont la préfecture a accusé réception peut être annulé.")
        return self._asked(self.find_cancellation(transaction))

    def find_cancellation(self, transaction: str) -> str | None:
        """The request for cancellation that stands for that act; None: none surely does. Raises Unreachable,
        Rejected."""
        asked = [event for event in self._events(transaction) if event.status == story.CANCELLATION]
        return f"{transaction}:{asked[-1].uuid}" if asked else None

    def letters(self) -> list[str]:
        """The letters that Stela announces and that were not taken, oldest act last. Raises Unreachable."""
        return [name for act in self._recent() for name, _ in _announced(act) if name not in self._taken]

    def letter(self, number: str) -> ReceivedLetter:
        """What Stela says of a letter; its document is on Stela's pages only. Raises Unreachable, Rejected."""
        act = self._act(number.partition(":")[0])
        event = next((event for name, event in _announced(act) if name == number), None)
        if event is None:
            raise Rejected("Stela ne montre plus ce courrier dans l’historique de l’acte.")
        told = (
            f"Stela annonce {story.LETTERS[event.status]} de la préfecture sur l’acte {act.get('miatId')}, "
            f"reçu le {event.at:%d/%m/%Y à %H:%M}. Ouvrez-le sur les pages de Stela : {event.file or 'sans nom'}.\n"
            f"{event.message}\n"
        )
        why = f"Stela annonce {story.LETTERS[event.status]} et n’en donne pas le document : ouvrez les pages de Stela."
        return ReceivedLetter(number=number, parts=(Member(name="annonce.txt", data=told.encode()),), doubt=why)

    def letter_taken(self, number: str) -> None:
        """Stela has no such mark: remembered while the program runs, and known by its bytes after that."""
        self._taken.add(number)

    def answer(self, reply: Reply) -> str:
        """Hand over our answer to a letter. Raises Unreachable (look at outcome_unknown), Rejected."""
        path = f"{_ACTES}/{reply.act}/{_PATHS[reply.root]}"
        files = files_of_answer(reply.root, reply.pieces)
        self._raise_for_form(self._call("POST", path, files=files, admitted=(200, 400)))
        return self._asked(self.find_answer(reply))

    def find_answer(self, reply: Reply) -> str | None:
        """The answer whose outcome is unknown; None: it surely did not arrive. Raises Unreachable, Rejected."""
        asked = story.ANSWERS[reply.root][0]
        names = (f"{reply.act}:{event.uuid}" for event in self._events(reply.act) if event.status == asked)
        return next((name for name in names if name not in reply.earlier), None)

    def _asked(self, found: str | None) -> str:
        if found is None:
            raise Unreachable("Stela a pris la demande mais ne la montre pas encore.", outcome_unknown=True)
        return found

    def _received_on(self, uuid: str) -> date | None:
        """The day written on the slip; None when it cannot be read there."""
        try:
            slip = self._pdf(f"{_PUBLIC}/{uuid}/AR_{uuid}.pdf", "le bordereau d’acquittement")
            found = _RECEIVED.search(words(slip, 1).words)
            return date(int(found[3]), int(found[2]), int(found[1])) if found else None
        except (PageNotShown, Rejected, ValueError):
            return None

    def _events(self, uuid: str) -> list[story.Event]:
        return story.events_of(self._act(uuid))

    def _act(self, uuid: str) -> dict[str, Any]:
        if not _UUID.fullmatch(uuid):
            raise Rejected(f"« {uuid} » n’est pas un identifiant de Stela : transaction invalide.")
        found = self._json(f"{_ACTES}/{uuid}", {})
        if not isinstance(found, dict):
            raise Unreachable("La réponse de Stela est illisible.")
        return found

    def _listed(self) -> Iterator[dict[str, Any]]:
        """Every act, the newest first: one that arrives meanwhile makes another be read twice, never missed."""
        offset = 0
        while True:
            asked = {"limit": _PAGE, "offset": offset, "column": "creation", "direction": "DESC"}
            page = self._json(_ACTES, asked)
            if not isinstance(page, list) or not all(isinstance(act, dict) and "uuid" in act for act in page):
                raise Unreachable("La liste des actes de Stela est illisible.")
            yield from page
            if len(page) < _PAGE:
                return
            offset += len(page)

    def _recent(self) -> Iterator[dict[str, Any]]:
        newest: datetime | None = None
        for act in self._listed():
            made = datetime.fromisoformat(str(act.get("creation"))[:19])
            newest = newest or made
            if (newest - made).days > _DAYS:
                return
            yield act

    def _pdf(self, path: str, what: str) -> bytes:
        body = self._call("GET", path).body
        if not body.startswith(b"%PDF-"):
            raise Unreachable(f"Stela n’a pas donné {what}, mais autre chose.")
        return body

    def _json(self, path: str, params: dict[str, Any]) -> Any:
        try:
            return json.loads(self._call("GET", path, params=params).body)
        except ValueError:
            raise Unreachable("La réponse de Stela est illisible.") from None

    def _raise_for_form(self, reply: Answer) -> None:
        if reply.status == 400:
            raise Rejected(f"Stela a refusé : {refusal_of(reply.body)}.")

    def _call(self, method: str, path: str, *, admitted: tuple[int, ...] = (200,), **options: Any) -> Answer:
        reply = self._line.ask(method, path, **options)
        if reply.status in admitted and reply.media_type != "text/html":
            return reply
        if reply.status in (301, 302, 303, 307, 308, 401, 403):
            raise Unreachable("Stela n’admet pas notre compte ; vérifiez le certificat déposé et son rattachement.")
        if reply.status == 404:
            raise Rejected("Stela ne connaît pas cet acte : transaction invalide.")
        raise Unreachable(
            f"Stela a répondu par l’erreur {reply.status} ; nouvel essai plus tard."
            if reply.status != 200
            else "Stela a répondu par une page au lieu d’une réponse.",
            outcome_unknown=method == "POST",
        )


def _announced(act: dict[str, Any]) -> list[tuple[str, story.Event]]:
    return [(f"{act['uuid']}:{event.uuid}", event) for event in story.events_of(act) if event.status in story.LETTERS]


def _levels(code: str) -> tuple[int, ...]:
    return tuple(int(level) for level in code.split("-") if level != "0")
