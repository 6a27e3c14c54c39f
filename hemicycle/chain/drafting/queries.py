"""What the edges may read while drafting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Body, ElectedMember, Role, Unit
from hemicycle.accounts.rights import rights_of
from hemicycle.chain.drafting import comments, related, rules
from hemicycle.chain.drafting.related import Related
from hemicycle.chain.drafting.writing import WRITABLE
from hemicycle.dossier import access, attachments, journal, outbox, reading_files
from hemicycle.dossier.models import Attachment, Comment, Dossier, JournalEntry, Reading, Version
from hemicycle.dossier.stages import MOVES, Move, Stage
from hemicycle.protocols.actes import default_classification


@dataclass(frozen=True, kw_only=True)
class Detail:
    """A dossier as its page shows it: texts, annexes, comments, versions, journal."""

    dossier: Dossier
    annexes: list[Attachment]
    #: What the chain has made: act, acknowledgement, stamped copy…; oldest first.
    produced: list[Attachment]
    #: Those that this reader may read, oldest first.
    comments: list[Comment]
    versions: list[Version]
    journal: list[JournalEntry]
    #: The version last on this reader's screen; 0 when never.
    last_read: int
    may_write: bool
    #: Whether this reader may settle any comment; its author always may.
    may_settle: bool = False
    #: The versions some of whose annexes, confidential, are left out of for this reader.
    abridged: frozenset[int] = frozenset()
    #: Its custom fields, its links, the deliberations of its report.
    related: Related = field(default_factory=Related)


def detail(*, dossier_id: UUID, agent: Agent, on: dt.date) -> Detail:
    """The dossier for a reader entitled to it. Raises Dossier.DoesNotExist for anyone else."""
    last_read = Reading.objects.filter(dossier=OuterRef("pk"), agent=agent).values("version")[:1]
    dossier = (
        related.annotated(access.visible_to(agent, on=on, one_by_one=True))
        .select_related("unit__parent__parent__parent", "drafter", "rapporteur__agent")
        .annotate(last_read=Coalesce(Subquery(last_read), 0), entitled=comments.entitled(agent, on=on))
        .get(id=dossier_id)
    )
    files = list(dossier.attachments.filter(removed_at=None).select_related("replaces").order_by("added_at", "name"))
    shown = reading_files.open_to(dossier, files, agent, on=on)
    hidden = {str(file.pk) for file in files} - {str(file.pk) for file in shown}
    versions = list(dossier.versions.select_related("author").order_by("number"))
    annexes = [file for file in shown if file.kind == Attachment.Kind.ANNEX]
    writes = may_write(dossier, agent, on=on)
    return Detail(
        dossier=dossier,
        annexes=sorted(annexes, key=lambda file: (file.order, file.added_at)),
        produced=[file for file in shown if file.kind == Attachment.Kind.PRODUCED],
        comments=[said for said in comments.of(dossier, agent, on=on) if not comments.bears_on_any(said, hidden)],
        versions=versions,
        abridged=reading_files.abridge(dossier, versions, agent, on=on),
        journal=journal.of(dossier),
        last_read=dossier.last_read,
        may_write=writes,
        may_settle=dossier.entitled or comments.drafts(agent, dossier, on=on),
        related=related.of(dossier, agent=agent, on=on, writes=writes),
    )


def may_write(dossier: Dossier, agent: Agent, *, on: dt.date) -> bool:
    if dossier.stage not in WRITABLE:
        return False
    return dossier.drafter_id == agent.pk or any(
        accounts.holds(agent, role, on=on, unit=dossier.unit if role == Role.DRAFTER else None)
        for role in (Role.DRAFTER, Role.ASSEMBLY_OFFICE)
    )


def may_withdraw(dossier: Dossier, agent: Agent, *, on: dt.date) -> bool:
    """Whether withdraw_dossier would let the agent, at this stage."""
    if dossier.stage not in MOVES[Move.WITHDRAWN].sources:
        return False
    if dossier.drafter_id == agent.pk:
        return True
    return accounts.holds(agent, Role.ASSEMBLY_OFFICE, Role.CHIEF_EXECUTIVE, Role.PRESIDENT, on=on)


def being_written(agent: Agent) -> QuerySet[Dossier]:
    """The agent's own drafts: to write or to correct."""
    return Dossier.objects.filter(drafter=agent, stage__in=WRITABLE).select_related("unit").order_by("-stage_since")


