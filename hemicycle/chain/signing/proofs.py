"""Until when the signed acts prove themselves, and which wait to be prolonged."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from hemicycle.chain.signing.events import ProlongingAsked
from hemicycle.chain.signing.models import Act, Proof
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Errand
from hemicycle.protocols.pades.protection import protection_of

#: How long before its end a proof is shown as to be prolonged.
SOON = dt.timedelta(days=365)


def note(act: Act, file: Attachment, data: bytes) -> Proof:
    """Write down what protects that file, from its own bytes."""
    found = protection_of(data)
    proof, _ = Proof.objects.update_or_create(
        act=act,
        defaults={
            "file": file,
            "protected_until": found.until if found else None,
            "protected_by": found.by[:200] if found else "",
            "archived": bool(found and found.archived),
            "asked_at": None,
        },
    )
    return proof


def listed(*, ending_before: dt.datetime | None = None) -> QuerySet[Any]:
    """The proofs, first to end first, each with `trouble`: why the last asking was given up, in French."""
    rows = Proof.objects.select_related("act__dossier", "file").annotate(trouble=_trouble())
    if ending_before is not None:
        rows = rows.filter(protected_until__lt=ending_before)
    return rows.order_by("protected_until", "act__number")


def to_prolong(dossier_id: UUID) -> tuple[str, bytes] | None:
    """SHA-256 and bytes of the file to be prolonged, when it was asked; None otherwise."""
    proof = Proof.objects.select_related("file").filter(act__dossier=dossier_id, asked_at__isnull=False).first()
    return (proof.file.sha256, attachments.read(proof.file)) if proof else None


def unnoted(*, limit: int) -> list[UUID]:
    """Dossiers of the acts signed before their proof was followed."""
    rows = Act.objects.filter(state=Act.State.SIGNED, proof=None, signed__isnull=False).order_by("signed_at", "pk")
    return list(rows.values_list("dossier", flat=True)[:limit])


def _trouble() -> Coalesce:
    errands = Errand.objects.filter(entry__dossier=OuterRef("act__dossier"), entry__event=ProlongingAsked.name)
    said = Case(When(state=Errand.State.FAILED, then="last_error"), default=Value(""))
    last = errands.exclude(carrier="").annotate(said=said).order_by("-entry_id").values("said")[:1]
    return Coalesce(Subquery(last), Value(""))
