"""What changed between two versions of a dossier, to be printed: added underlined, deleted struck through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hemicycle.rendering import blocks
from hemicycle.rendering.blocks import Column, Letterhead
from hemicycle.rendering.compile import render
from hemicycle.rendering.text_tree import Tree
from hemicycle.rendering.text_tree import blocks as text_blocks
from hemicycle.rendering.typography import plural, short_moment


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A block of a text, as one tree or, where it was cut, several."""

    #: Trees whose text may bear the marks "inserted", "deleted" and "remark".
    nodes: tuple[Tree, ...]
    changed: bool
    #: Said in the margin: « Déplacé ».
    word: str = ""
    #: Said above it.
    note: str = ""
    #: Unchanged blocks left out in its place.
    unseen: int = 0


@dataclass(frozen=True, kw_only=True)
class ComparedText:
    """One of the texts, and what became of each of its blocks."""

    title: str  # « Rapport »
    summary: str  # « 2 paragraphes modifiés »
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class ComparedVersion:
    """One side of the comparison."""

    name: str  # « Version 3 », « Texte de travail »
    made_at: datetime  # read in its own time zone
    author: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ComparisonSheet:
    """Everything that differs between two versions of a dossier."""

    letterhead: Letterhead
    number: str  # the dossier's
    title: str  # its object
    old: ComparedVersion
    new: ComparedVersion
    summary: str  # one sentence
    #: (label, before, after)
    fields: tuple[tuple[str, str, str], ...] = ()
    #: One sentence each: annexes, other deliberations of the report.
    others: tuple[str, ...] = ()
    texts: tuple[ComparedText, ...] = ()


def render_comparison(sheet: ComparisonSheet, *, at: datetime) -> bytes:
    """The comparison as PDF/A-2a and PDF/UA-1. Raises RenderingRefused."""
    name = f"{sheet.old.name} et {sheet.new.name[0].lower()}{sheet.new.name[1:]} comparées"
    data = {
        "document": blocks.document(
            title=f"Dossier {sheet.number}, {name[0].lower()}{name[1:]} – {sheet.title}",
            author=sheet.letterhead.departement,
            number=f"Dossier {sheet.number}",
            short_title=f"{sheet.title}, {name[0].lower()}{name[1:]}",
            subject=sheet.title,
        ),
        "letterhead": blocks.letterhead(sheet.letterhead),
        "kind": f"Dossier n° {sheet.number}",
        "name": "Ce qui a changé",
        "sitting": f"De la {_lowered(sheet.old.name)} {_to(sheet.new.name)}",
        "subject": sheet.title,
        "summary": sheet.summary or "Les deux versions ont les mêmes textes, les mêmes champs et les mêmes annexes.",
        "facts": blocks.filled([(version.name, _made(version)) for version in (sheet.old, sheet.new)]),
        "fields": _fields(sheet),
        "others": list(sheet.others),
        "texts": [_text(text) for text in sheet.texts],
    }
    return render("comparison.typ", data, at=at)


def _lowered(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}"


def _to(name: str) -> str:
    return f"à la {_lowered(name)}" if name.lower().startswith("version") else f"au {_lowered(name)}"


def _made(version: ComparedVersion) -> str:
    reason = f" ; motif : « {version.reason} »" if version.reason else ""
    return f"{short_moment(version.made_at)}, par {version.author}{reason}"


def _fields(sheet: ComparisonSheet) -> dict[str, Any] | None:
    if not sheet.fields:
        return None
    columns = [
        Column(label="Champ", width="40"),
        Column(label="Avant", width="fill"),
        Column(label="Désormais", width="fill"),
    ]
    return blocks.table_part(columns, [list(field) for field in sheet.fields])


def _text(text: ComparedText) -> dict[str, Any]:
    """The passages with their blocks; they are read together, so that headings never skip a level."""
    nodes = [node for passage in text.passages for node in passage.nodes]
    made = text_blocks({"type": "doc", "content": nodes}, below=2)
    passages = []
    start = 0
    for passage in text.passages:
        stop = start + len(passage.nodes)
        gap = plural(passage.unseen, "passage inchangé", "passages inchangés") if passage.unseen else ""
        passages.append(
            {
                "blocks": made[start:stop],
                "changed": passage.changed,
                "word": passage.word,
                "remark": passage.note,
                "gap": gap,
            }
        )
        start = stop
    return {"title": text.title, "summary": text.summary, "passages": passages}
