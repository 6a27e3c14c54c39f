"""All that the archive must know of one act, gathered from the rooms it went through."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hemicycle.chain.distribution.conditions import acknowledged_act
from hemicycle.chain.publication.addresses import url_of
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Ballot
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.protocols.scdl.matters import UnknownMatter, matter_name


@dataclass(frozen=True, kw_only=True)
class Affair:
    """A published act with everything that led to it."""

    dossier: Dossier
    act: Act
    signed: Attachment
    departure: Departure
    received_on: dt.date
    publication: Publication
    #: None for an act that came without a vote.
    ballot: Ballot | None
    annexes: tuple[Attachment, ...]
    #: Name of the matter, as the classification writes it.
    matter: str
    #: Address of the public page.
    url: str


def affair_of(dossier: Dossier) -> Affair | None:
    """The affair, or None while the act is not published."""
    found = acknowledged_act(dossier)
    publication = Publication.objects.filter(dossier=dossier).select_related("document", "published_by").first()
    if found is None or publication is None:
        return None
    return Affair(
        dossier=dossier,
        act=found.act,
        signed=found.signed,
        departure=found.departure,
        received_on=found.received_on,
        publication=publication,
        ballot=sittings.ballot_of(dossier),
        annexes=tuple(attachments.annexes_of(dossier)),
        matter=_matter(dossier.subject_code),
        url=url_of(publication.slug),
    )


def _matter(code: str) -> str:
    try:
        return matter_name(code)
    except UnknownMatter:
        return code