def mine(agent: Agent) -> QuerySet[Dossier]:
    """Every dossier that the agent drafts, latest first."""
    return Dossier.objects.filter(drafter=agent).select_related("unit").order_by("-opened_at")


def all_visible(agent: Agent, *, on: dt.date, words: str = "", stage: str = "") -> QuerySet[Dossier]:
    """The dossiers that the agent may read, latest first, narrowed by number or words of the object and by stage."""
    found = access.visible_to(agent, on=on).select_related("unit", "drafter").order_by("-stage_since", "number")
    if stage:
        found = found.filter(stage=stage)
    for word in words.split()[:8]:
        found = (
            found.filter(object__icontains=word)
            | found.filter(number__icontains=word)
            | found.filter(act_number__icontains=word)
        )
    return found


def attachment(*, attachment_id: UUID, agent: Agent, on: dt.date) -> tuple[Attachment, bytes]:
    """A file of a dossier that the agent may read, and its bytes. Raises Attachment.DoesNotExist otherwise."""
    found = Attachment.objects.select_related("dossier").get(id=attachment_id)
    if not access.may_read(agent, found.dossier, on=on) or not reading_files.may_open(found, agent, on=on):
        raise Attachment.DoesNotExist
    return found, attachments.read(found)


def units_to_draft_for(agent: Agent, *, on: dt.date) -> list[Unit]:
    """The units for which the agent may open a dossier."""
    roles = (Role.DRAFTER, Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.ASSEMBLY_OFFICE)
    rights = rights_of(agent, on=on)
    units = Unit.objects.on(on).order_by("name")
    if any(post.unit_id is None for post in rights.posts if post.role in roles):
        return list(units)
    return list(units.filter(id__in=rights.units(*roles)))


def to_attend_to(agent: Agent, *, on: dt.date, stages: Iterable[Stage] = ()) -> QuerySet[Dossier]:
    """The agent's own drafts, with every readable dossier at one of those stages: to be counted."""
    own = Dossier.objects.filter(drafter=agent, stage__in=WRITABLE)
    if not stages:
        return own
    # Two lists put together: an « or » between the conditions would have each dossier looked at.
    readable = access.visible_to(agent, on=on).filter(stage__in=list(stages))
    return Dossier.objects.filter(id__in=own.values("id").union(readable.values("id")))


def first_of_each(found: QuerySet[Dossier], *order: str, limit: int) -> QuerySet[Any]:
    """The first dossiers of each stage and nature in that order, at most so many; `total` says how many these have."""
    alike = [F("stage"), F("nature")]
    return found.annotate(
        place=Window(RowNumber(), partition_by=alike, order_by=[F(name) for name in order]),
        total=Window(Count("*"), partition_by=alike),
    ).filter(place__lte=limit)


def rapporteurs(*, on: dt.date) -> list[ElectedMember]:
    """Members who may report, those with a delegation first."""
    sitters = accounts.members_in_office(Body.COUNCIL, on=on)
    return [s.member for s in sitters if s.member.title] + [s.member for s in sitters if not s.member.title]


def subject_codes() -> list[tuple[str, str]]:
    """The matières to choose from: (« 7.5 », « 7.5 Finances locales / Subventions »)."""
    classification = default_classification()
    rows: list[tuple[str, str]] = []
    for code in sorted(c for c in classification.matieres if len(c) == 2):
        dotted = ".".join(str(level) for level in code)
        rows.append((dotted, f"{dotted} {' / '.join(classification.path(code))}"))
    return rows


