"""Give a visa on the version read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.actions.submit import complete
from hemicycle.chain.circuit.events import VisaGiven
from hemicycle.chain.circuit.models import CircuitRun, RunStep, Visa
from hemicycle.dossier import journal, versions
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typed import several_lines
from hemicycle.workflow import passage


class NotYourTurn(ActionRefused):
    """The visa is awaited from someone else."""


class TextHasChanged(ActionRefused):
    message = "Le texte a changé depuis votre lecture ; relisez-le avant de viser."


class OwnDraft(ActionRefused):
    """Nobody gives a visa on one's own draft, nor has it given in one's name."""

    message = "Le rédacteur d’un dossier ne le vise pas, même par délégation : ce visa revient à une autre personne."


class NoDelegation(ActionRefused):
    """Acting in another's name without a delegation in force."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Whose turn it is, checked: the step, and in whose name."""

    run: CircuitRun
    step: RunStep
    version: Version
    principal: Agent
    delegation: Delegation | None


@transaction.atomic
def give_visa(
    *,
    dossier_id: UUID,
    agent: Agent,
    version_read: int,
    at: dt.datetime,
    remark: str = "",
    on_behalf_of_id: UUID | None = None,
) -> Visa:
    """Record the agent's approval of that version and take the dossier to its next step.

    `on_behalf_of_id`: the absent person in whose name, under a delegation in force. Raises NotYourTurn,
    TextHasChanged, OwnDraft, NoDelegation, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    turn = require_turn(dossier, agent, version_read=version_read, on_behalf_of_id=on_behalf_of_id, at=at)

    visa = write_visa(turn, agent, kind=Visa.Kind.GIVEN, remark=several_lines(remark, 2000), at=at)
    event = VisaGiven(step=turn.step.label, version=visa.version, digest=visa.digest, remark=visa.remark)
    journal.record(dossier, event, by=agent, at=at, role=turn.step.role, on_behalf_of=visa.on_behalf_of)
    if passages.open_current(turn.run, at=at) is None:
        complete(turn.run, agent=agent, role=turn.step.role, at=at)
    return visa


def require_turn(
    dossier: Dossier, agent: Agent, *, version_read: int, on_behalf_of_id: UUID | None, at: dt.datetime
) -> Turn:
    """The open step where the agent is awaited, in whose name, on the version read. Raises as give_visa does."""
    if dossier.stage != Stage.IN_CIRCUIT:
        raise MoveNotAllowed(
            f"Aucun visa n’est attendu sur le dossier {dossier.number} : il est « {Stage(dossier.stage).label} »."
        )
    principal, delegation = _principal(agent, on_behalf_of_id, on=day(at))
    run = CircuitRun.objects.select_related("dossier", "circuit").get(dossier=dossier)
    state = passages.of(run)
    rank = passage.current(state)
    if rank is None or not passage.may_act(state, str(principal.pk)) or not principal.is_active or not agent.is_active:
        label = state.stations[rank].step.label if rank is not None else "aucune"
        raise NotYourTurn(f"Le visa attendu maintenant est celui de l’étape « {label} » : ce n’est pas le vôtre.")
    if dossier.drafter_id in (agent.pk, principal.pk):
        raise OwnDraft
    version = versions.current(dossier)
    if version.number != version_read:
        raise TextHasChanged
    step = list(run.steps.order_by("order"))[rank]
    return Turn(run=run, step=step, version=version, principal=principal, delegation=delegation)


def _principal(agent: Agent, on_behalf_of_id: UUID | None, *, on: dt.date) -> tuple[Agent, Delegation | None]:
    if on_behalf_of_id is None or on_behalf_of_id == agent.pk:
        return agent, None
    principal = Agent.objects.filter(id=on_behalf_of_id).first()
    if principal is None:
        raise NoDelegation("La personne au nom de qui viser n’existe pas ; rechargez la page.")
    delegation = accounts.delegation_between(principal, agent, scope=Delegation.Scope.VISA, on=on)
    if delegation is None:
        raise NoDelegation(
            f"Aucune délégation en vigueur ne permet à {agent.full_name} de viser pour {principal.full_name}."
        )
    return principal, delegation


def write_visa(turn: Turn, agent: Agent, *, kind: str, remark: str, at: dt.datetime) -> Visa:
    """The row of a visa or of a sending back, bound to the version and its digest."""
    return Visa.objects.create(
        step=turn.step,
        kind=kind,
        agent=agent,
        on_behalf_of=turn.principal if turn.delegation else None,
        delegation=turn.delegation.reference if turn.delegation else "",
        version=turn.version.number,
        digest=turn.version.digest,
        remark=remark,
        given_at=at,
    )
