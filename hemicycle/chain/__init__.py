"""The flow: the rooms a dossier goes through, in order, then those that look at all of it. None looks ahead."""

from __future__ import annotations

ROOMS = (
    "printing",
    "drafting",
    "circuit",
    "sitting",
    "signing",
    "transmission",
    "distribution",
    "correspondence",
    "publication",
    "registers",
    "archiving",
    "connectors",
    "finding",
    "telling",
)
