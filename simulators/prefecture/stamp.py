"""A visible stamp on a copy of a PDF: dates and identifier, as S²LOW lays them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf

_WIDTH, _HEIGHT, _MARGIN = 215, 62, 18


def stamped(data: bytes, lines: Sequence[str]) -> bytes:
    """The PDF with a box at the top right of each page; the same bytes when it cannot be stamped."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            font = pdf.make_indirect(_font())
            for page in pdf.pages:
                _stamp(pdf, page, font, lines)
            written = io.BytesIO()
            pdf.save(written)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return data
    return written.getvalue()


def one_page(lines: Sequence[str]) -> bytes:
    """A plain page of text, for letters and receipts."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.add_resource(pdf.make_indirect(_font()), pikepdf.Name.Font, pikepdf.Name("/F"))
        page.contents_add(pdf.make_stream(_text(lines, 72, 760, size=11, leading=18)))
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def _stamp(pdf: pikepdf.Pdf, page: pikepdf.Page, font: pikepdf.Object, lines: Sequence[str]) -> None:
    name = page.add_resource(font, pikepdf.Name.Font)
    left, _, right, top = (float(edge) for edge in page.mediabox)
    x, y = max(left, right - _WIDTH - _MARGIN), top - _HEIGHT - _MARGIN
    box = f"q 1 1 1 rg 0.1 0.2 0.5 RG 0.8 w {x:.1f} {y:.1f} {_WIDTH} {_HEIGHT} re B 0.1 0.2 0.5 rg\n"
    text = _text(lines, x + 6, y + _HEIGHT - 13, size=7.5, leading=12, font=str(name))
    # The page's own content may leave its matrix changed: shut it between q and Q.
    page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ\n" + box.encode("ascii") + text + b"\nQ"))


def _text(lines: Sequence[str], x: float, y: float, *, size: float, leading: float, font: str = "/F") -> bytes:
    shown = b"".join(
        b"(" + line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        + b") Tj T*\n"
        for line in lines
    )  # fmt: skip
    return f"BT {font} {size} Tf {leading} TL {x:.1f} {y:.1f} Td\n".encode("ascii") + shown + b"ET"


def _font() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
