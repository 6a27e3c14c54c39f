"""Pure: how a published act is named, signed and found."""

from __future__ import annotations

import re
import unicodedata

from hemicycle.protocols.actes import media_type

_ARTICLE = re.compile(r"^(?:le|la|les)\s+|^l['’]", re.I)


def slug_of(act_number: str) -> str:
    """Last part of the permanent address: « cp-2026-0123 »."""
    return act_number.lower()


def author_line(*, first_name: str, last_name: str, capacity: str) -> str:
    """« Aline BRÉVAL, Présidente du conseil départemental » (CGCT, art. R3131-2: first name, name, capacity)."""
    quality = _ARTICLE.sub("", capacity.strip())
    return f"{first_name} {last_name.upper()}, {quality[:1].upper()}{quality[1:]}".strip()


#: Largest proof of a notification, in bytes.
LARGEST_PROOF = 20 << 20


def proof_media_type(data: bytes) -> str | None:
    """What a proof of notification is, by its content: PDF, JPEG or PNG; None for anything else, or too large."""
    found = media_type(data) if len(data) <= LARGEST_PROOF else None
    return found if found in ("application/pdf", "image/jpeg", "image/png") else None


def folded(text: str) -> str:
    """Without accents or capitals, so that « ecole » finds « École »."""
    plain = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'")
