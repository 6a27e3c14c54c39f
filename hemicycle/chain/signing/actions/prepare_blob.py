"""Give the signatory the bytes to be signed with any tool, apart from the file."""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.authority import awaiting, require_signatory
from hemicycle.chain.signing.events import BlobPrepared
from hemicycle.chain.signing.expected import former
from hemicycle.chain.signing.models import ExpectedSignature
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import kind_of, titled
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.protocols.pades.detached import blank, blob_of
from hemicycle.protocols.pades.frozen import Unsignable


class NotSignable(ActionRefused):
    """The act's file cannot take a signature; the sentence says why."""


@transaction.atomic
def prepare_blob(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> bytes:
    """Asked again, the same bytes: what was signed meanwhile stays good.

    Raises NotTheSignatory, NotSignable, AlreadyOrdered, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    expected = awaiting(dossier)
    role, on_behalf_of = require_signatory(expected, agent, on=day(at))
    if expected.prepared is not None:
        return blob_of(attachments.read(expected.prepared))
    document = _blank(expected, dossier, at=at)

    covered = former(expected)
    expected.prepared = attachments.keep(
        dossier,
        document,
        kind=Attachment.Kind.PRODUCED,
        title=f"{titled(dossier)}, préparée pour la signature de {agent.full_name}",
        name=f"{expected.act.number}-prepare-{expected.rank}.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        derived_from=covered,
        published=False,
    )
    expected.save(update_fields=["prepared"])

    blob = blob_of(document)
    event = BlobPrepared(
        number=expected.act.number,
        sha256=covered.sha256,
        blob_sha256=hashlib.sha256(blob).hexdigest(),
        rank=expected.rank,
    )
    journal.record(dossier, event, by=agent, at=at, role=role, on_behalf_of=on_behalf_of)
    return blob


def _blank(expected: ExpectedSignature, dossier: Dossier, *, at: dt.datetime) -> bytes:
    try:
        return blank(
            attachments.read(former(expected)),
            at=at,
            reason=f"Signature {kind_of(dossier).of_the} n° {expected.act.number}",
            location=accounts.authority().city,
            name=expected.signatory.agent.full_name,
        )
    except Unsignable as refusal:
        raise NotSignable(f"L’acte {expected.act.number} ne peut pas être signé. {refusal}") from refusal
