"""The journey of a dossier, from its tables and its journal: drawn, each station saying who, when and what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hemicycle.chain.circuit.queries import StepView
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, JournalEntry
from hemicycle.dossier.stages import Stage
from hemicycle.web.drawings.journey import Station, StationState
from hemicycle.web.templatetags.french import short_day
from hemicycle.web.timeline import in_words, moment_fr

#: State of a step of the circuit → its station, and the word under it.
STEPS: dict[str, tuple[StationState, str]] = {
    "given": ("done", ""),
    "stale": ("stale", "à redonner"),
    "awaited": ("current", "attendu"),
    "sent_back": ("refused", "renvoyé"),
    "missing": ("todo", ""),
    "waived": ("done", "dispensé"),
    "emergency": ("stale", "manquant, validé en urgence"),
}

S = Stage


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A station after the circuit: known by the stage of the dossier and by the events of the journal."""

    label: str
    #: The events told in its panel.
    events: tuple[str, ...]
    #: Stages at which the dossier waits there, and the word under the station.
    here: dict[Stage, str]
    #: Stages at which it was turned down there.
    refused: dict[Stage, str]


LEGS: tuple[Leg, ...] = (
    Leg(
        label="Séance",
        events=("sitting.put_on_agenda", "sitting.taken_off_agenda", "sitting.item_adjourned"),
        here={S.READY: "à inscrire"},
        refused={},
    ),
    Leg(label="Vote", events=("sitting.vote_recorded",), here={S.ON_AGENDA: "attendu"}, refused={S.REJECTED: "rejeté"}),
    Leg(
        label="Signé",
        events=(
            "signing.act_drawn_up",
            "signing.signature_ordered",
            "signing.signature_refused",
            "signing.signature_recorded",
        ),
        here={S.ADOPTED: "mise en forme", S.TO_SIGN: "à signer"},
        refused={},
    ),
    Leg(
        label="Préfecture",
        events=(
            "transmission.departure_prepared",
            "transmission.departs_again",
            "transmission.deposit_recorded",
            "transmission.anomaly_recorded",
            "transmission.acknowledgement_recorded",
        ),
        here={S.SIGNED: "à transmettre", S.TRANSMITTED: "transmis"},
        refused={S.REFUSED_BY_PREFECTURE: "refusé"},
    ),
    Leg(label="Publié", events=("publication.published",), here={S.ACKNOWLEDGED: "à publier"}, refused={}),
    Leg(
        label="Archivé",
        events=(
            "archiving.package_built",
            "archiving.deposit_recorded",
            "archiving.reply_recorded",
            "archiving.deposit_again",
        ),
        here={S.PUBLISHED: "à verser", S.DEPOSITED: "versé"},
        refused={S.REFUSED_BY_ARCHIVE: "refusé"},
    ),
)
#: Events of the first station.
DRAFTED = ("drafting.dossier_opened", "circuit.submitted")


def stations(
    dossier: Dossier, steps: Sequence[StepView], entries: Sequence[JournalEntry], *, on: dt.date
) -> list[Station]:
    """Every station, from the draft to the archive; a withdrawn or rejected dossier stops where it stopped."""
    line = [_drafted(dossier, entries), *(_step(step, dossier, on=on) for step in steps)]
    if not steps and dossier.stage != Stage.WITHDRAWN:
        line.append(Station(label="Circuit de visas", state="todo"))
    if dossier.stage == Stage.WITHDRAWN:
        passed = [station for station in line if station.state != "todo"]
        return [*passed, _stopped("Retiré", entries, "drafting.dossier_withdrawn")]
    legs = [_leg(leg, dossier, entries) for leg in LEGS]
    if dossier.stage == Stage.REJECTED:
        legs = legs[:2]
    return [*line, *legs]


def _drafted(dossier: Dossier, entries: Sequence[JournalEntry]) -> Station:
    past = [entry for entry in entries if entry.event in DRAFTED]
    state: StationState = "done"
    sub = short_day(day(past[-1].at)) if past else ""
    if dossier.stage == Stage.DRAFTING:
        state, sub = "current", "en cours"
    elif dossier.stage == Stage.TO_CORRECT:
        state, sub = "current", "à corriger"
    return Station(label="Rédigé", state=state, sub=sub, detail=_told(past))


def _step(step: StepView, dossier: Dossier, *, on: dt.date) -> Station:
    state, sub = STEPS[step.state]
    if step.state == "sent_back" and step.last and dossier.stage != Stage.TO_CORRECT:
        # Corrected since, and on its way again: what remains of the refusal is in the panel.
        state, sub = "todo", f"renvoyé en v{step.last.version}"
    if step.state == "given" and step.last:
        sub = short_day(day(step.last.given_at))
    if step.state == "awaited" and step.due_on and step.due_on < on:
        state, sub = "late", f"attendu le {short_day(step.due_on)}"
    return Station(label=step.label, state=state, sub=sub, detail=_step_told(step))


def _step_told(step: StepView) -> str:
    parts = []
    for visa in step.visas:
        absent = f", en l’absence de {visa.on_behalf_of.full_name}," if visa.on_behalf_of else ""
        deed = "a visé" if visa.kind == "given" else "a renvoyé pour correction"
        remark = f"\n« {visa.remark} »" if visa.remark else ""
        parts.append(
            f"{moment_fr(visa.given_at)}\n{visa.agent.full_name}{absent} {deed} la version {visa.version}.{remark}"
        )
    if step.state not in ("given",):
        people = ", ".join(person.full_name for person in step.people)
        due = f", avant le {short_day(step.due_on)}" if step.state == "awaited" and step.due_on else ""
        parts.append(f"Visa de {people}{due}.")
    if step.why:
        parts.append(f"Requis {step.why}.")
    return "\n\n".join(parts)


def _leg(leg: Leg, dossier: Dossier, entries: Sequence[JournalEntry]) -> Station:
    past = [entry for entry in entries if entry.event in leg.events]
    stage = Stage(dossier.stage)
    state: StationState = "todo"
    sub = ""
    if stage in leg.refused:
        state, sub = "refused", leg.refused[stage]
    elif stage in leg.here:
        state, sub = "current", leg.here[stage]
    elif ORDER[stage] > max(ORDER[s] for s in leg.here):
        state, sub = "done", short_day(day(past[-1].at)) if past else ""
    elif leg.label == "Séance" and dossier.target_date:
        sub = short_day(dossier.target_date)
    label = dossier.body if leg.label == "Séance" else leg.label
    return Station(label=label, state=state, sub=sub, detail=_told(past))


#: How far along each stage is: its place in the chain, a refusal being where it was met.
ORDER: dict[Stage, int] = {stage: place for place, stage in enumerate(Stage)}


def _stopped(label: str, entries: Sequence[JournalEntry], event: str) -> Station:
    past = [entry for entry in entries if entry.event == event]
    sub = short_day(day(past[-1].at)) if past else ""
    return Station(label=label, state="refused", sub=sub, detail=_told(past))


def _told(entries: Iterable[JournalEntry]) -> str:
    return "\n\n".join(in_words(entry) for entry in entries)
