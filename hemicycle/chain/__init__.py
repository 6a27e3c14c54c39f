"""The flow: the rooms a dossier goes through, in order. A room may look back, never ahead."""

from __future__ import annotations

ROOMS = (
    "drafting",
    "circuit",
    "sitting",
    "signing",
    "transmission",
    "distribution",
    "publication",
    "archiving",
)
