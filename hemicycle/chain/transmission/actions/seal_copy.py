"""Keep a copy with the organisation's seal on it: another file; the signed original is never touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.rules import NotTheSignature, Proofs
from hemicycle.chain.signing.seals import check_sealed
from hemicycle.chain.transmission.events import CopySealed
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.sealing import copy_to_seal
from hemicycle.dossier import access, attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.protocols.pades.verdicts import Signature


class SealNotAccepted(ActionRefused):
    """The file is not that copy, well sealed by an organisation; the sentence says why."""


@transaction.atomic
def seal_copy(
    *,
    dossier_id: UUID,
    copy_sha256: str,
    sealed: bytes,
    agent: Agent,
    at: dt.datetime,
    trust_roots: Sequence[bytes] = (),
) -> Attachment | None:
    """Judge the sealed file and keep it beside the copy; a stamped copy is offered sealed from then on.

    A copy sealed already, or replaced meanwhile, changes nothing: None. Raises NotEntitled, SealNotAccepted.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Apposer le cachet")
    copy = copy_to_seal(dossier, copy_sha256)
    if copy is None:
        return None
    found = _judged(copy, sealed, trust_roots)

    kept = attachments.keep(
        dossier,
        sealed,
        kind=Attachment.Kind.PRODUCED,
        title=f"{copy.title}, avec le cachet",
        name=copy.name,
        media_type="application/pdf",
        by=agent,
        at=at,
        derived_from=copy,
        published=copy.published,
    )
    Departure.objects.filter(dossier=dossier, stamped=copy).update(stamped=kept)

    event = CopySealed(
        file=copy.name,
        sha256=kept.sha256,
        copy_sha256=copy.sha256,
        seal=found.signer,
        timestamp=found.stamped_at.isoformat() if found.stamped_at else "",
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return kept


def _judged(copy: Attachment, sealed: bytes, trust_roots: Sequence[bytes]) -> Signature:
    try:
        return check_sealed(sealed=sealed, copy=attachments.read(copy), proofs=Proofs(trust_roots=trust_roots))
    except NotTheSignature as reason:
        raise SealNotAccepted(f"Le cachet de « {copy.title} » est refusé. {reason}") from reason
