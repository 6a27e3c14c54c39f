"""The acts to notify to the person they are about, and what is known of a notification."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.distribution.conditions import DIRECTION, may_act_for
from hemicycle.chain.publication.models import Notification
from hemicycle.dossier.kinds import NOTIFIED
from hemicycle.dossier.models import Dossier, Nature
from hemicycle.dossier.stages import Stage

MEANS = Notification.Means


def notification_of(dossier: Dossier) -> Notification | None:
    """The notification of the act, or None."""
    return Notification.objects.filter(dossier=dossier).select_related("proof", "recorded_by").first()


def to_notify(agent: Agent, *, on: dt.date) -> QuerySet[Dossier]:
    """The individual arrêtés of the agent's directions that wait for their notification."""
    if not agent.is_active:
        return Dossier.objects.none()
    mine = Q(drafter=agent) | Q(unit__in=accounts.units_of(agent, *DIRECTION, on=on))
    return Dossier.objects.filter(mine, stage=Stage.ACKNOWLEDGED, nature=Nature.INDIVIDUAL)


def may_notify(dossier: Dossier, agent: Agent, *, on: dt.date) -> bool:
    """Whether the page offers the agent to record the notification: the action judges again."""
    waits = dossier.stage == Stage.ACKNOWLEDGED and dossier.nature in NOTIFIED
    return waits and may_act_for(agent, dossier, on=on)
