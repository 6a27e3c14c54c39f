"""The PREMIS of a folder: read when one is made, strictly; written when it is asked about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from lxml import etree

from .book import SUBTYPE, TYPE, Folder, Problem, named

NAMESPACE = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_N = {"p": NAMESPACE}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A folder to be made."""

    name: str
    document: str


def read(data: bytes) -> Asked:
    """What is asked for. Raises Problem: unknown type or subtype, no folder, not exactly one file to sign."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as cause:
        raise Problem("The PREMIS file cannot be parsed") from cause
    folders = [o for o in root.findall("p:object", _N) if o.get(f"{{{XSI}}}type") == "intellectualEntity"]
    files = [o for o in root.findall("p:object", _N) if o.get(f"{{{XSI}}}type") == "file"]
    main = [o for o in files if _properties(o).get("i_Parapheur_reserved_mainDocument") == "true"]
    if len(folders) != 1 or len(main) != 1:
        raise Problem("The PREMIS file must describe one folder and its main document")
    properties = _properties(folders[0])
    _known(properties.get("i_Parapheur_reserved_type", ""), TYPE, "type")
    _known(properties.get("i_Parapheur_reserved_subtype", ""), SUBTYPE, "subtype")
    name = folders[0].findtext("p:originalName", "", _N)
    document = main[0].findtext("p:originalName", "", _N)
    if not name or not document or "/" in document:
        raise Problem("A name is missing")
    return Asked(name=name, document=document)


def write(folder: Folder, current: bytes) -> bytes:
    """What became of it: its properties, its file, each task done or to be done, and who did them."""
    root = etree.Element(f"{{{NAMESPACE}}}premis", nsmap={None: NAMESPACE, "xsi": XSI})  # type: ignore[dict-item]
    root.set("version", "3.0")
    entity = _object(root, "intellectualEntity", "folderId", folder.id)
    _property(entity, "i_Parapheur_reserved_type", TYPE)
    _property(entity, "i_Parapheur_reserved_subtype", SUBTYPE)
    _add(entity, "originalName", folder.name)
    file = _object(root, "file", "documentId", f"{folder.id}-1")
    _property(file, "i_Parapheur_reserved_mainDocument", "true")
    characteristics = _add(file, "objectCharacteristics")
    fixity = _add(characteristics, "fixity")
    _add(fixity, "messageDigestAlgorithm", "SHA-256")
    _add(fixity, "messageDigest", hashlib.sha256(current).hexdigest())
    _add(characteristics, "size", str(len(current)))
    _add(file, "originalName", folder.document)
    for event in folder.events:
        made = _add(root, "event")
        _identifier(made, "event", "taskId", event.id)
        _add(made, "eventType", event.action)
        _add(made, "eventDateTime", event.at)
        if event.note:
            detail = _add(_add(made, "eventOutcomeInformation"), "eventOutcomeDetail")
            _add(detail, "eventOutcomeDetailNote", event.note)
        _identifier(made, "linkingAgent", "userId", _agent(event.by))
        _add(made.find("p:linkingAgentIdentifier", _N), "linkingAgentRole", event.desk)
    for name in dict.fromkeys(event.by for event in folder.events if event.by):
        agent = _add(root, "agent")
        _identifier(agent, "agent", "userId", _agent(name))
        _add(agent, "agentName", name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _known(given: str, name: str, what: str) -> None:
    if given not in (name, named(name)["id"]):
        raise Problem(f"Unknown {what}: {given}", 404 if not given else 400)


def _properties(element: etree._Element) -> dict[str, str]:
    return {
        one.findtext("p:significantPropertiesType", "", _N): one.findtext("p:significantPropertiesValue", "", _N)
        for one in element.findall("p:significantProperties", _N)
    }


def _agent(name: str) -> str:
    return named(name)["id"] if name else ""


def _object(root: etree._Element, kind: str, type_name: str, identifier: str) -> etree._Element:
    made = _add(root, "object")
    made.set(f"{{{XSI}}}type", kind)
    _identifier(made, "object", type_name, identifier)
    return made


def _identifier(parent: etree._Element, what: str, type_name: str, value: str) -> None:
    made = _add(parent, f"{what}Identifier")
    _add(made, f"{what}IdentifierType", type_name)
    _add(made, f"{what}IdentifierValue", value)


def _property(parent: etree._Element, name: str, value: str) -> None:
    made = _add(parent, "significantProperties")
    _add(made, "significantPropertiesType", name)
    _add(made, "significantPropertiesValue", value)


def _add(parent: etree._Element | None, name: str, value: str = "") -> etree._Element:
    assert parent is not None
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    made.text = value or None
    return made
