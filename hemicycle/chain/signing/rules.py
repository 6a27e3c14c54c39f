"""What makes a signed file acceptable: pure checks, each reproach a French sentence."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from hemicycle.protocols.pades.frozen import NotTheFrozenDocument, check_extends
from hemicycle.protocols.pades.holders import last_holder
from hemicycle.protocols.pades.verdicts import Signature
from hemicycle.protocols.pades.verify import Unreadable, verify


class NotTheSignature(ValueError):
    """The file is not the frozen act signed by whom it should be; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Proofs:
    """What a signature is judged by, in DER; without any root its issuer is not judged."""

    trust_roots: Sequence[bytes] = ()
    ocsp_responses: Sequence[bytes] = ()
    crls: Sequence[bytes] = ()


def check_signed(
    *,
    signed: bytes,
    former: bytes,
    signers: Sequence[str],
    proofs: Proofs,
    unstamped_at: dt.datetime | None = None,
) -> Signature:
    """The signature just added: over the very bytes of `former`, by the last of `signers`, whole, timestamped.

    `former` is the act with the signatures before it, already judged so: each therefore covered all of the act when
    it was made. Those must still hold, by the people before in `signers`. `unstamped_at`: the moment on which
    the last is judged when its timestamp is still to come. Raises NotTheSignature.
    """
    try:
        check_extends(signed=signed, frozen=former)
        verdict = verify(signed, trust_roots=proofs.trust_roots, ocsp_responses=proofs.ocsp_responses, crls=proofs.crls)
    except (NotTheFrozenDocument, Unreadable) as reason:
        raise NotTheSignature(str(reason)) from reason
    if verdict.faults:
        raise NotTheSignature(verdict.faults[0])
    if len(verdict.signatures) != len(signers):
        raise NotTheSignature(f"L’acte porte {len(verdict.signatures)} signatures au lieu de {len(signers)}.")
    found = verdict.signatures[-1]
    for one, signer in zip(verdict.signatures, signers, strict=True):
        _check_one(one, signer, stamped=unstamped_at is None or one is not found)
    if not found.covers_whole_document and found.level != "B-LTA":
        raise NotTheSignature(f"La signature de « {found.signer} » ne couvre pas tout l’acte.")
    _check_dates(found, signed, found.stamped_at or unstamped_at)
    return found


def _check_one(found: Signature, signer: str, *, stamped: bool) -> None:
    if not found.intact:
        raise NotTheSignature(f"La signature de « {found.signer} » n’est pas intacte.")
    if stamped and found.stamped_at is None:
        raise NotTheSignature(
            f"La signature de « {found.signer} » n’est pas horodatée ; signez de nouveau en demandant un horodatage "
            "(PAdES, niveau B-T)."
        )
    if found.seal:
        raise NotTheSignature(
            f"L’acte porte le cachet de « {found.signer} », et non une signature ; la signature attendue est celle de "
            f"{signer}."
        )
    if not names(found.signer, signer):
        raise NotTheSignature(f"L’acte est signé par « {found.signer} » ; la signature attendue est celle de {signer}.")


def _check_dates(found: Signature, signed: bytes, moment: dt.datetime | None) -> None:
    """Judged whatever the roots: nobody signs with a certificate that is over."""
    holder = last_holder(signed)
    if holder is None or moment is None:
        raise NotTheSignature(f"Le certificat de « {found.signer} » est illisible.")
    if moment > holder.valid_until:
        raise NotTheSignature(
            f"Le certificat de « {found.signer} » avait expiré le {holder.valid_until:%d/%m/%Y} ; il faut un "
            "certificat en cours de validité."
        )
    if moment < holder.valid_from:
        raise NotTheSignature(
            f"Le certificat de « {found.signer} » n’était pas encore en cours de validité le {moment:%d/%m/%Y}."
        )


def names(common_name: str, full_name: str) -> bool:
    """Whether a certificate's common name is that person's, whatever the accents, the capitals and the order."""
    wanted = _words(full_name)
    return bool(wanted) and wanted <= _words(common_name)


def _words(name: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", plain.casefold()))
