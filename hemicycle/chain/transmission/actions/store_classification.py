"""Keep the nomenclature of the préfecture (7-2), which every act must follow."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction

from hemicycle.accounts.models import Agent, Authority, Role
from hemicycle.chain.transmission.events import ClassificationStored
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.protocols.actes import ActesError, parse_classification


class NotAClassification(ActionRefused):
    """The message cannot be read as a nomenclature; the sentence says why."""


@transaction.atomic
def store_classification(*, data: bytes, agent: Agent, at: dt.datetime) -> Authority:
    """Take over a nomenclature; the one already held, or an older one, changes nothing.

    Raises NotEntitled, NotAClassification.
    """
    authority = Authority.objects.select_for_update(of=("self",)).get(id=1)
    role = access.require_role(
        agent,
        Role.COURIER,
        Role.ASSEMBLY_OFFICE,
        Role.ADMINISTRATOR,
        on=day(at),
        what="Reprendre la classification de la préfecture",
    )
    try:
        dated = parse_classification(data).dated
    except ActesError as reason:
        raise NotAClassification(f"La classification reçue est illisible. {reason}") from reason
    held = authority.classification_date
    if bytes(authority.classification) == data or (held is not None and dated < held):
        return authority

    authority.classification, authority.classification_date = data, dated
    authority.save(update_fields=["classification", "classification_date"])

    event = ClassificationStored(dated=dated.isoformat(), sha256=hashlib.sha256(data).hexdigest())
    journal.record(None, event, by=agent, at=at, role=role)
    return authority
