"""Published deliberations as open data (SCDL « Délibérations » 2.1)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Authority
from hemicycle.chain.distribution.conditions import AcknowledgedAct, acknowledged_act
from hemicycle.chain.publication.addresses import url_of
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.sitting import queries as sittings
from hemicycle.dossier.models import Dossier, Nature
from hemicycle.protocols.scdl.table import Row, write_csv


def scdl_rows(*, year: int | None = None, sitting_id: UUID | None = None, dossier_id: UUID | None = None) -> list[Row]:
    """The rows of the published acts of a year of decision, of a sitting or of one dossier; of all without any."""
    rows = Publication.objects.select_related("dossier").filter(dossier__nature=Nature.DELIBERATION)
    if dossier_id is not None:
        rows = rows.filter(dossier_id=dossier_id)
    if sitting_id is not None:
        rows = rows.filter(dossier__agenda_items__ballot__isnull=False, dossier__agenda_items__sitting_id=sitting_id)
    if year is not None:
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        rows = rows.filter(dossier__act__decided_on__range=(first, last))
    authority = accounts.authority()
    made = []
    for publication in rows.order_by("dossier__act__decided_on", "slug"):
        found = acknowledged_act(publication.dossier)
        if found is not None:
            made.append(row_of(publication.dossier, found, authority, slug=publication.slug))
    return made


def scdl_csv(*, year: int | None = None, sitting_id: UUID | None = None, dossier_id: UUID | None = None) -> bytes:
    """The same as a CSV file, header included."""
    return write_csv(scdl_rows(year=year, sitting_id=sitting_id, dossier_id=dossier_id))


def row_of(dossier: Dossier, found: AcknowledgedAct, authority: Authority, *, slug: str) -> Row:
    """The row of one act. Raises InvalidRow when it could not be published."""
    ballot = sittings.ballot_of(dossier)
    return Row(
        authority=authority.name,
        siret=authority.siret,
        number=found.act.number,
        adopted_on=found.act.decided_on,
        matter_code=dossier.subject_code,
        subject=dossier.object,
        prefecture=authority.prefecture_id,
        received_on=found.received_on,
        members=ballot.in_office if ballot else None,
        # Whoever takes no part in the vote is in the room but not among those who voted.
        voters=ballot.present + ballot.represented - ballot.no_part_count if ballot else None,
        votes_for=ballot.for_count if ballot else None,
        votes_against=ballot.against_count if ballot else None,
        abstentions=ballot.abstention_count if ballot else None,
        url=url_of(slug),
    )
