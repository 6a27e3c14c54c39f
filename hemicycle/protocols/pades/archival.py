"""Timestamps over the whole document (level B-LTA): what each proves, and what came after."""

from __future__ import annotations

from collections.abc import Sequence

from pyhanko.sign.validation import async_validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from . import sentences
from .changes import Incomparable, compare
from .coverage import covers_its_revision, revision_end
from .judgment import BROKEN
from .known import Known
from .people import common_name
from .strength import weaknesses_of_token
from .trust import token_time
from .verdicts import Stamp, Verdict

__all__ = ["judge_stamps"]


async def judge_stamps(pdf: bytes, embedded: Sequence[EmbeddedPdfSignature], known: Known) -> Verdict:
    """The document timestamps of a file, with what is wrong with them; no signature is judged here."""
    stamps, problems, doubts = [], [], []
    for found in embedded:
        if found.sig_object_type != "/DocTimeStamp":
            continue
        stamp = await _judge(pdf, found, known)
        stamps.append(stamp)
        if not stamp.holds:
            problems.append(sentences.DOCUMENT_STAMP_BROKEN)
        elif how := _changed_after(pdf, found):
            problems.append(sentences.DOCUMENT_STAMP_CHANGED.format(how=how))
        elif known.roots and not stamp.trusted:
            doubts.append(sentences.DOCUMENT_STAMP_UNTRUSTED)
    return Verdict(signatures=(), problems=tuple(problems), doubts=tuple(doubts), stamps=tuple(stamps))


async def _judge(pdf: bytes, found: EmbeddedPdfSignature, known: Known) -> Stamp:
    try:
        moment = token_time(found.signed_data)
        status = await async_validate_pdf_timestamp(found, known.context(moment))
        holds = bool(status.intact and status.valid) and covers_its_revision(pdf, found, status.coverage)
        return Stamp(
            authority=common_name(status.signing_cert),
            stamped_at=moment,
            holds=holds and not weaknesses_of_token(found.signed_data),
            trusted=bool(status.trusted),
        )
    except BROKEN:
        return Stamp(authority="", stamped_at=None, holds=False, trusted=False)


def _changed_after(pdf: bytes, found: EmbeddedPdfSignature) -> str:
    """What a reader would find different since, as the end of a sentence; empty when nothing is."""
    end = revision_end(found)
    if end == len(pdf):
        return ""
    try:
        changes = compare(pdf[:end], pdf)
    except Incomparable:
        return " : le fichier est irrégulier"
    seen = [*changes.content, *changes.fields]
    return f" : {sentences.enumerated(seen)}" if seen else ""
