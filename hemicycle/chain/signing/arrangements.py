"""What the administration arranged: who signs which acts, and who may sign in the president's stead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Body, Signatory
from hemicycle.chain.signing import delegations
from hemicycle.chain.signing.models import ExpectedSignature, Publicity, SigningPlace
from hemicycle.dossier.models import Nature

OFFICES = ExpectedSignature.Who.choices
PERSON = ExpectedSignature.Who.PERSON.value
#: The president alone, until the administration says otherwise.
USUAL: tuple[tuple[str, UUID | None], ...] = ((ExpectedSignature.Who.PRESIDENT.value, None),)


@dataclass(frozen=True, kw_only=True)
class Delegated:
    """A delegation of signature, and whether it may serve that day."""

    id: int
    holder: Agent
    giver: Agent
    reference: str
    valid_from: dt.date
    valid_to: dt.date | None
    transmitted_on: dt.date | None
    published_on: dt.date | None
    #: Why it may not be used that day; empty when it may.
    reproach: str
    #: Whether its holder has a certificate on file.
    has_certificate: bool

    @property
    def usable(self) -> bool:
        return not self.reproach and self.has_certificate


def series() -> list[str]:
    """The series of acts that may be signed differently: each body's, then the natures that go to none."""
    return [*Body.values, *(nature for nature in Nature.values if nature != Nature.DELIBERATION)]


def places() -> dict[str, tuple[tuple[str, UUID | None], ...]]:
    """Series → (office, person), first to last."""
    found: dict[str, tuple[tuple[str, UUID | None], ...]] = {}
    for row in SigningPlace.objects.order_by("series", "rank"):
        found[row.series] = (*found.get(row.series, ()), (row.who, row.person_id))
    return {name: found.get(name, USUAL) for name in series()}


def signatories(*, on: dt.date) -> list[Agent]:
    """Those who have a certificate on file that day."""
    rows = Signatory.objects.on(on).filter(agent__is_active=True).select_related("agent")
    return list(dict.fromkeys(row.agent for row in rows.order_by("agent__last_name", "agent__first_name", "id")))


def delegated(*, on: dt.date) -> list[Delegated]:
    """The delegations of signature not yet over, by holder."""
    certified = set(Signatory.objects.on(on).values_list("agent_id", flat=True))
    return [
        Delegated(
            id=row.pk,
            holder=row.holder,
            giver=row.giver,
            reference=row.reference,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            transmitted_on=publicity.transmitted_on,
            published_on=publicity.published_on,
            reproach=delegations.reproach(row, on=on, publicity=publicity),
            has_certificate=row.holder_id in certified,
        )
        for row in delegations.in_force(on=on)
        for publicity in (_publicity(row),)
    ]


def delegates(*, on: dt.date) -> list[Delegated]:
    """Those to whom the president in office may pass an act that day."""
    try:
        president = accounts.president(on=on).agent
    except LookupError:
        return []
    return [one for one in delegated(on=on) if one.usable and one.giver.pk == president.pk]


def _publicity(row: object) -> Publicity:
    found = getattr(row, "publicity", None)
    return found if isinstance(found, Publicity) else Publicity()
