"""Record the act as it came back signed, once verified against the bytes that were ordered."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing import recording
from hemicycle.chain.signing.authority import the_turn
from hemicycle.chain.signing.expected import State, former
from hemicycle.chain.signing.models import Act, ExpectedSignature
from hemicycle.chain.signing.recording import SignatureNotAccepted
from hemicycle.chain.signing.rules import Proofs
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Move

__all__ = ["SignatureNotAccepted", "record_signature"]


@transaction.atomic
def record_signature(
    *,
    dossier_id: UUID,
    signed: bytes,
    agent: Agent,
    at: dt.datetime,
    trust_roots: Sequence[bytes] = (),
    ocsp_responses: Sequence[bytes] = (),
    crls: Sequence[bytes] = (),
) -> Act:
    """Keep the signed file: the bytes ordered, then one signature, intact, whole, timestamped, of who ordered it.

    The last signature expected takes the dossier to « signé »; after another, the next signatory's turn comes.
    `trust_roots`: certificates (DER) its issuer must lead to; without any, the issuer is not judged. The same file
    twice changes nothing. Raises NotEntitled, SignatureNotAccepted, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Enregistrer une signature")
    kept = _kept(dossier, signed)
    if kept is not None:
        return kept
    expected = the_turn(dossier)
    if expected is None or expected.state != State.ORDERED:
        raise MoveNotAllowed(
            f"Aucune signature n’est ordonnée sur le dossier {dossier.number} : il est "
            f"« {dossier.get_stage_display()} »."
        )
    proofs = Proofs(trust_roots=trust_roots, ocsp_responses=ocsp_responses, crls=crls)
    found = recording.judged(expected, signed, proofs, at=at)

    covered = former(expected)
    following = recording.keep(expected, dossier, signed, found, agent, at=at)
    if following is None:
        dossier.move(Move.SIGNATURE_RECORDED, at=at)

    journal.record(dossier, recording.event(expected, covered, following), by=agent, at=at, role=role)
    return expected.act


def _kept(dossier: Dossier, signed: bytes) -> Act | None:
    """The act, when this very file was recorded already."""
    digest = hashlib.sha256(signed).hexdigest()
    found = ExpectedSignature.objects.filter(act__dossier=dossier, signed__sha256=digest).select_related("act").first()
    return found.act if found else None