def usual_subjects(act_type_id: int | None, unit_ids: Iterable[int]) -> list[str]:
    """The matières most often taken for that type of act, or else by those units: five at most."""
    rows = Dossier.objects.filter(unit__in=list(unit_ids))
    if act_type_id is not None:
        of_type = Dossier.objects.filter(act_type=act_type_id)
        rows = of_type if of_type.exists() else rows
    counted = rows.values("subject_code").annotate(times=Count("id")).order_by("-times", "subject_code")
    return [row["subject_code"] for row in counted[:5]]


def piece_types(nature: str) -> list[tuple[str, str]]:
    """The types of piece of an annex of an act of that nature: (« 99_DE », its label), in the nomenclature's order."""
    return list(rules.piece_types(nature).items())


def piece_type_of(annex: Attachment | None, nature: str) -> str:
    """The type under which an annex is filed: its own while its nature of act has it, the usual one otherwise."""
    own = annex.type_code if annex is not None else ""
    return own if own in rules.piece_types(nature) else rules.default_piece_type(nature)


@dataclass(frozen=True, kw_only=True)
class ToScan:
    """An annex that the antivirus has yet to see, with the text that it was made of."""

    annex_id: UUID
    name: str
    contents: tuple[bytes, ...]


def to_scan(*, dossier_id: UUID, sha256: str) -> list[ToScan]:
    """The annexes of that content that wait for the antivirus. Raises BlobLost, StoreUnavailable."""
    rows = Attachment.objects.filter(
        dossier=dossier_id, kind=Attachment.Kind.ANNEX, sha256=sha256, scanned_at=None
    ).select_related("derived_from")
    return [
        ToScan(
            annex_id=row.pk,
            name=row.name,
            contents=tuple(attachments.read(file) for file in (row, row.derived_from) if file),
        )
        for row in rows.order_by("added_at", "pk")
    ]


def left_unscanned(*, limit: int) -> list[tuple[UUID, str]]:
    """Dossier and content of annexes that may still change and that no antivirus has seen, oldest first."""
    rows = Attachment.objects.filter(
        kind=Attachment.Kind.ANNEX, removed_at=None, scanned_at=None, dossier__stage__in=WRITABLE
    )
    return list(rows.order_by("added_at", "pk").values_list("dossier", "sha256")[:limit])


def infected(dossier: Dossier) -> list[Attachment]:
    """The files given as annexes in which the antivirus found something, latest first."""
    rows = Attachment.objects.filter(dossier=dossier, kind=Attachment.Kind.INFECTED, derived_from=None)
    return list(rows.order_by("-added_at", "name"))


def scan_stalled(dossier: Dossier) -> bool:
    """Whether a file of the dossier waits for an antivirus that does not answer."""
    return outbox.troubled().filter(entry__dossier=dossier, carrier="scan_annex").exists()


def versions_read(agent: Agent, dossier_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The version of each dossier that the agent last had on screen; one never opened is left out."""
    rows = Reading.objects.filter(agent=agent, dossier__in=list(dossier_ids))
    return dict(rows.values_list("dossier_id", "version"))


def version(*, dossier_id: UUID, number: int, agent: Agent, on: dt.date) -> Version:
    """One version, for a reader entitled to the dossier. Raises Version.DoesNotExist otherwise."""
    visible = access.visible_to(agent, on=on, one_by_one=True).filter(id=dossier_id)
    found = Version.objects.select_related("author", "dossier").get(dossier__in=visible, number=number)
    reading_files.abridge(found.dossier, [found], agent, on=on)
    return found


def working_content(dossier: Dossier) -> dict[str, Any]:
    """The texts as they stand, in the shape of a version's."""
    return {"report": dossier.report, "deliberation": dossier.deliberation}
