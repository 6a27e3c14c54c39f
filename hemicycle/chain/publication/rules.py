"""Pure: how a published act is named, signed and found."""

from __future__ import annotations

import re
import unicodedata

_ARTICLE = re.compile(r"^(?:le|la|les)\s+|^l['’]", re.I)


def slug_of(act_number: str) -> str:
    """Last part of the permanent address: « cp-2026-0123 »."""
    return act_number.lower()


def author_line(*, first_name: str, last_name: str, capacity: str) -> str:
    """« Aline BRÉVAL, Présidente du conseil départemental » (CGCT, art. R3131-2: first name, name, capacity)."""
    quality = _ARTICLE.sub("", capacity.strip())
    return f"{first_name} {last_name.upper()}, {quality[:1].upper()}{quality[1:]}".strip()


def folded(text: str) -> str:
    """Without accents or capitals, so that « ecole » finds « École »."""
    plain = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'")
