"""Try the act of a dossier: set it as it will be, so that what the typesetter refuses is known before the sitting."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.printing import trials
from hemicycle.chain.printing.models import Trial
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier


def try_act(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Trial | None:
    """The answer for the present text; None where there is none yet, or where it changed meanwhile.

    Nothing is set again, nor written, when the present text was tried already. The row is locked only once the
    answer is known: a long document holds nobody. Raises NotEntitled for anyone but the couriers and the service
    des assemblées.
    """
    role = access.require_role(agent, Role.COURIER, Role.ASSEMBLY_OFFICE, on=day(at), what="Essayer un acte")
    dossier = Dossier.objects.select_related("unit__parent", "lead").get(id=dossier_id)
    if not trials.is_tried(dossier):
        return None
    digest = trials.digest_of(dossier)
    known = trials.last_of(dossier)
    if known is not None and known.digest == digest:
        return known
    sentence = trials.judged(dossier, at=at)
    with transaction.atomic():
        locked = Dossier.objects.locked().get(id=dossier_id)
        if trials.digest_of(locked) != digest:
            return None
        return trials.keep(locked, digest, sentence, agent=agent, role=role, at=at)
