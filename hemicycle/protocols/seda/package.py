"""What one transfer to the archive says: units, documents, rules, agencies (SEDA 2.1 to 2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Version = Literal["2.1", "2.2", "2.3"]
Usage = Literal["BinaryMaster_1", "Dissemination_1"]
Level = Literal[
    "Fonds",
    "Subfonds",
    "Class",
    "Collection",
    "Series",
    "Subseries",
    "RecordGrp",
    "SubGrp",
    "File",
    "Item",
]
AgentKind = Literal["Agent", "AuthorizedAgent", "Writer", "Addressee", "Recipient", "Transmitter", "Sender"]
KeywordType = Literal[
    "corpname",
    "famname",
    "geogname",
    "name",
    "occupation",
    "persname",
    "subject",
    "genreform",
    "function",
]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file of a unit. The format (PUID, media type) is read from the bytes unless it is given."""

    filename: str
    data: bytes
    usage: Usage = "BinaryMaster_1"
    last_modified: datetime | None = None
    media_type: str = ""
    #: PRONOM identifier, such as "fmt/477"; "" = identify from the bytes.
    puid: str = ""
    #: Name of the format for FormatLitteral; "" = identify from the bytes.
    format_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to what the unit describes: VOTE, SIGNATURE, AR_PREFECTURE…"""

    code: str
    label: str
    at: datetime
    detail: str = ""
    outcome: str = "OK"
    #: Sentence for OutcomeDetailMessage.
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Agent:
    """A person (first_name, birth_name or full_name) or a body (corporate_name), never both."""

    kind: AgentKind = "AuthorizedAgent"
    corporate_name: str = ""
    first_name: str = ""
    birth_name: str = ""
    full_name: str = ""
    identifier: str = ""
    function: str = ""
    role: str = ""
    mandate: str = ""


@dataclass(frozen=True, kw_only=True)
class Keyword:
    """An indexing term; reference is its code in the list it comes from ("7.1")."""

    content: str
    type: KeywordType = "subject"
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A management rule: its code in the SAE's own referential, and the date it counts from."""

    code: str
    start: date | None = None


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Rules of the whole transfer, inherited by every unit.

    Deliberations: useful administrative life of one year, kept for ever (DAF/DPACI/RES/2009/018),
    communicable at once (code du patrimoine L.213-1). The codes are settings: each SAE has its own.
    """

    appraisal: Rule | None = None
    final_action: Literal["Keep", "Destroy"] = "Keep"
    access: Rule | None = None
    dissemination: Rule | None = None
    reuse: Rule | None = None


@dataclass(frozen=True, kw_only=True)
class Identifiers:
    """The names the described thing has elsewhere."""

    #: In the application that produced it: OriginatingSystemId.
    system: str = ""
    #: In the producing agency: the number of the act.
    originating: str = ""
    #: In the transferring agency: the unique @CTES identifier of the act.
    transferring: str = ""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An archive unit: a file, an item, a record group, with its documents and its sub-units.

    access overrides the transfer's access rule for this unit and all under it (a nominative annex: 50 years);
    dissemination likewise.
    """

    title: str
    level: Level = "Item"
    document_type: str = ""
    description: str = ""
    identifiers: Identifiers = Identifiers()
    language: str = ""
    keywords: tuple[Keyword, ...] = ()
    originating_agency: str = ""
    agents: tuple[Agent, ...] = ()
    created: date | datetime | None = None
    transacted: date | datetime | None = None
    sent: date | datetime | None = None
    received: date | datetime | None = None
    start: date | datetime | None = None
    end: date | datetime | None = None
    events: tuple[Event, ...] = ()
    documents: tuple[Document, ...] = ()
    children: tuple[Unit, ...] = ()
    access: Rule | None = None
    dissemination: Rule | None = None


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """One ArchiveTransfer: who sends what to whom, under which agreement and rules."""

    #: MessageIdentifier: unique for ever, never reused, even after a refusal.
    identifier: str
    #: ArchivalAgreement: the ingest contract the SAE gave.
    agreement: str
    archival_agency: str
    transferring_agency: str
    originating_agency: str
    #: "" = none declared.
    submission_agency: str = ""
    date: datetime
    root: Unit
    rules: Rules = Rules()
    comment: str = ""
    #: ArchivalProfile declared in the SAE, if the contract asks for one.
    profile: str = ""
    #: MessageIdentifier of an earlier transfer that this one completes or corrects.
    completes: tuple[str, ...] = ()
    version: Version = "2.2"


class InvalidTransfer(ValueError):
    """The transfer cannot make a package the SAE would take; str() is the sentence to show."""
