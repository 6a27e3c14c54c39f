"""Whether a file that someone holds is, byte for byte, one that the public site offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q

from hemicycle.chain.publication.models import Publication

__all__ = ["KnownFile", "known_file"]


@dataclass(frozen=True, kw_only=True)
class KnownFile:
    """The published act that a file is."""

    slug: str
    number: str
    object: str
    decided_on: dt.date
    #: The signed original; otherwise the copy that carries the dates, whose signature is on the original.
    original: bool


def known_file(sha256: str) -> KnownFile | None:
    """The published act whose original or dated copy has this digest, or None."""
    original = Q(dossier__act__signed__sha256=sha256)
    copy = Q(document__sha256=sha256) | Q(dossier__departures__stamped__sha256=sha256)
    found = (
        Publication.objects.filter(original | copy)
        .select_related("dossier__act")
        .annotate(signed=F("dossier__act__signed__sha256"))
        .order_by("slug")
        .first()
    )
    if found is None:
        return None
    return KnownFile(
        slug=found.slug,
        number=found.dossier.act.number,
        object=found.dossier.object,
        decided_on=found.dossier.act.decided_on,
        original=found.signed == sha256,
    )
