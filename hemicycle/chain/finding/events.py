"""What can have happened around the filters that people keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class FilterSaved:
    name: ClassVar[str] = "finding.filter_saved"
    filter: str
    criteria: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class FilterRemoved:
    name: ClassVar[str] = "finding.filter_removed"
    filter: str
