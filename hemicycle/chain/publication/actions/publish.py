"""Put the act online: from then on third parties know it, and it may be executory."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.distribution.conditions import AcknowledgedAct, NotAcknowledged, require_acknowledged
from hemicycle.chain.publication.addresses import url_of
from hemicycle.chain.publication.events import Published
from hemicycle.chain.publication.executory import executory_of
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.publication.open_data import row_of
from hemicycle.chain.publication.rules import author_line, slug_of
from hemicycle.chain.transmission import cancellation_queries as cancellations
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, Nature
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.law.executory import Executory
from hemicycle.protocols.scdl.table import InvalidRow

__all__ = ["NotAcknowledged", "NotPublishable", "publish"]


class NotPublishable(ActionRefused):
    """The act's description could not go into the open data; the sentence says what is wrong."""


@transaction.atomic
def publish(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Publication:
    """Put the act online in full, with its author and the date (R3131-2), and conclude on its executory date.

    The copy offered is the stamped one when there is one. Raises NotEntitled, NotAcknowledged, NotPublishable,
    MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Publier un acte")
    found = require_acknowledged(dossier, what="Publier cet acte")
    _check_may_be_public(dossier, found)
    dossier.move(Move.PUBLISHED, at=at)
    slug = slug_of(found.act.number)
    _check_open_data(dossier, found, slug=slug)

    publication, executory = _put_online(dossier, found, slug=slug, agent=agent, at=at)

    event = Published(
        number=found.act.number,
        url=url_of(slug),
        executory_on=executory.date.isoformat() if executory.date else "",
        explanation=executory.explanation,
        article=executory.article,
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return publication


def _check_may_be_public(dossier: Dossier, found: AcknowledgedAct) -> None:
    """Raises NotPublishable."""
    if dossier.nature == Nature.INDIVIDUAL:
        raise NotPublishable(
            f"L’arrêté individuel {found.act.number} se notifie à l’intéressé et n’est jamais mis en ligne "
            "(CGCT, art. L3131-1) ; enregistrez sa notification depuis la page du dossier."
        )
    if cancellations.pending_of(dossier) is not None:
        raise NotPublishable(
            f"L’annulation de la transmission de l’acte {found.act.number} est demandée : attendez qu’elle soit "
            "décidée avant de le mettre en ligne."
        )


def _put_online(
    dossier: Dossier, found: AcknowledgedAct, *, slug: str, agent: Agent, at: dt.datetime
) -> tuple[Publication, Executory]:
    before = Publication.objects.filter(dossier=dossier).first()
    # Online all along, if it was transmitted again after a cancellation.
    online_at = before.put_online_at if before else at
    executory = executory_of(
        dossier,
        decided_on=found.act.decided_on,
        received_on=found.received_on,
        published_on=day(online_at),
        notified_on=None,
    )
    signatory = found.act.signatory
    publication, _ = Publication.objects.update_or_create(
        dossier=dossier,
        defaults={
            "slug": slug,
            "put_online_at": online_at,
            "published_by": agent,
            "author": author_line(
                first_name=signatory.agent.first_name,
                last_name=signatory.agent.last_name,
                capacity=signatory.capacity,
            ),
            "document": found.document,
            "executory_on": executory.date,
            "executory_explanation": executory.explanation[:400],
        },
    )
    return publication, executory


def _check_open_data(dossier: Dossier, found: AcknowledgedAct, *, slug: str) -> None:
    """Only deliberations go into the open data of deliberations."""
    if dossier.without_vote:
        return
    try:
        row_of(dossier, found, accounts.authority(), slug=slug)
    except InvalidRow as refusal:
        raise NotPublishable(f"L’acte ne peut pas être publié en données ouvertes. {refusal}") from refusal
