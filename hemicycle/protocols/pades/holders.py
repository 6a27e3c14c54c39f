"""The certificates carried by a signature of a PDF: the holder's, and those given with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader

from .judgment import BROKEN

__all__ = ["Holder", "last_holder"]


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who signed, by their certificate."""

    #: The common name.
    name: str
    #: DER of the holder's certificate, then of the others that the signature brings along.
    certificate: bytes = field(repr=False)
    others: tuple[bytes, ...] = field(repr=False)
    #: The bounds of the certificate, both included.
    valid_from: datetime
    valid_until: datetime


def last_holder(pdf: bytes) -> Holder | None:
    """The holder of the last signature of a PDF; None when there is none that can be read.

    Says nothing of the signature's validity: see `verify`.
    """
    try:
        signatures = PdfFileReader(BytesIO(pdf), strict=False).embedded_regular_signatures
        if not signatures:
            return None
        last = signatures[-1]
        own = last.signer_cert.dump()
        loaded = load_der_x509_certificate(own)
        others = tuple(one.dump() for one in last.other_embedded_certs)
        return Holder(
            name=str(last.signer_cert.subject.native.get("common_name") or last.signer_cert.subject.human_friendly),
            certificate=own,
            others=others,
            valid_from=loaded.not_valid_before_utc,
            valid_until=loaded.not_valid_after_utc,
        )
    except BROKEN:
        return None
