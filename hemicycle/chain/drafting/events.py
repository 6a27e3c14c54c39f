"""What can have happened while drafting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class DossierOpened:
    name: ClassVar[str] = "drafting.dossier_opened"
    number: str
    object: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class DossierDescribed:
    """The fields were changed: old and new value of each."""

    name: ClassVar[str] = "drafting.dossier_described"
    changes: dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class TextSaved:
    name: ClassVar[str] = "drafting.text_saved"
    #: « report » or « deliberation ».
    text: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class TextImported:
    name: ClassVar[str] = "drafting.text_imported"
    text: str
    file: str
    sha256: str
    digest: str
    #: What the reading settled: tracked changes, notes, images (in French).
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AnnexAttached:
    name: ClassVar[str] = "drafting.annex_attached"
    title: str
    file: str
    sha256: str
    to_control: bool


@dataclass(frozen=True, kw_only=True)
class AnnexRemoved:
    name: ClassVar[str] = "drafting.annex_removed"
    title: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AnnexesOrdered:
    name: ClassVar[str] = "drafting.annexes_ordered"
    titles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CommentWritten:
    name: ClassVar[str] = "drafting.comment_written"
    version: int
    text: str


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn:
    name: ClassVar[str] = "drafting.dossier_withdrawn"
    reason: str
