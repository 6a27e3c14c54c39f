"""The signatory signs with a tool and a certificate of their own, and brings the file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing import recording
from hemicycle.chain.signing.authority import awaiting, require_signatory
from hemicycle.chain.signing.events import SignatureBrought
from hemicycle.chain.signing.expected import former, printed
from hemicycle.chain.signing.models import Act, ExpectedSignature
from hemicycle.chain.signing.ordering import ordered
from hemicycle.chain.signing.recording import SignatureNotAccepted
from hemicycle.chain.signing.rules import Proofs
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import titled
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.protocols.pades.detached import embed, is_cms
from hemicycle.protocols.pades.prepare import SignatureRefused

__all__ = ["MAX_BYTES", "SignatureNotAccepted", "bring_signature"]

#: No act comes near it; what does is refused before it is read.
MAX_BYTES = 150 * 1024 * 1024


@transaction.atomic
def bring_signature(
    *, dossier_id: UUID, signed: bytes, agent: Agent, at: dt.datetime, trust_roots: Sequence[bytes] = ()
) -> Act:
    """Judge the file that the signatory signed elsewhere, or the detached CMS over the bytes given (prepare_blob), and
    keep it until a courier has asked if its certificate
    stands.

    What can be seen without asking anybody is judged at once, in words. Raises NotTheSignatory, SignatureNotAccepted,
    AlreadyOrdered, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    expected = awaiting(dossier)
    role, on_behalf_of = require_signatory(expected, agent, on=day(at))
    apart = expected.prepared is not None and is_cms(signed)
    if apart:
        signed = _embedded(expected, signed)
    _check_is_a_pdf(signed)
    # A signature made apart is timestamped by the courier.
    recording.judged(expected, signed, Proofs(trust_roots=trust_roots), at=at, stamped=not apart)

    act, covered = expected.act, former(expected)
    brought = attachments.keep(
        dossier,
        signed,
        kind=Attachment.Kind.PRODUCED,
        title=f"{titled(dossier)}, avec la signature de {agent.full_name}, à vérifier",
        name=f"{act.number}-apporte-{expected.rank}.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        derived_from=covered,
        published=False,
    )
    ordered(expected, agent, at=at, brought=brought)

    event = SignatureBrought(
        number=act.number,
        sha256=covered.sha256,
        brought_sha256=hashlib.sha256(signed).hexdigest(),
        capacity=printed(expected),
        rank=expected.rank,
    )
    journal.record(dossier, event, by=agent, at=at, role=role, on_behalf_of=on_behalf_of)
    return act


def _embedded(expected: ExpectedSignature, content: bytes) -> bytes:
    assert expected.prepared is not None
    try:
        return embed(attachments.read(expected.prepared), content)
    except SignatureRefused as refusal:
        raise SignatureNotAccepted(str(refusal)) from refusal


def _check_is_a_pdf(signed: bytes) -> None:
    if len(signed) > MAX_BYTES:
        raise SignatureNotAccepted("Le fichier dépasse 150 Mo : ce n’est pas l’acte signé ; choisissez le bon fichier.")
    if not signed.startswith(b"%PDF-"):
        raise SignatureNotAccepted(
            "Ce fichier n’est pas un PDF ; rapportez l’acte que vous avez signé, ou la signature à part (.p7s) du bloc "
            "que vous avez téléchargé ici."
        )
