"""Deliver a certified extract of the register: one signed act, and who answers for the copy."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.printing.document_models import chosen, printed
from hemicycle.chain.registers.documents import extract_pdf
from hemicycle.chain.registers.events import ExtractCertified
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import access, attachments, journal, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.compile import RenderingRefused


class NothingToCertify(ActionRefused):
    """The register has no signed act under that number; the sentence says what it has."""


class NotPrintable(ActionRefused):
    """The extract cannot be set on paper; the sentence says why."""


@transaction.atomic
def certify_extract(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Attachment:
    """Set the extract of a signed act, keep it in the dossier and journal its digest.

    Raises NotEntitled, NothingToCertify, NotPrintable.
    """
    dossier = Dossier.objects.locked().select_related("unit").get(id=dossier_id)
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Certifier un extrait du registre")
    line = register.line_of(dossier)
    act = Act.objects.select_related("signed", "signatory__agent").filter(dossier=dossier).first()
    if line is not None and line.cancelled_reason:
        raise NothingToCertify(f"Le numéro {line.act_number} est annulé : il n’y a pas d’acte à certifier.")
    if line is None or act is None or act.signed is None:
        raise NothingToCertify(f"Le dossier {dossier.number} n’a pas d’acte signé ; l’extrait se délivre ensuite.")

    try:
        by = chosen("extract", on=day(at))
        pdf = extract_pdf(dossier, act, agent, at=timezone.localtime(at), model=by.model)
    except RenderingRefused as refusal:
        raise NotPrintable(f"L’extrait de l’acte {act.number} ne peut pas être mis en forme. {refusal}") from refusal
    printed(by, pdf, dossier=dossier, at=at)
    kept = attachments.keep(
        dossier,
        pdf,
        kind=Attachment.Kind.PRODUCED,
        title=f"Extrait certifié conforme, acte n° {act.number}",
        name=f"{act.number}-extrait.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        published=False,
    )

    event = ExtractCertified(number=act.number, sha256=kept.sha256)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return kept
