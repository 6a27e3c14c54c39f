"""The judgment on every signature of a PDF: integrity, coverage, what came after, trust, time, level.

Integrity and the analysis of later modifications are pyHanko's; the sentences and the final word are ours.
Nothing is fetched: trust roots, certificates and proofs of status are given, or embedded in the file.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from typing import TypeVar

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from . import sentences
from .judgment import BROKEN, Known, document_stamp_holds, judge
from .verdicts import Signature, Verdict

__all__ = ["Unreadable", "verify"]

T = TypeVar("T")
_NO_PDF = "Le fichier n’est pas un PDF lisible."

# pyHanko logs the tracebacks of the files it refuses; the verdict says the same in a sentence.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class Unreadable(ValueError):
    """The file is no PDF whose signatures could be judged; the sentence says why."""


def verify(
    pdf: bytes,
    *,
    trust_roots: Sequence[bytes],
    at: datetime | None = None,
    other_certs: Sequence[bytes] = (),
    ocsp_responses: Sequence[bytes] = (),
    crls: Sequence[bytes] = (),
) -> Verdict:
    """Judge every signature of a PDF against trust roots (DER).

    A certificate is judged at the time proven by the timestamp; without timestamp at `at`; without `at`, at the
    time claimed. With no trust root at all, trust is unknown and only noted. Raises Unreadable.
    """
    try:
        reader, strict = _open(pdf)
        embedded = list(reader.embedded_signatures)
        filled = len(list(enumerate_sig_fields(reader, filled_status=True)))
        certificates, answers, lists = _proofs(reader)
    except Unreadable:
        raise
    except BROKEN as cause:
        raise Unreadable(_NO_PDF) from cause
    known = Known(
        roots=[x509.Certificate.load(c) for c in trust_roots],
        others=[*(x509.Certificate.load(c) for c in other_certs), *certificates],
        ocsps=[ocsp.OCSPResponse.load(r) for r in (*ocsp_responses, *answers)],
        crls=[crl.CertificateList.load(c) for c in (*crls, *lists)],
        at=at,
    )
    signatures, problems = _complete(_judge_all(pdf, embedded, known, strict=strict))
    unknown = [sentences.UNKNOWN_KIND] * (filled - len(embedded))
    return Verdict(signatures=tuple(signatures), problems=(*unknown, *problems))


async def _judge_all(
    pdf: bytes, embedded: list[EmbeddedPdfSignature], known: Known, *, strict: bool
) -> tuple[list[Signature], list[str]]:
    signatures, problems = [], []
    stamps = [e for e in embedded if e.sig_object_type == "/DocTimeStamp"]
    holding = [await document_stamp_holds(pdf, stamp, known) for stamp in stamps]
    problems += [sentences.DOCUMENT_STAMP_BROKEN for holds in holding if not holds]
    for signature in embedded:
        if signature in stamps:
            continue
        try:
            signatures.append(await judge(pdf, signature, known, strict=strict, archived=any(holding)))
        except BROKEN:
            problems.append(sentences.UNREADABLE_SIGNATURE)
    return signatures, problems


def _open(pdf: bytes) -> tuple[PdfFileReader, bool]:
    """A strict reader where the file allows it, a lenient one otherwise; and which of the two."""
    try:
        return _read(pdf, strict=True), True
    except Unreadable:
        raise
    except BROKEN:
        return _read(pdf, strict=False), False


def _read(pdf: bytes, *, strict: bool) -> PdfFileReader:
    reader = PdfFileReader(BytesIO(pdf), strict=strict)
    if reader.encrypted:
        raise Unreadable("Le PDF est chiffré : ses signatures ne peuvent pas être lues.")
    # Read lazily otherwise: what only a lenient reader accepts must fail now.
    _ = reader.root["/Pages"], reader.embedded_signatures
    return reader


def _proofs(reader: PdfFileReader) -> tuple[list[x509.Certificate], list[bytes], list[bytes]]:
    """Certificates, OCSP responses and CRLs of the document security store."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return [], [], []
    answers, lists = ([bytes(ref.get_object().data) for ref in refs] for refs in (store.ocsps, store.crls))
    return list(store.load_certs()), answers, lists


def _complete(work: Coroutine[object, object, T]) -> T:
    """Run pyHanko's coroutine, which waits for nothing, whether or not a loop already runs here."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()
