"""The signatures whose turn it is, for those who tell people of it."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.models import ExpectedSignature
from hemicycle.chain.signing.queries import awaited_acts

_OPEN = (ExpectedSignature.State.TO_SIGN, ExpectedSignature.State.ORDERED)


def open_to_order(turn: ExpectedSignature) -> bool:
    """Whether nobody ordered it yet."""
    return turn.state == ExpectedSignature.State.TO_SIGN


def turns_of(agent: Agent, *, on: dt.date) -> list[int]:
    """The signatures that wait for the agent's order, by their key."""
    acts = awaited_acts(agent, on=on).order_by()
    mine = ExpectedSignature.objects.filter(act__in=acts.values("pk"), state__in=_OPEN)
    return list(mine.order_by("pk").values_list("pk", flat=True))
