"""Untrusted XML, decoded before it is parsed: ISO-8859-1 may hold UTF-8 (norm, section 1)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lxml import etree

from .errors import Unreadable
from .messages import INSEE, NAMESPACE

_DECLARATION = re.compile(rb"^\s*<\?xml\s[^>]*?\?>", re.DOTALL)
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._\-]+)["']""")
_BYTE_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = frozenset({"iso8859-1", "cp1252", "iso8859-15"})
#: Far above any message: a 7-2 with every local level weighs some 60 kB.
MAX_XML = 20 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class XmlFile:
    root: etree._Element
    #: Encoding written in the declaration, empty when there is none.
    declared: str
    #: Encoding the bytes really have.
    actual: str

    @property
    def lies(self) -> bool:
        return bool(self.declared) and _canonical(self.declared) != self.actual.removesuffix("-sig")


def read_xml(data: bytes) -> XmlFile:
    """Parse without network, entities or DOCTYPE. Raises Unreadable."""
    if len(data) > MAX_XML:
        raise Unreadable("Le fichier XML dépasse 20 Mio : ce n’est pas un message @CTES.")
    declared = _declared(data)
    actual = _actual(data, declared)
    try:
        text = data.decode(actual)
    except (UnicodeDecodeError, LookupError):
        raise Unreadable(
            f"Le fichier XML s’annonce en {declared or 'UTF-8'}, mais ses octets disent autre chose."
        ) from None
    if "<!DOCTYPE" in text:
        raise Unreadable("Le fichier XML contient un DOCTYPE, refusé par sécurité.")
    text = re.sub(r"^\s*<\?xml\s[^>]*?\?>", "", text.lstrip("\ufeff"), count=1, flags=re.DOTALL)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError, ValueError) as error:
        raise Unreadable(f"Le fichier XML est mal formé : {error}.") from None
    return XmlFile(root=root, declared=declared, actual=actual)


def _declared(data: bytes) -> str:
    head = _DECLARATION.match(data[:400])
    encoding = _ENCODING.search(head.group()) if head else None
    return encoding.group(1).decode("ascii") if encoding else ""


def _canonical(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name


def _actual(data: bytes, declared: str) -> str:
    for mark, encoding in _BYTE_MARKS:
        if data.startswith(mark):
            return encoding
    name = _canonical(declared or "utf-8")
    if name in _SINGLE_BYTE and not data.isascii():
        # Accented French in Latin-1 is never valid UTF-8 by chance: the bytes win over the declaration.
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return name
        return "utf-8"
    return name


def local_name(node: etree._Element) -> str:
    """Name without its namespace, and without regard to the prefix."""
    return str(etree.QName(node).localname)


def is_actes(node: etree._Element) -> bool:
    """Whether the element belongs to the @CTES namespace."""
    return etree.QName(node).namespace == NAMESPACE


def attribute(node: etree._Element, name: str, *, insee: bool = False) -> str:
    """Qualified as the schema wants, or bare as some emitters write it; empty when absent."""
    space = INSEE if insee else NAMESPACE
    found = node.get(f"{{{space}}}{name}")
    return (found if found is not None else node.get(name, "")).strip()


def child(node: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name, wherever it stands."""
    return next(iter(children(node, name)), None)


def children(node: etree._Element, name: str) -> list[etree._Element]:
    """The children of that name, in order."""
    return node.findall(f"{{{NAMESPACE}}}{name}")


def text_of(node: etree._Element | None) -> str:
    """The text of an element, empty when it is absent."""
    return "" if node is None else "".join(map(str, node.itertext())).strip()
