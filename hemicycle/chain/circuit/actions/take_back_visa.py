"""Take back one's own visa while the next step has not acted."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit import recall
from hemicycle.chain.circuit.events import VisaTakenBack
from hemicycle.chain.circuit.models import CircuitRun, Visa
from hemicycle.dossier import companions, journal
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move, Stage


class NotTakenBack(ActionRefused):
    """The visa is somebody else's, or no longer the last thing done; the sentence says which."""


@transaction.atomic
def take_back_visa(*, visa_id: int, agent: Agent, at: dt.datetime) -> Visa:
    """Undo the agent's own visa, the last act of the circuit; its step is awaited again.

    When it had completed the circuit, the dossier is no longer ready for a sitting, as long as it is on no agenda.
    Raises NotTakenBack.
    """
    named = Visa.objects.select_related("step__run").filter(pk=visa_id, agent=agent).first()
    if named is None or not agent.is_active:
        raise NotTakenBack("Ce visa n’est pas le vôtre : seule la personne qui l’a donné peut le reprendre.")
    dossier = companions.lock(named.step.run.dossier_id)
    visa = recall.last_visa(dossier, agent)
    if visa is None or visa.pk != visa_id:
        raise NotTakenBack(
            f"Le visa ne se reprend plus : depuis qu’il a été donné, le dossier {dossier.number} a avancé ; "
            "demandez un renvoi à l’étape qui l’examine."
        )
    run = CircuitRun.objects.select_related("circuit").get(dossier=dossier)
    run.dossier = dossier
    reopened = dossier.stage == Stage.READY

    visa.annulled_at = at
    visa.save(update_fields=["annulled_at"])
    undone = _undoing(visa, agent, at=at)
    if reopened:
        run.completed_at = None
        run.save(update_fields=["completed_at"])
        passages.carry(dossier, Move.VISA_TAKEN_BACK, agent=agent, role=visa.step.role, at=at)
    passages.open_current(run, at=at, focus=visa.step)

    event = VisaTakenBack(step=visa.step.label, version=visa.version, reopened=reopened)
    journal.record(dossier, event, by=agent, at=at, role=visa.step.role, on_behalf_of=visa.on_behalf_of)
    return undone


def _undoing(visa: Visa, agent: Agent, *, at: dt.datetime) -> Visa:
    return Visa.objects.create(
        step=visa.step,
        kind=Visa.Kind.TAKEN_BACK,
        agent=agent,
        on_behalf_of=visa.on_behalf_of,
        delegation=visa.delegation,
        version=visa.version,
        digest=visa.digest,
        given_at=at,
        of=visa,
    )
