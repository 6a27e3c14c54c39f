"""The ministry: it takes archives over HTTP, and answers later by posting the parts of a mail."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import httpx

from hemicycle.protocols.actes import (
    AnomalieActe,
    ARActe,
    Classification,
    Member,
    Message,
    TransmissionActe,
    build_message,
    default_classification,
)
from hemicycle.protocols.actes.messages import (
    KINDS,
    Annulation,
    ARAnnulation,
    ARReponse,
    Courrier,
    DemandeClassification,
    FichierSigne,
    RetourClassification,
    SansChangement,
)

from . import returns
from .clock import Clock
from .judgement import ACTE_NATURES, ENVELOPE_NATURES, Judged, Rejected, Rules, judge
from .registry import Registry
from .settings import Settings

_TICK = 0.1
_LETTERS = {
    "2-1": ("CourrierSimple", ""),
    "3-1": ("DemandePieceComplementaire", "Le plan de financement."),
    "4-1": ("LettreObservations", "La délibération ne vise pas le budget."),
}


class Ministry(threading.Thread):
    def __init__(self, settings: Settings, registry: Registry, clock: Clock, return_url: str) -> None:
        super().__init__(name="ministere", daemon=True)
        self._settings, self.registry, self._clock = settings, registry, clock
        self._return_url = return_url
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

    @property
    def scenario(self) -> str:
        return self.registry.get("scenario") or "normal"

    def classification(self) -> Classification:
        dated = date.fromisoformat(self.registry.get("classification") or "")
        return replace(default_classification(), dated=dated)

    def receive(self, name: str, data: bytes) -> None:
        """Take an archive; the same bytes under the same name again change nothing.

        Raises ActesError when the name is not that of an archive.
        """
        with self._door:
            if self.registry.already(name, data):
                return
            now, scenario = self._clock.now(), self.scenario
            verdict = judge(name, data, self._rules(now))
            if isinstance(verdict, Judged):
                verdict = self._staged(verdict, scenario, name)
            with self.registry.db.transaction():
                self._record(name, data, verdict, scenario, now)

    def write_letter(self, acte_id: str, flow: str) -> None:
        """Send a 2-1, 3-1 or 4-1 about an act received. Raises LookupError."""
        if flow not in _LETTERS or not self.registry.accepted(acte_id):
            raise LookupError(f"L’acte {acte_id} n’a pas été reçu.")
        root, text = _LETTERS[flow]
        now = self._clock.now()
        document = returns.letter_document(acte_id, flow, self.registry.next_serial(), now.date())
        message = Courrier(
            root=root,
            acte_id=acte_id,
            dated=now.date(),
            text=text,
            documents=(FichierSigne(name=document.name),),
        )
        self._plan(message, acte_id, now, documents=(document,))

    def _rules(self, now: datetime) -> Rules:
        return Rules(
            emitter=self._settings.emitter,
            classification=self.classification(),
            today=now.date(),
            schemas=self._settings.schemas,
            known=self.registry.accepted,
        )

    def _staged(self, verdict: Judged, scenario: str, name: str) -> Judged | Rejected:
        """The scenario speaks over a good act; a bad one is refused for its own fault."""
        if verdict.nature or not isinstance(verdict.message, TransmissionActe):
            return verdict
        if scenario == "anomaly":
            return replace(verdict, nature=ACTE_NATURES["scenario"], detail="Anomalie demandée au simulateur.")
        if scenario == "envelope-anomaly":
            detail = f"{name} -> Rejet demandé au simulateur."
            nature = ENVELOPE_NATURES["transaction"]
            return Rejected(nature=nature, detail=detail, envelope=returns.echo(self._settings, verdict.acte_id))
        return verdict

    def _record(self, name: str, data: bytes, verdict: Judged | Rejected, scenario: str, now: datetime) -> None:
        if isinstance(verdict, Rejected):
            self._keep(name, data, now, scenario, "enveloppe", "", ())
            parts = returns.envelope_anomaly(verdict, name, on=now.date())
            self.registry.plan(parts, due_at=self._due(now))
            return
        silent = scenario == "silent"
        label = "silence" if silent and not verdict.nature else "1-3" if verdict.nature else ""
        answer = self._answer(verdict, now.date())
        label = label or (KINDS[answer.root].code if answer else "reçu")
        self._keep(name, data, now, scenario, label, verdict.acte_id, verdict.documents)
        if answer is not None and not silent:
            self._plan(answer, verdict.acte_id, now)

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
            case Courrier() if KINDS[message.root].code in ("3-3", "3-4", "4-3", "4-4"):
                three = KINDS[message.root].code.startswith("3")
                root = "ARPieceComplementaire" if three else "ARReponseRejetLettreObservations"
                return ARReponse(root=root, acte_id=message.acte_id, dated=message.dated, received_on=today)
            case _:
                return None

    def _plan(self, message: Message, acte_id: str, now: datetime, documents: tuple[Member, ...] = ()) -> None:
        parts = returns.mail(
            build_message(message),
            code=KINDS[message.root].code,
            acte_id=acte_id,
            settings=self._settings,
            on=now.date(),
            serial=self.registry.next_serial(),
            documents=documents,
        )
        self.registry.plan(parts, due_at=self._due(now))

    def _due(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._settings.delay)

    def _send_what_is_due(self) -> None:
        for answer, parts in self.registry.due(self._clock.now()):
            files = [("piece", (part.name, part.data, "application/octet-stream")) for part in parts]
            try:
                reply = httpx.post(self._return_url, files=files, timeout=30)
            except httpx.HTTPError:
                return
            if reply.status_code == 200:
                self.registry.sent(answer)
