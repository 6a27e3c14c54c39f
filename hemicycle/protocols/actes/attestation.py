"""What a TdT tells of a message of the State that it keeps to itself: its own account, which proves less.

No part of the norm: a small JSON of ours, kept where the message would be.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from .errors import Unreadable

_MARK = "hemicycle-attestation"


@dataclass(frozen=True, kw_only=True)
class Attestation:
    """« Stela says that the cancellation of this act was acknowledged on that day. »"""

    #: Who tells.
    source: str
    #: Root of the message told of, ARAnnulation.
    about: str
    acte_id: str
    on: date
    #: The TdT's own words.
    says: str


def build_attestation(told: Attestation) -> bytes:
    """The same bytes for the same account."""
    written = {
        "nature": _MARK,
        "source": told.source,
        "message": told.about,
        "acte": told.acte_id,
        "date": told.on.isoformat(),
        "texte": told.says,
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def read_attestation(data: bytes) -> Attestation | None:
    """None when the bytes are no such account. Raises Unreadable when they are a broken one."""
    if not data.startswith(b"{") or _MARK.encode() not in data[:200]:
        return None
    try:
        held = json.loads(data)
        return Attestation(
            source=str(held["source"]),
            about=str(held["message"]),
            acte_id=str(held["acte"]),
            on=date.fromisoformat(held["date"]),
            says=str(held["texte"]),
        )
    except (ValueError, KeyError, TypeError) as reason:
        raise Unreadable("L’attestation du tiers de télétransmission est illisible.") from reason
