"""Give the opinion that was asked for; the dossier goes back to whoever asked."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.actions.give_visa import NotYourTurn, require_turn, write_visa
from hemicycle.chain.circuit.events import OpinionGiven
from hemicycle.chain.circuit.models import RunStep, Visa
from hemicycle.dossier import companions, journal
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import several_lines


class OpinionMissing(ActionRefused):
    message = "Écrivez votre avis : il revient à la personne qui vous l’a demandé."


@transaction.atomic
def give_opinion(
    *,
    dossier_id: UUID,
    agent: Agent,
    version_read: int,
    text: str,
    at: dt.datetime,
    on_behalf_of_id: UUID | None = None,
) -> Visa:
    """Answer, on the version read, the opinion asked of the agent; it binds nobody.

    Raises OpinionMissing, and NotYourTurn, TextHasChanged, OwnDraft, NoDelegation, MoveNotAllowed as give_visa.
    """
    dossier = companions.lock(dossier_id)
    turn = require_turn(dossier, agent, version_read=version_read, on_behalf_of_id=on_behalf_of_id, at=at)
    if turn.step.origin != RunStep.Origin.OPINION:
        raise NotYourTurn(f"Aucun avis ne vous est demandé : c’est votre visa qui est attendu (« {turn.step.label} »).")
    said = several_lines(text, 2000)
    if not said:
        raise OpinionMissing(field="text")

    opinion = write_visa(turn, agent, kind=Visa.Kind.OPINION, remark=said, at=at)
    passages.open_current(turn.run, at=at, focus=passages.root_of(turn.step))

    asker = turn.step.asked_by.full_name if turn.step.asked_by else ""
    event = OpinionGiven(
        step=turn.step.label, asked_by=asker, version=opinion.version, digest=opinion.digest, text=opinion.remark
    )
    journal.record(dossier, event, by=agent, at=at, role=turn.step.role, on_behalf_of=opinion.on_behalf_of)
    return opinion
