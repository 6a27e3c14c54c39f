"""Send the dossier back to its drafter, or to an earlier step, with the reason."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.actions.give_visa import Turn, require_turn, require_visa, write_visa
from hemicycle.chain.circuit.events import SentBack, SentBackTo
from hemicycle.chain.circuit.models import RunStep, Visa
from hemicycle.dossier import companions, journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.texts.typed import several_lines


class ReasonMissing(ActionRefused):
    message = "Un renvoi se motive : dites ce qui doit être repris."


class StepNotPassed(ActionRefused):
    message = "Un renvoi va vers une étape déjà franchie de ce circuit ; choisissez-en une autre, ou le rédacteur."


@transaction.atomic
def send_back(
    *,
    dossier_id: UUID,
    agent: Agent,
    version_read: int,
    reason: str,
    at: dt.datetime,
    on_behalf_of_id: UUID | None = None,
    to_step: int | None = None,
) -> Visa:
    """Ask for a correction: same dossier, same number.

    `to_step`: the earlier step (RunStep) that must look again: visas given from there on are annulled, and the dossier
    stays in its circuit. None: the drafter, whose text opens again. Raises ReasonMissing, StepNotPassed, and
    NotYourTurn, TextHasChanged, OwnDraft, NoDelegation, OpinionAwaited, MoveNotAllowed as give_visa.
    """
    dossier = companions.lock(dossier_id)
    turn = require_turn(dossier, agent, version_read=version_read, on_behalf_of_id=on_behalf_of_id, at=at)
    require_visa(turn)
    said = several_lines(reason, 2000)
    if not said:
        raise ReasonMissing(field="reason")
    if to_step is not None:
        return _to_step(turn, to_step, agent=agent, reason=said, at=at)

    visa = write_visa(turn, agent, kind=Visa.Kind.SENT_BACK, remark=said, at=at)
    _ask_again(list(turn.run.steps.all()))
    passages.carry(dossier, Move.SENT_BACK, agent=agent, role=turn.step.role, at=at)
    passages.open_current(turn.run, at=at)

    event = SentBack(step=turn.step.label, version=visa.version, reason=visa.remark)
    _tell(dossier, event, turn, agent, at=at)
    return visa


def _to_step(turn: Turn, to_step: int, *, agent: Agent, reason: str, at: dt.datetime) -> Visa:
    target = turn.run.steps.filter(pk=to_step, order__lt=turn.step.order).exclude(origin=RunStep.Origin.OPINION).first()
    if target is None:
        raise StepNotPassed(field="to_step")
    undone = list(
        Visa.objects.standing()
        .filter(step__run=turn.run, step__order__gte=target.order)
        .select_related("agent", "step")
        .order_by("step__order", "id")
    )

    visa = write_visa(turn, agent, kind=Visa.Kind.SENT_BACK_TO, remark=reason, at=at, to=target)
    Visa.objects.filter(pk__in=[v.pk for v in undone]).update(annulled_at=at)
    _ask_again([row for row in turn.run.steps.all() if row.order >= target.order])
    passages.open_current(turn.run, at=at, focus=target)

    event = SentBackTo(
        step=turn.step.label,
        to=target.label,
        version=visa.version,
        reason=visa.remark,
        annulled=tuple(f"{v.step.label} ({v.agent.full_name})" for v in undone),
    )
    _tell(turn.run.dossier, event, turn, agent, at=at)
    return visa


def _ask_again(rows: list[RunStep]) -> None:
    """What had been passed over for the text as it was is asked for again."""
    for row in rows:
        if row.waived_at is not None and row.origin != RunStep.Origin.OPINION:
            row.waived_at, row.waived_by, row.waived_why = None, None, ""
            row.save(update_fields=["waived_at", "waived_by", "waived_why"])


def _tell(dossier: Dossier, event: SentBack | SentBackTo, turn: Turn, agent: Agent, *, at: dt.datetime) -> None:
    journal.record(dossier, event, by=agent, at=at, role=turn.step.role, on_behalf_of=turn.on_behalf_of)
