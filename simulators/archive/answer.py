"""Writing the ArchiveTransferReply, as Vitam does."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime

from lxml import etree

from hemicycle.protocols.seda.controls import Control
from hemicycle.protocols.seda.controls.objects import all_objects, group_of
from hemicycle.protocols.seda.reading import PREFIX, VERSIONS, child, descendants, local_name, seda_version, text
from simulators.archive.deposits import Deposit, guid

_STEPS = {
    "STP_SANITY_CHECK_SIP": "Processus des contrôles préalables à l'entrée",
    "STP_UPLOAD_SIP": "Processus de téléchargement du SIP",
    "STP_INGEST_CONTROL_SIP": "Processus de contrôle du SIP",
    "STP_OG_CHECK_AND_TRANSFORME": "Processus de contrôle et traitement des objets",
    "STP_UNIT_CHECK_AND_PROCESS": "Processus de contrôle et traitement des unités archivistiques",
}
_ACTIONS = {
    "CHECK_CONTAINER": "Contrôle du format du conteneur du SIP",
    "MANIFEST_FILE_NAME_CHECK": "Contrôle du nom du bordereau de transfert",
    "MANIFEST_DIGEST_CHECK": "Contrôle de l'empreinte du bordereau de transfert",
    "CHECK_SEDA": "Vérification globale du SIP",
    "CHECK_HEADER": "Vérification générale du bordereau de transfert",
    "CHECK_DATAOBJECTPACKAGE": "Vérification globale du contenu du bordereau de transfert",
    "CHECK_DIGEST": "Vérification de l'empreinte des objets",
    "CHECK_OBJECT_SIZE": "Vérification de la taille des objets",
    "OG_OBJECTS_FORMAT_CHECK": "Identification des formats",
    "CHECK_UNIT_SCHEMA": "Contrôle des unités archivistiques",
    "UNITS_RULES_COMPUTE": "Application des règles de gestion et calcul des échéances",
}
_ECHOED = ("ReplyCodeListVersion", "MessageDigestAlgorithmCodeListVersion", "FileFormatCodeListVersion")


def write_reply(deposit: Deposit, root: etree._Element | None, controls: tuple[Control, ...], at: datetime) -> bytes:
    """The reply to a judged deposit. root is None when the manifest could not be read: an early refusal."""
    version = seda_version(root) if root is not None else None
    # Vitam answers in 2.2 as long as it has not read the version.
    reply = _Reply(version if version in VERSIONS else "2.2")
    early = root is None or any(c.code.startswith("CHECK_SEDA") for c in controls if c.outcome == "KO")
    known = None if early else root
    blank = deposit.context == "BLANK_TEST"
    moment = at.isoformat(timespec="milliseconds")
    reply.add("Date", moment)
    reply.add("MessageIdentifier", deposit.operation_id)
    if text_of(known, "ArchivalAgreement"):
        reply.add("ArchivalAgreement", text_of(known, "ArchivalAgreement"))
    lists = reply.add("CodeListVersions")
    for name in _ECHOED:
        # Empty in an early refusal, which makes that reply invalid, as Vitam's are.
        reply.add(name, _code_list(known, name), lists)
    package = reply.add("DataObjectPackage")
    _write_pieces(reply, package, deposit, known, controls)
    reply.add("ReplyCode", f"Test {deposit.status}" if blank else deposit.status)
    _write_operation(reply, controls, at)
    reply.add("MessageRequestIdentifier", text_of(known, "MessageIdentifier"))
    if not blank:
        reply.add("GrantDate", moment)
    for agency in ("ArchivalAgency", "TransferringAgency"):
        if text_of(known, agency, "Identifier"):
            reply.add("Identifier", text_of(known, agency, "Identifier"), reply.add(agency))
    return bytes(etree.tostring(reply.root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def text_of(root: etree._Element | None, *path: str) -> str:
    """The text at a path, "" when there is no manifest."""
    return "" if root is None else text(root, *path)


class _Reply:
    def __init__(self, version: str) -> None:
        self.namespace = PREFIX + version
        default: dict[str | None, str] = {None: self.namespace}
        self.root = etree.Element(f"{{{self.namespace}}}ArchiveTransferReply", nsmap=default)  # type: ignore[arg-type]

    def add(
        self, name: str, value: str = "", parent: etree._Element | None = None, **attributes: str
    ) -> etree._Element:
        element = etree.SubElement(self.root if parent is None else parent, f"{{{self.namespace}}}{name}", attributes)
        element.text = value or None
        return element


def _code_list(root: etree._Element | None, name: str) -> str:
    if root is None:
        return ""
    return text(root, "CodeListVersions", name) or f"{name.removesuffix('CodeListVersion')}CodeListVersion0"


def _write_pieces(
    reply: _Reply,
    package: etree._Element,
    deposit: Deposit,
    root: etree._Element | None,
    controls: tuple[Control, ...],
) -> None:
    """In an acceptance, the identifier given to each object and each unit."""
    accepted = root is not None and deposit.status in ("OK", "WARNING")
    source = root if root is not None and accepted else None
    groups: dict[str, list[etree._Element]] = defaultdict(list)
    for entry in all_objects(source) if source is not None else []:
        groups[group_of(entry)].append(entry)
    for group, entries in groups.items():
        element = reply.add("DataObjectGroup", parent=package, id=group)
        for entry in entries:
            _write_object(reply, element, deposit, group, entry)
        log = [c for c in controls if c.piece in {str(e.get("id")) for e in entries}]
        if log:
            journal = reply.add("LogBook", parent=element)
            for control in log:
                _write_event(reply, journal, control.code, control, deposit.completed_at)
    metadata = reply.add("DescriptiveMetadata", parent=package)
    for unit in descendants(child(source, "DataObjectPackage", "DescriptiveMetadata"), "ArchiveUnit"):
        if child(unit, "Content") is not None:
            xml_id = str(unit.get("id"))
            content = reply.add("Content", parent=reply.add("ArchiveUnit", parent=metadata, id=xml_id))
            reply.add("SystemId", _given("aeaqaaaaaa", deposit, xml_id), content)
    reply.add("ManagementMetadata", parent=package)


def _write_object(reply: _Reply, group: etree._Element, deposit: Deposit, group_id: str, entry: etree._Element) -> None:
    xml_id = str(entry.get("id"))
    element = reply.add(local_name(entry), parent=group, id=xml_id)
    reply.add("DataObjectSystemId", _given("aeaaaaaaaa", deposit, xml_id), element)
    reply.add("DataObjectGroupSystemId", _given("aebaaaaaaa", deposit, group_id), element)
    reply.add("DataObjectVersion", text(entry, "DataObjectVersion") or "BinaryMaster_1", element)


def _given(prefix: str, deposit: Deposit, xml_id: str) -> str:
    return guid(prefix, f"{deposit.operation_id}/{xml_id}".encode())


def _write_operation(reply: _Reply, controls: tuple[Control, ...], at: datetime) -> None:
    """The steps that were not OK: the step itself, then its controls."""
    if not controls:
        return
    operation = reply.add("Operation")
    moment = at.replace(tzinfo=None).isoformat(timespec="milliseconds")
    told: set[str] = set()
    for control in controls:
        if control.step not in told:
            told.add(control.step)
            outcomes = {c.outcome for c in controls if c.step == control.step}
            worst = Control(
                step=control.step,
                code=control.step,
                outcome="KO" if "KO" in outcomes else "WARNING",
                message=f"{_STEPS.get(control.step, control.step)} : voir les contrôles qui suivent",
            )
            _write_event(reply, operation, control.step, worst, moment)
        if control.code != control.step:
            _write_event(reply, operation, control.code, control, moment)


def _write_event(reply: _Reply, parent: etree._Element, code: str, control: Control, moment: str) -> None:
    event = reply.add("Event", parent=parent)
    label = _STEPS.get(code) or _ACTIONS.get(code.split(".")[0]) or code
    reply.add("EventTypeCode", code, event)
    reply.add("EventType", label, event)
    reply.add("EventDateTime", moment.replace("+00:00", ""), event)
    reply.add("Outcome", control.outcome, event)
    reply.add("OutcomeDetail", control.detail, event)
    reply.add("OutcomeDetailMessage", control.message, event)
    if code != control.step:
        detail = {"evDetTechData": control.message, "piece": control.piece}
        reply.add("EventDetailData", json.dumps(detail, ensure_ascii=False), event)
