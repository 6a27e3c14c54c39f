"""The seal of the organisation on a copy: it says where the copy comes from, and signs nothing in anybody's name."""

from __future__ import annotations

from hemicycle.chain.signing.rules import NotTheSignature, Proofs
from hemicycle.protocols.pades.frozen import NotTheFrozenDocument, check_extends
from hemicycle.protocols.pades.verdicts import Signature
from hemicycle.protocols.pades.verify import Unreadable, verify


def check_sealed(*, sealed: bytes, copy: bytes, proofs: Proofs) -> Signature:
    """The seal just added to the very bytes of `copy`: an organisation's, whole, timestamped.

    Raises NotTheSignature.
    """
    try:
        check_extends(signed=sealed, frozen=copy)
        verdict = verify(sealed, trust_roots=proofs.trust_roots, ocsp_responses=proofs.ocsp_responses, crls=proofs.crls)
    except (NotTheFrozenDocument, Unreadable) as reason:
        raise NotTheSignature(str(reason)) from reason
    if verdict.faults:
        raise NotTheSignature(verdict.faults[0])
    found = verdict.signatures[-1]
    if not found.intact or found.stamped_at is None:
        raise NotTheSignature(f"Le cachet de « {found.signer} » n’est pas intact et horodaté.")
    if not found.seal:
        raise NotTheSignature(
            f"La clé du cachet est celle d’une personne, « {found.signer} » : un cachet demande un certificat "
            "d’organisation."
        )
    return found
