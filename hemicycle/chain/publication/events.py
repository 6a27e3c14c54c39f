"""What can have happened around the publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Published:
    name: ClassVar[str] = "publication.published"
    number: str
    url: str
    #: Day from which the act is executory, and why (L3131-1).
    executory_on: str
    explanation: str
    article: str


@dataclass(frozen=True, kw_only=True)
class Notified:
    """The act was made known to the person it is about; it is not put online."""

    name: ClassVar[str] = "publication.notified"
    number: str
    addressee: str
    notified_on: str
    #: « remise en main propre »
    means: str
    #: Digest of the proof; empty without one.
    proof: str
    #: Day from which the act is executory, and why (L3131-1).
    executory_on: str
    explanation: str
    article: str


@dataclass(frozen=True, kw_only=True)
class NoLongerExecutory:
    """The transmission on which its executory character rested is cancelled."""

    name: ClassVar[str] = "publication.no_longer_executory"
    number: str
    explanation: str
