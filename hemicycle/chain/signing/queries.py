"""What the edges may read of the acts and their signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from hemicycle.accounts.models import Agent, Signatory
from hemicycle.chain.signing.events import SignatureAskedElsewhere, SignatureBrought, SignatureOrdered
from hemicycle.chain.signing.expected import former, printed
from hemicycle.chain.signing.models import Act, ExpectedSignature
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Ballot
from hemicycle.dossier import access, attachments
from hemicycle.dossier.kinds import kind_of
from hemicycle.dossier.models import Attachment, Dossier, Errand, Version
from hemicycle.dossier.stages import Stage

_OPEN = (ExpectedSignature.State.TO_SIGN, ExpectedSignature.State.ORDERED)


@dataclass(frozen=True, kw_only=True)
class ToSign:
    """An act that waits for a signature, as its signatory reads it."""

    act: Act
    dossier: Dossier
    #: The signature whose turn it is.
    expected: ExpectedSignature
    #: All that the act must bear, first to last.
    signatures: list[ExpectedSignature]
    #: SHA-256 of the exact bytes: what is ordered to be signed.
    sha256: str
    #: The file of these bytes: the act with the signatures before this one.
    file: Attachment
    #: The capacity as the act bears it.
    capacity: str
    #: The absent signatory in whose stead, by delegation; None in one's own name.
    on_behalf_of: Agent | None
    ballot: Ballot | None
    #: The text voted, to be read on the page beside the file.
    text: dict[str, object]
    annexes: list[Attachment]
    #: Why the signature ordered was not made; empty when nothing went wrong.
    trouble: str
    #: Why the signature ordered waits for another try; empty when nothing holds it up.
    delay: str

    @property
    def awaited(self) -> bool:
        """Whether an order may be given now: it was not yet, or the last one could not be carried out."""
        return self.expected.state == ExpectedSignature.State.TO_SIGN or bool(self.trouble)


def to_sign(agent: Agent, *, on: dt.date) -> list[ToSign]:
    """The agent's pile: acts whose turn is the agent's, in one's own name or by delegation, oldest first."""
    acts = list(_whole(_pending(agent, on=on)).order_by("drawn_up_at", "number"))
    voted = sittings.ballots_of(act.dossier_id for act in acts)
    texts = sittings.voted_texts(ballot.item for ballot in voted.values())
    texts |= taken_texts(act.dossier_id for act in acts if act.dossier.without_vote)
    annexes = attachments.annexes_by_dossier(act.dossier_id for act in acts)
    return [_waiting(act, voted, texts, annexes) for act in acts]


def taken_texts(dossier_ids: Iterable[UUID]) -> dict[UUID, dict[str, object]]:
    """Dossier → the text of an act taken without a vote, its last version: one query for a list."""
    last = Version.objects.filter(dossier__in=list(dossier_ids), number=F("dossier__version"))
    return dict(last.order_by("id").values_list("dossier_id", "deliberation"))


def _waiting(
    act: Any,
    voted: dict[UUID, Ballot],
    texts: dict[UUID, dict[str, object]],
    annexes: dict[UUID, list[Attachment]],
) -> ToSign:
    signatures = sorted(act.signatures.all(), key=lambda one: one.rank)
    expected = _turn(signatures)
    file = former(expected)
    return ToSign(
        act=act,
        dossier=act.dossier,
        expected=expected,
        signatures=signatures,
        sha256=file.sha256,
        file=file,
        capacity=printed(expected),
        on_behalf_of=expected.absent,
        ballot=voted.get(act.dossier_id),
        text=texts.get(act.dossier_id, {}),
        annexes=annexes.get(act.dossier_id, []),
        trouble=act.trouble,
        delay=act.delay,
    )


def _turn(signatures: list[ExpectedSignature]) -> ExpectedSignature:
    return next(one for one in signatures if one.state in _OPEN)


