"""The judgment on every signature of a PDF: integrity, coverage, what came after, trust, time, level.

Integrity and the analysis of later modifications are pyHanko's; the sentences and the final word are ours.
Nothing is fetched: trust roots, certificates and proofs of status are given, or embedded in the file.
"""

from __future__ import annotations

import asyncio
import logging
import re
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
from .archival import judge_stamps
from .judgment import BROKEN, judge
from .known import Known
from .verdicts import Signature, Verdict

__all__ = ["Unreadable", "verify"]

T = TypeVar("T")
_NO_PDF = "Le fichier n’est pas un PDF lisible."
_KINDS = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/ETSI.RFC3161"}
_WEAK_KINDS = {"/adbe.pkcs7.sha1", "/adbe.x509.rsa_sha1"}
#: Signatures and document timestamps judged in one file.
MOST = 60

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

    A hostile file may still take much time or memory: what anyone may send is judged by `apart.verify_apart`.
    """
    try:
        reader, strict = _open(pdf)
        embedded, problems = _signatures(reader)
        known = _known(reader, trust_roots, at, other_certs, ocsp_responses, crls)
    except Unreadable:
        raise
    except BROKEN as cause:
        raise Unreadable(_NO_PDF) from cause
    if len(embedded) + len(problems) > MOST:
        return Verdict(signatures=(), problems=(sentences.TOO_MANY.format(most=MOST),))
    if not embedded and not problems and re.search(rb"/ByteRange\s*\[", pdf):
        problems.append(sentences.REMOVED)
    verdict = _complete(_judge_all(pdf, embedded, known, strict=strict))
    return Verdict(
        signatures=verdict.signatures,
        problems=(*problems, *verdict.problems),
        doubts=verdict.doubts,
        stamps=verdict.stamps,
    )


async def _judge_all(pdf: bytes, embedded: list[EmbeddedPdfSignature], known: Known, *, strict: bool) -> Verdict:
    archival = await judge_stamps(pdf, embedded, known)
    archived = any(stamp.holds for stamp in archival.stamps)
    signatures: list[Signature] = []
    problems = list(archival.problems)
    for signature in embedded:
        if signature.sig_object_type == "/DocTimeStamp":
            continue
        try:
            signatures.append(await judge(pdf, signature, known, every=embedded, strict=strict, archived=archived))
        except BROKEN:
            problems.append(sentences.UNREADABLE_SIGNATURE)
    return Verdict(
        signatures=tuple(signatures), problems=tuple(problems), doubts=archival.doubts, stamps=archival.stamps
    )


def _signatures(reader: PdfFileReader) -> tuple[list[EmbeddedPdfSignature], list[str]]:
    """The signatures in the order of signing, and what is said of those that are none."""
    found: list[EmbeddedPdfSignature] = []
    problems: list[str] = []
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        if len(found) + len(problems) > MOST:
            break
        try:
            signature = EmbeddedPdfSignature(reader, field, name)
            kind = str(signature.sig_object.get("/SubFilter", ""))
            if kind in _WEAK_KINDS:
                problems.append(sentences.WEAK_KIND)
            elif kind not in _KINDS:
                problems.append(sentences.UNKNOWN_KIND)
            else:
                found.append(signature)
        except BROKEN:
            problems.append(sentences.FORGED)
    return sorted(found, key=lambda signature: signature.signed_revision), problems


def _open(pdf: bytes) -> tuple[PdfFileReader, bool]:
    """A strict reader where the file allows it, a lenient one otherwise; and which of the two."""
    try:
        reader = _read(pdf, strict=True)
    except Unreadable:
        raise
    except BROKEN:
        return _read(pdf, strict=False), False
    # Two tables of objects (ISO 32000-1 §7.5.8.4): pyHanko judges such a file only leniently.
    return (_read(pdf, strict=False), False) if reader.xrefs.hybrid_xrefs_present else (reader, True)


def _read(pdf: bytes, *, strict: bool) -> PdfFileReader:
    reader = PdfFileReader(BytesIO(pdf), strict=strict)
    if reader.encrypted:
        raise Unreadable("Le PDF est chiffré : ses signatures ne peuvent pas être lues.")
    # Read lazily otherwise: what only a lenient reader accepts must fail now.
    _ = reader.root["/Pages"]
    for _field in enumerate_sig_fields(reader, filled_status=True):
        pass
    return reader


def _known(
    reader: PdfFileReader,
    roots: Sequence[bytes],
    at: datetime | None,
    others: Sequence[bytes],
    answers: Sequence[bytes],
    lists: Sequence[bytes],
) -> Known:
    certificates, found_answers, found_lists = _proofs(reader)
    return Known(
        roots=[x509.Certificate.load(c) for c in roots],
        others=[*(x509.Certificate.load(c) for c in others), *certificates],
        ocsps=[ocsp.OCSPResponse.load(r) for r in (*answers, *found_answers)],
        crls=[crl.CertificateList.load(c) for c in (*lists, *found_lists)],
        at=at,
    )


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
