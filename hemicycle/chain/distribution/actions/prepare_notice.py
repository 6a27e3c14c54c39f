"""Send the act to a partner: for information, or as a notification with the ways and terms of appeal."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.distribution.conditions import require_acknowledged, require_direction
from hemicycle.chain.distribution.events import NoticePrepared
from hemicycle.chain.distribution.letters import letter_pdf
from hemicycle.chain.distribution.models import Notice, Partner
from hemicycle.chain.printing.document_models import chosen, printed
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.typography import short_date


class PartnerRefused(ActionRefused):
    """The name or the address of the partner cannot be used; the sentence says which and why."""


class AlreadyPrepared(ActionRefused):
    """The same act is already on its way to that address, in the same mode."""


class LetterRefused(ActionRefused):
    """The letter cannot be set; the sentence says why."""


@transaction.atomic
def prepare_notice(*, dossier_id: UUID, partner: str, email: str, mode: str, agent: Agent, at: dt.datetime) -> Notice:
    """Write the letter to the partner and post it; the partner enters the address book of the direction.

    `mode`: « information » or « notification ». Raises NotEntitled, NotAcknowledged, PartnerRefused,
    AlreadyPrepared, LetterRefused.
    """
    dossier = Dossier.objects.locked().select_related("unit").get(id=dossier_id)
    role = _require_sender(agent, dossier, on=day(at))
    found = require_acknowledged(dossier, what="Envoyer cet acte à un partenaire")
    name, address = _name(partner), _address(email)
    if mode not in Notice.Mode.values:
        raise PartnerRefused("Choisissez l’envoi pour information ou la notification.", field="mode")
    earlier = Notice.objects.filter(dossier=dossier, email__iexact=address, mode=mode).first()
    if earlier is not None:
        raise AlreadyPrepared(
            f"Cet acte a déjà été adressé à {address} ({Notice.Mode(mode).label}) le "
            f"{short_date(day(earlier.prepared_at))} ; l’envoi ne part pas deux fois.",
            field="email",
        )
    try:
        by = chosen("notice", on=day(at))
        pdf = letter_pdf(dossier, found, partner=name, mode=mode, at=at, model=by.model)
    except RenderingRefused as refusal:
        raise LetterRefused(str(refusal)) from refusal

    printed(by, pdf, dossier=dossier, at=at)
    rank = Notice.objects.filter(dossier=dossier).count() + 1
    letter = attachments.keep(
        dossier,
        pdf,
        kind=Attachment.Kind.PRODUCED,
        title=f"Lettre à {name}"[:250],
        name=f"{found.act.number}-lettre-{rank}.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        published=False,
    )
    notice = Notice.objects.create(
        dossier=dossier, partner=name, email=address, mode=mode, prepared_by=agent, prepared_at=at, letter=letter
    )
    Partner.objects.get_or_create(name=name, email=address, defaults={"unit": dossier.unit.direction})

    journal.record(dossier, NoticePrepared(partner=name, email=address, mode=mode), by=agent, at=at, role=role)
    return notice


def _require_sender(agent: Agent, dossier: Dossier, *, on: dt.date) -> str:
    if accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
        return Role.ASSEMBLY_OFFICE
    return require_direction(agent, dossier, on=on, what="Adresser l’acte à un partenaire")


def _name(partner: str) -> str:
    name = " ".join(partner.split())
    if not name:
        raise PartnerRefused("Donnez le nom du partenaire.", field="partner")
    if len(name) > 160 or not name.isprintable():
        raise PartnerRefused("Le nom du partenaire tient en 160 caractères ordinaires ; abrégez-le.", field="partner")
    return name


def _address(email: str) -> str:
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    # Quoted and bracketed forms are legal, and no partner has ever had one.
    if not address or not address.isascii() or len(address) > 254 or set(address) & set('"[]'):
        shown = "".join(c for c in email.strip() if c.isprintable())[:80]
        raise PartnerRefused(f"« {shown} » n’est pas une adresse électronique ; corrigez-la.", field="email")
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"