def awaited_acts(agent: Agent, *, on: dt.date) -> QuerySet[Any]:
    """The acts of the pile on which an order may be given now, oldest first: to be counted, or listed lightly."""
    may_order = Q(state=Act.State.TO_SIGN) | ~Q(trouble="")
    pile: QuerySet[Any] = _pile(agent, on=on).annotate(trouble=_trouble())
    return pile.filter(may_order).order_by("drawn_up_at", "number")


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """An act that waits for the agent's order, as a list names it."""

    dossier: Dossier
    #: The absent signatory in whose stead, by delegation; None in one's own name.
    on_behalf_of: Agent | None


def awaited(agent: Agent, *, on: dt.date, dossier: Dossier | None = None) -> list[Awaited]:
    """The acts that wait for the agent's order, oldest first; those of one dossier when it is given."""
    acts = awaited_acts(agent, on=on).select_related("dossier__unit__parent__parent__parent")
    if dossier is not None:
        acts = acts.filter(dossier=dossier)
    acts = acts.prefetch_related(_signatures())
    return [Awaited(dossier=act.dossier, on_behalf_of=_turn(list(act.signatures.all())).absent) for act in acts]


def waiting_for(*, dossier_id: UUID, agent: Agent, on: dt.date) -> ToSign | None:
    """The act of one dossier when it waits for that agent's signature, or None."""
    return next((found for found in to_sign(agent, on=on) if found.dossier.id == dossier_id), None)


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """The last gesture of a signatory: how many acts it ordered, and how far the couriers are."""

    at: dt.datetime
    ordered: int
    signed: int
    #: Given up: an order must be given again.
    failed: int
    #: Why what was left of it came back to the signatory; empty when it did not.
    refusal: str

    @property
    def under_way(self) -> int:
        return self.ordered - self.signed - self.failed


def last_gesture(agent: Agent, *, since: dt.datetime) -> Gesture | None:
    """The last orders that the agent gave in one gesture, or None when that was before `since`."""
    mine = ExpectedSignature.objects.filter(ordered_by=agent, ordered_at__gte=since)
    at = mine.aggregate(last=Max("ordered_at"))["last"]
    if at is None:
        return None
    states = list(mine.filter(ordered_at=at).values_list("state", "act_id", "gesture__refusal"))
    under_way = [act_id for state, act_id, _ in states if state == ExpectedSignature.State.ORDERED]
    reopened = sum(state == ExpectedSignature.State.TO_SIGN for state, _, _ in states)
    failed = Act.objects.filter(pk__in=under_way).annotate(trouble=_trouble()).exclude(trouble="").count()
    return Gesture(
        at=at,
        ordered=len(states),
        signed=len(states) - len(under_way) - reopened,
        failed=failed + reopened,
        refusal=next((said for _, _, said in states if said), ""),
    )


def _pending(agent: Agent, *, on: dt.date) -> QuerySet[Any]:
    """The acts of the agent's pile, each with `trouble` and `delay` (see `trouble_of`)."""
    delay = _said_of_the_last_order(Errand.State.WAITING)
    pile: QuerySet[Any] = _pile(agent, on=on).annotate(trouble=_trouble(), delay=delay)
    return pile


def _pile(agent: Agent, *, on: dt.date) -> QuerySet[Any]:
    if not agent.is_active:
        return Act.objects.none()
    own = Signatory.objects.on(on).filter(agent=agent)
    mine = ExpectedSignature.objects.filter(state__in=_OPEN, signatory__in=own)
    # An act whose number was cancelled is signed by nobody any more.
    open_acts = Act.objects.filter(state__in=[Act.State.TO_SIGN, Act.State.ORDERED], dossier__stage=Stage.TO_SIGN)
    return open_acts.filter(pk__in=mine.values("act"))


def _trouble() -> Case:
    """What the courier said of the last order of an act, when it was given up; empty otherwise."""
    return _said_of_the_last_order(Errand.State.FAILED)


