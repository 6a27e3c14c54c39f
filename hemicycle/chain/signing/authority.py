"""Who may decide of a signature: the one person of whom it is expected, on that day."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.expected import NotTheSignatory, Who, check_entitled
from hemicycle.chain.signing.models import ExpectedSignature
from hemicycle.chain.signing.queries import trouble_of
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Stage


class AlreadyOrdered(ActionRefused):
    message = "La signature de cet acte est déjà ordonnée ; le service de signature l’appose."


def the_turn(dossier: Dossier) -> ExpectedSignature | None:
    """The one signature of the dossier's act whose turn it is, ordered or not."""
    return (
        ExpectedSignature.objects.filter(act__dossier=dossier, state__in=["to_sign", "ordered"])
        .select_related(
            "act__frozen", "signatory__agent", "delegation__giver", "delegation__holder", "brought", "prepared"
        )
        .first()
    )


def awaiting(dossier: Dossier) -> ExpectedSignature:
    """The signature whose turn it is, when a decision on it is awaited. Raises MoveNotAllowed, AlreadyOrdered."""
    expected = the_turn(dossier)
    if expected is None or dossier.stage != Stage.TO_SIGN:
        raise MoveNotAllowed(
            f"Aucune signature n’est attendue sur le dossier {dossier.number} : il est "
            f"« {dossier.get_stage_display()} »."
        )
    # An order that could not be carried out may be given again, or turned into a refusal.
    if expected.state == ExpectedSignature.State.ORDERED and not trouble_of(expected.act):
        raise AlreadyOrdered
    return expected


def require_signatory(expected: ExpectedSignature, agent: Agent, *, on: dt.date) -> tuple[str, Agent | None]:
    """The role in which the agent signs, and the absent signatory in whose stead. Raises NotTheSignatory."""
    person = expected.signatory.agent
    check_entitled(expected, on=on)
    if not agent.is_active or agent.pk != person.pk:
        raise NotTheSignatory(
            f"La signature de l’acte {expected.act.number} revient à {person.full_name} ; {agent.full_name} ne peut "
            "la donner que si l’acte est établi à son nom, par délégation de signature."
        )
    return role_of(expected, on=on), expected.absent


def role_of(expected: ExpectedSignature, *, on: dt.date) -> str:
    """The role under which the journal keeps the gesture of whoever signs."""
    if expected.who == Who.PRESIDENT and expected.delegation is None:
        return Role.PRESIDENT
    held = accounts.roles_of(expected.signatory.agent, on=on)
    return Role.ELECTED if Role.ELECTED in held or not held else sorted(held)[0]
