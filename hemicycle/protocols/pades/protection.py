"""Until when a signed file proves itself: the end of the certificate of its last timestamp."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader

from .judgment import BROKEN
from .people import common_name
from .trust import token_of

__all__ = ["Protection", "protection_of"]


@dataclass(frozen=True, kw_only=True)
class Protection:
    """What protects the signatures of a file; nothing is said of their validity: see `verify`."""

    #: Common name of the timestamping unit, or of the signatory without any timestamp.
    by: str
    #: The end of its certificate: to be prolonged before (ETSI EN 319 142-1 §5.4.3).
    until: datetime
    #: A timestamp over the whole document (B-LTA), and not over a signature alone.
    archived: bool


def protection_of(pdf: bytes) -> Protection | None:
    """What protects the file now; None when it bears no signature that can be read."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        stamps, signatures = reader.embedded_timestamp_signatures, reader.embedded_regular_signatures
        if stamps:
            return _by(stamps[-1].signer_cert, archived=True)
        if not signatures:
            return None
        token = token_of(signatures[-1])
        return _by(_unit(token) if token is not None else signatures[-1].signer_cert, archived=False)
    except BROKEN:
        return None


def _unit(token: cms.SignedData) -> x509.Certificate:
    """The certificate that signed the token. Raises LookupError when the token does not bring it."""
    wanted = token["signer_infos"][0]["sid"].chosen["serial_number"].native
    return next(c.chosen for c in token["certificates"] if c.chosen.serial_number == wanted)


def _by(certificate: x509.Certificate, *, archived: bool) -> Protection:
    return Protection(by=common_name(certificate), until=certificate.not_valid_after, archived=archived)
