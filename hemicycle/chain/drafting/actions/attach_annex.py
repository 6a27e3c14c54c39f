"""Attach an annex to the dossier."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.events import AnnexAttached
from hemicycle.chain.drafting.rules import (
    MAX_TRANSMISSION,
    Accepted,
    NotAccepted,
    accept_file,
    accept_piece_type,
    archivable,
)
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.annex import Annex, render_annex
from hemicycle.rendering.blocks import Letterhead
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.texts.reading import read_document
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.typed import one_line

#: Type of piece of an annex of a deliberation when none was chosen (norms/actes §3).
DEFAULT_TYPE = "99_DE"


class AnnexRefused(ActionRefused):
    """The file cannot be an annex; the sentence names it and says what to do."""


@transaction.atomic
def attach_annex(
    *,
    dossier_id: UUID,
    data: bytes,
    filename: str,
    title: str,
    to_control: bool,
    agent: Agent,
    at: dt.datetime,
    type_code: str = "",
    published: bool = True,
) -> Attachment:
    """Add an annex at the end of the list; a .docx or .odt is also set as PDF/A, which is the annex in force.

    `to_control`: sent to the control of legality, with its type of piece. Raises NotEntitled, TextFrozen,
    AnnexRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    accepted, name, code = _checked(data, filename, title=title, type_code=type_code)
    order = len(attachments.annexes_of(dossier)) + 1
    pdf = _set_as_pdf(dossier, data, accepted, name, order, at) if accepted.editable else None
    _check_budget(dossier, len(pdf or data), accepted.name)

    source = None
    if pdf is not None:
        source = attachments.keep(
            dossier,
            data,
            kind=Attachment.Kind.SOURCE,
            title=name,
            name=accepted.name,
            media_type=accepted.media_type,
            by=agent,
            at=at,
            published=False,
        )
    annex = attachments.keep(
        dossier,
        pdf if pdf is not None else data,
        kind=Attachment.Kind.ANNEX,
        title=name,
        name=f"{accepted.name.rsplit('.', 1)[0]}.pdf" if pdf is not None else accepted.name,
        media_type="application/pdf" if pdf is not None else accepted.media_type,
        by=agent,
        at=at,
        order=order,
        to_control=to_control,
        type_code=code,
        published=published,
        derived_from=source,
    )

    event = AnnexAttached(title=name, file=annex.name, sha256=annex.sha256, to_control=to_control)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return annex


def _checked(data: bytes, filename: str, *, title: str, type_code: str) -> tuple[Accepted, str, str]:
    """The file, its title and its type of piece, as accepted. Raises AnnexRefused, naming the field."""
    try:
        accepted = accept_file(data, filename)
    except NotAccepted as refusal:
        raise AnnexRefused(str(refusal), field="file") from refusal
    name = one_line(title, 250)
    if not name:
        raise AnnexRefused(f"Donnez un titre à l’annexe « {accepted.name} ».", field="title")
    try:
        archivable(name, "Le titre de l’annexe")
    except NotAccepted as refusal:
        raise AnnexRefused(str(refusal), field="title") from refusal
    try:
        code = accept_piece_type(type_code or DEFAULT_TYPE)
    except NotAccepted as refusal:
        raise AnnexRefused(str(refusal), field="type_code") from refusal
    return accepted, name, code


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


def _check_budget(dossier: Dossier, size: int, name: str) -> None:
    kept = Attachment.objects.filter(dossier=dossier, kind=Attachment.Kind.ANNEX, removed_at=None)
    total = (kept.aggregate(total=Sum("size"))["total"] or 0) + size
    if total > MAX_TRANSMISSION:
        raise AnnexRefused(
            f"Avec « {name} », les annexes pèseraient {total // 1_048_576} Mo ; la préfecture n’accepte pas plus de "
            f"{MAX_TRANSMISSION // 1_048_576} Mo par acte : allégez ou retirez une annexe.",
            field="file",
        )
