"""One signature judged: pyHanko establishes the facts, the reproaches are drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from . import people, sentences, trust
from .coverage import covers_its_revision, hole_is_honest, padding_is_empty
from .known import Known
from .later import Later, Said, after
from .strength import described, weaknesses
from .verdicts import Signature

#: What pyHanko and asn1crypto let escape on a hostile file.
BROKEN = (
    PdfError,
    SignatureValidationError,
    CMSExtractionError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    RecursionError,
    ArithmeticError,
    NotImplementedError,
    OSError,
)


async def judge(
    pdf: bytes,
    signature: EmbeddedPdfSignature,
    known: Known,
    *,
    every: Sequence[EmbeddedPdfSignature],
    strict: bool,
    archived: bool,
) -> Signature:
    """The judgment on one signature.

    `every`: all signatures and document timestamps of the file. `strict` tells whether the PDF was regular enough to
    be read strictly; `archived`, whether a document timestamp holds.
    """
    claimed = _aware(signature.self_reported_timestamp)
    status, proven = await _status(signature, known, claimed)
    covering = covers_its_revision(pdf, signature, status.coverage)
    later = _later(pdf, signature, status, every=every, strict=strict) if covering else Later()
    integrity = _integrity(signature, status, covering=covering)
    said: list[Said] = [*integrity, *later.said] if status.intact and status.valid else integrity
    once = await _once_trusted(signature, status, known)
    unproven = trust.distrusted(status, known, claimed=claimed, proven=proven is not None, once_trusted=once)
    said += [(s, {}) for s in unproven]
    said += [(s, {"what": what}) for s, what in trust.stamp_faults(signature, status, known)]
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and hole_is_honest(pdf, signature)
    notes = _notes(known, later, claimed=claimed, proven=proven, whole=whole, sound=not said)
    told = _told(signature, status, known, said, notes)
    return replace(
        told,
        stamped_at=proven,
        level=trust.level_of(stamped=proven is not None, revocation=told.revocation, archived=archived),
        covers_whole_document=whole,
        covers_its_revision=covering,
        additions=later.additions,
        changes=later.changes,
    )


async def _status(
    signature: EmbeddedPdfSignature, known: Known, claimed: datetime | None
) -> tuple[PdfSignatureStatus, datetime | None]:
    """What pyHanko finds, the certificate judged at the time proven; and that time, None when nothing proves it."""
    stamped = trust.token_time(trust.token_of(signature))
    fallback = known.at or claimed
    status = await _validated(signature, known, stamped or fallback)
    stamp = status.timestamp_validity
    if stamped is None or stamp is None or not (stamp.valid and stamp.intact):
        # A token that proves nothing chooses no time: whoever forged it would choose one that suits.
        return (await _validated(signature, known, fallback) if stamped else status), None
    if known.roots and not stamp.trusted:
        status = await _validated(signature, known, fallback)
    return status, stamped


async def _validated(signature: EmbeddedPdfSignature, known: Known, moment: datetime | None) -> PdfSignatureStatus:
    stamped = trust.token_time(trust.token_of(signature))
    return await async_validate_pdf_signature(
        signature,
        signer_validation_context=known.context(moment),
        ts_validation_context=known.context(stamped or moment, besides=signature.signer_cert),
    )


async def _once_trusted(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, known: Known) -> bool:
    """Whether a known authority vouched for the certificate when it was young."""
    if status.trusted or not known.roots:
        return bool(status.trusted)
    young = status.signing_cert.not_valid_before + timedelta(hours=1)
    return bool((await _validated(signature, known, young)).trusted)


def _later(
    pdf: bytes,
    signature: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
    *,
    every: Sequence[EmbeddedPdfSignature],
    strict: bool,
) -> Later:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Later()
    return after(pdf, signature, status, every=every, strict=strict)


def _integrity(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, *, covering: bool) -> list[Said]:
    said: list[Said] = []
    weak = weaknesses(
        signature.signer_info, status.signing_cert, filter_name=str(signature.sig_object.get("/SubFilter", ""))
    )
    if not status.intact:
        said.append((sentences.ALTERED, {}))
    elif not status.valid and not weak:
        said.append((sentences.INVALID, {}))
    elif not covering:
        said.append((sentences.NOT_COVERING, {}))
    if weak:
        said.append((sentences.WEAK, {"what": sentences.enumerated(weak)}))
    return said if said or padding_is_empty(signature) else [(sentences.PADDED, {})]


def _notes(
    known: Known, later: Later, *, claimed: datetime | None, proven: datetime | None, whole: bool, sound: bool
) -> list[Said]:
    notes: list[Said] = [] if known.roots else [(sentences.TRUST_UNKNOWN, {})]
    notes += [(sentence, {}) for sentence in trust.time_notes(claimed, proven)]
    if not whole and sound:
        notes.append((sentences.LATER_ADDITIONS, {}))
    return [*notes, *later.notes]


def _told(
    signature: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
    known: Known,
    said: list[Said],
    notes: list[Said],
) -> Signature:
    """What is read in the signature itself and its certificate."""
    holder = status.signing_cert
    name = people.common_name(holder)
    stamp = status.timestamp_validity
    return Signature(
        field=people.plain(str(signature.field_name)),
        signer=name,
        subject=people.readable(holder, issuer=False),
        serial=str(holder.serial_number),
        issuer=people.readable(holder, issuer=True),
        signed_at=_aware(signature.self_reported_timestamp),
        stamped_at=None,
        level="B-B",
        covers_whole_document=False,
        intact=bool(status.intact and status.valid),
        trusted=bool(status.trusted),
        problems=_filled([s for s in said if s[0] not in sentences.DOUBTS], name),
        doubts=_filled([s for s in said if s[0] in sentences.DOUBTS], name),
        notes=_filled([*notes, (sentences.SEAL, {})] if people.is_seal(holder) else notes, name),
        stamp_authority=people.common_name(stamp.signing_cert) if stamp is not None else "",
        stamp_trusted=bool(stamp is not None and stamp.trusted),
        authority=people.authority_name(holder),
        revocation=known.status_of(holder),
        algorithm=described(signature.signer_info, holder),
        valid_from=holder.not_valid_before,
        valid_until=holder.not_valid_after,
        seal=people.is_seal(holder),
    )


def _filled(said: Sequence[Said], name: str) -> tuple[str, ...]:
    return tuple(sentence.format(name=name, **more) for sentence, more in said)


def _aware(instant: object) -> datetime | None:
    return instant if isinstance(instant, datetime) and instant.tzinfo is not None else None
