"""Withdraw a proxy: its giver has arrived, or another holder is named."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.sitting.events import ProxyWithdrawn
from hemicycle.chain.sitting.locking import locked, require_registrar, require_state
from hemicycle.chain.sitting.models import Proxy, SittingState
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class NoSuchProxy(ActionRefused):
    message = "Ce pouvoir n’existe plus ; rechargez la page."


@transaction.atomic
def withdraw_proxy(*, sitting_id: UUID, giver_id: int, agent: Agent, at: dt.datetime) -> None:
    """End the giver's proxy from now on; the votes already cast with it stay.

    Raises NotEntitled, WrongSittingState, NoSuchProxy.
    """
    sitting = locked(sitting_id)
    role = require_registrar(agent, on=day(at), what="Retirer un pouvoir")
    require_state(sitting, SittingState.CONVENED, SittingState.OPEN, what="Retirer un pouvoir")
    proxy = (
        Proxy.objects.filter(sitting=sitting, giver_id=giver_id).select_related("giver__agent", "holder__agent").first()
    )
    if proxy is None:
        raise NoSuchProxy

    event = ProxyWithdrawn(sitting=str(sitting.id), giver=str(proxy.giver), holder=str(proxy.holder))
    proxy.delete()

    journal.record(None, event, by=agent, at=at, role=role)
