"""All that the archive must know of one act, gathered from the rooms it went through."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hemicycle.chain.distribution.conditions import acknowledged_act
from hemicycle.chain.publication.addresses import url_of
from hemicycle.chain.publication.models import Notification, Publication
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Ballot
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments
from hemicycle.dossier.dates import day
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
    #: How it was made public: online, or notified to the person it is about.
    publication: Publication | None
    notification: Notification | None
    #: None for an act that came without a vote.
    ballot: Ballot | None
    annexes: tuple[Attachment, ...]
    #: Name of the matter, as the classification writes it.
    matter: str
    #: Address of the public page; empty for an act that is notified.
    url: str

    @property
    def public_on(self) -> dt.date:
        """The day on which it was made public, or notified."""
        if self.publication is not None:
            return day(self.publication.put_online_at)
        assert self.notification is not None, "an affair is made public"
        return self.notification.notified_on

    @property
    def executory(self) -> str:
        """When and why it is executory, in a sentence."""
        made = self.publication or self.notification
        return made.executory_explanation if made else ""


def affair_of(dossier: Dossier) -> Affair | None:
    """The affair, or None while the act is neither published nor notified."""
    found = acknowledged_act(dossier)
    publication = Publication.objects.filter(dossier=dossier).select_related("document", "published_by").first()
    notification = Notification.objects.filter(dossier=dossier).select_related("proof", "recorded_by").first()
    if found is None or (publication is None and notification is None):
        return None
    return Affair(
        dossier=dossier,
        act=found.act,
        signed=found.signed,
        departure=found.departure,
        received_on=found.received_on,
        publication=publication,
        notification=notification,
        ballot=sittings.ballot_of(dossier),
        annexes=tuple(attachments.annexes_of(dossier)),
        matter=_matter(dossier.subject_code),
        url=url_of(publication.slug) if publication else "",
    )


def _matter(code: str) -> str:
    try:
        return matter_name(code)
    except UnknownMatter:
        return code
