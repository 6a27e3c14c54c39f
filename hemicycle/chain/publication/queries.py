"""What the public may read: only acts that have a publication (invariant I12). Nobody signs in here."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hemicycle.chain.distribution.conditions import AcknowledgedAct, received_act
from hemicycle.chain.publication.addresses import url_of
from hemicycle.chain.publication.decisions import (
    Decision,
    Decisions,
    decision_list,
    decision_list_pdf,
    sittings_with_acts,
)
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.publication.open_data import scdl_csv, scdl_rows
from hemicycle.chain.publication.rules import folded
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Ballot
from hemicycle.chain.transmission.cancellation_queries import cancelled_on
from hemicycle.dossier import attachments, versions
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import author_of, kind_of
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.law.appeal import appeal_term
from hemicycle.law.term import Term
from hemicycle.protocols.scdl.matters import UnknownMatter, matter_name
from hemicycle.texts.html import to_html
from hemicycle.texts.tree import Doc, clean

__all__ = [
    "Decision",
    "Decisions",
    "decision_list",
    "decision_list_pdf",
    "public_act",
    "public_file",
    "publication_of",
    "published_acts",
    "published_on",
    "scdl_csv",
    "scdl_rows",
    "sittings_with_acts",
]

PER_PAGE = 20
#: In the place of CD or CP: the acts of the president.
PRESIDENT = "PR"


@dataclass(frozen=True, kw_only=True)
class PublicLine:
    """One act in the list."""

    slug: str
    number: str
    object: str
    #: « commission permanente », « président du conseil départemental »
    body: str
    #: « délibération », « arrêté »
    kind: str
    theme: str
    decided_on: dt.date
    published_on: dt.date


@dataclass(frozen=True, kw_only=True)
class PublicPage:
    lines: tuple[PublicLine, ...]
    total: int
    page: int
    pages: int
    #: Years of decision that have published acts, latest first.
    years: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PublicFile:
    """A file that anyone may download, and what it is."""

    id: UUID
    label: str
    name: str
    media_type: str
    #: Bytes.
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Download:
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class PublicAct:
    """All that the public page of an act shows."""

    slug: str
    url: str
    number: str
    object: str
    body: str
    kind: str
    feminine: bool
    theme: str
    matter_code: str
    matter: str
    rapporteur: str
    decided_on: dt.date
    received_on: dt.date
    #: Day on which its transmission to the préfecture was cancelled; None while it stands.
    cancelled_on: dt.date | None
    #: The act's identifier at the préfecture.
    unique_id: str
    put_online_at: dt.datetime
    published_on: dt.date
    author: str
    executory_on: dt.date | None
    executory_explanation: str
    #: Term of appeal of third parties: both readings of its end.
    appeal: Term
    #: The text that was voted.
    text: Doc
    html: str
    vote: str
    vote_lines: tuple[str, ...]
    sitting_id: UUID | None
    #: The copy that carries the dates, then the signed original.
    documents: tuple[PublicFile, ...]
    annexes: tuple[PublicFile, ...]
    #: SHA-256 of the signed original.
    sha256: str


def published_acts(*, words: str = "", year: int | None = None, body: str = "", page: int = 1) -> PublicPage:
    """One page of the published acts, latest put online first.

    `words`: all of them must be in the object, the theme or the number, accents and capitals aside. `body`: CD or
    CP, or PRESIDENT. A page out of range is the nearest one.
    """
    every = Publication.objects.order_by("-put_online_at", "-slug")
    facts = list(
        every.values_list(
            "id", "dossier__act__decided_on", "dossier__body", "dossier__object", "dossier__theme", "slug"
        )
    )
    wanted = folded(words).split()
    kept = [
        pk
        for pk, decided_on, of_body, *texts in facts
        if (year is None or decided_on.year == year)
        and (not body or of_body == ("" if body == PRESIDENT else body))
        and all(word in folded(" ".join(texts)) for word in wanted)
    ]
    pages = max(1, math.ceil(len(kept) / PER_PAGE))
    page = min(max(1, page), pages)
    shown = kept[(page - 1) * PER_PAGE : page * PER_PAGE]
    return PublicPage(
        lines=tuple(_line(p) for p in _with_facts(every.filter(id__in=shown))),
        total=len(kept),
        page=page,
        pages=pages,
        years=tuple(sorted({fact[1].year for fact in facts}, reverse=True)),
    )


def public_act(slug: str) -> PublicAct | None:
    """The public page of an act, or None when nothing is published under that name."""
    publication = _with_facts(Publication.objects.filter(slug=slug)).first()
    found = received_act(publication.dossier) if publication else None
    if publication is None or found is None:
        return None
    return _public_act(publication, found, sittings.ballot_of(publication.dossier))


def public_file(slug: str, attachment_id: UUID) -> Download | None:
    """A file of a published act, or None when its page does not offer it."""
    publication = _with_facts(Publication.objects.filter(slug=slug)).first()
    found = received_act(publication.dossier) if publication else None
    if publication is None or found is None:
        return None
    offered = [a for _, a in _documents(found)] + [publication.document, *_annexes(publication)]
    wanted = next((a for a in offered if a.id == attachment_id), None)
    if wanted is None:
        return None
    return Download(name=wanted.name, media_type=wanted.media_type, data=attachments.read(wanted))


def published_on(dossier: Dossier) -> dt.date | None:
    """The day on which the act was put online, or None."""
    found = publication_of(dossier)
    return day(found.put_online_at) if found else None


def publication_of(dossier: Dossier) -> Publication | None:
    """The publication of the act, or None."""
    return Publication.objects.filter(dossier=dossier).select_related("document", "published_by").first()


def _with_facts(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    return rows.select_related("dossier__act", "dossier__rapporteur__agent", "document")


def _line(publication: Publication) -> PublicLine:
    dossier = publication.dossier
    return PublicLine(
        slug=publication.slug,
        number=dossier.act.number,
        object=dossier.object,
        body=author_of(dossier),
        kind=kind_of(dossier).name,
        theme=dossier.theme,
        decided_on=dossier.act.decided_on,
        published_on=day(publication.put_online_at),
    )


def _public_act(publication: Publication, found: AcknowledgedAct, ballot: Ballot | None) -> PublicAct:
    dossier = publication.dossier
    text = clean(sittings.version_of(ballot.item).deliberation if ballot else _decided(dossier))
    online = day(publication.put_online_at)
    return PublicAct(
        slug=publication.slug,
        url=url_of(publication.slug),
        number=found.act.number,
        object=dossier.object,
        body=author_of(dossier),
        kind=kind_of(dossier).name,
        feminine=kind_of(dossier).feminine,
        theme=dossier.theme,
        matter_code=dossier.subject_code,
        matter=_matter(dossier.subject_code),
        rapporteur=str(dossier.rapporteur or ""),
        decided_on=found.act.decided_on,
        received_on=found.received_on,
        cancelled_on=cancelled_on(dossier) if found.cancelled else None,
        unique_id=found.departure.unique_id,
        put_online_at=publication.put_online_at,
        published_on=online,
        author=publication.author,
        executory_on=publication.executory_on,
        executory_explanation=publication.executory_explanation,
        appeal=appeal_term(made_public_on=online),
        text=text,
        html=to_html(text),
        vote=ballot.sentence if ballot else "",
        vote_lines=tuple(ballot.lines) if ballot else (),
        sitting_id=ballot.item.sitting_id if ballot else None,
        documents=tuple(_file(label, attachment) for label, attachment in _documents(found)),
        annexes=tuple(_file(annex.title, annex) for annex in _annexes(publication)),
        sha256=found.signed.sha256,
    )


def _decided(dossier: Dossier) -> Doc:
    """The text of an act that no assembly voted: its last version."""
    found: Doc = versions.current(dossier).deliberation if dossier.version else dossier.deliberation
    return found


def _documents(found: AcknowledgedAct) -> list[tuple[str, Attachment]]:
    """The latest copy that carries the dates (made again once the publication has its own), and the original."""
    stamped = found.departure.stamped
    copies = [("Copie portant les dates", stamped)] if stamped else []
    return [*copies, ("Original signé", found.signed)]


def _annexes(publication: Publication) -> list[Attachment]:
    return attachments.public_of(publication.dossier)


def _file(label: str, attachment: Attachment) -> PublicFile:
    return PublicFile(
        id=attachment.id,
        label=label,
        name=attachment.name,
        media_type=attachment.media_type,
        size=attachment.size,
        sha256=attachment.sha256,
    )


def _matter(code: str) -> str:
    try:
        return matter_name(code)
    except UnknownMatter:
        return ""
