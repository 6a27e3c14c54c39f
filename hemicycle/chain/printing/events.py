"""What can have happened to how documents are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class ActTried:
    """The act of a dossier was set once, long before its vote, and the answer is no longer what it was."""

    name: ClassVar[str] = "printing.act_tried"
    possible: bool
    #: Why not, in words for its author; empty when it can be drawn up.
    sentence: str
    #: Of what was tried: the object, the texts, the annexes.
    digest: str


@dataclass(frozen=True, kw_only=True)
class ModelDrafted:
    """The draft of a model of document was written; nothing printed changes yet."""

    name: ClassVar[str] = "printing.model_drafted"
    kind: str
    label: str
    number: int
    #: Of the texts, the blocks and the logo.
    digest: str
    #: The version taken up again, 0 when none was; -1 for the model of origin.
    restored: int


@dataclass(frozen=True, kw_only=True)
class ModelPublished:
    """From that day on, documents of this kind are printed so."""

    name: ClassVar[str] = "printing.model_published"
    kind: str
    label: str
    number: int
    digest: str
    valid_from: str
    note: str


@dataclass(frozen=True, kw_only=True)
class DraftDiscarded:
    name: ClassVar[str] = "printing.draft_discarded"
    kind: str
    label: str
    number: int
