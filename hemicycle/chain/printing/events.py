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