def _said_of_the_last_order(state: str) -> Case:
    events = [SignatureOrdered.name, SignatureBrought.name, SignatureAskedElsewhere.name]
    orders = Errand.objects.filter(entry__dossier=OuterRef("dossier"), entry__event__in=events)
    said = Case(When(state=state, then="last_error"), default=Value(""))
    # One carrier alone may fail it: that which brings the signature back.
    last = orders.exclude(carrier="").annotate(said=said).order_by("-entry_id").values("said")[:1]
    return Case(When(state=Act.State.ORDERED, then=Coalesce(Subquery(last), Value(""))), default=Value(""))


def _signatures() -> Prefetch[str, Any, Any]:
    rows = ExpectedSignature.objects.select_related(
        "signatory__agent", "delegation__giver", "delegation__holder", "signed", "ordered_by", "gesture"
    )
    return Prefetch("signatures", queryset=rows.order_by("rank"))


def _whole(acts: QuerySet[Any]) -> QuerySet[Any]:
    return acts.select_related(
        "dossier__unit", "dossier__rapporteur__agent", "signatory__agent", "frozen", "signed", "ordered_by"
    ).prefetch_related(_signatures())


def trouble_of(act: Act) -> str:
    """Why the last signature ordered was given up, as the courier said it; empty when it was not."""
    found: str = Act.objects.filter(pk=act.pk).annotate(trouble=_trouble()).values_list("trouble", flat=True).get()
    return found


def act_of(dossier: Dossier) -> Act | None:
    """The dossier's act once drawn up, or None."""
    return _whole(Act.objects.filter(dossier=dossier)).first()


def turn_of(act: Act) -> ExpectedSignature | None:
    """The signature whose turn it is, or None when none is expected."""
    return next((one for one in act.signatures.all() if one.state in _OPEN), None)


def signatures_of(turn: ExpectedSignature) -> list[ExpectedSignature]:
    """All those of the act, first to last."""
    return sorted(turn.act.signatures.all(), key=lambda one: one.rank)


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a courier carries to the signing service."""

    number: str
    state: str
    sha256: str
    #: The exact bytes to sign.
    frozen: bytes
    #: Name of the key of whoever signs.
    key_name: str
    reason: str
    #: The file that the person signed elsewhere, to be judged; empty when the service signs.
    brought: bytes
    #: It was signed apart from the file, and is still to be timestamped.
    apart: bool
    #: The gesture in which it was ordered, when it was.
    gesture_id: int | None

    @property
    def to_carry(self) -> bool:
        return self.state == ExpectedSignature.State.ORDERED


def signing_bytes(dossier_id: UUID) -> Order:
    """The bytes to sign, for the courier. Raises Act.DoesNotExist, BlobLost."""
    act = _whole(Act.objects.filter(dossier_id=dossier_id)).get()
    signatures = list(act.signatures.all())
    # Nothing to carry once the last is signed, or none is expected any more.
    expected = next((one for one in signatures if one.state in _OPEN), None)
    file = former(expected) if expected else act.frozen
    return Order(
        number=act.number,
        state=expected.state if expected else act.state,
        sha256=file.sha256,
        frozen=attachments.read(file),
        key_name=(expected.signatory if expected else act.signatory).key_name,
        reason=f"Signature {kind_of(act.dossier).of_the} n° {act.number}",
        brought=attachments.read(expected.brought) if expected and expected.brought else b"",
        apart=bool(expected and expected.prepared_id),
        gesture_id=expected.gesture_id if expected else None,
    )


def acts(agent: Agent, *, on: dt.date, body: str = "", year: int | None = None, words: str = "") -> QuerySet[Act]:
    """The register of the acts that the agent may read, latest first, narrowed by body, year and words."""
    found = _whole(Act.objects.filter(dossier__in=access.visible_to(agent, on=on)))
    if body:
        found = found.filter(dossier__body=body)
    if year:
        found = found.filter(decided_on__year=year)
    for word in words.split()[:8]:
        found = found.filter(dossier__object__icontains=word) | found.filter(number__icontains=word)
    return found.order_by("-decided_on", "-number")
