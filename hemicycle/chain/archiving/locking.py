"""Taking a dossier and its last deposit, checked, as most actions of this room begin."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused


class WrongDepositState(ActionRefused):
    """The deposit is not where this is done."""


def locked(dossier_id: UUID, agent: Agent, *, at: dt.datetime, what: str) -> tuple[Dossier, Deposit, str]:
    """The dossier locked, its last deposit, and the courier's role. Raises NotEntitled, WrongDepositState."""
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what=what)
    deposit = last_deposit(dossier)
    if deposit is None:
        raise WrongDepositState(f"Aucun paquet n’est préparé pour le dossier {dossier.number}.")
    return dossier, deposit, role


def last_deposit(dossier: Dossier) -> Deposit | None:
    """The last attempt, or None before the first."""
    return Deposit.objects.filter(dossier=dossier).select_related("package", "reply").order_by("-attempt").first()


def wrong_state(deposit: Deposit, *, what: str) -> WrongDepositState:
    """The refusal that says what was asked and where the deposit stands."""
    return WrongDepositState(
        f"{what} n’est pas possible : le versement {deposit.message_identifier} est « {deposit.get_state_display()} »."
    )
