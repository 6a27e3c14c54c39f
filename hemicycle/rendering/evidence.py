"""Fiche de parcours: who did what on an act, when, on which version; for the archive and for printing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Column, Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.receipt import SentFile, files_table
from hemicycle.rendering.typography import long_date, short_moment


@dataclass(frozen=True, kw_only=True)
class VisaLine:
    """A visa given, on the version that was read."""

    step: str  # « Direction des finances »
    person: str
    at: datetime  # read in its own time zone
    version: int
    digest: str  # SHA-256 of the version
    outcome: str = "visa donné"
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class JourneyEvent:
    """One event after the circuit: vote, signature, transmission, publication, notification, archiving."""

    at: datetime
    what: str
    who: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class JourneySheet:
    """The whole journey of one act."""

    letterhead: Letterhead
    act_number: str
    title: str
    decided_on: date
    body: str
    facts: tuple[tuple[str, str], ...]  # rapporteur, dossier number, matière…
    visas: tuple[VisaLine, ...]
    vote: tuple[tuple[str, str], ...]  # (« Résultat », sentence), (« Pour », « 33 »)…
    signature: tuple[tuple[str, str], ...]  # signatory, certificate, time stamp, digest
    transmission: tuple[tuple[str, str], ...]  # identifier, dates
    events: tuple[JourneyEvent, ...]
    files: tuple[SentFile, ...] = ()
    kind: str = "délibération"
    journal_head: str = ""  # digest of the last entry of the journal


def render_journey_sheet(sheet: JourneySheet, *, at: datetime) -> bytes:
    """The sheet as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    decided = f"{sheet.kind.capitalize()} {blocks.of_body(sheet.body)}, {long_date(sheet.decided_on)}"
    head = [("Acte", f"n° {sheet.act_number}"), ("Décision", decided), *sheet.facts]
    sections = [
        {"title": "", "parts": [blocks.facts_part(head)]},
        {"title": "Visas", "parts": [_visas(sheet.visas)]},
        *_boxes(sheet),
        {"title": "Événements", "parts": [_events(sheet.events)]},
    ]
    if sheet.files:
        sections.append({"title": "Fichiers", "parts": [files_table(sheet.files)]})
    if sheet.journal_head:
        last = blocks.facts_part([("Dernière entrée", sheet.journal_head)])
        sections.append({"title": "Journal à la date de cette fiche", "parts": [last]})
    data = {
        "document": blocks.document(
            title=f"Fiche de parcours de l’acte n° {sheet.act_number}",
            author=sheet.letterhead.departement,
            number=sheet.act_number,
            short_title=f"Fiche de parcours – {sheet.title}",
            subject=sheet.title,
        ),
        "letterhead": blocks.letterhead(sheet.letterhead),
        "kind": "Pièce justificative",
        "name": "Fiche de parcours",
        "sitting": f"Établie le {short_moment(at)}",
        "subject": sheet.title,
        "sections": sections,
    }
    return render("sheet.typ", data, at=at)


def _boxes(sheet: JourneySheet) -> list[dict[str, Any]]:
    boxes = (("Vote", sheet.vote), ("Signature", sheet.signature), ("Transmission", sheet.transmission))
    return [{"title": title, "parts": [blocks.facts_part(facts)]} for title, facts in boxes if facts]


def _visas(visas: tuple[VisaLine, ...]) -> dict[str, Any]:
    columns = [
        Column(label="Étape", width="fill"),
        Column(label="Personne", width="34"),
        Column(label="Date", width="24"),
        Column(label="Version", width="36", code=True),
        Column(label="Avis", width="30"),
    ]
    rows = [
        [
            visa.step,
            visa.person,
            short_moment(visa.at),
            f"v{visa.version} {visa.digest[:16]}",
            visa.outcome + (f" : {visa.remark}" if visa.remark else ""),
        ]
        for visa in visas
    ]
    return blocks.table_part(columns, rows)


def _events(events: tuple[JourneyEvent, ...]) -> dict[str, Any]:
    columns = [
        Column(label="Date", width="36"),
        Column(label="Événement", width="38"),
        Column(label="Auteur", width="34"),
        Column(label="Précision", width="fill"),
    ]
    return blocks.table_part(columns, [[short_moment(e.at), e.what, e.who, e.detail] for e in events])
