"""Reading XML that others wrote: no DOCTYPE, no entity, no network, bounded depth and size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

PREFIX: Final = "fr:gouv:culture:archivesdefrance:seda:v"
VERSIONS: Final = ("2.1", "2.2", "2.3")


class Unreadable(ValueError):
    """The bytes are not XML that may be read safely; str() is the sentence to show."""


def read_xml(data: bytes) -> etree._Element:
    """The root element of an XML document.

    Raises Unreadable when it is not well formed or carries a DOCTYPE (the norm has none).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).split(" (<string>")[0]
        raise Unreadable(f"Le fichier n’est pas du XML bien formé : {reason}.") from error
    if str(getattr(root.getroottree().docinfo, "doctype", "")):
        raise Unreadable("Le fichier porte une déclaration DOCTYPE, que la norme n’emploie pas ; il est refusé.")
    return root


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace ("" for a processing instruction)."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def namespace(element: etree._Element) -> str:
    """The namespace URI of an element, "" when it has none."""
    return str(etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""


def seda_version(root: etree._Element) -> str | None:
    """ "2.1", "0.2"…, read from the namespace; None when the root is not in a SEDA namespace."""
    uri = namespace(root)
    return uri.removeprefix(PREFIX) if uri.startswith(PREFIX) else None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant reached by a path of local names, whatever the namespace."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local_name(e) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """The children of that local name, in document order."""
    return [] if element is None else [e for e in element if local_name(e) == name]


def descendants(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Every descendant of one of these local names, in document order."""
    if element is not None:
        yield from (e for e in element.iter("{*}*") if local_name(e) in names)


def text(element: etree._Element | None, *path: str) -> str:
    """The stripped text reached by a path of local names; "" when absent or empty."""
    found = child(element, *path)
    return "" if found is None else (found.text or "").strip()
