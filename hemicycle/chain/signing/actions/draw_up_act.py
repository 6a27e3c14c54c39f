"""Draw up the act: its bytes are frozen, and wait for the signatory."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role, Signatory
from hemicycle.chain.signing.documents import act_pdf
from hemicycle.chain.signing.events import ActDrawnUp
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Ballot
from hemicycle.dossier import access, attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.rendering.compile import RenderingRefused


class NoSignatory(ActionRefused):
    """Nobody in office has a certificate to sign with."""


class NotPrintable(ActionRefused):
    """The act cannot be set on paper; the sentence says why."""


class NoBallot(ActionRefused):
    message = "Aucun vote enregistré n’adopte ce dossier : l’acte ne peut pas être mis en forme."


@transaction.atomic
def draw_up_act(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Act:
    """Set the adopted text as the act to sign, and freeze its bytes; again after a refused signature.

    Raises NotEntitled, MoveNotAllowed, NoBallot, NoSignatory, NotPrintable.
    """
    dossier = Dossier.objects.locked().select_related("unit__parent", "rapporteur__agent").get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, Role.ASSEMBLY_OFFICE, on=day(at), what="Mettre en forme un acte")
    dossier.move(Move.ACT_DRAWN_UP, at=at)
    ballot = sittings.ballot_of(dossier)
    if ballot is None or not ballot.adopted:
        raise NoBallot
    signatory = _signatory(on=day(at))

    frozen = _freeze(dossier, ballot, signatory, agent, at=at)
    act = _write(dossier, ballot, signatory, frozen, at=at)

    event = ActDrawnUp(number=act.number, sha256=frozen.sha256, signatory=str(signatory))
    journal.record(dossier, event, by=agent, at=at, role=role)
    return act


def _signatory(*, on: dt.date) -> Signatory:
    try:
        found = accounts.president_signatory(on=on)
    except LookupError as vacancy:
        raise NoSignatory(
            "Aucun président n’est en fonction à cette date : l’acte ne peut être signé par personne ; "
            "enregistrez son mandat avant de mettre l’acte en forme."
        ) from vacancy
    if found is None:
        raise NoSignatory(
            f"{accounts.president(on=on)} n’a pas de certificat de signature en vigueur ; l’administrateur doit "
            "l’enregistrer avant de mettre l’acte en forme."
        )
    return found


def _freeze(dossier: Dossier, ballot: Ballot, signatory: Signatory, agent: Agent, *, at: dt.datetime) -> Attachment:
    try:
        pdf = act_pdf(dossier, ballot, signatory, at=at)
    except RenderingRefused as refusal:
        raise NotPrintable(f"L’acte {dossier.act_number} ne peut pas être mis en forme. {refusal}") from refusal
    return attachments.keep(
        dossier,
        pdf,
        kind=Attachment.Kind.PRODUCED,
        title=f"Délibération n° {dossier.act_number}, avant signature",
        name=f"{dossier.act_number}.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        published=False,
    )


def _write(dossier: Dossier, ballot: Ballot, signatory: Signatory, frozen: Attachment, *, at: dt.datetime) -> Act:
    act, _ = Act.objects.update_or_create(
        dossier=dossier,
        defaults={
            "number": dossier.act_number,
            "decided_on": day(ballot.item.sitting.starts_at),
            "state": Act.State.TO_SIGN,
            "signatory": signatory,
            "frozen": frozen,
            "drawn_up_at": at,
            "ordered_by": None,
            "ordered_at": None,
            "refusal_reason": "",
        },
    )
    return act
