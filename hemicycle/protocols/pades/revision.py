"""One incremental update that adds a signature or a document timestamp, with proofs of status beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import PdfSignedData, PreparedByteRangeDigest
from pyhanko.sign.validation.dss import DocumentSecurityStore

from .frozen import Unsignable
from .judgment import BROKEN

__all__ = ["Evidence", "fields_of", "fill", "make_room"]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Proofs of status embedded beside the signature (level B-LT), in DER.

    Gathered before signing, since the signature must cover them: the validator finds here that the
    certificates were good when they were used.
    """

    certificates: Sequence[bytes] = ()
    ocsp_responses: Sequence[bytes] = ()
    crls: Sequence[bytes] = ()


class _Update(IncrementalPdfFileWriter):
    """An update that adds the signature and nothing else.

    pyHanko would rewrite the producer and the modification date, from its own clock; those of an act are frozen.
    """

    def _update_meta(self) -> None:
        pass


def make_room(
    pdf: bytes, placeholder: PdfSignedData, evidence: Evidence | None, *, field: str
) -> tuple[bytes, PreparedByteRangeDigest]:
    """The file with an empty signature in a new invisible field, and the digest of all but its hole.

    The field takes the first free number. Raises Unsignable: not a PDF, or encrypted.
    """
    try:
        writer = _Update(BytesIO(pdf))
        if writer.prev.encrypted:
            raise Unsignable("Le document à signer est chiffré.")
        embedder = PdfCMSEmbedder().write_cms(field_name=_free_name(writer, field), writer=writer)
        next(embedder)
        writer.register_extension(ESIC_EXTENSION_1)
        if evidence is not None:
            _add_evidence(writer, evidence)
        embedder.send(SigObjSetup(sig_placeholder=placeholder))
        digest, output = embedder.send(SigIOSetup(md_algorithm="sha256"))
        return output.getvalue(), digest
    except Unsignable:
        raise
    except BROKEN as cause:
        raise Unsignable("Le document à signer n’est pas un PDF utilisable.") from cause


def fill(document: bytes, *, hole: tuple[int, int], content: bytes) -> bytes:
    """The document with the DER of its signature in the hole left for it, which must be large enough."""
    start, end = hole
    output = BytesIO(document)
    reserved = PreparedByteRangeDigest(document_digest=b"", reserved_region_start=start, reserved_region_end=end)
    reserved.fill_with_cms(output, content)
    return output.getvalue()


def fields_of(reader: PdfHandler) -> list[generic.DictionaryObject]:
    """The fields of the file that are under no other, without reading their values.

    pyHanko's list of signatures reads the hexadecimal of each, digit by digit: 50 ms apiece.
    """
    try:
        fields = reader.root["/AcroForm"]["/Fields"]
    except KeyError:
        return []
    return [field.get_object() for field in fields]


def _free_name(writer: IncrementalPdfFileWriter, field: str) -> str:
    taken = {str(known["/T"]) for known in fields_of(writer) if "/T" in known}
    return next(f"{field}{n}" for n in range(1, len(taken) + 2) if f"{field}{n}" not in taken)


def _add_evidence(writer: IncrementalPdfFileWriter, evidence: Evidence) -> None:
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[x509.Certificate.load(c) for c in evidence.certificates],
        ocsps=[ocsp.OCSPResponse.load(r) for r in evidence.ocsp_responses],
        crls=[crl.CertificateList.load(c) for c in evidence.crls],
    )
