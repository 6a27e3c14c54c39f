"""Give a visa on the version read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.events import VisaGiven
from hemicycle.chain.circuit.models import CircuitRun, RunStep, Visa
from hemicycle.dossier import companions, journal, versions
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typed import several_lines


class NotYourTurn(ActionRefused):
    """The visa is awaited from someone else."""


class TextHasChanged(ActionRefused):
    message = "Le texte a changé depuis votre lecture ; relisez-le avant de viser."


class OwnDraft(ActionRefused):
    """Nobody gives a visa on one's own draft, nor has it given in one's name."""

    message = "Le rédacteur d’un dossier ne le vise pas, même par délégation : ce visa revient à une autre personne."


class NoDelegation(ActionRefused):
    """Acting in another's name without a delegation in force."""


class ReservationMissing(ActionRefused):
    message = "Un visa avec réserve dit laquelle : écrivez-la dans la remarque, ou visez sans réserve."


class OpinionAwaited(ActionRefused):
    """An opinion is awaited there, not a visa."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Whose turn it is, checked: the step, and in whose name."""

    run: CircuitRun
    step: RunStep
    version: Version
    principal: Agent
    delegation: Delegation | None

    @property
    def on_behalf_of(self) -> Agent | None:
        return self.principal if self.delegation else None


@transaction.atomic
def give_visa(
    *,
    dossier_id: UUID,
    agent: Agent,
    version_read: int,
    at: dt.datetime,
    remark: str = "",
    on_behalf_of_id: UUID | None = None,
    reserved: bool = False,
) -> Visa:
    """Record the agent's approval of that version and take the dossier to its next step.

    `reserved`: with a reservation, which `remark` says. `on_behalf_of_id`: the absent person in whose name, under a
    delegation in force. Raises NotYourTurn, TextHasChanged, OwnDraft, NoDelegation, OpinionAwaited,
    ReservationMissing, MoveNotAllowed, FollowsItsLead.
    """
    dossier = companions.lock(dossier_id)
    turn = require_turn(dossier, agent, version_read=version_read, on_behalf_of_id=on_behalf_of_id, at=at)
    require_visa(turn)
    said = several_lines(remark, 2000)
    if reserved and not said:
        raise ReservationMissing(field="remark")

    visa = write_visa(turn, agent, kind=Visa.Kind.RESERVED if reserved else Visa.Kind.GIVEN, remark=said, at=at)
    event = VisaGiven(
        step=turn.step.label, version=visa.version, digest=visa.digest, remark=visa.remark, reserved=reserved
    )
    journal.record(dossier, event, by=agent, at=at, role=turn.step.role, on_behalf_of=visa.on_behalf_of)
    passages.go_on(turn.run, agent=agent, role=turn.step.role, at=at, focus=turn.step)
    return visa


def require_in_circuit(dossier: Dossier, what: str = "Aucun visa n’est attendu") -> CircuitRun:
    """The passage of a dossier that is in its circuit now. Raises MoveNotAllowed."""
    if dossier.stage != Stage.IN_CIRCUIT:
        raise MoveNotAllowed(f"{what} sur le dossier {dossier.number} : il est « {Stage(dossier.stage).label} ».")
    run = CircuitRun.objects.select_related("circuit").get(dossier=dossier)
    run.dossier = dossier
    return run


def require_turn(
    dossier: Dossier, agent: Agent, *, version_read: int, on_behalf_of_id: UUID | None, at: dt.datetime
) -> Turn:
    """The open step where the agent is awaited, in whose name, on the version read.

    Raises NotYourTurn, TextHasChanged, OwnDraft, NoDelegation, MoveNotAllowed.
    """
    run = require_in_circuit(dossier)
    principal, delegation = principal_of(agent, on_behalf_of_id, on=day(at))
    stands = passages.standing(run)
    step = next((row for row in stands.open_rows if principal.pk in stands.awaited(row)), None)
    if step is None or not principal.is_active or not agent.is_active:
        label = ", ".join(row.label for row in stands.open_rows) or "aucune"
        raise NotYourTurn(f"Le visa attendu maintenant est celui de l’étape « {label} » : ce n’est pas le vôtre.")
    if dossier.drafter_id in (agent.pk, principal.pk):
        raise OwnDraft
    version = require_read(dossier, version_read)
    return Turn(run=run, step=step, version=version, principal=principal, delegation=delegation)


def require_read(dossier: Dossier, version_read: int) -> Version:
    """The present version, when it is the one read. Raises TextHasChanged."""
    version = versions.current(dossier)
    if version.number != version_read:
        raise TextHasChanged
    return version


def require_visa(turn: Turn) -> None:
    """Raises OpinionAwaited where an opinion is awaited."""
    if turn.step.origin == RunStep.Origin.OPINION:
        asker = turn.step.asked_by.full_name if turn.step.asked_by else "l’étape qui l’attend"
        raise OpinionAwaited(f"C’est un avis qui vous est demandé par {asker}, non un visa : donnez votre avis.")


def principal_of(agent: Agent, on_behalf_of_id: UUID | None, *, on: dt.date) -> tuple[Agent, Delegation | None]:
    """In whose name the agent acts, and by which delegation; oneself, and none. Raises NoDelegation.

    A delegation is not handed on: whoever replaces a replacement acts for the latter only.
    """
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


def write_visa(turn: Turn, agent: Agent, *, kind: str, remark: str, at: dt.datetime, to: RunStep | None = None) -> Visa:
    """The row of a visa, of an opinion or of a sending back, bound to the version and its digest."""
    return Visa.objects.create(
        step=turn.step,
        kind=kind,
        agent=agent,
        on_behalf_of=turn.on_behalf_of,
        delegation=turn.delegation.reference if turn.delegation else "",
        version=turn.version.number,
        digest=turn.version.digest,
        remark=remark,
        given_at=at,
        to=to,
    )
