"""The PREMIS description by which i-Parapheur 5 takes a folder and tells what became of it.

Source: the publisher's OpenAPI document (standard API v1, createFolder and downloadFolderPremis) and the files of its
public client. A reserved property says the type, the subtype, and which file is the one to sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lxml import etree

from hemicycle.protocols.seda.reading import Unreadable, child, children, read_xml, text

__all__ = ["FolderState", "ReadFolder", "Step", "Unreadable", "draft", "read_folder"]

NAMESPACE: Final = "http://www.loc.gov/premis/v3"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
LOCATION: Final = f"{NAMESPACE} http://www.loc.gov/standards/premis/v3/premis.xsd"
TYPE: Final = "i_Parapheur_reserved_type"
SUBTYPE: Final = "i_Parapheur_reserved_subtype"
MAIN: Final = "i_Parapheur_reserved_mainDocument"

#: Tasks that leave a signature in the file.
SIGNATURES: Final = frozenset({"SIGNATURE", "EXTERNAL_SIGNATURE"})


class FolderState(StrEnum):
    """Where a folder stands."""

    DRAFT = "draft"
    PENDING = "pending"
    FINISHED = "finished"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A task of the folder; `at` is empty while it is still to be done (ISO 8601, as written)."""

    id: str
    action: str
    at: str
    note: str
    by: str


@dataclass(frozen=True, kw_only=True)
class ReadFolder:
    """A folder as the parapheur describes it."""

    name: str
    state: FolderState
    #: Name of the file to sign, under which the archive holds it.
    document: str
    steps: tuple[Step, ...]

    @property
    def start_task(self) -> str:
        """The task that sends a draft on its way; empty when there is none."""
        return next((step.id for step in self.steps if step.action == "START"), "")

    @property
    def rejection(self) -> Step | None:
        """Who rejected it and why, None when nobody did."""
        return next((step for step in reversed(self.steps) if step.action == "REJECT" and step.at), None)


def draft(*, name: str, type_name: str, subtype_name: str, document: str) -> bytes:
    """The description of a folder to be made, with one file to sign. Names or identifiers of type and subtype."""
    root = etree.Element(f"{{{NAMESPACE}}}premis", nsmap={None: NAMESPACE, "xsi": XSI})  # type: ignore[dict-item]
    root.set("version", "3.0")
    root.set(f"{{{XSI}}}schemaLocation", LOCATION)
    folder = _object(root, "intellectualEntity")
    _property(folder, TYPE, type_name)
    _property(folder, SUBTYPE, subtype_name)
    _add(folder, "originalName", name)
    file = _object(root, "file")
    _property(file, MAIN, "true")
    _add(file, "originalName", document)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def read_folder(data: bytes) -> ReadFolder:
    """What the parapheur says of a folder. Raises Unreadable."""
    root = read_xml(data)
    objects = children(root, "object")
    folder = next((one for one in objects if _kind(one) == "intellectualEntity"), None)
    if folder is None:
        raise Unreadable("La description du dossier rendue par le parapheur ne dit pas de quel dossier il s’agit.")
    steps = tuple(_step(event, _names(root)) for event in children(root, "event"))
    return ReadFolder(
        name=text(child(folder, "originalName")),
        state=_state(steps),
        document=next((text(child(one, "originalName")) for one in objects if _is_main(one)), ""),
        steps=steps,
    )


def _state(steps: tuple[Step, ...]) -> FolderState:
    """The last task tells: to be thrown away once rejected, to be archived once signed, never started while a draft."""
    if any(step.action == "REJECT" and step.at for step in steps) or (steps and steps[-1].action == "DELETE"):
        return FolderState.REJECTED
    if not steps or any(step.action == "START" and not step.at for step in steps):
        return FolderState.DRAFT
    signed = all(step.at for step in steps) and any(step.action in SIGNATURES for step in steps)
    return FolderState.FINISHED if signed or steps[-1].action == "ARCHIVE" else FolderState.PENDING


def _step(event: etree._Element, names: dict[str, str]) -> Step:
    agent = text(child(event, "linkingAgentIdentifier", "linkingAgentIdentifierValue"))
    return Step(
        id=text(child(event, "eventIdentifier", "eventIdentifierValue")),
        action=text(child(event, "eventType")).upper(),
        at=text(child(event, "eventDateTime")),
        note=text(child(event, "eventOutcomeInformation", "eventOutcomeDetail", "eventOutcomeDetailNote")),
        by=names.get(agent, ""),
    )


def _names(root: etree._Element) -> dict[str, str]:
    """Identifier → name of the people who acted."""
    return {
        text(child(agent, "agentIdentifier", "agentIdentifierValue")): text(child(agent, "agentName"))
        for agent in children(root, "agent")
    }


def _kind(element: etree._Element) -> str:
    return str(element.get(f"{{{XSI}}}type", "")).rpartition(":")[2]


def _is_main(element: etree._Element) -> bool:
    return _kind(element) == "file" and any(
        text(child(one, "significantPropertiesType")) == MAIN
        and text(child(one, "significantPropertiesValue")).lower() == "true"
        for one in children(element, "significantProperties")
    )


def _object(root: etree._Element, kind: str) -> etree._Element:
    made = etree.SubElement(root, f"{{{NAMESPACE}}}object")
    made.set(f"{{{XSI}}}type", kind)
    return made


def _property(parent: etree._Element, name: str, value: str) -> None:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}significantProperties")
    _add(made, "significantPropertiesType", name)
    _add(made, "significantPropertiesValue", value)


def _add(parent: etree._Element, name: str, value: str) -> None:
    etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = value
