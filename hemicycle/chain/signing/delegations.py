"""Delegations of signature: in force, published, transmitted, and free of interest (CGCT, L3221-3 and L3131-1)."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Agent, Delegation
from hemicycle.chain.signing.models import Publicity
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Ballot, VoteValue
from hemicycle.dossier.refusals import ActionRefused

SIGNATURE = Delegation.Scope.SIGNATURE


class DelegationNotUsable(ActionRefused):
    """The delegation gives no right to sign that act on that day; the sentence says why."""


def formula(delegation: Delegation) -> str:
    """What is printed above the delegate's name."""
    return f"Pour {'la Présidente' if delegation.giver.feminine else 'le Président'} et par délégation"


def reproach(delegation: Delegation, *, on: dt.date, publicity: Publicity | None = None) -> str:
    """Why the delegation gives no right on that day; empty when it does. `publicity`: its own, when read already."""
    holder, named = delegation.holder.full_name, _named(delegation)
    over = delegation.valid_to is not None and delegation.valid_to < on
    if delegation.scope != SIGNATURE or delegation.valid_from > on or over:
        return f"La délégation de signature {named} donnée à {holder} n’est pas en vigueur à cette date."
    publicity = publicity or Publicity.objects.filter(delegation=delegation).first()
    since = publicity.executory_on if publicity else None
    if since is None or since > on:
        return (
            f"La délégation de signature {named} donnée à {holder} n’est pas exécutoire : elle doit être publiée et "
            "transmise à la préfecture (CGCT, article L3131-1) ; enregistrez ces deux dates dans l’administration."
        )
    return ""


def check_usable(delegation: Delegation, ballot: Ballot | None, *, on: dt.date) -> None:
    """Whether its holder may sign that act on that day. Raises DelegationNotUsable."""
    wrong = reproach(delegation, on=on)
    if wrong:
        raise DelegationNotUsable(wrong)
    holder = delegation.holder
    if ballot is not None and any(
        vote.member.agent_id == holder.pk and vote.value == VoteValue.NO_PART for vote in sittings.votes_of(ballot)
    ):
        raise DelegationNotUsable(
            f"{holder.full_name} n’a pas pris part au vote de cet acte et ne peut pas le signer (CGCT, article "
            "L1111-6) ; choisissez un autre délégataire."
        )


def in_force(*, on: dt.date, giver: Agent | None = None) -> list[Delegation]:
    """The delegations of signature not yet over, by holder; those of one giver when given."""
    rows = Delegation.objects.filter(scope=SIGNATURE).select_related("giver", "holder", "publicity")
    rows = rows.exclude(valid_to__lt=on)
    if giver is not None:
        rows = rows.filter(giver=giver)
    return list(rows.order_by("holder__last_name", "holder__first_name", "valid_from", "id"))


def _named(delegation: Delegation) -> str:
    return f"« {delegation.reference} »" if delegation.reference else "sans arrêté enregistré"
