"""Build the package of the act for the archive."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.archiving.events import PackageBuilt
from hemicycle.chain.archiving.facts import affair_of
from hemicycle.chain.archiving.locking import last_deposit
from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.archiving.package import transfer_of
from hemicycle.chain.archiving.rules import message_identifier, next_attempt
from hemicycle.dossier import access, attachments, journal, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import titled
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import MADE_PUBLIC, Stage
from hemicycle.protocols.seda.package import InvalidTransfer
from hemicycle.protocols.seda.sip import Sip, build_sip
from hemicycle.rendering.compile import RenderingRefused


class PackageRefused(ActionRefused):
    """The archive would not take this package; the sentence says why."""


@transaction.atomic
def build_package(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Deposit:
    """Freeze the package's bytes under an identifier of its own; while one is under way, it is returned as it is.

    Raises NotEntitled, MoveNotAllowed, PackageRefused.
    """
    dossier = Dossier.objects.locked().select_related("unit", "rapporteur__agent").get(id=dossier_id)
    role = access.require_role(
        agent, Role.COURIER, Role.ASSEMBLY_OFFICE, Role.ARCHIVIST, on=day(at), what="Préparer un versement"
    )
    earlier = last_deposit(dossier)
    if earlier is not None and not _again(earlier, dossier):
        return earlier
    if dossier.stage not in MADE_PUBLIC:
        raise MoveNotAllowed(
            f"Le dossier {dossier.number} est « {Stage(dossier.stage).label} » : seul un acte publié ou notifié, et "
            "dont le versement n’est pas en cause, se prépare pour l’archive."
        )
    attempt = earlier.attempt + 1 if earlier else 1
    sip = _build(dossier, _identifier(earlier, attempt, at=at), earlier, at=at)

    deposit = Deposit.objects.create(
        dossier=dossier,
        attempt=attempt,
        message_identifier=sip.identifier,
        package=_keep(dossier, sip, agent, at=at),
        prepared_at=at,
    )

    event = PackageBuilt(message_identifier=sip.identifier, sha256=deposit.package.sha256, documents=len(sip.pieces))
    journal.record(dossier, event, by=agent, at=at, role=role)
    return deposit


def _again(earlier: Deposit, dossier: Dossier) -> bool:
    """After a refusal; or after a first deposit of an act that was cancelled, then transmitted again."""
    if earlier.state == Deposit.State.ACCEPTED:
        return dossier.stage in MADE_PUBLIC
    return earlier.state == Deposit.State.REFUSED


def _identifier(earlier: Deposit | None, attempt: int, *, at: dt.datetime) -> str:
    if earlier is not None:
        return next_attempt(earlier.message_identifier, attempt=attempt)
    year = day(at).year
    return message_identifier(year=year, number=register.next_number("HEM", year=year), attempt=attempt)


def _build(dossier: Dossier, identifier: str, earlier: Deposit | None, *, at: dt.datetime) -> Sip:
    affair = affair_of(dossier)
    if affair is None:
        raise PackageRefused(
            f"Le dossier {dossier.number} n’a pas son accusé de réception, ou n’est ni publié ni notifié : rien à "
            "verser."
        )
    comment = f"{titled(dossier)} : {dossier.object}"
    if earlier is not None:
        fate = "refusé" if earlier.state == Deposit.State.REFUSED else "accepté avant une nouvelle transmission"
        comment += f" (remplace le transfert {earlier.message_identifier}, {fate})"
    try:
        return build_sip(transfer_of(affair, accounts.authority(), identifier=identifier, comment=comment, at=at))
    except (InvalidTransfer, RenderingRefused) as refusal:
        raise PackageRefused(str(refusal)) from refusal


def _keep(dossier: Dossier, sip: Sip, agent: Agent, *, at: dt.datetime) -> Attachment:
    return attachments.keep(
        dossier,
        sip.data,
        kind=Attachment.Kind.PRODUCED,
        title=f"Paquet de versement {sip.identifier}",
        name=f"{sip.identifier}.zip",
        media_type="application/zip",
        by=agent,
        at=at,
        published=False,
    )
