"""The act as its author hands it over, before any message exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .identifiers import Emitter, Nature, unique_id


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A document to send: the act itself or an annex."""

    #: Name the author knows it by; the name sent is built from the act's identity.
    name: str
    #: 99_DE, 21_RP...
    type_code: str
    data: bytes
    #: application/pdf, image/jpeg, image/png or text/xml.
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Acte:
    """What a 1-1 transmits."""

    number: str
    nature: Nature
    decided_on: date
    #: At least two levels: (7, 5).
    matiere: tuple[int, ...]
    subject: str
    document: Piece
    annexes: tuple[Piece, ...] = ()
    #: Date of the last 7-2 received: any other is answered by a 1-3.
    classification_date: date
    #: A paper part follows by post (multi-canal).
    paper: bool = False
    #: IDActe of the act this one replaces or completes; empty when none.
    previous: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (self.document, *self.annexes)

    def unique_id(self, emitter: Emitter) -> str:
        """Raises NotBuildable when the number is not acceptable."""
        return unique_id(emitter=emitter, on=self.decided_on, number=self.number, nature=self.nature)
