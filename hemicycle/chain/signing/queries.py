"""What the edges may read of the acts and their signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation
from hemicycle.chain.signing.events import SignatureOrdered
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Ballot
from hemicycle.dossier import access, attachments
from hemicycle.dossier.models import Attachment, Dossier, Errand


@dataclass(frozen=True, kw_only=True)
class ToSign:
    """An act that waits for a signature, as its signatory reads it."""

    act: Act
    dossier: Dossier
    #: SHA-256 of the exact bytes: what is ordered to be signed.
    sha256: str
    #: The absent signatory in whose name, by delegation; None in one's own name.
    on_behalf_of: Agent | None
    ballot: Ballot | None
    #: The text voted, to be read on the page beside the file.
    text: dict[str, object]
    annexes: list[Attachment]
    #: Why the signature ordered was not made; empty when nothing went wrong.
    trouble: str

    @property
    def awaited(self) -> bool:
        """Whether an order may be given now: it was not yet, or the last one could not be carried out."""
        return self.act.state == Act.State.TO_SIGN or bool(self.trouble)


def to_sign(agent: Agent, *, on: dt.date) -> list[ToSign]:
    """The agent's pile: acts to sign in one's own name or by delegation, and those ordered, oldest first."""
    acts = list(_whole(_pending(agent, on=on)).order_by("drawn_up_at", "number"))
    voted = sittings.ballots_of(act.dossier_id for act in acts)
    texts = sittings.voted_texts(ballot.item for ballot in voted.values())
    annexes = attachments.annexes_by_dossier(act.dossier_id for act in acts)
    return [
        ToSign(
            act=act,
            dossier=act.dossier,
            sha256=act.frozen.sha256,
            on_behalf_of=_absent(act, agent),
            ballot=voted.get(act.dossier_id),
            text=texts.get(act.dossier_id, {}),
            annexes=annexes.get(act.dossier_id, []),
            trouble=act.trouble,
        )
        for act in acts
    ]


def awaited_acts(agent: Agent, *, on: dt.date) -> QuerySet[Any]:
    """The acts of the pile on which an order may be given now, oldest first: to be counted, or listed lightly."""
    may_order = Q(state=Act.State.TO_SIGN) | ~Q(trouble="")
    return _pending(agent, on=on).filter(may_order).order_by("drawn_up_at", "number")


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """An act that waits for the agent's order, as a list names it."""

    dossier: Dossier
    #: The absent signatory in whose name, by delegation; None in one's own name.
    on_behalf_of: Agent | None


def awaited(agent: Agent, *, on: dt.date, dossier: Dossier | None = None) -> list[Awaited]:
    """The acts that wait for the agent's order, oldest first; those of one dossier when it is given."""
    acts = awaited_acts(agent, on=on).select_related("dossier__unit__parent__parent__parent", "signatory__agent")
    if dossier is not None:
        acts = acts.filter(dossier=dossier)
    return [Awaited(dossier=act.dossier, on_behalf_of=_absent(act, agent)) for act in acts]


def waiting_for(*, dossier_id: UUID, agent: Agent, on: dt.date) -> ToSign | None:
    """The act of one dossier when it waits for that agent's signature, or None."""
    return next((found for found in to_sign(agent, on=on) if found.dossier.id == dossier_id), None)


def _pending(agent: Agent, *, on: dt.date) -> QuerySet[Any]:
    """The acts of the agent's pile, each with `trouble` (see `trouble_of`)."""
    if not agent.is_active:
        return Act.objects.none()
    people = [agent, *accounts.principals_of(agent, scope=Delegation.Scope.SIGNATURE, on=on)]
    mine = Act.objects.filter(state__in=[Act.State.TO_SIGN, Act.State.ORDERED], signatory__agent__in=people)
    return mine.annotate(trouble=_trouble())


def _trouble() -> Case:
    """What the courier said of the last order of an act, when it was given up; empty otherwise."""
    orders = Errand.objects.filter(entry__dossier=OuterRef("dossier"), entry__event=SignatureOrdered.name)
    said = Case(When(state=Errand.State.FAILED, then="last_error"), default=Value(""))
    last = orders.exclude(carrier="").annotate(said=said).order_by("-entry_id").values("said")[:1]
    return Case(When(state=Act.State.ORDERED, then=Coalesce(Subquery(last), Value(""))), default=Value(""))


def _absent(act: Act, agent: Agent) -> Agent | None:
    return None if act.signatory.agent_id == agent.pk else act.signatory.agent


def _whole(acts: QuerySet[Any]) -> QuerySet[Any]:
    return acts.select_related(
        "dossier__unit", "dossier__rapporteur__agent", "signatory__agent", "frozen", "signed", "ordered_by"
    )


def trouble_of(act: Act) -> str:
    """Why the last signature ordered was given up, as the courier said it; empty when it was not."""
    found: str = Act.objects.filter(pk=act.pk).annotate(trouble=_trouble()).values_list("trouble", flat=True).get()
    return found


def act_of(dossier: Dossier) -> Act | None:
    """The dossier's act once drawn up, or None."""
    return _whole(Act.objects.filter(dossier=dossier)).first()


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

    @property
    def to_carry(self) -> bool:
        return self.state == Act.State.ORDERED


def signing_bytes(dossier_id: UUID) -> Order:
    """The bytes to sign, for the courier. Raises Act.DoesNotExist, BlobLost."""
    act = Act.objects.select_related("frozen", "signatory").get(dossier_id=dossier_id)
    return Order(
        number=act.number,
        state=act.state,
        sha256=act.frozen.sha256,
        frozen=attachments.read(act.frozen),
        key_name=act.signatory.key_name,
        reason=f"Signature de la délibération n° {act.number}",
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
