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
