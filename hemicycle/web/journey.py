"""The journey of a dossier, from its tables and its journal: drawn, each station saying who, when and what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.urls import reverse

from hemicycle.chain.circuit.queries import StepView
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier, JournalEntry, Nature
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typography import of_fr
from hemicycle.web.drawings.journey import Station, StationState
from hemicycle.web.journey_legs import LEGS, NOTIFIED, ORDER, PARTNERS, PUBLISHED, TAKEN, Leg
from hemicycle.web.templatetags.french import short_day
from hemicycle.web.timeline import in_words, moment_fr

#: State of a step of the circuit → its station, and the word under it.
STEPS: dict[str, tuple[StationState, str]] = {
    "given": ("done", ""),
    "stale": ("stale", "à redonner"),
    "awaited": ("current", "attendu"),
    "sent_back": ("refused", "renvoyé"),
    "missing": ("todo", ""),
    "waived": ("waived", "dispensé"),
    "emergency": ("emergency", "manquant"),
}
#: Kind of visa → what its author did to the version.
DEEDS = {
    "given": "a visé",
    "reserved": "a visé, avec réserve,",
    "opinion": "a donné son avis sur",
    "taken_back": "a repris son visa de",
    "sent_back": "a renvoyé pour correction",
    "sent_back_to": "a renvoyé à une étape précédente",
}
#: Events of the first station.
DRAFTED = ("drafting.dossier_opened", "circuit.submitted")


def stations(
    dossier: Dossier,
    steps: Sequence[StepView],
    entries: Sequence[JournalEntry],
    *,
    on: dt.date,
    papers: Sequence[Attachment] = (),
) -> list[Station]:
    """Every station, from the draft to the archive; a withdrawn or rejected dossier stops where it stopped.

    `papers`: what the chain produced, opened from the station that made it.
    """
    line = [_drafted(dossier, entries), *(_step(step, dossier, on=on) for step in steps)]
    if not steps and dossier.stage != Stage.WITHDRAWN:
        line.append(Station(label="Circuit de visas", state="todo"))
    if dossier.emergency:
        line.append(_emergency(dossier, entries))
    if dossier.stage == Stage.WITHDRAWN:
        passed = [station for station in line if station.state != "todo"]
        if dossier.act_number:
            return [*passed, _stopped("Numéro annulé", entries, "registers.number_cancelled")]
        return [*passed, _stopped("Retiré", entries, "drafting.dossier_withdrawn")]
    legs = LEGS[:2] if dossier.stage == Stage.REJECTED else LEGS
    if dossier.without_vote:
        legs = (TAKEN, *LEGS[2:])
    if is_notified(dossier, entries):
        legs = tuple(NOTIFIED if leg is PUBLISHED else leg for leg in legs)
    after = [
        _partners(dossier, entries, papers) if leg is PARTNERS else _leg(leg, dossier, entries, papers) for leg in legs
    ]
    return [*line, *(station for station in after if station is not None)]


def is_notified(dossier: Dossier, entries: Sequence[JournalEntry]) -> bool:
    """Whether the act is made known to a person rather than put online: by its nature, or as it was done."""
    return dossier.nature == Nature.INDIVIDUAL or any(entry.event == "publication.notified" for entry in entries)


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
        older = f", v{step.given_on}" if step.given_on else ""
        sub = f"{short_day(day(step.last.given_at))}{older}"
    if step.state == "awaited" and step.held_at is not None:
        sub = "mis en attente"
    elif step.state == "awaited" and step.due_on and step.due_on < on:
        state, sub = "late", f"attendu le {short_day(step.due_on)}"
    return Station(label=step.label, state=state, sub=sub, detail=_step_told(step), links=_versions(step, dossier))


def _versions(step: StepView, dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """The versions that were read there, each where it can be read again."""
    if dossier.lead_id is not None:
        return ()
    read = sorted({visa.version for visa in step.visas})
    return tuple((f"Version {n}, lue à cette étape", reverse("version", args=[dossier.id, n])) for n in read)


def _step_told(step: StepView) -> str:
    parts = []
    if step.asked_by is not None:
        parts.append(f"Avis demandé par {step.asked_by.full_name} ({step.asked_from}) :\n« {step.question} »")
    for visa in step.visas:
        parts.append(
            f"{moment_fr(visa.given_at)}\n{visa.agent.full_name}{_absent(visa)} {DEEDS[visa.kind]} "
            f"la version {visa.version}{' ; visa annulé depuis' if visa.annulled_at else ''}."
            + (f"\n« {visa.remark} »" if visa.remark else "")
        )
    if step.waived_at is not None and step.state in ("waived", "emergency"):
        who = step.waived_by.full_name if step.waived_by else "l’application"
        parts.append(f"{moment_fr(step.waived_at)}\nPassé sans ce visa par {who} :\n« {step.waived_why} »")
    elif step.state != "given":
        people = ", ".join(person.full_name for person in step.people)
        due = f", avant le {short_day(step.due_on)}" if step.state == "awaited" and step.due_on else ""
        parts.append(f"{'Avis' if step.origin == 'opinion' else 'Visa'} de {people}{due}.")
    if step.state == "awaited" and step.held_at is not None:
        who = step.held_by.full_name if step.held_by else "le Cabinet"
        parts.append(f"Mis en attente par {who} : « {step.held_why} »")
    if step.why:
        parts.append(f"Requis {step.why}.")
    return "\n\n".join(parts)


def _absent(visa: object) -> str:
    absent = getattr(visa, "on_behalf_of", None)
    if absent is None:
        return ""
    delegation = getattr(visa, "delegation", "")
    return f", en l’absence {of_fr(absent.full_name)}{f' ({delegation})' if delegation else ''},"


def _emergency(dossier: Dossier, entries: Sequence[JournalEntry]) -> Station:
    past = [entry for entry in entries if entry.event == "circuit.validated_in_emergency"]
    told = _told(past[-1:]) or f"Motif : « {dossier.emergency} »"
    return Station(label="Validé en urgence", state="emergency", sub=_when(past), detail=told)


def _leg(leg: Leg, dossier: Dossier, entries: Sequence[JournalEntry], papers: Sequence[Attachment]) -> Station:
    past = [entry for entry in entries if entry.event in leg.events]
    stage = Stage(dossier.stage)
    state: StationState = "todo"
    sub = ""
    if stage in leg.refused:
        state, sub = "refused", leg.refused[stage]
    elif stage in leg.here:
        state, sub = "current", leg.here[stage]
    elif ORDER[stage] > max(ORDER[s] for s in leg.here):
        state, sub = "done", _when(past)
    elif leg.label == "Séance" and dossier.target_date:
        sub = short_day(dossier.target_date)
    label = dossier.body if leg.label == "Séance" else leg.label
    return Station(label=label, state=state, sub=sub, detail=_told(past), links=_papers(leg, papers))


def _partners(dossier: Dossier, entries: Sequence[JournalEntry], papers: Sequence[Attachment]) -> Station | None:
    """The act sent to its partners: nothing obliges to, so the station leaves an archived dossier that had none."""
    past = [entry for entry in entries if entry.event in PARTNERS.events]
    sent = [entry for entry in past if entry.event == "distribution.notice_sent"]
    if not sent and dossier.stage == Stage.ARCHIVED:
        return None
    state: StationState = "done" if sent else "todo"
    sub = f"{len(sent)} envois" if len(sent) > 1 else _when(sent)
    return Station(label=PARTNERS.label, state=state, sub=sub, detail=_told(past), links=_papers(PARTNERS, papers))


def _papers(leg: Leg, papers: Sequence[Attachment]) -> tuple[tuple[str, str], ...]:
    made = [p for p in papers if p.title.startswith(leg.papers) or p.title.endswith(leg.papers)] if leg.papers else []
    return tuple((paper.title, reverse("piece", args=[paper.id])) for paper in made)


def _stopped(label: str, entries: Sequence[JournalEntry], event: str) -> Station:
    past = [entry for entry in entries if entry.event == event]
    return Station(label=label, state="refused", sub=_when(past), detail=_told(past))


def _when(past: Sequence[JournalEntry]) -> str:
    return short_day(day(past[-1].at)) if past else ""


def _told(entries: Iterable[JournalEntry]) -> str:
    return "\n\n".join(in_words(entry) for entry in entries)
