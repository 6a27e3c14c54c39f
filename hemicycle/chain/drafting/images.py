"""The images of the texts of a dossier: files of it, named in the text by their SHA-256."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db.models import QuerySet

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.rules import clean_name
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.texts.images import accept_image, named
from hemicycle.texts.tree import Doc


def keep(dossier: Dossier, data: bytes, *, filename: str, by: Agent, at: dt.datetime) -> Attachment:
    """The image as a file of the dossier, found again when the same bytes are there.

    Raises TextRefused (not an image that a text may hold), NotAccepted (its name).
    """
    media_type, _, _ = accept_image(data)
    name = clean_name(filename)
    same = of(dossier).filter(sha256=hashlib.sha256(data).hexdigest()).first()
    return same or attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.IMAGE,
        title=name,
        name=name,
        media_type=media_type,
        by=by,
        at=at,
        published=False,
    )


def of(dossier: Dossier) -> QuerySet[Attachment]:
    """The images that the texts of the dossier may show."""
    return Attachment.objects.filter(dossier=dossier, kind=Attachment.Kind.IMAGE, removed_at=None)


def missing(dossier: Dossier, tree: Doc) -> int:
    """How many images of a clean text the dossier does not have."""
    wanted = named(tree)
    if not wanted:
        return 0
    return len(wanted - set(of(dossier).filter(sha256__in=wanted).values_list("sha256", flat=True)))
