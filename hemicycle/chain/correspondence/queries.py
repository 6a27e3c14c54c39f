"""What the edges may read of the letters of the préfecture and of our answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.correspondence import conditions
from hemicycle.chain.correspondence.models import Letter, Reply
from hemicycle.chain.correspondence.rules import (
    CHOICES,
    ROOT_OF,
    answers_to,
    awaits_receipt,
    code_of,
    takes_several,
    title_of,
)
from hemicycle.chain.distribution.conditions import DIRECTION
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import access, attachments
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.law.letters import ControlClock, LetterKind, LetterSeen, LetterTask, control_clock, letter_task
from hemicycle.protocols.actes import Nature, Piece, matiere_code

STATES = Reply.State
#: Of an answer that is on its way to the préfecture.
LEAVING = (STATES.PREPARED, STATES.ORDERED, STATES.SENDING)


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """A letter as a list shows it."""

    letter: Letter
    dossier: Dossier
    late: bool
    #: Days until it is due; negative once it is past.
    days_left: int
    #: The answer prepared or on its way, or the last one sent.
    reply: Reply | None

    @property
    def waits_for_office(self) -> bool:
        """The direction has prepared an answer, that the service des assemblées has to send."""
        return self.letter.open and self.reply is not None and self.reply.state == STATES.PREPARED


@dataclass(frozen=True, kw_only=True)
class ReplyView:
    reply: Reply
    #: « Réponse à une lettre d’observations »
    title: str
    documents: tuple[Attachment, ...]
    #: Whether the préfecture is to acknowledge it.
    awaits_receipt: bool


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An answer that the norm admits."""

    root: str
    label: str
    help: str
    #: « 4-4 »
    code: str
    several: bool


@dataclass(frozen=True, kw_only=True)
class LetterView:
    """The page of a letter."""

    line: LetterLine
    #: « 4-1 »
    code: str
    task: LetterTask
    documents: tuple[Attachment, ...]
    #: Latest first.
    replies: tuple[ReplyView, ...]
    choices: tuple[Choice, ...]
    #: Day of the answer; None while the letter waits for one.
    answered_on: dt.date | None
    in_time: bool
    clock: ControlClock | None
    may_write: bool
    may_send: bool


def _whole(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    replies = Reply.objects.select_related("prepared_by", "ordered_by", "receipt").order_by("rank")
    return letters.select_related(
        "dossier__unit__parent__parent__parent", "departure", "message", "settled_by"
    ).prefetch_related(Prefetch("replies", queryset=replies))


def visible(agent: Agent, *, on: dt.date) -> QuerySet[Letter]:
    """The letters about the dossiers that the agent may read."""
    # Each letter asks for its dossier: they are few, and the dossiers that one reads may be a hundred thousand.
    readable = access.visible_to(agent, on=on, one_by_one=True).filter(pk=OuterRef("dossier"))
    return Letter.objects.filter(Exists(readable))


def to_answer(agent: Agent, *, on: dt.date) -> QuerySet[Letter]:
    """Those that wait for the agent: all for the service des assemblées; for a direction its own, until it has
    prepared an answer."""
    waiting = visible(agent, on=on).filter(answered_at=None, settled_at=None)
    if accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
        return waiting
    units = accounts.units_of(agent, *DIRECTION, on=on)
    prepared = Reply.objects.filter(letter=OuterRef("pk"), state__in=LEAVING)
    own = waiting.filter(Q(dossier__drafter=agent) | Q(dossier__unit__in=units))
    return own.exclude(Exists(prepared))


def lines(letters: QuerySet[Letter], *, on: dt.date) -> list[LetterLine]:
    """Those that wait first, what presses most before; then the others, latest first. Two queries."""
    found = list(_whole(letters).defer("dossier__report", "dossier__deliberation", "dossier__extra").order_by("pk"))
    waiting = sorted((x for x in found if x.open), key=lambda x: (x.due_on, x.received_at))
    over = sorted((x for x in found if not x.open), key=lambda x: x.received_at, reverse=True)
    return [_line(letter, on=on) for letter in (*waiting, *over)]


def _line(letter: Letter, *, on: dt.date) -> LetterLine:
    kept = [reply for reply in letter.replies.all() if reply.state != STATES.REPLACED]
    return LetterLine(
        letter=letter,
        dossier=letter.dossier,
        late=letter.open and on > letter.due_on,
        days_left=(letter.due_on - on).days,
        reply=kept[-1] if kept else None,
    )


def letter_view(letter_id: UUID, *, agent: Agent, on: dt.date) -> LetterView:
    """Raises Letter.DoesNotExist for what the agent may not read."""
    letter = _whole(visible(agent, on=on)).prefetch_related("documents", "replies__documents").get(id=letter_id)
    dossier, kind = letter.dossier, _kind(letter)
    answered = _answered_on(letter)
    return LetterView(
        line=_line(letter, on=on),
        code=code_of(ROOT_OF[kind]),
        task=_task(letter),
        documents=_ordered(letter.documents.all()),
        replies=tuple(
            ReplyView(
                reply=reply,
                title=title_of(reply.root),
                documents=_ordered(reply.documents.all()),
                awaits_receipt=awaits_receipt(reply.root),
            )
            for reply in reversed(letter.replies.all())
        ),
        choices=tuple(
            Choice(
                root=root,
                label=CHOICES[root][0],
                help=CHOICES[root][1],
                code=code_of(root),
                several=takes_several(root),
            )
            for root in answers_to(letter.kind)
        ),
        answered_on=answered,
        in_time=answered is not None and answered <= letter.due_on,
        clock=clock_of(dossier, on=on),
        may_write=letter.open and conditions.may_write(agent, dossier, on=on),
        may_send=accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on),
    )


