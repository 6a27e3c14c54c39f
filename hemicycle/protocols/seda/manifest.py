"""Writing manifest.xml: element by element, in the order the standard demands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lxml import etree

from hemicycle.protocols.seda.formats import Format
from hemicycle.protocols.seda.package import Agent, Document, Event, Keyword, Rule, Rules, Transfer, Unit
from hemicycle.protocols.seda.reading import PREFIX

_CODE_LISTS: Final = (
    "Reply",
    "MessageDigestAlgorithm",
    "MimeType",
    "Encoding",
    "FileFormat",
    "CompressionAlgorithm",
    "DataObjectVersion",
    "StorageRule",
    "AppraisalRule",
    "AccessRule",
    "DisseminationRule",
    "ReuseRule",
    "ClassificationRule",
    "AuthorizationReason",
    "Relationship",
)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A document with its place in the package: xml ids, path, digest (SHA-512, lower-case hexadecimal)."""

    document: Document
    unit_id: str
    unit_title: str
    group_id: str
    object_id: str
    uri: str
    sha512: str
    format: Format


def write_manifest(transfer: Transfer, placed: tuple[Placed, ...], unit_ids: dict[int, str]) -> bytes:
    """manifest.xml of a transfer, UTF-8. unit_ids gives the xml id of each Unit by its identity (id())."""
    writer = _Writer(transfer.version)
    root = writer.root("ArchiveTransfer")
    writer.texts(root, ("Comment", transfer.comment), ("Date", _moment(transfer.date)))
    writer.texts(root, ("MessageIdentifier", transfer.identifier), ("ArchivalAgreement", transfer.agreement))
    lists = writer.element(root, "CodeListVersions")
    for name in _CODE_LISTS:
        writer.texts(lists, (f"{name}CodeListVersion", f"{name}CodeListVersion0"))
    package = writer.element(root, "DataObjectPackage")
    _write_objects(writer, package, placed)
    metadata = writer.element(package, "DescriptiveMetadata")
    _write_unit(writer, metadata, transfer.root, placed, unit_ids)
    _write_management(writer, package, transfer)
    for reference in transfer.completes:
        writer.texts(root, ("RelatedTransferReference", reference))
    for name, identifier in (
        ("ArchivalAgency", transfer.archival_agency),
        ("TransferringAgency", transfer.transferring_agency),
    ):
        writer.texts(writer.element(root, name), ("Identifier", identifier))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


class _Writer:
    """Elements of one SEDA namespace; an empty text writes no element, as the standard forbids empty ones."""

    def __init__(self, version: str) -> None:
        self.namespace = PREFIX + version

    def root(self, name: str) -> etree._Element:
        default: dict[str | None, str] = {None: self.namespace}
        return etree.Element(f"{{{self.namespace}}}{name}", nsmap=default)  # type: ignore[arg-type]

    def element(self, parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{self.namespace}}}{name}", attributes)

    def texts(self, parent: etree._Element, *pairs: tuple[str, str]) -> None:
        for name, value in pairs:
            if value:
                self.element(parent, name).text = value


