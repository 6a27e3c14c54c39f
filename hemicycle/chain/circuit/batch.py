"""Several visas at once, after reading: what the agent has had on screen, and what changed since their last passage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Max, Q

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.models import Visa
from hemicycle.chain.circuit.queries import Awaited
from hemicycle.chain.drafting import queries as drafting
from hemicycle.dossier.models import Dossier, Version

#: What is chosen in a list: the dossier, and the absent person in whose name (None: one's own).
Pick = tuple[UUID, UUID | None]


@dataclass(frozen=True, kw_only=True)
class InBatch:
    """A visa chosen among those awaited."""

    dossier: Dossier
    awaited: Awaited
    #: The last version that the agent has had on screen; 0: none.
    read: int
    present: Version
    #: The version on which the agent last said something, or read it, when it is not the present one.
    before: Version | None

    @property
    def pick(self) -> Pick:
        return self.dossier.pk, _name(self.awaited)

    @property
    def may_be_given(self) -> bool:
        """A visa, on a version that was read."""
        return self.read == self.present.number and not self.awaited.opinion


def chosen(agent: Agent, picks: Collection[Pick], *, on: dt.date) -> list[InBatch]:
    """Those of the picks that wait for the agent, the most pressing first: as many queries for one as for fifty."""
    wanted = set(picks)
    tray = [
        waiting for waiting in circuit.in_tray(agent, on=on) if (waiting.dossier.pk, _name(waiting.awaited)) in wanted
    ]
    ids = [waiting.dossier.pk for waiting in tray]
    read = drafting.versions_read(agent, ids)
    said = _last_said(agent, ids)
    numbers = {pk: said.get(pk) or read.get(pk, 0) for pk in ids}
    wanted_versions = Q(number=F("dossier__version"))
    for pk, number in numbers.items():
        wanted_versions |= Q(dossier=pk, number=number)
    kept = {(v.dossier_id, v.number): v for v in Version.objects.filter(wanted_versions, dossier__in=ids)}
    return [
        InBatch(
            dossier=waiting.dossier,
            awaited=waiting.awaited,
            read=read.get(waiting.dossier.pk, 0),
            present=kept[waiting.dossier.pk, waiting.dossier.version],
            before=_before(kept, waiting.dossier, numbers),
        )
        for waiting in tray
    ]


def _name(awaited: Awaited) -> UUID | None:
    return awaited.on_behalf_of.pk if awaited.on_behalf_of else None


def _last_said(agent: Agent, ids: list[UUID]) -> dict[UUID, int]:
    """The last version older than the present one on which the agent gave a visa or sent the dossier back."""
    older = Visa.objects.filter(step__run__dossier__in=ids, agent=agent, version__lt=F("step__run__dossier__version"))
    rows = older.order_by().values_list("step__run__dossier").annotate(last=Max("version"))
    return dict(rows)


def _before(kept: dict[tuple[UUID, int], Version], dossier: Dossier, numbers: dict[UUID, int]) -> Version | None:
    number = numbers[dossier.pk]
    return kept.get((dossier.pk, number)) if 0 < number < dossier.version else None
