"""What the journal says of how documents are printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from hemicycle.texts import typography

Facts = Mapping[str, Any]


def _tried(facts: Facts) -> str:
    if facts["possible"]:
        return "a essayé la mise en page : l’acte peut être établi"
    return f"a essayé la mise en page : l’acte ne peut pas être établi ({facts['sentence'].rstrip('.')})"


def _drafted(facts: Facts) -> str:
    from_where = {0: "", -1: ", repris du modèle d’origine"}.get(
        facts["restored"], f", repris de la version {facts['restored']}"
    )
    return f"a écrit le brouillon du modèle « {facts['label']} » (version {facts['number']}){from_where}"


def _published(facts: Facts) -> str:
    day = typography.date_fr(dt.date.fromisoformat(facts["valid_from"]), weekday=False)
    return f"a publié la version {facts['number']} du modèle « {facts['label']} », en vigueur le {day}"


SENTENCES: dict[str, str | Callable[[Facts], str]] = {
    "printing.act_tried": _tried,
    "printing.model_drafted": _drafted,
    "printing.model_published": _published,
    "printing.draft_discarded": lambda f: (
        f"a abandonné le brouillon du modèle « {f['label']} » (version {f['number']})"
    ),
}
