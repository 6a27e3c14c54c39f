"""What the journal says of how documents are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]


def _tried(facts: Facts) -> str:
    if facts["possible"]:
        return "a essayé la mise en page : l’acte peut être établi"
    return f"a essayé la mise en page : l’acte ne peut pas être établi ({facts['sentence'].rstrip('.')})"


SENTENCES: dict[str, str | Callable[[Facts], str]] = {
    "printing.act_tried": _tried,
}
