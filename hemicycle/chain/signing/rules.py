"""What makes a signed file acceptable: pure checks, each reproach a French sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from hemicycle.protocols.pades.frozen import NotTheFrozenDocument, check_extends
from hemicycle.protocols.pades.verdicts import Signature
from hemicycle.protocols.pades.verify import Unreadable, verify


class NotTheSignature(ValueError):
    """The file is not the frozen act signed by whom it should be; the sentence says why."""


def check_signed(*, signed: bytes, frozen: bytes, signer: str, trust_roots: Sequence[bytes]) -> Signature:
    """The one signature of the act: over its very bytes, by that person, intact, over all of it, timestamped.

    Without trust roots the issuer of the certificate is not judged. Raises NotTheSignature.
    """
    try:
        check_extends(signed=signed, frozen=frozen)
        verdict = verify(signed, trust_roots=trust_roots)
    except (NotTheFrozenDocument, Unreadable) as reason:
        raise NotTheSignature(str(reason)) from reason
    if verdict.faults:
        raise NotTheSignature(verdict.faults[0])
    if len(verdict.signatures) != 1:
        raise NotTheSignature(f"L’acte porte {len(verdict.signatures)} signatures au lieu d’une.")
    (found,) = verdict.signatures
    # At level B-LTA a document timestamp follows, which check_extends has counted and verify has judged.
    if not (found.intact and (found.covers_whole_document or found.level == "B-LTA")):
        raise NotTheSignature(f"La signature de « {found.signer} » ne couvre pas tout l’acte.")
    if found.stamped_at is None:
        raise NotTheSignature(f"La signature de « {found.signer} » n’est pas horodatée.")
    if not names(found.signer, signer):
        raise NotTheSignature(f"L’acte est signé par « {found.signer} » ; la signature attendue est celle de {signer}.")
    return found


def names(common_name: str, full_name: str) -> bool:
    """Whether a certificate's common name is that person's, whatever the accents, the capitals and the order."""
    wanted = _words(full_name)
    return bool(wanted) and wanted <= _words(common_name)


def _words(name: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", plain.casefold()))
