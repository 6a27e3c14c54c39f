"""The manifest as a message: version, shape, agreement, agencies (CHECK_SEDA, CHECK_HEADER)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from hemicycle.protocols.seda.controls.envelope import INGEST
from hemicycle.protocols.seda.controls.finding import Control, Referential
from hemicycle.protocols.seda.reading import VERSIONS, child, children, descendants, local_name, text
from hemicycle.protocols.seda.reading import seda_version as version_of
from hemicycle.protocols.seda.schema import violation

_ORDER: Final = (
    "Comment",
    "Date",
    "MessageIdentifier",
    "Signature",
    "ArchivalAgreement",
    "CodeListVersions",
    "DataObjectPackage",
    "RelatedTransferReference",
    "TransferRequestReplyIdentifier",
    "ArchivalAgency",
    "TransferringAgency",
)
_LEVELS: Final = {"RecordGrp", "SubGrp", "File", "Item", "OtherLevel", "Fonds", "Subfonds", "Class"} | {
    "Collection",
    "Series",
    "Subseries",
}
_KEYWORDS: Final = {"corpname", "famname", "geogname", "name", "occupation", "persname", "subject"} | {
    "genreform",
    "function",
}
_VALUES: Final = {
    "DescriptionLevel": _LEVELS,
    "LegalStatus": frozenset({"Public Archive", "Private Archive", "Public and Private Archive"}),
    "KeywordType": _KEYWORDS,
}
_FINAL_ACTIONS: Final = {
    "AppraisalRule": frozenset({"Keep", "Destroy"}),
    "StorageRule": frozenset({"RestrictAccess", "Transfer", "Copy"}),
}
_DATE: Final = re.compile(r"-?\d{4,}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")


def check_seda(root: etree._Element, schemas: Path | None) -> Iterator[Control]:
    """CHECK_SEDA: a manifest of a version Vitam takes, valid by the XSD where there is one, by our rules anyway."""
    if local_name(root) != "ArchiveTransfer":
        yield _invalid(f"L’élément racine est « {local_name(root)} », et non « ArchiveTransfer ».")
        return
    version = version_of(root)
    if version not in VERSIONS:
        yield Control(
            step=INGEST,
            code="CHECK_SEDA.UNSUPPORTED_SEDA_VERSION",
            outcome="KO",
            message=f"Version du SEDA non prise en charge : {version or 'inconnue'} (2.1, 2.2 ou 2.3 attendue).",
        )
        return
    found = violation(root, schemas, "vitam-lxml") if schemas else None
    if found:
        yield _invalid(f"Bordereau non conforme au schéma, {found}")
    yield from _check_envelope(root)
    yield from _check_values(root)
    yield from _check_units(root, version)


def _invalid(message: str, piece: str = "") -> Control:
    return Control(step=INGEST, code="CHECK_SEDA.NOT_XSD_VALID", outcome="KO", message=message, piece=piece)


def _check_envelope(root: etree._Element) -> Iterator[Control]:
    names = [local_name(element) for element in root if local_name(element)]
    for name in dict.fromkeys(names):
        if name not in _ORDER:
            yield _invalid(f"L’élément « {name} » n’a pas sa place à la racine du bordereau.")
    ranks = [_ORDER.index(name) for name in names if name in _ORDER]
    if ranks != sorted(ranks):
        yield _invalid("Les éléments de l’en-tête du bordereau ne sont pas dans l’ordre du standard.")
    for path in (
        ("Date",),
        ("MessageIdentifier",),
        ("ArchivalAgency", "Identifier"),
        ("TransferringAgency", "Identifier"),
    ):
        if not text(root, *path):
            yield _invalid(f"L’élément « {'/'.join(path)} » manque ou est vide.")
    if child(root, "CodeListVersions") is None:
        yield _invalid("L’élément « CodeListVersions » manque.")
    package = child(root, "DataObjectPackage")
    if package is not None:
        for name in ("DescriptiveMetadata", "ManagementMetadata"):
            if child(package, name) is None:
                yield _invalid(f"L’élément « DataObjectPackage/{name} » manque.")
    if text(root, "Date") and not _DATE.fullmatch(text(root, "Date")):
        yield _invalid(f"La date du bordereau n’en est pas une : « {text(root, 'Date')[:40]} ».")


def _check_values(root: etree._Element) -> Iterator[Control]:
    for element in descendants(root, *_VALUES):
        value, name = (element.text or "").strip(), local_name(element)
        if value not in _VALUES[name]:
            yield _invalid(f"La valeur « {value[:60]} » n’est pas admise pour « {name} ».")
    for rule in descendants(root, *_FINAL_ACTIONS):
        action, name = text(rule, "FinalAction"), local_name(rule)
        if child(rule, "Rule") is not None and action not in _FINAL_ACTIONS[name]:
            yield _invalid(f"Le sort final « {action[:40]} » n’est pas admis pour « {name} ».")
    for entry in descendants(root, "BinaryDataObject"):
        xml_id = str(entry.get("id") or "")
        digest = child(entry, "MessageDigest")
        if digest is not None and not digest.get("algorithm"):
            yield _invalid(f"L’empreinte de l’objet {xml_id} n’a pas d’algorithme.", xml_id)
        size = text(entry, "Size")
        if size and (not size.isascii() or not size.isdigit() or int(size[:20]) == 0):
            yield _invalid(f"La taille de l’objet {xml_id} n’est pas un nombre d’octets.", xml_id)


def _check_units(root: etree._Element, version: str) -> Iterator[Control]:
    for unit in descendants(root, "ArchiveUnit"):
        xml_id = str(unit.get("id") or "")
        if not xml_id:
            yield _invalid("Une unité d’archives n’a pas d’attribut « id ».")
        content = child(unit, "Content")
        if content is None and child(unit, "ArchiveUnitRefId") is None:
            yield _invalid(f"L’unité {xml_id} n’a ni contenu ni renvoi à une autre unité.", xml_id)
        if version == "2.3" and children(content, "Signature"):
            yield _invalid(
                f"L’unité {xml_id} porte un bloc « Signature », que le SEDA 2.3 a remplacé par « SigningInformation ».",
                xml_id,
            )


def check_header(root: etree._Element, referential: Referential) -> Iterator[Control]:
    """CHECK_HEADER: agencies and agreement present, and known where the referential is at hand."""
    yield from _check_agencies(root, referential)
    agreement = text(root, "ArchivalAgreement")
    if not agreement:
        yield _header("CHECK_CONTRACT_INGEST.CONTRACT_NOT_IN_MANIFEST", "Le bordereau ne nomme aucun contrat.")
    elif referential.agreements is not None:
        active = referential.agreements.get(agreement)
        if active is None:
            message = f"Le contrat d’entrée « {agreement} » est inconnu du service d’archives."
            yield _header("CHECK_CONTRACT_INGEST.CONTRACT_UNKNOWN", message)
        elif not active:
            message = f"Le contrat d’entrée « {agreement} » n’est plus actif."
            yield _header("CHECK_CONTRACT_INGEST.CONTRACT_INACTIVE", message)


def _check_agencies(root: etree._Element, referential: Referential) -> Iterator[Control]:
    management = child(root, "DataObjectPackage", "ManagementMetadata")
    originating = text(management, "OriginatingAgencyIdentifier") if management is not None else ""
    submission = text(management, "SubmissionAgencyIdentifier") if management is not None else ""
    if not originating:
        message = "Le service producteur (OriginatingAgencyIdentifier) manque, que le service d’archives exige."
        yield _header("CHECK_AGENT.EMPTY_REQUIRED_FIELD", message)
    for role, identifier in (
        ("Le service producteur", originating),
        ("Le service de transfert", submission),
        ("Le service versant", text(root, "TransferringAgency", "Identifier")),
    ):
        if identifier and not referential.knows_agency(identifier):
            message = f"{role} « {identifier} » est inconnu du référentiel des services agents."
            yield _header("CHECK_AGENT.UNKNOWN", message)
    archives = text(root, "ArchivalAgency", "Identifier")
    if referential.archival_agencies is not None and archives not in referential.archival_agencies:
        message = f"Le service d’archives « {archives} » n’est pas celui de cette plate-forme."
        yield _header("CHECK_AGENT.UNKNOWN", message)


def _header(code: str, message: str) -> Control:
    return Control(step=INGEST, code=f"CHECK_HEADER.{code}", outcome="KO", message=message)
