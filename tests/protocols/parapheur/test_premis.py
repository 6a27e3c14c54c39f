"""What i-Parapheur is told of a folder, and what it tells."""

from __future__ import annotations

import pytest
from lxml import etree

from hemicycle.protocols.parapheur.premis import FolderState, Unreadable, draft, read_folder

XSI = "http://www.w3.org/2001/XMLSchema-instance"
HEAD = f'<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="{XSI}" version="3.0">'
FOLDER = '<object xsi:type="intellectualEntity"><originalName>CP-2026-0001</originalName></object>'
AGENT = (
    "<agent><agentIdentifier><agentIdentifierType>userId</agentIdentifierType><agentIdentifierValue>u1"
    "</agentIdentifierValue></agentIdentifier><agentName>Étienne Valmorin</agentName></agent>"
)


def event(action: str, at: str = "2026-11-23T10:00:00.000+0100", note: str = "", by: str = "u1") -> str:
    outcome = (
        f"<eventOutcomeInformation><eventOutcomeDetail><eventOutcomeDetailNote>{note}</eventOutcomeDetailNote>"
        "</eventOutcomeDetail></eventOutcomeInformation>"
    )
    return (
        f"<event><eventIdentifier><eventIdentifierType>taskId</eventIdentifierType><eventIdentifierValue>{action}-1"
        f"</eventIdentifierValue></eventIdentifier><eventType>{action}</eventType><eventDateTime>{at}</eventDateTime>"
        f"{outcome if note else ''}<linkingAgentIdentifier><linkingAgentIdentifierValue>{by}"
        "</linkingAgentIdentifierValue></linkingAgentIdentifier></event>"
    )


def premis(*events: str) -> bytes:
    return f"{HEAD}{FOLDER}{''.join(events)}{AGENT}</premis>".encode()


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], FolderState.DRAFT),
        ([event("START", "")], FolderState.DRAFT),
        ([event("START")], FolderState.PENDING),
        ([event("START"), event("READ"), event("SIGNATURE", "")], FolderState.PENDING),
        ([event("START"), event("SIGNATURE"), event("SEAL", "")], FolderState.PENDING),
        ([event("START"), event("SIGNATURE"), event("ARCHIVE", "")], FolderState.FINISHED),
        ([event("START"), event("SIGNATURE"), event("ARCHIVE")], FolderState.FINISHED),
        ([event("START"), event("EXTERNAL_SIGNATURE")], FolderState.FINISHED),
        ([event("START"), event("REJECT", note="Non."), event("DELETE", "")], FolderState.REJECTED),
        ([event("START"), event("DELETE", "")], FolderState.REJECTED),
    ],
)
def test_the_tasks_tell_where_the_folder_stands(events: list[str], state: FolderState) -> None:
    assert read_folder(premis(*events)).state == state


def test_a_rejection_says_who_and_why() -> None:
    found = read_folder(premis(event("START"), event("REJECT", note="Le montant est faux."), event("DELETE", "")))

    assert found.rejection is not None
    assert (found.rejection.by, found.rejection.note) == ("Étienne Valmorin", "Le montant est faux.")


def test_what_is_asked_reads_back() -> None:
    asked = draft(name="CP <1> & 2", type_name="Actes", subtype_name="Président", document="CP-1.pdf")

    found = read_folder(asked)

    values = etree.fromstring(asked).xpath("//*[local-name()='significantPropertiesValue']/text()")
    assert (found.name, found.document, found.state) == ("CP <1> & 2", "CP-1.pdf", FolderState.DRAFT)
    assert values == ["Actes", "Président", "true"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>passerelle",
        b'<!DOCTYPE premis [<!ENTITY e "x">]>' + premis(),
        f"{HEAD}</premis>".encode(),
    ],
    ids=["empty", "no XML", "DOCTYPE", "no folder"],
)
def test_what_describes_no_folder_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_folder(data)
