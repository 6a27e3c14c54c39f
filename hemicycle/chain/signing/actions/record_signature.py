"""Record the signed act, once verified against the bytes that were frozen."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.events import SignatureRecorded
from hemicycle.chain.signing.models import Act
from hemicycle.chain.signing.rules import NotTheSignature, check_signed
from hemicycle.dossier import access, attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Move, Stage
from hemicycle.protocols.pades.verdicts import Signature


class SignatureNotAccepted(ActionRefused):
    """The file is not the frozen act, well signed; the sentence says why."""


@transaction.atomic
def record_signature(
    *, dossier_id: UUID, signed: bytes, agent: Agent, at: dt.datetime, trust_roots: Sequence[bytes] = ()
) -> Act:
    """Keep the signed file: the frozen bytes, then one signature, intact, whole, timestamped, of the signatory.

    `trust_roots`: certificates (DER) its issuer must lead to; without any, the issuer is not judged. The same file
    twice changes nothing. Raises NotEntitled, SignatureNotAccepted, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Enregistrer une signature")
    act = Act.objects.select_related("signatory__agent", "frozen", "signed").filter(dossier=dossier).first()
    if act is not None and act.signed is not None and act.signed.sha256 == hashlib.sha256(signed).hexdigest():
        return act
    if act is None or act.state != Act.State.ORDERED:
        raise MoveNotAllowed(
            f"Aucune signature n’est ordonnée sur le dossier {dossier.number} : il est "
            f"« {Stage(dossier.stage).label} »."
        )
    found = _check(act, signed, trust_roots)

    dossier.move(Move.SIGNATURE_RECORDED, at=at)
    _write(act, dossier, signed, found, agent, at=at)

    journal.record(dossier, _event(act), by=agent, at=at, role=role)
    return act


def _check(act: Act, signed: bytes, trust_roots: Sequence[bytes]) -> Signature:
    try:
        return check_signed(
            signed=signed,
            frozen=attachments.read(act.frozen),
            signer=act.signatory.agent.full_name,
            trust_roots=trust_roots,
        )
    except NotTheSignature as reason:
        raise SignatureNotAccepted(
            f"Le fichier signé de l’acte {act.number} est refusé. {reason} Vérifiez le certificat du signataire."
        ) from reason


def _write(act: Act, dossier: Dossier, signed: bytes, found: Signature, agent: Agent, *, at: dt.datetime) -> None:
    act.signed = attachments.keep(
        dossier,
        signed,
        kind=Attachment.Kind.PRODUCED,
        title=f"Délibération n° {act.number}, signée",
        name=f"{act.number}-signe.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        derived_from=act.frozen,
    )
    act.state, act.signed_at = Act.State.SIGNED, found.stamped_at
    act.verification = {
        "signer": found.signer,
        "subject": found.subject,
        "issuer": found.issuer,
        "serial": found.serial,
        "level": f"PAdES-{found.level}",
        "timestamp": found.stamped_at.isoformat() if found.stamped_at else "",
        "trusted": found.trusted,
        "notes": list(found.notes),
    }
    act.save(update_fields=["signed", "state", "signed_at", "verification"])


def _event(act: Act) -> SignatureRecorded:
    return SignatureRecorded(
        number=act.number,
        frozen_sha256=act.frozen.sha256,
        signed_sha256=act.signed.sha256 if act.signed else "",
        signer=act.verification["signer"],
        level=act.verification["level"],
        timestamp=act.verification["timestamp"],
    )
