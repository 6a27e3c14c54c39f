"""Attaching files to a dossier: the bytes first, durably, then the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from hemicycle.accounts.models import Agent
from hemicycle.dossier import blobs
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.rendering.pictures import Picture
from hemicycle.texts.images import accept_image, named
from hemicycle.texts.tree import Doc


def keep(
    dossier: Dossier,
    data: bytes,
    *,
    kind: str,
    title: str,
    name: str,
    media_type: str,
    by: Agent,
    at: dt.datetime,
    order: int = 0,
    to_control: bool = False,
    type_code: str = "",
    published: bool = True,
    derived_from: Attachment | None = None,
    in_booklet: bool = True,
    confidential: bool = False,
    pages: int | None = None,
    replaces: Attachment | None = None,
) -> Attachment:
    """Store the bytes and attach them to the dossier, in the caller's transaction."""
    blob = blobs.put(data)
    return Attachment.objects.create(
        dossier=dossier,
        kind=kind,
        title=title,
        name=name,
        sha256=blob.sha256,
        size=blob.size,
        media_type=media_type,
        order=order,
        to_control=to_control,
        type_code=type_code,
        published=published,
        derived_from=derived_from,
        in_booklet=in_booklet,
        confidential=confidential,
        pages=pages,
        replaces=replaces,
        added_by=by,
        added_at=at,
    )


def annexes_of(dossier: Dossier) -> list[Attachment]:
    """The annexes in force, in their order."""
    rows = Attachment.objects.filter(dossier=dossier, kind=Attachment.Kind.ANNEX, removed_at=None)
    return list(rows.order_by("order", "added_at"))


def public_of(dossier: Dossier) -> list[Attachment]:
    """The annexes that go out with the act, to partners and to the public; a confidential one never does."""
    return [annex for annex in annexes_of(dossier) if annex.published and not annex.confidential]


def printed_with(dossier: Dossier) -> list[tuple[int, Attachment]]:
    """Rank and annex of those that the report and the act name; a confidential one keeps its rank, unnamed."""
    return [(rank, a) for rank, a in enumerate(annexes_of(dossier), start=1) if not a.confidential]


def annexes_by_dossier(dossier_ids: Iterable[UUID]) -> dict[UUID, list[Attachment]]:
    """Dossier → its annexes in force, in their order: one query for a list."""
    rows = Attachment.objects.filter(dossier__in=list(dossier_ids), kind=Attachment.Kind.ANNEX, removed_at=None)
    found: dict[UUID, list[Attachment]] = {}
    for annex in rows.order_by("order", "added_at"):
        found.setdefault(annex.dossier_id, []).append(annex)
    return found


def pictures_of(dossier: Dossier, tree: Doc) -> dict[str, Picture]:
    """The images that a text of the dossier names, for the typesetter.

    The report of a companion is its lead's. An image taken out of the text since is still that of its versions.
    """
    wanted = named(tree) if tree else set()
    if not wanted:
        return {}
    holders = [dossier.pk, dossier.lead_id] if dossier.lead_id else [dossier.pk]
    rows = Attachment.objects.filter(dossier__in=holders, kind=Attachment.Kind.IMAGE, sha256__in=wanted)
    return {row.sha256: Picture(data=read(row), media_type=row.media_type) for row in rows}


def pictures_from(images: Mapping[str, bytes]) -> dict[str, Picture]:
    """The images of a file just read, SHA-256 → bytes, for the typesetter. Raises TextRefused."""
    return {sha256: Picture(data=data, media_type=accept_image(data)[0]) for sha256, data in images.items()}


def read(attachment: Attachment) -> bytes:
    """The bytes of the attachment. Raises BlobLost when the store is damaged."""
    return blobs.get(attachment.sha256)
