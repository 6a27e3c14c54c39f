"""One signature judged: pyHanko establishes the facts, the reproaches are drawn here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import crl, ocsp, x509
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from . import sentences
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


@dataclass(frozen=True, kw_only=True)
class Known:
    """What certificates are judged by, and the proofs found in the file."""

    roots: list[x509.Certificate]
    others: list[x509.Certificate]
    ocsps: list[ocsp.OCSPResponse]
    crls: list[crl.CertificateList]
    at: datetime | None

    def context(self, moment: datetime | None) -> ValidationContext:
        """A validation that fetches nothing.

        Retroactive, because the proofs embedded were fetched seconds before the signature.
        """
        return ValidationContext(
            trust_roots=self.roots,
            other_certs=self.others,
            ocsps=self.ocsps,
            crls=self.crls,
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
            retroactive_revinfo=True,
        )


async def judge(
    pdf: bytes, signature: EmbeddedPdfSignature, known: Known, *, strict: bool, archived: bool
) -> Signature:
    """The judgment on one signature; `strict` tells whether the PDF was regular enough to be read strictly."""
    claimed, stamped = signature.self_reported_timestamp, _token_time(signature)
    moment = stamped or known.at or claimed
    status = await async_validate_pdf_signature(
        signature,
        signer_validation_context=known.context(moment),
        ts_validation_context=known.context(moment),
    )
    name = _common_name(status.signing_cert)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and _hole_is_honest(pdf, signature)
    found = [*_integrity(pdf, signature, status, strict=strict), *_trust(status, known), *_stamp(status, known)]
    stamp = status.timestamp_validity
    proven = stamped if stamp is not None and stamp.valid and stamp.intact else None
    return Signature(
        field=str(signature.field_name),
        signer=name,
        subject=_readable(status.signing_cert, issuer=False),
        serial=str(status.signing_cert.serial_number),
        issuer=_readable(status.signing_cert, issuer=True),
        signed_at=claimed,
        stamped_at=proven,
        level=_level(status.signing_cert, known, stamped=proven is not None, archived=archived),
        covers_whole_document=whole,
        intact=bool(status.intact and status.valid),
        trusted=bool(status.trusted),
        problems=tuple(sentence.format(name=name) for sentence in found),
        notes=tuple(
            sentence.format(name=name) for sentence in _notes(claimed, proven, known, whole=whole, sound=not found)
        ),
    )


async def document_stamp_holds(pdf: bytes, stamp: EmbeddedPdfSignature, known: Known) -> bool:
    """Whether a document timestamp (B-LTA) is intact and covers its revision."""
    try:
        status = await async_validate_pdf_timestamp(stamp, known.context(_stamp_time(stamp)))
    except BROKEN:
        return False
    return bool(status.intact and status.valid) and _covers_its_revision(pdf, stamp, status.coverage)


def _hole_is_honest(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the only bytes left out of the signature are its own hexadecimal value.

    A range that leaves more out lets content be wrapped in the gap (signature wrapping attacks).
    """
    numbers = [int(n) for n in signature.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
        return False
    _, first, second, length = numbers
    return second + length <= len(pdf) and bool(re.fullmatch(rb"<[0-9A-Fa-f\s]*>", pdf[first:second]))


def _covers_its_revision(pdf: bytes, signature: EmbeddedPdfSignature, coverage: SignatureCoverageLevel | None) -> bool:
    """Whether the signature covers the file as it stood when signed, and nothing loose follows it."""
    if coverage is None or not _hole_is_honest(pdf, signature):
        return False
    last = signature.signed_revision == signature.reader.total_revisions - 1
    needed = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    return bool(coverage >= needed)


def _common_name(certificate: x509.Certificate) -> str:
    """The holder's common name, or its whole name without one."""
    name = certificate.subject.native.get("common_name")
    return str(name or certificate.subject.human_friendly)


def _readable(certificate: x509.Certificate, *, issuer: bool) -> str:
    """A name as RFC 4514 writes it."""
    loaded = load_der_x509_certificate(certificate.dump())
    return (loaded.issuer if issuer else loaded.subject).rfc4514_string()


def _integrity(pdf: bytes, signature: EmbeddedPdfSignature, status: PdfSignatureStatus, *, strict: bool) -> list[str]:
    if not status.intact:
        return [sentences.ALTERED]
    if not status.valid:
        return [sentences.INVALID]
    if not _covers_its_revision(pdf, signature, status.coverage):
        return [sentences.NOT_COVERING]
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return []
    if status.modification_level in (None, ModificationLevel.OTHER) or not status.docmdp_ok:
        return [sentences.CHANGED_AFTER]
    # The analysis of additions is only sound on a file that every reader parses the same way.
    return [] if strict else [sentences.IRREGULAR]


def _trust(status: PdfSignatureStatus, known: Known) -> list[str]:
    if not known.roots or status.trusted or not (status.intact and status.valid):
        return []
    return [sentences.distrust(status.trust_problem_indic)]


def _stamp(status: PdfSignatureStatus, known: Known) -> list[str]:
    stamp = status.timestamp_validity
    if stamp is None:
        return []
    if not (stamp.valid and stamp.intact):
        return [sentences.STAMP_BROKEN]
    return [sentences.STAMP_UNTRUSTED] if known.roots and not stamp.trusted else []


def _notes(claimed: datetime | None, proven: datetime | None, known: Known, *, whole: bool, sound: bool) -> list[str]:
    notes = [] if known.roots else [sentences.TRUST_UNKNOWN]
    if proven is None:
        notes.append(sentences.NO_STAMP)
    elif claimed is not None and abs(claimed - proven) > timedelta(days=1):
        notes.append(sentences.TIMES_APART)
    return notes if whole or not sound else [*notes, sentences.LATER_ADDITIONS]


def _level(certificate: x509.Certificate, known: Known, *, stamped: bool, archived: bool) -> str:
    if not stamped:
        return "B-B"
    if not _status_embedded(certificate, known):
        return "B-T"
    return "B-LTA" if archived else "B-LT"


def _status_embedded(certificate: x509.Certificate, known: Known) -> bool:
    if any(listed.issuer == certificate.issuer for listed in known.crls):
        return True
    answers = (single for response in known.ocsps for single in response.response_data["responses"])
    return any(a["cert_id"]["serial_number"].native == certificate.serial_number for a in answers)


def _token_time(signature: EmbeddedPdfSignature) -> datetime | None:
    attributes = signature.signer_info["unsigned_attrs"]
    for attribute in attributes if attributes.native else ():
        if attribute["type"].native == "signature_time_stamp_token":
            token = attribute["values"][0]["content"]["encap_content_info"]["content"].parsed
            return _aware(token["gen_time"].native)
    return None


def _stamp_time(stamp: EmbeddedPdfSignature) -> datetime | None:
    return _aware(stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native)


def _aware(instant: object) -> datetime | None:
    return instant if isinstance(instant, datetime) and instant.tzinfo is not None else None
