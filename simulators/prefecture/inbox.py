"""What the ministry sends back, part by part, and what it changes at the TdT (norm, sections 8 and 11)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hemicycle.protocols.actes import (
    RECEIPTS,
    ActesError,
    AnomalieActe,
    AnomalieEnveloppe,
    ARActe,
    Member,
    Message,
    Returned,
    ReturnedMessage,
    Transmission,
    Unreadable,
    media_type,
    read_return,
    write_archive,
)
from hemicycle.protocols.actes.messages import (
    KINDS,
    ARAnnulation,
    ARReponse,
    Courrier,
    DefereTA,
    RetourClassification,
    SansChangement,
)
from hemicycle.protocols.actes.names import archive_name

from .aside import Aside
from .ledger import Entry, Ledger, SentFile
from .platform import Platform


class Inbox:
    def __init__(self, platform: Platform, quarantine: Path) -> None:
        self._platform, self.aside = platform, Aside(quarantine)

    @property
    def _ledger(self) -> Ledger:
        return self._platform.ledger

    def receive(self, parts: Mapping[str, bytes]) -> None:
        """Apply one mail: all its parts first, because their order means nothing.

        What fits no transaction is put aside, never lost.
        """
        try:
            with self._ledger.db.transaction():
                self._apply(parts)
        except (ActesError, LookupError, ValueError) as reason:
            self.aside.keep(parts, str(reason))

    def attach(self, key: str) -> None:
        """An operator takes a return put aside, and gives it to the act of the same number, whatever its state.

        It is what a hurried hand does: the account then sees the anomaly after the acknowledgement, or the
        acknowledgement of another SIREN. Raises LookupError, ActesError.
        """
        found = read_return(Member(name=name, data=data) for name, data in self.aside.parts(key).items())
        message = found.messages[0].message if found and found.messages else None
        if found is None or not isinstance(message, ARActe | AnomalieActe):
            raise LookupError("Seuls un accusé de réception (1-2) et une anomalie (1-3) se rattachent à la main.")
        row = self._ledger.db.one(
            "SELECT * FROM transaction_ WHERE type = '1' AND number = ? ORDER BY id DESC", message.acte.number
        )
        if row is None:
            raise LookupError(f"Aucun acte ne porte le numéro {message.acte.number}.")
        status = 4 if isinstance(message, ARActe) else -1
        text = "Rattaché à la main par l'opérateur du TdT"
        now = self._platform.clock.now()
        self._ledger.move(row["id"], status, at=now, message=text, flux=found.messages[0].data)
        self.aside.forget(key)

    def _apply(self, parts: Mapping[str, bytes]) -> None:
        found = read_return(Member(name=name, data=data) for name, data in parts.items())
        if found is None:
            # « Multi-canal »: the ministry says something of an act without any message (norm, section 1).
            if all(name.endswith((".html", ".txt")) for name in parts):
                return
            raise Unreadable("Ce retour ne contient aucun message @CTES.")
        if isinstance(found.envelope, AnomalieEnveloppe):
            self._envelope_anomaly(found.rejected, found.envelope, found.envelope_data)
        for item in found.messages:
            self._message(item, found)

    def _envelope_anomaly(self, rejected: str, anomaly: AnomalieEnveloppe, data: bytes) -> None:
        rows = self._ledger.db.rows(
            "SELECT t.* FROM transaction_ t JOIN envelope e ON e.id = t.envelope_id WHERE e.name = ?", rejected
        )
        if not rows:
            raise LookupError(f"L’enveloppe {rejected} est inconnue.")
        for row in rows:
            self._answered(row, -1, data, f"Anomalie d'enveloppe {anomaly.nature:03d} : {anomaly.detail}")

    def _message(self, item: ReturnedMessage, found: Returned) -> None:
        data, message = item.data, item.message
        match message:
            case ARActe():
                self._answered(self._act(message.acte_id), 4, data, "Acquittement reçu")
            case AnomalieActe():
                act = self._by_number(message)
                self._answered(act, -1, data, f"Anomalie {message.nature} : {message.detail}")
            case ARAnnulation():
                self._cancelled(self._act(message.acte_id), data)
            case ARReponse():
                self._answered(self._last(message.root, message.acte_id), 4, data, "")
            case RetourClassification() | SansChangement():
                if isinstance(message, RetourClassification):
                    self._ledger.keep_classification(data, at=self._platform.clock.now())
                for row in self._ledger.in_state(3) + self._ledger.in_state(2):
                    if row["type"] == "7":
                        self._answered(row, 4, data, "")
            case Courrier() | DefereTA():
                self._letter(item, message, found)
            case _:
                raise Unreadable(f"{item.name} ne peut pas venir du ministère.")

    def _answered(self, row: sqlite3.Row, status: int, flux: bytes, text: str) -> None:
        """Only a transaction still waiting moves; a repeated receipt changes nothing."""
        current = self._ledger.state(row["id"])["status"]
        if current in (2, 3):
            self._ledger.move(row["id"], status, at=self._platform.clock.now(), message=text, flux=flux)
        elif status == -1:
            raise LookupError("Une anomalie est arrivée après la fin de l’échange.")

    def _cancelled(self, act: sqlite3.Row, data: bytes) -> None:
        for row in self._ledger.children(act["id"]):
            if row["type"] == "6":
                self._answered(row, 4, data, "")
        self._ledger.move(act["id"], 0, at=self._platform.clock.now(), flux=data)

    def _letter(self, item: ReturnedMessage, message: Courrier | DefereTA, found: Returned) -> None:
        if item.missing:
            raise LookupError(f"Le document {item.missing[0]} manque dans le retour.")
        act = self._act(message.acte_id)
        flow = KINDS[message.root].code
        members = (
            Member(name=found.envelope_name, data=found.envelope_data),
            Member(name=item.name, data=item.data),
            *item.documents,
        )
        dated: date = message.dated if isinstance(message, Courrier) else message.filed_on
        entry = Entry(
            type=flow[0],
            flow=flow,
            related_id=act["id"],
            number=act["number"],
            unique_id=act["unique_id"],
            dated=dated.isoformat(),
            unread=True,
        )
        archive = archive_name(trigramme=self._platform.settings.trigramme, envelope=found.envelope_name)
        sent = Transmission(
            archive_name=archive,
            archive=write_archive(members),
            envelope_name=found.envelope_name,
            envelope=found.envelope_data,
            message_name=item.name,
            message=item.data,
            documents=item.documents,
            acte_id=act["unique_id"],
        )
        self._keep(entry, sent, flow, message)

    def _keep(self, entry: Entry, sent: Transmission, flow: str, message: Message) -> None:
        now = self._platform.clock.now()
        files = [
            SentFile(
                name=document.name,
                posted_filename=document.name,
                mimetype=media_type(document.data) or "application/octet-stream",
                size=len(document.data),
                code_pj="",
            )
            for document in sent.documents
        ]
        status = 7 if message.root in RECEIPTS else 21
        identifier = self._ledger.add(
            entry, sent, files, day=now.date(), serial=0, outbound=False, status=status, at=now
        )
        if message.root in RECEIPTS and isinstance(message, Courrier):
            # 3-2 and 4-2 leave by themselves, no human decides (norm, section 8).
            receipt = Courrier(root=RECEIPTS[message.root], acte_id=message.acte_id, dated=message.dated)
            row = self._ledger.find(identifier)
            self._platform.send(receipt, row, flow=f"{flow[0]}-2", documents=(), uploads=())
            self._ledger.move(identifier, 8, at=now)

    def _act(self, unique_id: str) -> sqlite3.Row:
        row = self._ledger.by_unique_id(unique_id)
        if row is None:
            raise LookupError(f"L’acte {unique_id} est inconnu.")
        return row

    def _by_number(self, message: AnomalieActe) -> sqlite3.Row:
        row = self._ledger.db.one(
            "SELECT * FROM transaction_ WHERE type = '1' AND number = ? AND decided_on = ? AND nature = ?",
            message.acte.number,
            message.acte.decided_on.isoformat(),
            message.acte.nature,
        )
        if row is None:
            raise LookupError(f"L’acte {message.acte.number} est inconnu.")
        return row

    def _last(self, root: str, unique_id: str) -> sqlite3.Row:
        flows = ("3-3", "3-4") if KINDS[root].code == "3-5" else ("4-3", "4-4")
        row = self._ledger.db.one(
            "SELECT * FROM transaction_ WHERE unique_id = ? AND flow IN (?, ?) ORDER BY id DESC",
            unique_id,
            *flows,
        )
        if row is None:
            raise LookupError(f"Aucune réponse n’attend de reçu pour {unique_id}.")
        return row
