"""Judging a message by the official XSD, when a folder of them is at hand.

The folder holds `standard/<version>/seda-<version>-main.xsd` and `vitam-lxml/<version>/seda-vitam-main.xsd`.
"""

from __future__ import annotations

import copy
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from hemicycle.protocols.seda.reading import VERSIONS, local_name, namespace, seda_version

Kind = Literal["standard", "vitam-lxml"]
_XS = "{http://www.w3.org/2001/XMLSchema}"


def violation(root: etree._Element, schemas: Path, kind: Kind) -> str | None:
    """The first violation of the XSD, located ("ligne 12 : …"); None when valid or without such XSD."""
    version = seda_version(root)
    if version not in VERSIONS:
        return None
    main = f"seda-{version}-main.xsd" if kind == "standard" else "seda-vitam-main.xsd"
    path = schemas / kind / version / main
    if not path.is_file():
        return None
    judged = root if kind == "standard" else _without_free_fields(root, path.parent)
    schema = _load(path)
    if schema.validate(judged.getroottree()):
        return None
    errors: Any = schema.error_log
    error = errors[0]
    return f"ligne {error.line} : {error.message.replace('{' + namespace(root) + '}', '')}"


@lru_cache(maxsize=8)
def _load(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(path), etree.XMLParser(no_network=True, resolve_entities=False)))


@lru_cache(maxsize=4)
def _names(folder: Path) -> frozenset[str]:
    """Every element declared by the XSD of a folder."""
    return frozenset(
        str(element.get("name"))
        for path in folder.glob("*.xsd")
        for element in etree.parse(str(path)).iter(f"{_XS}element")
        if element.get("name")
    )


def _without_free_fields(root: etree._Element, folder: Path) -> etree._Element:
    """Vitam takes unknown fields in the SEDA namespace; the copy that libxml2 can load does not."""
    root, names, uri = copy.deepcopy(root), _names(folder), namespace(root)
    for element in list(root.iter(f"{{{uri}}}*")):
        parent = element.getparent()
        if local_name(element) not in names and parent is not None:
            parent.remove(element)
    return root
