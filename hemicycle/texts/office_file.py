"""What a file given as a text really is, judged on its bytes before it is opened."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from lxml import etree

from hemicycle.texts.inline import readable
from hemicycle.texts.refusal import TextRefused

#: What Pandoc reads and writes.
Kind: TypeAlias = Literal["docx", "odt"]
#: What can be imported: the two others go through LibreOffice first.
Given: TypeAlias = Literal["docx", "odt", "rtf", "doc"]

MEDIA_TYPES: dict[Given, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "doc": "application/msword",
}

#: Bytes of the file as given.
MAX_FILE = 20_000_000
#: Bytes of all its members once inflated.
MAX_INFLATED = 200_000_000
#: Bytes of its XML members once inflated: what the reader has to hold in memory.
MAX_XML = 40_000_000
MAX_MEMBERS = 5_000

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_MACROS = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))
_ODT = b"application/vnd.oasis.opendocument.text"
_CHUNK = 1 << 20


def shown(filename: str) -> str:
    """The file's name as it may be printed: no folder, no control character, no more than 80 characters."""
    name = re.sub(" +", " ", readable(filename.replace("\\", "/").rsplit("/", 1)[-1])).strip() or "sans nom"
    return name if len(name) <= 80 else f"{name[:60]}…{name[-15:]}"


def kind_of(data: bytes, filename: str) -> Given:
    """What the file is, among what can be imported. Raises TextRefused, naming the file."""
    name = shown(filename)
    if not data:
        raise TextRefused(f"Le fichier « {name} » est vide ; choisissez le bon fichier.")
    if len(data) > MAX_FILE:
        raise TextRefused(f"Le fichier « {name} » dépasse 20 Mo ; réduisez ses images ou joignez-le en annexe.")
    kind = _older_kind(data, name)
    if kind is not None:
        return _named_so(kind, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _named_so(_kind_of_archive(archive, name), name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as e:
        if isinstance(e, TextRefused):
            raise
        raise unreadable(filename) from e


class Damaged(TextRefused):
    """The file is of the right kind, and cannot be opened."""


def unreadable(filename: str) -> Damaged:
    """The refusal of a damaged file."""
    return Damaged(
        f"Le fichier « {shown(filename)} » est illisible, sans doute abîmé ; ouvrez-le dans votre traitement "
        "de texte, enregistrez-le de nouveau en .docx ou .odt, puis recommencez."
    )


def _older_kind(data: bytes, name: str) -> Given | None:
    """What is not an archive: a .doc, an .rtf, or nothing that is a text."""
    if data.startswith(_OLE):
        return _binary_word(data, name)
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if data[:1024].find(b"%PDF-") >= 0:
        raise TextRefused(
            f"Le fichier « {name} » est un PDF : joignez-le en annexe, ou importez le texte en .docx ou .odt."
        )
    if not data.startswith(b"PK"):
        raise TextRefused(
            f"Le fichier « {name} » n’est pas un document Word ou LibreOffice ; "
            "enregistrez le texte en .docx ou .odt, puis recommencez."
        )
    return None


def _binary_word(data: bytes, name: str) -> Given:
    if _ENCRYPTED_PACKAGE in data:
        raise _protected(name)
    if _WORD_STREAM not in data:
        raise TextRefused(
            f"Le fichier « {name} » n’est pas un document Word ; "
            "enregistrez le texte en .docx ou .odt, puis recommencez."
        )
    # The header of the text stands at the head of a sector: bit 8 of its flags says « encrypted » ([MS-DOC] 2.5.2).
    header = next((at for at in range(512, len(data) - 12, 512) if data[at : at + 2] == b"\xec\xa5"), None)
    if header is not None and data[header + 11] & 1:
        raise _protected(name)
    if any(macro in data for macro in _MACROS):
        raise _active(name, "docx")
    return "doc"


def _named_so(kind: Given, name: str) -> Given:
    extension = PurePosixPath(name.lower()).suffix
    if extension.removeprefix(".") in MEDIA_TYPES and extension != f".{kind}":
        raise TextRefused(
            f"Le fichier « {name} » est en réalité un document .{kind} ; corrigez son extension, puis recommencez."
        )
    return kind


def _kind_of_archive(archive: zipfile.ZipFile, name: str) -> Kind:
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_INFLATED:
        raise _bomb(name)
    if any(member.flag_bits & 1 for member in members):
        raise _protected(name)
    kind = _claimed_kind(archive, names, name)
    if _has_macros(names) or _is_macro_enabled(archive, names):
        raise _active(name, kind)
    _read_through(archive, members, name)
    if kind == "odt" and b"encryption-data" in _small(archive, names, "META-INF/manifest.xml"):
        raise _protected(name)
    return kind


def _claimed_kind(archive: zipfile.ZipFile, names: set[str], name: str) -> Kind:
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return "docx"
    if "content.xml" in names and _small(archive, names, "mimetype").strip() == _ODT:
        return "odt"
    raise TextRefused(
        f"Le fichier « {name} » n’est pas un document Word (.docx) ou LibreOffice (.odt) ; "
        "enregistrez le texte dans l’un de ces formats, puis recommencez."
    )


def _has_macros(names: set[str]) -> bool:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return True
    listings = ("script-lc.xml", "script-lb.xml")
    return any(
        (name.startswith("Basic/") and name.endswith(".xml") and not name.endswith(listings))
        or (name.startswith("Scripts/") and not name.endswith("/"))
        for name in names
    )


def _is_macro_enabled(archive: zipfile.ZipFile, names: set[str]) -> bool:
    return b"macroEnabled" in _small(archive, names, "[Content_Types].xml")


def _small(archive: zipfile.ZipFile, names: set[str], member: str) -> bytes:
    if member not in names:
        return b""
    with archive.open(member) as stream:
        return stream.read(_CHUNK)


def _read_through(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    """Inflate every member once: sizes in a header may lie, and a checksum may be wrong."""
    total = xml = 0
    for member in members:
        is_xml = member.filename.lower().endswith((".xml", ".rels"))
        with archive.open(member) as stream:
            head = True
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                xml += len(chunk) if is_xml else 0
                if total > MAX_INFLATED or xml > MAX_XML:
                    raise _bomb(name)
                # Neither format has a DOCTYPE; one is only there to attack who reads it.
                if is_xml and head and re.search(rb"<!\s*DOCTYPE|<\0?!\0?D\0?O\0?C", chunk[:65_536], re.I):
                    raise unreadable(name)
                head = False


def _bomb(name: str) -> TextRefused:
    return TextRefused(
        f"Le fichier « {name} » contient trop de données une fois décompressé ; "
        "réduisez-le ou joignez-le en annexe en PDF."
    )


def _protected(name: str) -> TextRefused:
    return TextRefused(
        f"Le fichier « {name} » est protégé par un mot de passe ; enregistrez-le sans mot de passe, puis recommencez."
    )


def _active(name: str, kind: str) -> TextRefused:
    return TextRefused(
        f"Le fichier « {name} » contient des macros ; enregistrez-le sans macros, en .{kind}, puis recommencez."
    )


def xml_member(data: bytes, member: str) -> etree._Element:
    """The root of an XML member of a file that `kind_of` accepted. Raises etree.XMLSyntaxError, KeyError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(member), parser)


def member(data: bytes, path: str, most: int) -> bytes | None:
    """A member of a file that `kind_of` accepted; None where it is absent, or over `most` bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            if archive.getinfo(path).file_size > most:
                return None
            return archive.read(path)
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, ValueError):
            return None
