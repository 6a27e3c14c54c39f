"""The document frozen before signature, and the proof that a signed file still starts with it.

A PAdES signature is an incremental update (ISO 32000-1 §7.5.6): the bytes of the document are all there,
unchanged, at the head of the signed file. The digest kept when the act was frozen can therefore be checked for ever.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from .judgment import BROKEN

__all__ = ["NotTheFrozenDocument", "Unsignable", "check_extends", "digest_of"]


class Unsignable(ValueError):
    """The document cannot be signed as it stands; the sentence says why."""


class NotTheFrozenDocument(ValueError):
    """The signed file is not the frozen document plus one signature; the sentence says what differs."""


def digest_of(pdf: bytes) -> str:
    """The SHA-256 of the exact bytes to be signed, in lower-case hexadecimal."""
    return hashlib.sha256(pdf).hexdigest()


def check_extends(*, signed: bytes, frozen: bytes) -> None:
    """Check that `signed` is `frozen` followed by one incremental update holding one more signature.

    At level B-LTA one document timestamp may follow, in an update of its own. Raises NotTheFrozenDocument. Says
    nothing of the validity of either: see `verify`.
    """
    if not signed.startswith(frozen):
        raise NotTheFrozenDocument(
            "Le fichier signé ne commence pas par le document figé : ce n’est pas lui qui a été signé."
        )
    if len(signed) == len(frozen):
        raise NotTheFrozenDocument("Le fichier reçu est le document figé, sans signature.")
    before, after = _counts(frozen), _counts(signed)
    stamps = after.stamps - before.stamps
    if stamps not in (0, 1) or after.revisions != before.revisions + 1 + stamps:
        raise NotTheFrozenDocument("Le fichier signé ajoute autre chose qu’une seule mise à jour au document figé.")
    if after.signatures != before.signatures + 1:
        raise NotTheFrozenDocument("Le fichier signé n’ajoute pas exactement une signature au document figé.")


@dataclass(frozen=True, kw_only=True)
class _Counts:
    revisions: int
    signatures: int
    #: Document timestamps.
    stamps: int


def _counts(pdf: bytes) -> _Counts:
    try:
        reader = PdfFileReader(BytesIO(pdf))
        signatures, stamps = reader.embedded_regular_signatures, reader.embedded_timestamp_signatures
        return _Counts(revisions=reader.total_revisions, signatures=len(signatures), stamps=len(stamps))
    except BROKEN as cause:
        raise NotTheFrozenDocument("Le fichier signé n’est pas un PDF lisible.") from cause
