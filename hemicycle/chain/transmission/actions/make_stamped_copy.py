"""Make the stamped copy: a file of its own, which says the dates; the signed original is never touched."""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.events import StampedCopyMade
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.dossier import access, attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import titled
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.stamp import stamped_copy


class NotStampable(ActionRefused):
    """The signed file cannot be read as a PDF."""


@transaction.atomic
def make_stamped_copy(
    *, dossier_id: UUID, agent: Agent, at: dt.datetime, published_on: dt.date | None = None
) -> Departure:
    """Stamp a copy with the dates of sending and reception and, once online, of publication. Same facts, no-op.

    Raises NotEntitled, WrongDepartureState, NotStampable.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(
        agent, Role.COURIER, Role.ASSEMBLY_OFFICE, on=day(at), what="Produire la copie tamponnée"
    )
    departure = departure_of(dossier)
    if departure is None or departure.state != Departure.State.ACKNOWLEDGED:
        raise WrongDepartureState(
            f"Le dossier {dossier.number} n’a pas d’accusé de réception : rien n’est à tamponner avant lui."
        )
    signed = Act.objects.select_related("signed").get(dossier=dossier).signed
    if signed is None:
        raise WrongDepartureState(f"L’acte du dossier {dossier.number} n’est pas signé.")
    copy = _stamp(departure, signed, published_on)
    if _same(departure.stamped, copy):
        return departure

    departure.stamped = _keep(dossier, signed, copy, agent, at=at, published=published_on is not None)
    departure.save(update_fields=["stamped"])

    event = StampedCopyMade(sha256=departure.stamped.sha256, original_sha256=signed.sha256)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return departure


def _same(kept: Attachment | None, copy: bytes) -> bool:
    """Whether the copy is there already, perhaps under the organisation's seal (seal_copy)."""
    digest = hashlib.sha256(copy).hexdigest()
    beneath = kept.derived_from if kept is not None else None
    return digest in {one.sha256 for one in (kept, beneath) if one is not None}


def _stamp(departure: Departure, signed: Attachment, published_on: dt.date | None) -> bytes:
    if departure.deposited_at is None or departure.received_on is None:
        raise WrongDepartureState(f"L’envoi {departure.unique_id} n’a ni date de dépôt ni date de réception.")
    try:
        return stamped_copy(
            attachments.read(signed),
            # A deposit found again later than the préfecture received it left that day at the latest.
            sent_on=min(day(departure.deposited_at), departure.received_on),
            received_on=departure.received_on,
            unique_id=departure.unique_id,
            published_on=published_on,
        )
    except RenderingRefused as refusal:
        raise NotStampable(str(refusal)) from refusal


def _keep(
    dossier: Dossier, signed: Attachment, copy: bytes, agent: Agent, *, at: dt.datetime, published: bool
) -> Attachment:
    dates = "copie tamponnée et datée de la mise en ligne" if published else "copie tamponnée"
    return attachments.keep(
        dossier,
        copy,
        kind=Attachment.Kind.PRODUCED,
        title=f"{titled(dossier)}, {dates}",
        name=f"{dossier.act_number}-tamponne.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        derived_from=signed,
    )
