"""Which files of a dossier one of its readers may read: confidential ones are for few, unscanned ones for nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from hemicycle.accounts.models import Agent
from hemicycle.dossier import access
from hemicycle.dossier.models import Attachment, Dossier, Version
from hemicycle.dossier.stages import Stage

#: Produced files that hold all the annexes: what left for the préfecture, the package of the archive.
BUNDLES = ("application/zip", "application/gzip", "application/x-gzip", "application/x-tar")
#: While the annexes may still change; what went further was found clean, or came before the antivirus.
SCANNED_WHILE = (Stage.DRAFTING, Stage.TO_CORRECT)


def open_to(dossier: Dossier, files: Iterable[Attachment], agent: Agent, *, on: dt.date) -> list[Attachment]:
    """The files, of those of the dossier, that this reader of it may be told of."""
    shown = list(files)
    secret = {file.pk for file in shown if _secret(file, shown)}
    if not secret or access.may_read_confidential(agent, dossier, on=on):
        return shown
    return [file for file in shown if file.pk not in secret]


def _secret(file: Attachment, among: list[Attachment]) -> bool:
    if file.kind == Attachment.Kind.PRODUCED and file.media_type in BUNDLES:
        return any(other.confidential for other in among)
    return file.confidential


def abridge(dossier: Dossier, versions: Iterable[Version], agent: Agent, *, on: dt.date) -> frozenset[int]:
    """Leave the confidential annexes out of versions just read, for who may not know of them; the numbers of those.

    Such a version has no longer the content that its digest is of: it is to be shown, never checked nor saved.
    """
    secret = [version for version in versions if any(annex.get("confidential") for annex in version.annexes)]
    if not secret or access.may_read_confidential(agent, dossier, on=on):
        return frozenset()
    for version in secret:
        version.annexes = [annex for annex in version.annexes if not annex.get("confidential")]
    return frozenset(version.number for version in secret)


def may_open(file: Attachment, agent: Agent, *, on: dt.date) -> bool:
    """Whether a reader of its dossier may have its bytes; nobody has those of an infected or unscanned file."""
    if file.kind == Attachment.Kind.INFECTED or being_scanned(_annex_of(file)):
        return False
    kept = file.dossier.attachments.filter(confidential=True)
    secret = file.confidential
    if file.kind == Attachment.Kind.PRODUCED and file.media_type in BUNDLES:
        secret = kept.exists()
    return not secret or access.may_read_confidential(agent, file.dossier, on=on)


def _annex_of(file: Attachment) -> Attachment:
    """The annex that was made of a text, for that text; the file itself otherwise."""
    if file.kind != Attachment.Kind.SOURCE:
        return file
    made = Attachment.objects.filter(derived_from=file).select_related("dossier").order_by("added_at")
    return made.first() or file


def being_scanned(file: Attachment) -> bool:
    """Whether the antivirus has yet to say something of this annex: until then, nobody reads or submits it."""
    if not settings.CLAMD or file.kind not in (Attachment.Kind.ANNEX, Attachment.Kind.INFECTED):
        return False
    return file.scanned_at is None and file.dossier.stage in SCANNED_WHILE
