"""What the actions of this room ask first: a letter that waits, and who may answer it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.correspondence.models import Letter, Reply
from hemicycle.chain.distribution.conditions import DIRECTION, require_direction
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused, NotEntitled


class NoSuchLetter(ActionRefused):
    message = "Ce courrier n’est plus là ; rechargez la page."


class LetterClosed(ActionRefused):
    """It is answered, or a person said that it calls for no answer."""


class WrongReplyState(ActionRefused):
    """The answer is not where this is done."""


def locked_letter(letter_id: UUID) -> Letter:
    """The letter, its dossier's row locked first. Raises NoSuchLetter."""
    found = Letter.objects.filter(id=letter_id).values_list("dossier_id", flat=True).first()
    if found is None:
        raise NoSuchLetter
    dossier = Dossier.objects.locked().get(id=found)
    letter = Letter.objects.select_for_update(of=("self",)).select_related("departure").get(id=letter_id)
    letter.dossier = dossier
    return letter


def locked_reply(reply_id: int) -> Reply:
    """The answer, with its letter. Raises NoSuchLetter."""
    found = Reply.objects.filter(id=reply_id).values_list("letter_id", flat=True).first()
    if found is None:
        raise NoSuchLetter
    letter = locked_letter(found)
    reply = Reply.objects.select_for_update(of=("self",)).get(id=reply_id)
    reply.letter = letter
    return reply


def require_open(letter: Letter, *, what: str) -> None:
    """Raises LetterClosed, saying what became of it."""
    if letter.answered_at is not None:
        raise LetterClosed(f"{what} n’est pas possible : ce courrier a déjà reçu sa réponse.")
    if letter.settled_at is not None:
        raise LetterClosed(f"{what} n’est pas possible : ce courrier est classé (« {letter.note} »).")


def require_reply_state(reply: Reply, *states: str, what: str) -> None:
    """Raises WrongReplyState, saying where the answer stands."""
    if reply.state not in states:
        raise WrongReplyState(f"{what} n’est pas possible : la réponse est « {reply.get_state_display()} ».")


def require_author(agent: Agent, dossier: Dossier, *, on: dt.date, what: str) -> str:
    """The direction of the dossier, or the service des assemblées. Raises NotEntitled."""
    if accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
        return Role.ASSEMBLY_OFFICE
    if not access.may_read(agent, dossier, on=on):
        raise NotEntitled(f"{agent.full_name} ne lit pas le dossier {dossier.number}.")
    return require_direction(agent, dossier, on=on, what=what)


def may_write(agent: Agent, dossier: Dossier, *, on: dt.date) -> bool:
    """Whether the page offers the agent to prepare an answer."""
    mine = dossier.drafter_id == agent.pk and agent.is_active
    return (
        mine
        or accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on)
        or accounts.holds(agent, *DIRECTION, on=on, unit=dossier.unit)
    )


def require_courier(agent: Agent, *, at: dt.datetime, what: str) -> str:
    return access.require_role(agent, Role.COURIER, on=day(at), what=what)
