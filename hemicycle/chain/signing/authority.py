"""Who may decide of the signature of an act: its signatory, or whoever holds a delegation from them."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.chain.signing.models import Act
from hemicycle.chain.signing.queries import trouble_of
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Stage


class NotTheSignatory(ActionRefused):
    """Neither the signatory of the act, nor a holder of their delegation."""


class AlreadyOrdered(ActionRefused):
    message = "La signature de cet acte est déjà ordonnée ; le service de signature l’appose."


def awaiting(dossier: Dossier) -> Act:
    """The dossier's act, when a decision on its signature is awaited. Raises MoveNotAllowed, AlreadyOrdered."""
    act = Act.objects.select_related("signatory__agent", "frozen").filter(dossier=dossier).first()
    if act is None or dossier.stage != Stage.TO_SIGN:
        raise MoveNotAllowed(
            f"Aucune signature n’est attendue sur le dossier {dossier.number} : il est "
            f"« {Stage(dossier.stage).label} »."
        )
    # An order that could not be carried out may be given again, or turned into a refusal.
    if act.state == Act.State.ORDERED and not trouble_of(act):
        raise AlreadyOrdered
    return act


def require_signatory(act: Act, agent: Agent, *, on: dt.date) -> tuple[str, Agent | None]:
    """The role in which the agent decides, and the absent signatory in whose name. Raises NotTheSignatory."""
    signatory = act.signatory
    person = signatory.agent
    in_force = signatory.valid_from <= on and (signatory.valid_to is None or on <= signatory.valid_to)
    if not in_force or not person.is_active:
        raise NotTheSignatory(
            f"{person.full_name} n’a plus autorité pour signer à cette date ; le service des assemblées doit faire "
            "établir l’acte au nom du signataire en fonction."
        )
    if agent.is_active and agent.pk == person.pk:
        return Role.PRESIDENT, None
    delegated = accounts.delegation_between(person, agent, scope=Delegation.Scope.SIGNATURE, on=on)
    if delegated is None or not agent.is_active:
        raise NotTheSignatory(
            f"La signature de l’acte {act.number} revient à {person.full_name} ; {agent.full_name} n’a pas de "
            "délégation de signature en vigueur."
        )
    return Role.PRESIDENT, person
