"""What came after a signature in the file: what takes nothing from it, and what changes what is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus

from . import sentences
from .changes import Changes, Incomparable, compare
from .coverage import revision_end
from .sentences import enumerated

__all__ = ["Later", "after"]

#: A sentence with its place for the signatory's name, and what else fills it.
Said = tuple[str, dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Later:
    """What followed a signature."""

    said: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()
    #: Harmless, as nominal groups.
    additions: tuple[str, ...] = ()
    #: Harmful, as nominal groups.
    changes: tuple[str, ...] = ()


def after(
    pdf: bytes,
    signature: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
    *,
    every: Sequence[EmbeddedPdfSignature],
    strict: bool,
) -> Later:
    """Judge what follows a signature that covers its own revision.

    Two parsers look: pyHanko admits or not the objects added, qpdf compares what is shown before and after.
    """
    refused = status.modification_level in (None, ModificationLevel.OTHER) or not status.docmdp_ok
    try:
        changes = compare(pdf[: revision_end(signature)], pdf)
    except Incomparable:
        return Later(said=((sentences.CHANGED_AFTER if refused else sentences.IRREGULAR, {}),))
    found = _said(changes, signature, every)
    harmful = (*changes.content, *changes.fields)
    if refused and not found:
        found = [(sentences.CHANGED_AFTER, {})]
    elif not strict and not found:
        # The analysis of additions is only sound on a file that every reader parses the same way.
        found = [(sentences.IRREGULAR, {})]
    elif refused and all(sentence in sentences.DOUBTS for sentence, _ in found):
        found.append((sentences.CHANGED_AFTER, {}))
    marks = [m for m in changes.marks if m.signed]
    notes: list[Said] = [(sentences.LATER_MARK, {"where": _where([m.page for m in marks])})] if marks else []
    return Later(said=tuple(found), notes=tuple(notes), additions=_additions(signature, every, status), changes=harmful)


def _said(changes: Changes, signature: EmbeddedPdfSignature, every: Sequence[EmbeddedPdfSignature]) -> list[Said]:
    said: list[Said] = []
    # Pages changed say enough: the annotations and fields that moved with them would only repeat it.
    if changes.content:
        said.append((sentences.CHANGED_HOW, {"how": enumerated([*changes.content, *changes.fields])}))
    elif changes.fields:
        admitted = signature.docmdp_level in (MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE)
        sentence = sentences.FILLED_AS_ADMITTED if admitted else sentences.CHANGED_HOW
        said.append((sentence, {"how": enumerated(changes.fields)}))
    taken = {e.field_name for e in every}
    loose = [m for m in changes.marks if not m.signed or m.field not in taken]
    return [*said, (sentences.EMPTY_MARK, {"where": _where([m.page for m in loose])})] if loose else said


def _additions(
    signature: EmbeddedPdfSignature, every: Sequence[EmbeddedPdfSignature], status: PdfSignatureStatus
) -> tuple[str, ...]:
    later = [e for e in every if e.signed_revision > signature.signed_revision]
    stamps = sum(e.sig_object_type == "/DocTimeStamp" for e in later)
    others = len(later) - stamps
    said = []
    if others:
        said.append("une autre signature" if others == 1 else f"{others} autres signatures")
    if stamps:
        said.append("un horodatage d’archivage" if stamps == 1 else f"{stamps} horodatages d’archivage")
    own = signature.reader.total_revisions - 1 - signature.signed_revision
    if own > len(later) and status.modification_level is not ModificationLevel.OTHER:
        said.append("des preuves de validation (certificats, listes de révocation)")
    return tuple(said)


def _where(pages: Sequence[int]) -> str:
    known = sorted({page for page in pages if page})
    return f"page {known[0]}" if known else "hors des pages"
