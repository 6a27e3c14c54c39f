"""What the TdT accepts, in S²LOW's words (s2low-api.md, section 4); a refusal is a sentence after KO."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hemicycle.protocols.actes import (
    Acte,
    ActesError,
    Contact,
    Member,
    Piece,
    Transmission,
    build_message,
    build_transmission,
    default_classification,
    dotted_code,
    media_type,
    pack,
    parse_classification,
)
from hemicycle.protocols.actes.messages import (
    Annulation,
    Courrier,
    DemandeClassification,
    FichierSigne,
    Message,
    RetourClassification,
)
from hemicycle.protocols.actes.names import (
    EXTENSIONS,
    document_name,
    identity_without_act,
    message_name,
)

from .acceptance import NewActe, Refused, Upload, checked, checked_piece
from .clock import Clock
from .ledger import Entry, Ledger, SentFile
from .settings import Settings

_CONTACT = Contact(name="TdT simulé", email="contact@tdt-simule.test")
#: (type of the document received, type_envoie) to the root of the answer.
_ANSWERS = {
    ("2", 0): ("ReponseCourrierSimple", "2-2"),
    ("3", 3): ("RefusPieceComplementaire", "3-3"),
    ("3", 4): ("PieceComplementaire", "3-4"),
    ("4", 3): ("RejetLettreObservations", "4-3"),
    ("4", 4): ("ReponseLettreObservations", "4-4"),
}
_CLOSING = {"valid": 5, "invalid": 6, "sae": 19}


class Platform:
    def __init__(self, settings: Settings, ledger: Ledger, clock: Clock) -> None:
        self.settings, self.ledger, self.clock = settings, ledger, clock
        if ledger.classification() is None:
            first = RetourClassification(classification=default_classification())
            ledger.keep_classification(build_message(first), at=clock.now())

    def create(self, posted: NewActe) -> int:
        """Write the act in state 1, 17 or 18; the envelope is built at once. Raises Refused."""
        now = self.clock.now()
        held = parse_classification(self.ledger.classification() or b"").dated
        acte, uploads = checked(posted, today=now.date(), classification=held)
        with self.ledger.db.transaction():
            if self.ledger.db.one("SELECT 1 FROM transaction_ WHERE type = '1' AND number = ?", posted.number):
                raise Refused(
                    "Un acte portant le même numéro interne existe déjà dans la base de données.\n"
                    "Il faut peut-être ajouter un suffixe au numéro."
                )
            serial = self.ledger.next_serial(now.date())
            sent = self._transmission(acte, serial, now.date())
            entry = Entry(
                type="1",
                flow="1-1",
                number=acte.number,
                unique_id=sent.acte_id,
                subject=posted.subject,
                nature=int(acte.nature),
                decided_on=acte.decided_on.isoformat(),
                classification=dotted_code(acte.matiere),
            )
            return self._written(entry, sent, uploads, serial, now, status=posted.waiting)

    def _transmission(self, acte: Acte, serial: int, day: date) -> Transmission:
        try:
            return build_transmission(
                acte,
                emitter=self.settings.emitter,
                contact=_CONTACT,
                return_addresses=[self.settings.return_address],
                serial=serial,
                on=day,
                trigramme=self.settings.trigramme,
                quadrigramme=self.settings.quadrigramme,
            )
        except ActesError as reason:
            raise Refused(str(reason)) from None

    def cancel(self, identifier: int) -> int:
        """Send a 6-1; the id of the cancellation. Raises Refused."""
        act = self._act(identifier)
        if act["type"] != "1":
            raise Refused("Ce type de transaction ne peut pas être annulé.")
        with self.ledger.db.transaction():
            pending = [c for c in self.ledger.children(identifier) if c["type"] == "6"]
            if any(self.ledger.state(c["id"])["status"] in (1, 2, 3) for c in pending):
                raise Refused("Une demande d'annulation est déjà en cours pour cette transaction.")
            if self.ledger.state(identifier)["status"] != 4:
                raise Refused("Impossible d'annuler une transaction qui n'est pas en état « Acquittement reçu ».")
            message = Annulation(acte_id=act["unique_id"])
            return self.send(message, act, flow="6-1", documents=(), uploads=())

    def answer(self, identifier: int, type_envoie: int, uploads: Sequence[Upload]) -> int:
        """Answer a letter of the préfecture: 2-2, 3-3, 3-4, 4-3 or 4-4. Raises Refused."""
        letter = self._act(identifier)
        act = self.ledger.find(letter["related_id"]) if letter["related_id"] else None
        choice = (letter["type"], 0 if letter["type"] == "2" else type_envoie)
        if act is None or choice not in _ANSWERS or letter["flow"] not in ("2-1", "3-1", "4-1"):
            raise Refused("Impossible de répondre à cette transaction.")
        root, flow = _ANSWERS[choice]
        if not uploads:
            raise Refused("Aucun fichier n'a été posté")
        pieces = [checked_piece(upload, rank) for rank, upload in enumerate(uploads)]
        if len(pieces) > 1 and flow != "3-4":
            raise Refused("Un seul fichier est admis pour cette réponse.")
        documents = tuple(
            Member(name=_name(act["unique_id"], flow, rank, piece), data=piece.data)
            for rank, piece in enumerate(pieces, start=1)
        )
        message = Courrier(
            root=root,
            acte_id=act["unique_id"],
            # The answer echoes the date of the letter (norm, section 8).
            dated=date.fromisoformat(letter["dated"]),
            documents=tuple(FichierSigne(name=document.name) for document in documents),
        )
        return self.send(message, letter, flow=flow, documents=documents, uploads=uploads)

    def request_classification(self, *, force: bool = False) -> int:
        """Send a 7-1, once a day. Raises Refused."""
        now = self.clock.now()
        last = self.ledger.db.one("SELECT created_at FROM transaction_ WHERE type = '7' ORDER BY id DESC")
        if last and not force and now.isoformat()[:19] < _later(last["created_at"]):
            raise Refused("La dernière demande de classification date de moins d'un jour.")
        held = parse_classification(self.ledger.classification() or b"").dated
        message = DemandeClassification(held=None if force else held)
        return self.send(message, None, flow="7-1", documents=(), uploads=())

    def close(self, identifiers: Sequence[int], status: str) -> None:
        """Settle acknowledged acts as valid (5), refused (6) or to be archived (19). Raises Refused."""
        if status not in _CLOSING:
            raise Refused("Statut inconnu.")
        for identifier in identifiers:
            if self._act(identifier)["type"] != "1" or self.ledger.state(identifier)["status"] not in (4, 5):
                raise Refused("Impossible de clore une transaction qui n'a pas reçu d'acquittement.")
        for identifier in identifiers:
            self.ledger.move(identifier, _CLOSING[status], at=self.clock.now())

    def send(
        self,
        message: Message,
        about: sqlite3.Row | None,
        *,
        flow: str,
        documents: Sequence[Member],
        uploads: Sequence[Upload],
    ) -> int:
        """Put any message other than a 1-1 in the queue; the id of its transaction."""
        now, unique_id = self.clock.now(), about["unique_id"] if about else ""
        entry = Entry(
            type=flow[0],
            flow=flow,
            related_id=about["id"] if about else None,
            number=about["number"] if about else "",
            unique_id=unique_id,
            dated=about["dated"] if about else "",
        )
        with self.ledger.db.transaction():
            serial = self.ledger.next_serial(now.date())
            sent = self._packed(message, unique_id, flow, documents, serial, now.date())
            return self._written(entry, sent, uploads, serial, now, status=1)

    def _packed(
        self, message: Message, unique_id: str, flow: str, documents: Sequence[Member], serial: int, day: date
    ) -> Transmission:
        emitter = self.settings.emitter
        identity = unique_id or identity_without_act(departement=emitter.departement, siren=emitter.siren)
        return pack(
            message_name=message_name(identity, flow),
            message=build_message(message),
            documents=documents,
            acte_id=unique_id,
            emitter=emitter,
            contact=_CONTACT,
            return_addresses=[self.settings.return_address],
            serial=serial,
            on=day,
            trigramme=self.settings.trigramme,
            quadrigramme=self.settings.quadrigramme,
        )

    def _written(
        self,
        entry: Entry,
        sent: Transmission,
        uploads: Sequence[Upload],
        serial: int,
        now: datetime,
        *,
        status: int,
    ) -> int:
        return self.ledger.add(
            entry,
            sent,
            listed(sent, uploads),
            day=now.date(),
            serial=serial,
            outbound=True,
            status=status,
            at=now,
        )

    def _act(self, identifier: int) -> sqlite3.Row:
        row = self.ledger.find(identifier)
        if row is None:
            raise Refused("Numéro de transaction invalide.")
        return row


def listed(sent: Transmission, uploads: Sequence[Upload]) -> list[SentFile]:
    """The files of a transaction as the API lists them: the message first."""
    files = [
        SentFile(name=sent.message_name, posted_filename="", mimetype="text/xml", size=len(sent.message), code_pj="")
    ]
    for document, upload in zip(sent.documents, uploads, strict=True):
        files.append(
            SentFile(
                name=document.name,
                posted_filename=upload.filename,
                mimetype=media_type(document.data) or "application/octet-stream",
                size=len(document.data),
                code_pj=upload.code_pj,
            )
        )
    return files


def _name(unique_id: str, flow: str, rank: int, piece: Piece) -> str:
    extension = EXTENSIONS[piece.media_type]
    return document_name(unique_id, flow, rank, type_code=piece.type_code, extension=extension)


def _later(at: str) -> str:
    return (datetime.fromisoformat(at) + timedelta(days=1)).isoformat()[:19]
