"""When an act of each nature is executory: what law/ says, of the facts that the rooms hold."""

from __future__ import annotations

import datetime as dt

from hemicycle.dossier.models import Dossier, Nature
from hemicycle.law.executory import Executory, executory_date
from hemicycle.law.transmission import Category, transmission_duty

#: Nature → the category of L3131-2 in which it is transmitted. An individual arrêté is in one or another of them by
#: its matter (police, appointment…), which no field says: what is transmitted here is held to be due.
_CATEGORIES: dict[str, Category] = {
    Nature.DELIBERATION: "deliberation",
    Nature.REGULATORY: "regulatory_act",
    Nature.DECISION: "delegated_decision",
    Nature.INDIVIDUAL: "police_decision",
}


def executory_of(
    dossier: Dossier,
    *,
    decided_on: dt.date,
    received_on: dt.date | None,
    published_on: dt.date | None,
    notified_on: dt.date | None,
) -> Executory:
    """The executory date and why (L3131-1, L3131-2); `received_on` None when nothing stands at the préfecture.

    An act notified and never put online is executory by its notification. A deliberation is put online, even when it
    grants something to one person, who is notified besides.
    """
    return executory_date(
        received_on,
        published_on,
        notified_on,
        transmissible=transmission_duty(_CATEGORIES[dossier.nature], on=decided_on).required,
        individual=published_on is None and (notified_on is not None or dossier.nature == Nature.INDIVIDUAL),
        on=decided_on,
    )
