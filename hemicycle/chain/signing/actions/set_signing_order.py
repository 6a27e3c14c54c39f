"""The administration says who signs a series of acts, and in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Body, Role
from hemicycle.chain.signing.events import OrderOfSignaturesSet
from hemicycle.chain.signing.models import ExpectedSignature, SigningPlace
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused

Who = ExpectedSignature.Who
#: More than any act bears.
MAX_SIGNATURES = 4


class OrderRefused(ActionRefused):
    """No act could be signed in that order; the sentence says why."""


@transaction.atomic
def set_signing_order(
    *, series: str, places: Sequence[tuple[str, UUID | None]], agent: Agent, at: dt.datetime
) -> list[SigningPlace]:
    """Replace who signs those acts: (office, person for « une personne désignée ») first to last.

    The acts already drawn up keep their signatories. Raises NotEntitled, OrderRefused.
    """
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=day(at), what="Décider qui signe les actes"
    )
    people = _checked(series, places)

    SigningPlace.objects.filter(series=series).delete()
    rows = SigningPlace.objects.bulk_create(
        SigningPlace(series=series, rank=rank, who=who, person=people.get(person_id) if person_id else None)
        for rank, (who, person_id) in enumerate(places, start=1)
    )

    said = tuple(row.person.full_name if row.person else str(Who(row.who).label) for row in rows)
    journal.record(None, OrderOfSignaturesSet(series=series, places=said), by=agent, at=at, role=role)
    return rows


def _checked(series: str, places: Sequence[tuple[str, UUID | None]]) -> dict[UUID, Agent]:
    """The people named. Raises OrderRefused."""
    if not 1 <= len(places) <= MAX_SIGNATURES:
        raise OrderRefused(f"Choisissez de une à {MAX_SIGNATURES} signatures.")
    if len(set(places)) != len(places):
        raise OrderRefused("La même signature est demandée deux fois ; gardez-en une.")
    whos = [who for who, _ in places]
    if not set(whos) <= set(Who.values) or Who.PRESIDENT not in whos:
        raise OrderRefused("Le président signe toujours l’acte, lui-même ou par délégation ; donnez-lui une place.")
    if Who.SECRETARY in whos and series not in Body.values:
        raise OrderRefused("Un acte pris sans séance n’a pas de secrétaire de séance ; retirez cette signature.")
    if any((who == Who.PERSON) != (person is not None) for who, person in places):
        raise OrderRefused("Dites quelle personne désignée signe à cette place.")
    wanted = {person for _, person in places if person is not None}
    people = {one.pk: one for one in Agent.objects.filter(pk__in=wanted, is_active=True)}
    if len(people) != len(wanted):
        raise OrderRefused("Une des personnes désignées n’a plus de compte en service ; choisissez-en une autre.")
    return people
