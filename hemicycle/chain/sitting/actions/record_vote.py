"""Record the vote on an item; an adopted text gets its number in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.sitting.actions.open_sitting import require_quorum
from hemicycle.chain.sitting.events import VoteRecorded
from hemicycle.chain.sitting.locking import locked_item, require_pending, require_state
from hemicycle.chain.sitting.models import AgendaItem, Ballot, Sitting, SittingState, Vote, VoteValue
from hemicycle.chain.sitting.room import Room, room_of
from hemicycle.chain.sitting.rules import Result, count
from hemicycle.dossier import access, journal, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.law.ballot import IncoherentBallot


class VotesDoNotMatch(ActionRefused):
    """The votes are not exactly those of the members present and represented."""


class AlreadyVoted(ActionRefused):
    message = "Ce dossier a déjà été mis aux voix."


@transaction.atomic
def record_vote(
    *, item_id: UUID, votes: Mapping[int, str], agent: Agent, at: dt.datetime, kind: str = "ordinary"
) -> Ballot:
    """Record each voter's vote (member id → for, against, abstention, no_part) and proclaim the result.

    Every member present and every member represented has one vote, no more, no less. On a tie the president's
    vote prevails (L3121-15). Raises NotEntitled, WrongSittingState, AlreadyVoted, ItemSettled, NoQuorum,
    VotesDoNotMatch.
    """
    sitting, item, dossier = locked_item(item_id)
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, Role.PRESIDENT, on=day(at), what="Enregistrer un vote")
    require_state(sitting, SittingState.OPEN, what="Voter")
    if item.outcome in (AgendaItem.Outcome.ADOPTED, AgendaItem.Outcome.REJECTED):
        raise AlreadyVoted
    require_pending(item)
    if kind not in Ballot.Kind.values:
        raise ValueError(f"no such kind of ballot: {kind}")
    room = room_of(sitting)
    require_quorum(room)
    result = _count(votes, room, kind)

    dossier.move(Move.ADOPTED if result.outcome.adopted else Move.REJECTED, at=at)
    number = ""
    if result.outcome.adopted:
        number = register.number_act(dossier, on=day(sitting.starts_at), at=at)
    item.outcome = AgendaItem.Outcome.ADOPTED if number else AgendaItem.Outcome.REJECTED
    item.save(update_fields=["outcome"])
    ballot = _write(item, room, result, votes, kind=kind, at=at)

    event = _event(sitting, ballot, number=number)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return ballot


def _count(votes: Mapping[int, str], room: Room, kind: str) -> Result:
    voters = {v.id: v for v in room.voters}
    if set(votes) != set(voters) or not set(votes.values()) <= set(VoteValue.values):
        missing = [v.name for pk, v in voters.items() if pk not in votes]
        extra = len(set(votes) - set(voters))
        raise VotesDoNotMatch(
            f"Les votes ne correspondent pas à la salle : {len(votes)} voix relevées pour {len(voters)} membres "
            "présents ou représentés"
            + (f", il manque {', '.join(missing[:5])}" if missing else "")
            + (f", {extra} voix de membres ni présents ni représentés" if extra else "")
            + " ; corrigez le relevé ou la présence."
        )
    president = room.sitting.presided_by
    try:
        return count(
            votes,
            list(voters.values()),
            body=room.sitting.body,
            kind=kind,
            present=len(room.present),
            represented=len(room.proxies),
            feminine_president=president is not None and president.agent.feminine,
            on=day(room.sitting.starts_at),
        )
    except IncoherentBallot as refusal:
        raise VotesDoNotMatch(str(refusal)) from refusal


def _write(
    item: AgendaItem, room: Room, result: Result, votes: Mapping[int, str], *, kind: str, at: dt.datetime
) -> Ballot:
    figures = result.figures
    ballot = Ballot.objects.create(
        item=item,
        kind=kind,
        in_office=len(room.sitters),
        present=len(room.present),
        represented=len(room.proxies),
        quorum=room.quorum.quorum.needed,
        for_count=figures.for_,
        against_count=figures.against,
        abstention_count=figures.abstentions,
        no_part_count=figures.no_part,
        adopted=result.outcome.adopted,
        casting=result.outcome.casting,
        sentence=result.wording.sentence,
        lines=[line for line in (result.wording.figures, *result.wording.lines) if line],
        taken_at=at,
        presence=room.as_facts(),
    )
    Vote.objects.bulk_create(
        Vote(ballot=ballot, member_id=pk, value=value, cast_by=room.holder_of(pk)) for pk, value in votes.items()
    )
    return ballot


def _event(sitting: Sitting, ballot: Ballot, *, number: str) -> VoteRecorded:
    return VoteRecorded(
        sitting=str(sitting.id),
        kind=ballot.kind,
        for_=ballot.for_count,
        against=ballot.against_count,
        abstentions=ballot.abstention_count,
        no_part=ballot.no_part_count,
        adopted=ballot.adopted,
        casting=ballot.casting,
        sentence=ballot.sentence,
        number=number,
    )