def _ordered(files: Iterable[Attachment]) -> tuple[Attachment, ...]:
    return tuple(sorted(files, key=lambda file: file.order))


def _kind(letter: Letter) -> LetterKind:
    return next(kind for kind in ROOT_OF if kind == letter.kind)


def _task(letter: Letter) -> LetterTask:
    return letter_task(
        _kind(letter),
        day(letter.received_at),
        act_received_on=letter.departure.received_on,
        filed_on=letter.dated if letter.kind == Letter.Kind.REFERRAL else None,
        matiere=matiere_code(letter.dossier.subject_code),
    )


def _answered_on(letter: Letter) -> dt.date | None:
    """The day the préfecture received our answer, or that of its sending while no receipt has come."""
    if letter.answered_at is None:
        return None
    sent = [reply for reply in letter.replies.all() if reply.deposited_at is not None and not reply.refusal]
    return next((reply.received_on for reply in sent if reply.received_on), None) or day(letter.answered_at)


def clock_of(dossier: Dossier, *, on: dt.date) -> ControlClock | None:
    """The clock of the déféré of the act, or None before the préfecture has received it. Three queries."""
    received = Departure.objects.filter(dossier=dossier, state=Departure.State.ACKNOWLEDGED).order_by("-attempt")
    departure = received.first()
    if departure is None or departure.received_on is None:
        return None
    found = Letter.objects.filter(departure=departure).prefetch_related("replies").order_by("received_at", "pk")
    seen = [
        LetterSeen(
            kind=_kind(letter),
            received_on=day(letter.received_at),
            answered_on=_answered_on(letter),
            filed_on=letter.dated if letter.kind == Letter.Kind.REFERRAL else None,
        )
        for letter in found
    ]
    return control_clock(departure.received_on, seen, on=on)


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """An answer as a courier carries it."""

    reply: int
    state: str
    root: str
    letter_dated: dt.date
    #: The names of the letter and of its act at their carrier.
    letter: str
    act: str
    acte_id: str
    tdt_id: str
    #: Answers of ours about the same act that the carrier already has.
    earlier: frozenset[str]
    awaits_receipt: bool


def leaving(reply_id: int) -> Leaving:
    """Raises Reply.DoesNotExist."""
    reply = Reply.objects.select_related("letter__departure").get(id=reply_id)
    letter = reply.letter
    others = Reply.objects.filter(letter__departure=letter.departure).exclude(tdt_id="").exclude(pk=reply.pk)
    return Leaving(
        reply=reply.pk,
        state=reply.state,
        root=reply.root,
        letter_dated=letter.dated,
        letter=letter.tdt_id,
        act=letter.departure.tdt_id,
        acte_id=letter.departure.unique_id,
        tdt_id=reply.tdt_id,
        earlier=frozenset(others.values_list("tdt_id", flat=True)),
        awaits_receipt=awaits_receipt(reply.root),
    )


def pieces_of(reply_id: int) -> tuple[Piece, ...]:
    """The documents of the answer, under the ordinary type of the act's nature. Raises BlobLost."""
    reply = Reply.objects.select_related("letter__dossier").get(id=reply_id)
    code = Nature.from_abbreviation(reply.letter.dossier.nature).default_piece_type
    return tuple(
        Piece(name=file.name, type_code=code, data=attachments.read(file), media_type=file.media_type)
        for file in reply.documents.order_by("order")
    )
