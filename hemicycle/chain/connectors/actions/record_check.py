"""Record what a test of an outside system found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from hemicycle.accounts.models import Agent, Authority, Role
from hemicycle.chain.connectors import alarms
from hemicycle.chain.connectors.events import CheckRecorded
from hemicycle.chain.connectors.models import Check
from hemicycle.chain.connectors.systems import System
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day

#: Tests of a system that are kept.
KEPT = 60


@transaction.atomic
def record_check(
    *,
    system: System,
    outcome: str,
    findings: Sequence[Mapping[str, str]],
    certificates: Sequence[Mapping[str, str]],
    agent: Agent,
    at: dt.datetime,
    check_id: int | None = None,
) -> Check:
    """The couriers' own: the result of the test asked (`check_id`), or of a round when None.

    A test already ended is left as it is. What fails for a while and what expires raises an alarm, once. Raises
    NotEntitled.
    """
    Authority.objects.select_for_update(of=("self",)).get(id=1)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Rendre compte d’un test")
    check = Check(system=system, asked_at=at) if check_id is None else Check.objects.get(id=check_id)
    if check.ended_at is not None:
        return check
    before = Check.objects.filter(system=system, ended_at__isnull=False).order_by("-ended_at").first()
    news = (before.outcome if before else Check.Outcome.OK) != outcome

    check.ended_at, check.outcome = at, outcome
    check.findings, check.certificates = [*map(dict, findings)], [*map(dict, certificates)]
    check.save()
    _forget(system)
    alarms.follow(check, agent=agent, at=at)

    if news or check.asked_by_id is not None:
        failing = tuple(found["what"] for found in findings if found["outcome"] == Check.Outcome.FAILED)
        event = CheckRecorded(system=system, outcome=outcome, failing=failing)
        journal.record(None, event, by=agent, at=at, role=role)
    return check


def _forget(system: str) -> None:
    """The oldest ones: a row a night would be kept for nothing."""
    rows: Any = Check.objects.filter(system=system, ended_at__isnull=False).order_by("-ended_at")
    old = list(rows.values_list("pk", flat=True)[KEPT : KEPT + 50])
    if old:
        Check.objects.filter(pk__in=old).delete()
