"""Recognising a format from its bytes."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from hemicycle.protocols.seda.formats import identify


def _zip(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def _png(*chunks: bytes) -> bytes:
    body = b"".join(struct.pack(">I4s", 0, chunk) + b"\0\0\0\0" for chunk in (b"IHDR", *chunks, b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + body


def _pdf(version: str, packet: str = "") -> bytes:
    return f"%PDF-{version}\n{packet}\n%%EOF".encode()


def _odt() -> bytes:
    return _zip(mimetype="application/vnd.oasis.opendocument.text", **{"META-INF/manifest.xml": _ODF})


_ODF = '<manifest:manifest manifest:version="1.3"/>'


@pytest.mark.parametrize(
    ("data", "name", "puid"),
    [
        (_pdf("1.4"), "a.pdf", "fmt/18"),
        (_pdf("1.7"), "a.pdf", "fmt/276"),
        (_pdf("2.0"), "a.pdf", "fmt/1129"),
        (_pdf("1.7", '<r pdfaid:part="3" pdfaid:conformance="B"/>'), "a.pdf", "fmt/480"),
        (_pdf("1.7", "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<"), "a.txt", "fmt/476"),
        (_pdf("1.4", "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>b<"), "a.pdf", "fmt/354"),
        (_pdf("2.0", "<pdfaid:part>4</pdfaid:part>"), "a.pdf", "fmt/1910"),
        (b'<?xml version="1.0"?><a/>', "a", "fmt/101"),
        (b'\xef\xbb\xbf<?xml version="1.1"?><a/>', "a.xml", "fmt/1776"),
        (b"<a/>", "a.xml", "fmt/101"),
        (_png(), "a.png", "fmt/11"),
        (_png(b"sRGB"), "a.png", "fmt/12"),
        (_png(b"sRGB", b"iTXt"), "a.png", "fmt/13"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00", "a.jpg", "fmt/43"),
        (b"\xff\xd8\xff\xe1\x00\x10Exif", "a.jpg", "fmt/41"),
        (b'{"a": 1}', "a.json", "fmt/817"),
        (b"a,b\n1,2\n", "a.csv", "x-fmt/18"),
        (b"un texte", "a.txt", "x-fmt/111"),
        (b"Received: from x\nFrom: a@b.fr\nSubject: s\n\nbonjour", "a.eml", "fmt/278"),
        (b"\x30\x82\x01", "a.p7s", "fmt/670"),
        (_zip(word__document_xml="<d/>"), "a.docx", "fmt/412"),
        (_odt(), "a.odt", "fmt/1756"),
        (_zip(fichier="x"), "a.zip", "x-fmt/263"),
        (b"PK\x03\x04tronqu", "a.docx", None),
        (b"\x00\x01\x02", "a.bin", None),
        (b"", "a.txt", None),
        (b"%PDF-", "a.pdf", None),
    ],
)  # fmt: skip
def test_a_format_is_read_from_the_bytes(data: bytes, name: str, puid: str | None) -> None:
    assert identify(data, name).puid == puid


def test_the_last_metadata_packet_of_a_pdf_wins() -> None:
    data = _pdf("1.7", "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B<") + _pdf(
        "1.7", "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U<"
    )

    assert identify(data, "a.pdf").puid == "fmt/478"
