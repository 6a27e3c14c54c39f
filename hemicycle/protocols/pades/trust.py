"""Who vouches for a signature and for its time: certificates, revocation, timestamp."""

from __future__ import annotations

from datetime import datetime, timedelta

from asn1crypto import cms, x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus

from . import sentences
from .known import Known
from .strength import weaknesses_of_token

__all__ = ["distrusted", "level_of", "stamp_faults", "time_notes", "token_of", "token_time"]


def distrusted(
    status: PdfSignatureStatus, known: Known, *, claimed: datetime | None, proven: bool, once_trusted: bool
) -> list[str]:
    """Why the signatory's certificate is not trusted, if it is not.

    `once_trusted`: a known authority vouched for it at the beginning of its life, whatever happened to the chain since.
    """
    if not known.roots or not (status.intact and status.valid):
        return []
    if not _may_sign(status.signing_cert):
        return [sentences.WRONG_USE]
    if status.trusted:
        return []
    said = sentences.distrust(status.trust_problem_indic)
    if said == sentences.UNKNOWN_AUTHORITY and once_trusted:
        said = sentences.EXPIRED
    if proven or known.at is None:
        return [said]
    # Judged today for want of a proof of time: what is said is about today, not about the signature.
    if said == sentences.EXPIRED and _was_valid(status.signing_cert, claimed):
        return [sentences.EXPIRED_SINCE]
    return [sentences.REVOKED_SINCE if said == sentences.REVOKED else said]


def _may_sign(certificate: x509.Certificate) -> bool:
    """Whether its key usage, when it has one, allows signatures (RFC 5280 §4.2.1.3)."""
    usage = certificate.key_usage_value
    return usage is None or bool({"digital_signature", "non_repudiation"} & set(usage.native))


def _was_valid(certificate: x509.Certificate, moment: datetime | None) -> bool:
    if moment is None or moment.tzinfo is None:
        return False
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)


def stamp_faults(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, known: Known) -> list[tuple[str, str]]:
    """What is wrong with the timestamp of a signature: sentences, each with what fills it."""
    stamp, token = status.timestamp_validity, token_of(signature)
    if stamp is None or token is None:
        return []
    if not (stamp.valid and stamp.intact):
        return [(sentences.STAMP_BROKEN, "")]
    if weak := weaknesses_of_token(token):
        return [(sentences.STAMP_WEAK, sentences.enumerated(weak))]
    return [(sentences.STAMP_UNTRUSTED, "")] if known.roots and not stamp.trusted else []


def time_notes(claimed: datetime | None, proven: datetime | None) -> list[str]:
    """What is to be known of the time of a signature."""
    if proven is None:
        return [sentences.NO_STAMP]
    apart = claimed is not None and abs(claimed - proven) > timedelta(days=1)
    return [sentences.TIMES_APART] if apart else []


def level_of(*, stamped: bool, revocation: str, archived: bool) -> str:
    """The level of ETSI EN 319 142-1 §6 that the file reaches."""
    if not stamped:
        return "B-B"
    if not revocation:
        return "B-T"
    return "B-LTA" if archived else "B-LT"


def token_of(signature: EmbeddedPdfSignature) -> cms.SignedData | None:
    """The timestamp token over the signature value, None without one."""
    attributes = signature.signer_info["unsigned_attrs"]
    # Never `.native` of the whole: it decodes the token down to its last certificate, a second of work each time.
    for attribute in attributes if isinstance(attributes, cms.CMSAttributes) else ():
        if attribute["type"].native == "signature_time_stamp_token":
            return attribute["values"][0]["content"]
    return None


def token_time(token: cms.SignedData | None) -> datetime | None:
    """The time that a token says, its signature unchecked."""
    if token is None:
        return None
    instant = token["encap_content_info"]["content"].parsed["gen_time"].native
    return instant if isinstance(instant, datetime) and instant.tzinfo is not None else None
