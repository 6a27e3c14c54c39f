"""What becomes of a file given as an annex: judged, set as PDF where it is a text, weighed, laid in the dossier."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pikepdf
from django.db.models import Sum

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.rules import (
    MAX_TITLE,
    MAX_TRANSMISSION,
    Accepted,
    NotAccepted,
    accept_file,
    accept_piece_type,
    archivable,
    default_piece_type,
)
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.annex import Annex, render_annex
from hemicycle.rendering.blocks import Letterhead
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.texts.images import named
from hemicycle.texts.reading import read_document
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.typed import one_line

#: Bytes of an act set as PDF/A, signed and timestamped, besides its images: what most weigh.
ACT_WITHOUT_IMAGES = 200_000


class AnnexRefused(ActionRefused):
    """The file cannot be an annex; the sentence names it and says what to do."""


class NoSuchAnnex(ActionRefused):
    message = "Cette annexe n’est plus dans le dossier ; rechargez la page."


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A file accepted, as it will lie in the dossier."""

    data: bytes
    accepted: Accepted
    title: str
    type_code: str
    #: The PDF/A made of a text; None for what joins as it is.
    pdf: bytes | None = None

    @property
    def size(self) -> int:
        return len(self.pdf if self.pdf is not None else self.data)

    @property
    def name(self) -> str:
        return self.accepted.name if self.pdf is None else f"{self.accepted.name.rsplit('.', 1)[0]}.pdf"


def prepared(
    dossier: Dossier, data: bytes, filename: str, *, title: str, type_code: str, order: int, at: dt.datetime
) -> Prepared:
    """The file judged, and set as PDF/A when it is a text. Raises AnnexRefused, naming the field at fault."""
    try:
        accepted = accept_file(data, filename)
    except NotAccepted as refusal:
        raise AnnexRefused(str(refusal), field="file") from refusal
    name = accepted_title(title, accepted.name)
    code = accepted_type(type_code, dossier.nature)
    pdf = _set_as_pdf(dossier, data, accepted, name, order, at) if accepted.editable else None
    return Prepared(data=data, accepted=accepted, title=name, type_code=code, pdf=pdf)


def accepted_title(title: str, file: str) -> str:
    """The title on one line. Raises AnnexRefused."""
    name = one_line(title, MAX_TITLE)
    if not name:
        raise AnnexRefused(f"Donnez un titre à l’annexe « {file} ».", field="title")
    try:
        return archivable(name, "Le titre de l’annexe")
    except NotAccepted as refusal:
        raise AnnexRefused(str(refusal), field="title") from refusal


def accepted_type(code: str, nature: str) -> str:
    """The type of piece, for an act of that nature; the usual one when none is chosen. Raises AnnexRefused."""
    try:
        return accept_piece_type(code or default_piece_type(nature), nature)
    except NotAccepted as refusal:
        raise AnnexRefused(str(refusal), field="type_code") from refusal


def _set_as_pdf(dossier: Dossier, data: bytes, accepted: Accepted, title: str, order: int, at: dt.datetime) -> bytes:
    """The annex written in a word processor, set again as PDF/A: the préfecture takes no .odt (norms/actes §5)."""
    try:
        reading = read_document(data, accepted.name)
        letterhead = Letterhead(departement=accounts.authority().name, direction=dossier.unit.direction.name)
        pictures = attachments.pictures_from(reading.images)
        annex = Annex(letterhead=letterhead, number=order, title=title, text=reading.doc, pictures=pictures)
        return render_annex(annex, at=at)
    except (TextRefused, RenderingRefused) as refusal:
        raise AnnexRefused(str(refusal), field="file") from refusal


def flags(*, to_control: bool, published: bool, in_booklet: bool, confidential: bool) -> dict[str, Any]:
    """The flags as they hold together: a confidential annex is neither published nor in the members' booklet."""
    return {
        "to_control": to_control,
        "published": published and not confidential,
        "in_booklet": in_booklet and not confidential,
        "confidential": confidential,
    }


def lay(
    dossier: Dossier,
    given: Prepared,
    *,
    order: int,
    by: Agent,
    at: dt.datetime,
    replaces: Attachment | None,
    **flags: Any,
) -> Attachment:
    """The annex, and before it the text that it was made of, in the caller's transaction."""
    secret = flags["confidential"]
    source = None
    if given.pdf is not None:
        source = attachments.keep(
            dossier,
            given.data,
            kind=Attachment.Kind.SOURCE,
            title=given.title,
            name=given.accepted.name,
            media_type=given.accepted.media_type,
            by=by,
            at=at,
            published=False,
            confidential=secret,
        )
    data = given.pdf if given.pdf is not None else given.data
    media_type = "application/pdf" if given.pdf is not None else given.accepted.media_type
    return attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.ANNEX,
        title=given.title,
        name=given.name,
        media_type=media_type,
        by=by,
        at=at,
        order=order,
        type_code=given.type_code,
        derived_from=source,
        pages=pages_of(data) if media_type == "application/pdf" else None,
        replaces=replaces,
        **flags,
    )


def pages_of(data: bytes) -> int | None:
    """Pages of a PDF; None for what cannot be opened."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, ValueError):
        return None


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What would leave for the control of legality, in bytes."""

    annexes: int
    #: Estimated: the act is made after the vote.
    act: int
    limit: int

    @property
    def total(self) -> int:
        return self.annexes + self.act


def weight_of(dossier: Dossier) -> Weight:
    """The annexes to be transmitted, and the act with the images of its deliberation."""
    sent = Attachment.objects.filter(dossier=dossier, kind=Attachment.Kind.ANNEX, removed_at=None, to_control=True)
    shown = named(dossier.deliberation) if dossier.deliberation else set()
    pictures = Attachment.objects.filter(dossier=dossier, kind=Attachment.Kind.IMAGE, sha256__in=shown)
    act = ACT_WITHOUT_IMAGES + ((pictures.aggregate(total=Sum("size"))["total"] or 0) if shown else 0)
    return Weight(annexes=sent.aggregate(total=Sum("size"))["total"] or 0, act=act, limit=MAX_TRANSMISSION)


def check_weight(dossier: Dossier, size: int, name: str) -> None:
    """Raises AnnexRefused when, with that many bytes more, the transmission would be refused."""
    weight = weight_of(dossier)
    if weight.total + size > weight.limit:
        raise AnnexRefused(
            f"Avec « {name} », l’acte et ses annexes transmises pèseraient {(weight.total + size) // 1_048_576} Mo ; "
            f"la préfecture n’accepte pas plus de {weight.limit // 1_048_576} Mo par acte : allégez une annexe, "
            "retirez-la ou ne la transmettez pas.",
            field="file",
        )


def annex_in(dossier: Dossier, annex_id: UUID) -> Attachment:
    """The annex in force. Raises NoSuchAnnex."""
    found = next((annex for annex in attachments.annexes_of(dossier) if annex.id == annex_id), None)
    if found is None:
        raise NoSuchAnnex
    return found


def same_bytes(kept: Attachment, data: bytes) -> bool:
    """Whether the file given is the one already kept."""
    return kept.size == len(data) and kept.sha256 == hashlib.sha256(data).hexdigest()
