"""Acte tamponné: a copy of the signed act that carries the préfecture's dates (documents.md, 4.9; pdf.md, 3.3).

Any mark drawn on a signed file kills its signature, so the original is never edited: the copy is derived from it,
without its signature, and its stamp is an artifact over a zone that the templates keep free.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pikepdf

from hemicycle.rendering.compile import RenderingRefused, render
from hemicycle.rendering.typography import short_date, shortened

_MM = 72 / 25.4
#: Millimetres, from the top and right edges of the page; the zones that blocks.typ keeps free (B5).
RIGHT = 10.0
TOP = 8.0
BOX = (85.0, 30.0)
BAND = (174.0, 8.0)


@dataclass(frozen=True, kw_only=True)
class StampFacts:
    """What the stamp says. A line without a date is not printed: never a blank « Publié le »."""

    sent_on: date
    received_on: date
    unique_id: str  # the ministry's identifier of the act
    published_on: date | None = None
    notified_on: date | None = None
    verification: str = ""  # where the signed original is found

    def lines(self) -> list[tuple[str, str]]:
        """Label and date, in the order of the stamp."""
        lines = (
            ("Envoyé en préfecture le", self.sent_on),
            ("Reçu en préfecture le", self.received_on),
            ("Publié le", self.published_on),
            ("Notifié le", self.notified_on),
        )
        return [(label, short_date(day)) for label, day in lines if day]


def stamped_copy(
    signed: bytes,
    *,
    sent_on: date,
    received_on: date,
    unique_id: str,
    published_on: date | None = None,
    notified_on: date | None = None,
    verification_line: str = "",
) -> bytes:
    """A PDF/A-2a and PDF/UA-1 copy of the act, stamped on every page; same input, same bytes.

    Screen readers pass over an artifact: the same facts are written in the file's metadata (dc:identifier,
    dc:description), and belong on the act's page. Raises RenderingRefused when `signed` cannot be read.
    """
    facts = StampFacts(
        sent_on=sent_on,
        received_on=received_on,
        unique_id=unique_id,
        published_on=published_on,
        notified_on=notified_on,
        verification=verification_line,
    )
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(signed)) as act, pikepdf.open(io.BytesIO(_drawing(facts))) as drawing:
            _unsign(act)
            box = act.copy_foreign(drawing.pages[0].as_form_xobject())
            band = act.copy_foreign(drawing.pages[1].as_form_xobject())
            for rank, page in enumerate(act.pages):
                _lay(page, box, BOX) if rank == 0 else _lay(page, band, BAND)
            _describe(act, facts)
            act.save(out, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise RenderingRefused("L’acte est protégé par un mot de passe ; il ne peut pas être tamponné.") from error
    except pikepdf.PdfError as error:
        raise RenderingRefused("L’acte n’est pas un PDF lisible ; il ne peut pas être tamponné.") from error
    return out.getvalue()


def _drawing(facts: StampFacts) -> bytes:
    data = {
        "document": {"title": "Tampon"},
        "lines": [list(line) for line in facts.lines()],
        "verbatim": facts.unique_id,
        "verification": shortened(facts.verification, 110),
    }
    # The drawing's own date disappears with the drawing; only its page content is kept.
    at = datetime.combine(facts.received_on, time(), UTC)
    return render("stamp.typ", data, at=at, tagged=False)


def _unsign(act: pikepdf.Pdf) -> None:
    """A signature copied into a rewritten file would only be a broken one."""
    for name in ("/AcroForm", "/DSS", "/Perms"):
        if name in act.Root:
            del act.Root[name]
    for page in act.pages:
        annotations: Iterable[Any] = page.obj.get("/Annots", ())
        kept = [a for a in annotations if a.get("/Subtype") != "/Widget"]
        if kept:
            page.obj["/Annots"] = pikepdf.Array(kept)
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]


def _lay(page: pikepdf.Page, drawing: pikepdf.Object, size: tuple[float, float]) -> None:
    left, _, right, top = (float(side) for side in page.mediabox)
    width, height = (side * _MM for side in size)
    x = max(left, right - RIGHT * _MM - width)
    y = top - TOP * _MM - height
    # A name of our own choosing: the default one is drawn at random.
    name = page.add_resource(drawing, pikepdf.Name.XObject, pikepdf.Name("/HemicycleStamp"))
    marked = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q {marked} q 1 0 0 1 {x:.3f} {y:.3f} cm {name} Do Q EMC".encode())


def _describe(act: pikepdf.Pdf, facts: StampFacts) -> None:
    said = [f"{label} {day}" for label, day in facts.lines()]
    with act.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:identifier"] = facts.unique_id
        metadata["dc:description"] = " – ".join([*said, f"ID : {facts.unique_id}"])
    if "/Subject" in act.docinfo:
        del act.docinfo["/Subject"]  # it would contradict dc:description
