"""Free text as the SAE takes it: Vitam refuses markup, escaped markup and control characters."""

from __future__ import annotations

import re
from typing import Final

from hemicycle.protocols.seda.package import InvalidTransfer

#: Longest value of one field that Vitam indexes.
LONGEST: Final = 32_000
_ENTITY: Final = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_MARKUP: Final = re.compile(r"<\s*/?\s*(?:script|iframe|object|embed|html|body)\b|<[!?]|javascript\s*:", re.I)
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def fault_of(value: str) -> str | None:
    """Why Vitam would refuse this text, as the end of a French sentence; None when it is fine."""
    if _FORBIDDEN.search(value):
        return "contient un caractère de contrôle"
    if found := _ENTITY.search(value):
        return f"contient du texte échappé pour le HTML (« {found[0]} »)"
    if _MARKUP.search(value):
        return "contient des balises ou un script"
    if len(value) > LONGEST:
        return f"dépasse {LONGEST} caractères"
    return None


def refuse_text(value: str, where: str) -> None:
    """Raises InvalidTransfer, naming where the text stands, when Vitam would refuse it."""
    fault = fault_of(value)
    if fault:
        raise InvalidTransfer(f"Dans {where}, le texte « {value[:60]} » {fault} ; corrigez-le.")
