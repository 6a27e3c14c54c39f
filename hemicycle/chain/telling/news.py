"""A piece of news before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hemicycle.accounts.models import Agent
from hemicycle.chain.telling.kinds import Kind
from hemicycle.dossier.models import Dossier


@dataclass(frozen=True, kw_only=True)
class News:
    agent: Agent
    kind: Kind
    #: The same thing told by two events has the same subject.
    subject: str
    dossier: Dossier
    facts: dict[str, Any] = field(default_factory=dict)
    on_behalf_of: Agent | None = None
