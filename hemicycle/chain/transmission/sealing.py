"""Which copies wait for the organisation's seal."""

from __future__ import annotations

from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier.models import Attachment, Dossier


def copy_to_seal(dossier: Dossier, sha256: str) -> Attachment | None:
    """The copy of those bytes, unless it is sealed already or another stamped copy has taken its place."""
    copies = Attachment.objects.filter(dossier=dossier, kind=Attachment.Kind.PRODUCED, sha256=sha256)
    copy: Attachment | None = copies.order_by("-added_at", "-id").first()
    if copy is None or Attachment.objects.filter(dossier=dossier, derived_from=copy).exists():
        return None
    stamped = copy.derived_from_id is not None
    if stamped and not Departure.objects.filter(dossier=dossier, stamped=copy).exists():
        return None
    return copy
