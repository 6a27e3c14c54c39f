"""Bordereau d'acquittement: what was sent to the préfecture, and what it answered (documents.md, 4.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Column, Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.typography import NARROW, long_date, short_moment


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """One file of the transmission."""

    name: str
    kind: str  # « 99_DE – Délibération »
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, kw_only=True)
class LifeEvent:
    """One state of the transaction."""

    at: datetime  # read in its own time zone
    state: str  # « Transmis », « Acquittement reçu »
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A transmission and its acknowledgement."""

    letterhead: Letterhead
    act_number: str
    title: str
    decided_on: date
    nature: str  # « Délibération »
    subject_code: str  # « 7.5 – Subventions »
    unique_id: str  # the ministry's identifier of the act
    files: tuple[SentFile, ...]
    events: tuple[LifeEvent, ...]
    siren: str = ""
    internal_number: str = ""  # the number given to @CTES
    transaction: str = ""  # the operator's number
    operator: str = ""
    prefecture: str = ""
    sent_by: str = ""


def render_receipt(receipt: Receipt, *, at: datetime) -> bytes:
    """The slip as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    facts = [
        ("Identifiant de l’acte", receipt.unique_id),
        ("Collectivité", receipt.letterhead.departement),
        ("SIREN", receipt.siren),
        ("Numéro transmis", receipt.internal_number),
        ("Date de la décision", long_date(receipt.decided_on)),
        ("Nature", receipt.nature),
        ("Matière", receipt.subject_code),
        ("Reçu par", receipt.prefecture),
        ("Opérateur", receipt.operator),
        ("Transaction", receipt.transaction),
        ("Transmis par", receipt.sent_by),
    ]
    events = [[short_moment(e.at), e.state, e.message] for e in receipt.events]
    life = [Column(label="Date"), Column(label="État", width="42"), Column(label="Message", width="fill")]
    data = {
        "document": blocks.document(
            title=f"Bordereau d’acquittement de l’acte n° {receipt.act_number}",
            author=receipt.letterhead.departement,
            number=receipt.act_number,
            short_title="Bordereau d’acquittement",
            subject=receipt.title,
        ),
        "letterhead": blocks.letterhead(receipt.letterhead),
        "kind": "Contrôle de légalité",
        "name": "Bordereau d’acquittement",
        "sitting": f"Acte n° {receipt.act_number}",
        "subject": receipt.title,
        "sections": [
            {"title": "", "parts": [blocks.facts_part(facts)]},
            {"title": "Vie de la transmission", "parts": [blocks.table_part(life, events)]},
            {"title": "Fichiers transmis", "parts": [files_table(receipt.files)]},
        ],
    }
    return render("sheet.typ", data, at=at)


def files_table(files: tuple[SentFile, ...]) -> dict[str, object]:
    """Name, type, size and SHA-256 of each file."""
    columns = [
        Column(label="Fichier", width="fill"),
        Column(label="Type", width="32"),
        Column(label="Taille", align="right"),
        Column(label="Empreinte SHA-256", width="47", code=True),
    ]
    return blocks.table_part(columns, [[f.name, f.kind, _size(f.size), _digest(f.sha256)] for f in files])


def _size(count: int) -> str:
    """« 93 Ko », thousands set apart; never zero for a file that has bytes."""
    return f"{max(1, round(count / 1024)):,} Ko".replace(",", NARROW)


def _digest(digest: str) -> str:
    """In groups of eight, so that a reader can compare and a narrow column can break."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))