def _moment(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def _write_objects(writer: _Writer, package: etree._Element, placed: Iterable[Placed]) -> None:
    groups: dict[str, etree._Element] = {}
    for piece in placed:
        if piece.group_id not in groups:
            groups[piece.group_id] = writer.element(package, "DataObjectGroup", id=piece.group_id)
        document, found = piece.document, piece.format
        entry = writer.element(groups[piece.group_id], "BinaryDataObject", id=piece.object_id)
        writer.texts(entry, ("DataObjectVersion", document.usage), ("Uri", piece.uri))
        writer.element(entry, "MessageDigest", algorithm="SHA-512").text = piece.sha512
        writer.texts(entry, ("Size", str(len(document.data))))
        writer.texts(
            writer.element(entry, "FormatIdentification"),
            ("FormatLitteral", found.name),
            ("MimeType", found.media_type),
            ("FormatId", found.puid or ""),
        )
        writer.texts(
            writer.element(entry, "FileInfo"),
            ("Filename", document.filename),
            ("LastModified", _moment(document.last_modified)),
        )


def _write_unit(
    writer: _Writer,
    parent: etree._Element,
    unit: Unit,
    placed: tuple[Placed, ...],
    unit_ids: dict[int, str],
) -> None:
    xml_id = unit_ids[id(unit)]
    entry = writer.element(parent, "ArchiveUnit", id=xml_id)
    if unit.access or unit.dissemination:
        management = writer.element(entry, "Management")
        _write_rule(writer, management, "AccessRule", unit.access, alone=True)
        _write_rule(writer, management, "DisseminationRule", unit.dissemination, alone=True)
    _write_content(writer, writer.element(entry, "Content"), unit)
    for below in unit.children:
        _write_unit(writer, entry, below, placed, unit_ids)
    group = next((piece.group_id for piece in placed if piece.unit_id == xml_id), "")
    if group:
        reference = writer.element(entry, "DataObjectReference")
        writer.texts(reference, ("DataObjectGroupReferenceId", group))


def _write_content(writer: _Writer, content: etree._Element, unit: Unit) -> None:
    names = unit.identifiers
    writer.texts(
        content,
        ("DescriptionLevel", unit.level),
        ("Title", unit.title),
        ("OriginatingSystemId", names.system),
        ("OriginatingAgencyArchiveUnitIdentifier", names.originating),
        ("TransferringAgencyArchiveUnitIdentifier", names.transferring),
        ("Description", unit.description),
        ("DocumentType", unit.document_type),
        ("Language", unit.language),
    )
    for keyword in unit.keywords:
        _write_keyword(writer, content, keyword)
    if unit.originating_agency:
        agency = writer.element(content, "OriginatingAgency")
        writer.texts(agency, ("Identifier", unit.originating_agency))
    for kind in ("Agent", "AuthorizedAgent", "Writer", "Addressee", "Recipient", "Transmitter", "Sender"):
        for agent in unit.agents:
            if agent.kind == kind:
                _write_agent(writer, content, agent)
    writer.texts(
        content,
        ("CreatedDate", _moment(unit.created)),
        ("TransactedDate", _moment(unit.transacted)),
        ("SentDate", _moment(unit.sent)),
        ("ReceivedDate", _moment(unit.received)),
        ("StartDate", _moment(unit.start)),
        ("EndDate", _moment(unit.end)),
    )
    for event in unit.events:
        _write_event(writer, content, event)


def _write_keyword(writer: _Writer, content: etree._Element, keyword: Keyword) -> None:
    writer.texts(
        writer.element(content, "Keyword"),
        ("KeywordContent", keyword.content),
        ("KeywordReference", keyword.reference),
        ("KeywordType", keyword.type),
    )


def _write_agent(writer: _Writer, content: etree._Element, agent: Agent) -> None:
    writer.texts(
        writer.element(content, agent.kind),
        ("FirstName", agent.first_name),
        ("BirthName", agent.birth_name),
        ("FullName", agent.full_name),
        ("Corpname", agent.corporate_name),
        ("Identifier", agent.identifier),
        ("Function", agent.function),
        ("Role", agent.role),
        ("Mandate", agent.mandate),
    )


def _write_event(writer: _Writer, content: etree._Element, event: Event) -> None:
    writer.texts(
        writer.element(content, "Event"),
        ("EventTypeCode", event.code),
        ("EventType", event.label),
        ("EventDateTime", _moment(event.at)),
        ("EventDetail", event.detail),
        ("Outcome", event.outcome),
        ("OutcomeDetailMessage", event.message),
    )


def _write_rule(
    writer: _Writer,
    parent: etree._Element,
    name: str,
    rule: Rule | None,
    *,
    final_action: str = "",
    alone: bool = False,
) -> None:
    """alone: the inherited rules of the same kind no longer apply (PreventInheritance)."""
    if rule is None:
        return
    writer.texts(
        writer.element(parent, name),
        ("Rule", rule.code),
        ("StartDate", _moment(rule.start)),
        ("PreventInheritance", "true" if alone else ""),
        ("FinalAction", final_action),
    )


def _write_management(writer: _Writer, package: etree._Element, transfer: Transfer) -> None:
    management = writer.element(package, "ManagementMetadata")
    writer.texts(
        management,
        ("ArchivalProfile", transfer.profile),
        ("AcquisitionInformation", "Versement"),
        ("LegalStatus", "Public Archive"),
        ("OriginatingAgencyIdentifier", transfer.originating_agency),
        ("SubmissionAgencyIdentifier", transfer.submission_agency),
    )
    rules: Rules = transfer.rules
    _write_rule(writer, management, "AppraisalRule", rules.appraisal, final_action=rules.final_action)
    _write_rule(writer, management, "AccessRule", rules.access)
    _write_rule(writer, management, "DisseminationRule", rules.dissemination)
    _write_rule(writer, management, "ReuseRule", rules.reuse)
