"""Who signs beside the president: the secretary of the sittings, and a vice-president by delegation."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Agent, Delegation, ElectedMember, Signatory
from hemicycle.chain.signing.models import Publicity
from hemicycle.demonstration import assembly

#: Family names of the secretary of the sittings and of the delegate.
SECRETARY, DELEGATE = "Vidalenche", "Dufrénoy"
ARRETE = "Arrêté 2021-17 portant délégation de signature"


def appoint(*, since: dt.date) -> None:
    """Each with a key of their own; the delegation is transmitted and published, hence executory."""
    _certified(SECRETARY, "Conseillère départementale", "secretaire", since)
    title = dict(assembly.VICE_PRESIDENTS)[DELEGATE]
    delegate = _certified(DELEGATE, f"Le {title}", "delegataire", since)
    row = Delegation.objects.create(
        giver=_agent(assembly.PRESIDENT),
        holder=delegate,
        scope=Delegation.Scope.SIGNATURE,
        reference=ARRETE,
        valid_from=since,
    )
    Publicity.objects.create(delegation=row, transmitted_on=since, published_on=since)


def secretary() -> Agent:
    return _agent(SECRETARY)


def delegation() -> Delegation:
    """That of the delegate. Raises Delegation.DoesNotExist."""
    found: Delegation = Delegation.objects.get(scope=Delegation.Scope.SIGNATURE, reference=ARRETE)
    return found


def _certified(name: str, capacity: str, key_name: str, since: dt.date) -> Agent:
    agent = _agent(name)
    Signatory.objects.create(agent=agent, capacity=capacity, key_name=key_name, valid_from=since)
    return agent


def _agent(last_name: str) -> Agent:
    found: Agent = ElectedMember.objects.select_related("agent").get(agent__last_name=last_name).agent
    return found
