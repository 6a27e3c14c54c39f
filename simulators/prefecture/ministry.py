"""The ministry: it takes archives, judges them, and answers later by handing over the parts of a mail.

It knows nothing of who sends: any TdT, or a collectivité that is its own, speaks to it by `receive` (the bytes of an
archive under its name) and hears from it by the `Deliver` it was made with. `write_letter`, `change_classification`
and the `Stage` are for the person, or the test, that plays the préfecture.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from hemicycle.protocols.actes import (
    ANSWER_RECEIVED,
    AnomalieActe,
    ARActe,
    Classification,
    Member,
    Message,
    TransmissionActe,
    build_message,
    default_classification,
    parse_unique_id,
)
from hemicycle.protocols.actes.messages import (
    KINDS,
    Annulation,
    ARAnnulation,
    ARReponse,
    Courrier,
    DemandeClassification,
    RetourClassification,
    SansChangement,
)

from . import correspondence, returns
from .clock import Clock
from .delivery import Deliver
from .judgement import ACTE_NATURES, ENVELOPE_NATURES, Judged, Rejected, Rules, judge
from .registry import Registry
from .returns import Office
from .scenarios import Stage
from .staging import staged_returns

_TICK = 0.1


class Maintenance(Exception):
    """The door is shut: the archive is not taken, and is to be sent again later."""


@dataclass(frozen=True, kw_only=True)
class Practice:
    """How this ministry works."""

    office: Office
    #: Seconds between a deposit and its answer.
    delay: float
    #: Folder of official schemas, or None for our own rules alone.
    schemas: Path | None = None


class Ministry(threading.Thread):
    def __init__(self, practice: Practice, *, registry: Registry, stage: Stage, clock: Clock, deliver: Deliver) -> None:
        super().__init__(name="ministere", daemon=True)
        self.registry, self.stage = registry, stage
        self._practice, self._clock, self._deliver = practice, clock, deliver
        self._stopping = threading.Event()
        # One deposit at a time: the search for duplicates and the record must not interleave.
        self._door = threading.Lock()

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=5)

    def run(self) -> None:
        while not self._stopping.wait(_TICK):
            try:
                self._send_what_is_due()
            except Exception as error:
                print(f"Ministère : tour interrompu, {error!r}", file=sys.stderr, flush=True)

    def classification(self) -> Classification:
        dated = date.fromisoformat(self.registry.get("classification") or "")
        return replace(default_classification(), dated=dated)

    def change_classification(self, dated: date) -> None:
        """From now on, acts that follow another date are refused."""
        self.registry.set("classification", dated.isoformat())

    def receive(self, name: str, data: bytes) -> str:
        """Take an archive; the number of its act. The same bytes under the same name again change nothing.

        Raises ActesError when the name is not that of an archive, Maintenance when the door is shut.
        """
        with self._door:
            if self.registry.already(name, data):
                return ""
            now = self._clock.now()
            verdict = judge(name, data, self._rules(now))
            scenario = self.stage.play("ministere", _number(verdict))
            if scenario == "maintenance":
                raise Maintenance
            if isinstance(verdict, Judged):
                verdict = self._staged(verdict, scenario, name, now)
            with self.registry.db.transaction():
                self._record(name, data, verdict, scenario, now)
            return _number(verdict)

    def write_letter(self, acte_id: str, flow: str, *, says: str = "", reminder: bool = False) -> None:
        """Send a 2-1, 3-1, 4-1 or 5-1 about an act received, or remind of it. Raises LookupError."""
        if flow not in correspondence.LETTERS:
            raise LookupError(f"La préfecture n’écrit pas de {flow} : {', '.join(correspondence.LETTERS)}.")
        if not self.registry.accepted(acte_id):
            raise LookupError(f"L’acte {acte_id} n’a pas été reçu.")
        now = self._clock.now()
        with self.registry.db.transaction():
            self._write_letter(acte_id, flow, now, now + self._delay, says=says, reminder=reminder)

    def _write_letter(
        self, acte_id: str, flow: str, now: datetime, due_at: datetime, *, says: str = "", reminder: bool = False
    ) -> None:
        serial = self.registry.next_serial
        message, documents = correspondence.write(
            acte_id, flow, on=now.date(), serial=serial, says=says, reminder=reminder
        )
        parts = self._mail(message, acte_id, now, documents)
        self._plan(parts, flow, acte_id, self.registry.correspondents(acte_id), now, due_at)

    @property
    def _delay(self) -> timedelta:
        return timedelta(seconds=self._practice.delay)

    def _rules(self, now: datetime) -> Rules:
        return Rules(
            emitter=self._practice.office.emitter,
            classification=self.classification(),
            today=now.date(),
            schemas=self._practice.schemas,
            known=self.registry.accepted,
        )

    def _staged(self, verdict: Judged, scenario: str, name: str, now: datetime) -> Judged | Rejected:
        """The scenario speaks over a good act; a bad one is refused for its own fault."""
        message = verdict.message
        if verdict.nature or not isinstance(message, TransmissionActe):
            return verdict
        if scenario == "anomaly":
            return replace(verdict, nature=ACTE_NATURES["scenario"], detail="Anomalie demandée au simulateur.")
        if scenario == "classification" and message.acte.classification_date != now.date():
            self.change_classification(now.date())
            detail = "ODT-VERIF-01 : l'acte a été transmis avec une date de classification qui n'est pas à jour."
            return replace(verdict, nature=ACTE_NATURES["classification"], detail=detail)
        if scenario.startswith("envelope-"):
            detail = f"{name} -> Rejet demandé au simulateur."
            return Rejected(nature=ENVELOPE_NATURES["transaction"], detail=detail, envelope=verdict.envelope)
        return verdict

    def _record(self, name: str, data: bytes, verdict: Judged | Rejected, scenario: str, now: datetime) -> None:
        if isinstance(verdict, Rejected):
            self._keep(name, data, now, scenario, "enveloppe", "", ())
            parts = returns.envelope_anomaly(verdict, name, on=now.date(), outside_the_list=scenario == "envelope-999")
            self.registry.plan(parts, to=verdict.envelope.return_addresses, due_at=now + self._delay)
            return
        addresses, acte_id = verdict.envelope.return_addresses, verdict.acte_id
        silent = scenario == "silent" and not verdict.nature
        answer = None if silent else self._answer(verdict, now.date())
        # « silence » is said of an act alone: it counts as one received.
        mute = "silence" if isinstance(verdict.message, TransmissionActe) else "sans réponse"
        label = mute if silent else KINDS[answer.root].code if answer else "reçu"
        self._keep(name, data, now, scenario, label, acte_id, verdict.documents)
        if acte_id:
            self.registry.meet(acte_id, addresses)
            self.registry.note(acte_id, KINDS[verdict.message.root].code, at=now, inbound=True)
        if answer is not None:
            self._reply(answer, acte_id, addresses, scenario, now)

    def _reply(self, answer: Message, acte_id: str, to: Sequence[str], scenario: str, now: datetime) -> None:
        """The answer due, and what the scenario adds to an acknowledgement."""
        due_at = now + self._delay
        if not isinstance(answer, ARActe):
            self._plan(self._mail(answer, acte_id, now), KINDS[answer.root].code, acte_id, to, now, due_at)
            return
        for code, parts in staged_returns(answer, scenario, lambda message: self._mail(message, acte_id, now)):
            self._plan(parts, code, acte_id, to, now, due_at)
            due_at += self._delay / 2
        if scenario.startswith("letter-"):
            self._write_letter(acte_id, scenario.removeprefix("letter-"), now, due_at)

    def _keep(
        self,
        name: str,
        data: bytes,
        at: datetime,
        scenario: str,
        verdict: str,
        acte_id: str,
        documents: tuple[Member, ...],
    ) -> None:
        self.registry.keep(
            name=name,
            data=data,
            at=at,
            scenario=scenario,
            verdict=verdict,
            acte_id=acte_id,
            documents=documents,
        )

    def _answer(self, verdict: Judged, today: date) -> Message | None:
        message, held = verdict.message, self.classification()
        match message:
            case TransmissionActe() if verdict.nature:
                return AnomalieActe(
                    on=today,
                    nature=verdict.nature,
                    detail=verdict.detail,
                    acte=message.acte,
                    classification_date=held.dated,
                )
            case TransmissionActe():
                return ARActe(
                    acte_id=verdict.acte_id,
                    received_on=today,
                    acte=message.acte,
                    classification_date=held.dated,
                )
            case Annulation():
                return ARAnnulation(acte_id=message.acte_id, received_on=today)
            case DemandeClassification() if message.held == held.dated:
                return SansChangement(classification_date=held.dated)
            case DemandeClassification():
                return RetourClassification(classification=held)
            case Courrier() if message.root in ANSWER_RECEIVED:
                root = ANSWER_RECEIVED[message.root]
                return ARReponse(root=root, acte_id=message.acte_id, dated=message.dated, received_on=today)
            case _:
                return None

    def _mail(self, message: Message, acte_id: str, now: datetime, documents: tuple[Member, ...] = ()) -> list[Member]:
        return returns.mail(
            build_message(message),
            code=KINDS[message.root].code,
            acte_id=acte_id,
            office=self._practice.office,
            on=now.date(),
            serial=self.registry.next_serial(),
            documents=documents,
        )

    def _plan(
        self, parts: Sequence[Member], code: str, acte_id: str, to: Sequence[str], now: datetime, due_at: datetime
    ) -> None:
        answer = self.registry.plan(parts, to=to, due_at=due_at)
        if acte_id:
            self.registry.note(acte_id, code, at=now, inbound=False, answer=answer)

    def _send_what_is_due(self) -> None:
        for answer, addresses, parts in self.registry.due(self._clock.now()):
            if self._deliver(addresses, parts):
                self.registry.sent(answer)


def _number(verdict: Judged | Rejected) -> str:
    """The number of the act spoken of; empty when there is none."""
    if isinstance(verdict, Rejected) or not verdict.acte_id:
        return ""
    return parse_unique_id(verdict.acte_id).number
