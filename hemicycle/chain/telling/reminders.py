"""What is looked at each working morning: visas late, absences that began, sittings that come near."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Authority, Body
from hemicycle.chain.finding.forecast import COUNCIL_DAYS
from hemicycle.chain.sitting.models import Sitting, SittingState
from hemicycle.chain.telling import awaiting
from hemicycle.chain.telling.kinds import Kind
from hemicycle.chain.telling.news import News
from hemicycle.chain.telling.timing import working_days_before
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage

#: Working days before the summons must leave.
NEAR = 5
WRITING = (Stage.DRAFTING, Stage.TO_CORRECT, Stage.IN_CIRCUIT)


def of_the_morning(*, on: dt.date, at: dt.datetime) -> list[News]:
    return [*awaiting.late(on=on), *awaiting.for_stand_ins(on=on), *_near(on=on, at=at)]


def _near(*, on: dt.date, at: dt.datetime) -> list[News]:
    """To the drafter of each dossier that is not ready for the sitting it aims at, once."""
    authority = Authority.objects.first()
    clear = authority.committee_notice_days if authority else COUNCIL_DAYS
    found = []
    for sitting in Sitting.objects.filter(starts_at__gt=at, state=SittingState.PREPARING).order_by("starts_at"):
        held = day(sitting.starts_at)
        by = held - dt.timedelta(days=(COUNCIL_DAYS if sitting.body == Body.COUNCIL else clear) + 1)
        if not working_days_before(by, NEAR) <= on <= by:
            continue
        aimed = Dossier.objects.at_stage(*WRITING).filter(body=sitting.body, target_date=held, lead=None)
        facts = {"body": sitting.body, "held": held.isoformat(), "by": by.isoformat()}
        found += [
            News(
                agent=dossier.drafter,
                kind=Kind.DEADLINE,
                subject=f"sitting:{sitting.pk}:{dossier.pk}",
                dossier=dossier,
                facts=facts,
            )
            for dossier in aimed.select_related("drafter").defer("report", "deliberation", "extra").order_by("number")
        ]
    return found
