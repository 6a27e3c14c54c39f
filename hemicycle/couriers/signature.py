"""Carry the frozen act to the signing service, and bring the signed one back; judge those signed elsewhere."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from django.conf import settings

from hemicycle.accounts import queries as accounts
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.signing.actions.record_signature import record_signature
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.signature.brought import proof_of
from hemicycle.gateways.signature.errors import Rejected, Unreachable


def sign(task: Task, world: World) -> Outcome:
    """Have the ordered bytes signed in the signatory's name, then verified and kept.

    Signing twice after a crash harms nobody: nothing left the building, and one file only is kept.
    """
    if task.dossier is None:
        return DONE
    order = signing.signing_bytes(task.dossier)
    if not order.to_carry or order.brought or order.sha256 != task.facts["sha256"]:
        return DONE
    authority = accounts.authority()
    try:
        # Outside any transaction: the timestamping service may take its time.
        signed = world.signer(order.key_name).sign(
            order.frozen,
            at=world.clock(),
            reason=order.reason,
            location=authority.city,
            contact=authority.contact_email,
        )
        roots = trust_roots()
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    record_signature(
        dossier_id=task.dossier, signed=signed, trust_roots=roots, agent=accounts.courier(), at=world.clock()
    )
    return DONE


def verify_brought(task: Task, world: World) -> Outcome:
    """Ask the authority of the certificate whether it stands, then judge and keep the file that the person brought."""
    if task.dossier is None:
        return DONE
    order = signing.signing_bytes(task.dossier)
    if not order.to_carry or not order.brought or order.sha256 != task.facts["sha256"]:
        return DONE
    try:
        roots = trust_roots()
        proof = proof_of(order.brought, at=world.clock(), known=roots)
    except Unreachable as silence:
        return Later(why=str(silence))
    except Rejected as refusal:
        return GiveUp(why=str(refusal))
    record_signature(
        dossier_id=task.dossier,
        signed=order.brought,
        trust_roots=roots,
        ocsp_responses=proof.ocsp_responses,
        crls=proof.crls,
        agent=accounts.courier(),
        at=world.clock(),
    )
    return DONE


def trust_roots() -> list[bytes]:
    """The authorities to which the signatory's certificate must lead, in DER; none when no file is set.

    Raises Rejected when the file cannot be read: no signature is recorded unjudged by mistake.
    """
    if not settings.SIGNATURE_TRUST:
        return []
    try:
        found = load_pem_x509_certificates(Path(settings.SIGNATURE_TRUST).read_bytes())
    except (OSError, ValueError) as error:
        raise Rejected(
            "Le fichier des autorités de signature reconnues est illisible ; l’administrateur doit vérifier "
            "HEMICYCLE_SIGNATURE_TRUST."
        ) from error
    return [certificate.public_bytes(Encoding.DER) for certificate in found]
