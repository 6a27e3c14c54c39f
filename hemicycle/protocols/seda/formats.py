"""Which format a file really is: PRONOM identifiers read from the bytes.

The SAE identifies every file again and believes the file, not the sender: a PDF/A is one only when its XMP
packet says so. Table of identifiers: DROID signature file V120.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from hemicycle.protocols.seda.container import BROKEN


@dataclass(frozen=True, kw_only=True)
class Format:
    """A file format. puid is None when PRONOM has no identifier for it, or none was recognised."""

    puid: str | None
    name: str
    media_type: str


_PDF_A: Final = {
    "1A": "fmt/95",
    "1B": "fmt/354",
    "2A": "fmt/476",
    "2B": "fmt/477",
    "2U": "fmt/478",
    "3A": "fmt/479",
    "3B": "fmt/480",
    "3U": "fmt/481",
    "4": "fmt/1910",
    "4E": "fmt/1911",
    "4F": "fmt/1912",
}
_PDF: Final = {
    "1.0": "fmt/14",
    "1.1": "fmt/15",
    "1.2": "fmt/16",
    "1.3": "fmt/17",
    "1.4": "fmt/18",
    "1.5": "fmt/19",
    "1.6": "fmt/20",
    "1.7": "fmt/276",
    "2.0": "fmt/1129",
}
_ODT: Final = {"1.0": "fmt/136", "1.1": "fmt/290", "1.2": "fmt/291", "1.3": "fmt/1756"}
_ODS: Final = {"1.2": "fmt/295", "1.3": "fmt/1755"}
_JFIF: Final = {0: "fmt/42", 1: "fmt/43", 2: "fmt/44"}

UNKNOWN: Final = Format(puid=None, name="", media_type="application/octet-stream")
XML: Final = Format(puid="fmt/101", name="Extensible Markup Language", media_type="application/xml")
JSON: Final = Format(puid="fmt/817", name="JSON Data Interchange Format", media_type="application/json")
CSV: Final = Format(puid="x-fmt/18", name="Comma Separated Values", media_type="text/csv")
TEXT: Final = Format(puid="x-fmt/111", name="Plain Text File", media_type="text/plain")
EML: Final = Format(puid="fmt/278", name="Internet Message Format", media_type="message/rfc822")
HTML: Final = Format(puid="fmt/471", name="Hypertext Markup Language", media_type="text/html")
P7: Final = Format(puid="fmt/670", name="PKCS #7 Cryptographic Message File", media_type="application/pkcs7-signature")
# PRONOM has no identifier for an RFC 3161 token: FormatId is left out.
TSR: Final = Format(puid=None, name="", media_type="application/timestamp-reply")
ZIP: Final = Format(puid="x-fmt/263", name="ZIP Format", media_type="application/zip")

_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCX: Final = Format(
    puid="fmt/412",
    name="Microsoft Word for Windows",
    media_type=_OFFICE + "wordprocessingml.document",
)
_XLSX: Final = Format(puid="fmt/214", name="Microsoft Excel for Windows", media_type=_OFFICE + "spreadsheetml.sheet")

_XMP_PART: Final = re.compile(rb"pdfaid:part(?:\s*=\s*[\"']|>)\s*(\d)")
_XMP_CONFORMANCE: Final = re.compile(rb"pdfaid:conformance(?:\s*=\s*[\"']|>)\s*([A-Za-z])")
_MAIL_HEADER: Final = re.compile(rb"\A(?:Return-Path|Received|From|To|Date|Subject|Message-ID|MIME-Version): ", re.I)
_MAIL_ORIGIN: Final = re.compile(rb"^From: ", re.I | re.M)


def identify(data: bytes, filename: str = "") -> Format:
    """The format of a file. The name only decides what bytes cannot tell apart (csv, p7s, tsr)."""
    suffix = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if b"%PDF-" in data[:1024]:
        return _pdf(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format(puid=_png(data), name="Portable Network Graphics", media_type="image/png")
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    if data.startswith(b"\x30") and suffix in ("p7s", "p7m"):
        return P7
    if data.startswith(b"\x30") and suffix in ("tsr", "tst"):
        return TSR
    return _text(data, suffix)


def _pdf(data: bytes) -> Format:
    # The last packet wins: an incremental update (a signature) may have rewritten the metadata.
    parts, conformances = _XMP_PART.findall(data), _XMP_CONFORMANCE.findall(data)
    if parts:
        flavour = parts[-1].decode() + (conformances[-1].decode().upper() if conformances else "")
        puid = _PDF_A.get(flavour)
        if puid:
            return Format(puid=puid, name="Acrobat PDF/A - Portable Document Format", media_type="application/pdf")
    start = data.index(b"%PDF-", 0, 1029) + 5
    version = data[start : start + 3].decode("latin-1")
    name = "PDF 2.0" if version == "2.0" else f"Acrobat PDF {version}"
    puid = _PDF.get(version)
    if puid is None:
        return Format(puid=None, name="", media_type="application/pdf")
    return Format(puid=puid, name=f"{name} - Portable Document Format", media_type="application/pdf")


def _png(data: bytes) -> str:
    """1.0, 1.1 or 1.2 according to the youngest chunk present."""
    kinds, at = set(), 8
    while at + 8 <= len(data):
        kinds.add(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    if b"iTXt" in kinds:
        return "fmt/13"
    return "fmt/12" if kinds & {b"iCCP", b"sRGB", b"sPLT"} else "fmt/11"


def _jpeg(data: bytes) -> Format:
    if data[6:11] == b"JFIF\x00" and len(data) > 12 and data[11] == 1 and data[12] in _JFIF:
        return Format(puid=_JFIF[data[12]], name="JPEG File Interchange Format", media_type="image/jpeg")
    return Format(puid="fmt/41", name="Raw JPEG Stream", media_type="image/jpeg")


def _zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            media_type = _start(archive, "mimetype", 120) if "mimetype" in names else ""
            manifest = _start(archive, "META-INF/manifest.xml", 65536) if media_type else ""
    except BROKEN:
        return UNKNOWN
    if "word/document.xml" in names:
        return _DOCX
    if "xl/workbook.xml" in names:
        return _XLSX
    if media_type.startswith("application/vnd.oasis.opendocument."):
        return _opendocument(media_type, manifest)
    if media_type.startswith("application/vnd.etsi.asic-"):
        puid = {"s": "fmt/1341", "e": "fmt/1564"}.get(media_type[26:27])
        return Format(puid=puid, name="Associated Signature Container", media_type=media_type.strip())
    return ZIP


def _start(archive: zipfile.ZipFile, name: str, budget: int) -> str:
    try:
        with archive.open(name) as member:
            return member.read(budget).decode("utf-8", "replace")
    except KeyError:
        return ""


def _opendocument(media_type: str, manifest: str) -> Format:
    version = re.search(r"manifest:version=\"([\d.]+)\"", manifest)
    # 1.0 and 1.1 had no version in the manifest; 1.1 is the one still met.
    number = version[1] if version else "1.1"
    if media_type.startswith("application/vnd.oasis.opendocument.text"):
        return Format(puid=_ODT.get(number), name="OpenDocument Text", media_type=media_type.strip())
    if media_type.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return Format(puid=_ODS.get(number), name="OpenDocument Spreadsheet", media_type=media_type.strip())
    return Format(puid=None, name="", media_type=media_type.strip())


def _text(data: bytes, suffix: str) -> Format:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<?xml"):
        old = b'version="1.1"' not in head[:60] and b"version='1.1'" not in head[:60]
        return XML if old else Format(puid="fmt/1776", name=XML.name, media_type=XML.media_type)
    if head[:15].lower().startswith(b"<!doctype html"):
        return HTML
    if _MAIL_HEADER.match(head) and (suffix == "eml" or _MAIL_ORIGIN.search(head)):
        return EML
    if not data or b"\x00" in data[:65536]:
        return UNKNOWN
    if suffix == "xml" and head.startswith(b"<"):
        return XML
    if head[:1] in (b"{", b"[") and _is_json(data):
        return JSON
    return CSV if suffix == "csv" else TEXT


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
