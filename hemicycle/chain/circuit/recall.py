"""Which visa may still be taken back: one's own, when nobody has done anything in the circuit since."""

from __future__ import annotations

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.models import APPROVALS, Visa
from hemicycle.dossier.models import Dossier, JournalEntry
from hemicycle.dossier.stages import Stage

#: What follows a visa by itself, or is no answer to it.
_NO_ACT = (
    "circuit.completed",
    "circuit.carried_along",
    "circuit.released",
    "circuit.embargo_set",
    "circuit.embargo_lifted",
    "circuit.step_reassigned",
)


def last_visa(dossier: Dossier, agent: Agent) -> Visa | None:
    """The agent's own visa when it is the last act of the circuit and the dossier is on no agenda; None otherwise."""
    if dossier.stage not in (Stage.IN_CIRCUIT, Stage.READY) or dossier.emergency:
        return None
    acts = JournalEntry.objects.filter(dossier=dossier, event__startswith="circuit.").exclude(event__in=_NO_ACT)
    last = acts.order_by("-n").first()
    if last is None or last.event != "circuit.visa_given" or last.actor_id != agent.pk:
        return None
    said = Visa.objects.filter(step__run__dossier=dossier).select_related("step", "on_behalf_of")
    visa = said.order_by("-id").first()
    if visa is None or visa.agent_id != agent.pk or visa.kind not in APPROVALS or visa.annulled_at is not None:
        return None
    return visa
