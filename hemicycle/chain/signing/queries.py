"""What the edges may read of the acts and their signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation
from hemicycle.chain.signing.documents import voted_text
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
    principals = accounts.principals_of(agent, scope=Delegation.Scope.SIGNATURE, on=on)
    pending = Act.objects.filter(
        state__in=[Act.State.TO_SIGN, Act.State.ORDERED], signatory__agent__in=[agent, *principals]
    )
    if not agent.is_active:
        return []
    return [_to_sign(act, agent) for act in _whole(pending).order_by("drawn_up_at", "number")]


def waiting_for(*, dossier_id: UUID, agent: Agent, on: dt.date) -> ToSign | None:
    """The act of one dossier when it waits for that agent's signature, or None."""
    return next((found for found in to_sign(agent, on=on) if found.dossier.id == dossier_id), None)


def _whole(acts: QuerySet[Act]) -> QuerySet[Act]:
    return acts.select_related(
        "dossier__unit", "dossier__rapporteur__agent", "signatory__agent", "frozen", "signed", "ordered_by"
    )


def _to_sign(act: Act, agent: Agent) -> ToSign:
    ballot = sittings.ballot_of(act.dossier)
    return ToSign(
        act=act,
        dossier=act.dossier,
        sha256=act.frozen.sha256,
        on_behalf_of=None if act.signatory.agent_id == agent.pk else act.signatory.agent,
        ballot=ballot,
        text=voted_text(ballot.item) if ballot else {},
        annexes=attachments.annexes_of(act.dossier),
        trouble=trouble_of(act),
    )


def trouble_of(act: Act) -> str:
    """Why the last signature ordered was given up, as the courier said it; empty when it was not."""
    if act.state != Act.State.ORDERED:
        return ""
    orders = Errand.objects.filter(entry__dossier=act.dossier_id, entry__event=SignatureOrdered.name)
    last = orders.exclude(carrier="").order_by("-entry_id").first()
    return last.last_error if last is not None and last.state == Errand.State.FAILED else ""


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
