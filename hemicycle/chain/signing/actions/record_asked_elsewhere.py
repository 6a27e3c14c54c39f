"""Record that the act was left in an outside signature book, before anything more is done with it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.elsewhere import ordered_on
from hemicycle.chain.signing.events import SignatureAskedElsewhere
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier


@transaction.atomic
def record_asked_elsewhere(
    *, dossier_id: UUID, sha256: str, folder: str, title: str, agent: Agent, at: dt.datetime
) -> Act:
    """Keep the identifier that the outside gave: it is asked about from now on, and never made again.

    Raises NotEntitled, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Noter un dossier de signature")
    expected = ordered_on(dossier, sha256)

    event = SignatureAskedElsewhere(number=expected.act.number, sha256=sha256, folder=folder, title=title)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return expected.act
