"""The préfecture's letters and our replies to them, as any TdT carries them (norm, section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hemicycle.protocols.actes import Member, Piece


@dataclass(frozen=True, kw_only=True)
class ReceivedLetter:
    """One return of the State about an act: its envelope, its message and its documents, in any order."""

    #: The TdT's own name of it, by which it is marked as taken; empty when it has none.
    number: str
    #: What protocols.actes.read_return reads.
    parts: tuple[Member, ...]
    #: Why it is to be put aside and not applied, in French; empty when nothing speaks against it.
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Our answer to a letter: 2-2, 3-3, 3-4, 4-3 or 4-4."""

    #: The TdT's name of the letter (empty: it has none), and that of the act that the letter is about.
    letter: str
    act: str
    #: Identifier of the act (IDActe).
    acte_id: str
    #: Root of the message, one of protocols.actes.ANSWERS.
    root: str
    #: Date of the letter, which the answer echoes.
    letter_dated: date
    #: Only a 3-4 takes more than one.
    pieces: tuple[Piece, ...]
    #: Answers of ours about this act that are already known: found again at the TdT, they are not this one.
    earlier: frozenset[str] = frozenset()
