"""Saying in French what a file of the archiving exchange is, what it contains and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from hemicycle.protocols.seda.container import NotAPackage, Package, open_package
from hemicycle.protocols.seda.controls import Control, Verdict, judge
from hemicycle.protocols.seda.controls.objects import all_objects
from hemicycle.protocols.seda.reading import (
    VERSIONS,
    Unreadable,
    child,
    children,
    descendants,
    local_name,
    namespace,
    read_xml,
    seda_version,
    text,
)
from hemicycle.protocols.seda.reply import Reply, reply_of
from hemicycle.protocols.seda.schema import violation

_MANIFEST: Final = "Bordereau de transfert SEDA"
_PACKAGE: Final = "Paquet d’archives SEDA (SIP)"
_REPLY: Final = "Réponse d’un service d’archives (ArchiveTransferReply)"
_RECEIPT: Final = "Accusé de réception d’un service d’archives (Acknowledgement)"
_REPLIES: Final = (
    "ArchiveTransferReply",
    "ArchiveTransferAcceptance",
    "Acknowledgement",
    "ArchiveTransferReplyAcknowledgement",
)
_NAMESPACES: Final = ("fr:gouv:culture:archivesdefrance:seda", "fr:gouv:ae:archive:draft:standard_echange")
# What the standard allows and only the platform demands: on a manifest read alone, a remark.
_PLATFORM_DEMANDS: Final = (
    "CHECK_HEADER.CHECK_AGENT.EMPTY_REQUIRED_FIELD",
    "CHECK_HEADER.CHECK_CONTRACT_INGEST.CONTRACT_NOT_IN_MANIFEST",
    "CHECK_UNIT_SCHEMA.EMPTY_REQUIRED_FIELD",
)
_MOST: Final = 60


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a file is. problems make it unsound; notes do not."""

    kind: str
    facts: list[tuple[str, str]]
    problems: list[str]
    notes: list[str]

    @property
    def sound(self) -> bool:
        """Nothing is wrong with the file, as far as it can be told from the file alone."""
        return not self.problems


def describe(data: bytes, name: str, schemas: Path | None = None) -> Description | None:
    """The description of a manifest, a package, a reply or an acknowledgement; None when it is none of them.

    name is only for the words of the answer. schemas: folder of the official XSD, if at hand. Never raises.
    """
    if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return _describe_xml(data, schemas)
    try:
        package = open_package(data)
    except NotAPackage as error:
        return _unopened(data, name, str(error))
    return _describe_package(data, schemas) if _is_sip(package) else None


def _unopened(data: bytes, name: str, reason: str) -> Description | None:
    """A ZIP that calls itself a SIP and does not open is still worth a sentence."""
    if data[:2] != b"PK" or b"manifest.xml" not in data or b"META-INF/manifest.xml" in data:
        return None
    facts = [("Fichier", name)]
    return Description(kind=_PACKAGE, facts=facts, problems=[reason], notes=[])


def _is_sip(package: Package) -> bool:
    named = [name for name in package.sizes if "/" not in name and name.lower().endswith("manifest.xml")]
    if not named:
        return False
    if any(folder.split("/")[0].lower() == "content" for folder in package.folders):
        return True
    try:
        head = package.read(named[0], 8192)
    except NotAPackage:
        return True
    return b"ArchiveTransfer" in head or b"archivesdefrance:seda" in head


def _describe_xml(data: bytes, schemas: Path | None) -> Description | None:
    try:
        root = read_xml(data)
    except Unreadable as error:
        head = data[:8192]
        if b"ArchiveTransfer" not in head and b"archivesdefrance:seda" not in head:
            return None
        return Description(kind=_MANIFEST, facts=[], problems=[str(error)], notes=[])
    if not namespace(root).startswith(_NAMESPACES):
        return None
    if local_name(root) in _REPLIES:
        return _describe_reply(root, schemas)
    if local_name(root) != "ArchiveTransfer":
        return None
    verdict = judge(data, schemas=schemas, stop=False)
    problems, notes = _sort(verdict.controls, bare=True)
    return Description(
        kind=_MANIFEST,
        facts=_manifest_facts(root),
        problems=problems,
        notes=notes + _manifest_notes(root, schemas),
    )


def _describe_package(data: bytes, schemas: Path | None) -> Description:
    verdict = judge(data, schemas=schemas, stop=False)
    problems, notes = _sort(verdict.controls, bare=False)
    facts = _package_facts(verdict)
    if verdict.root is not None:
        facts += _manifest_facts(verdict.root)
        notes += _manifest_notes(verdict.root, schemas)
    return Description(kind=_PACKAGE, facts=facts, problems=problems, notes=notes)


def _sort(controls: tuple[Control, ...], *, bare: bool) -> tuple[list[str], list[str]]:
    """Problems and notes, each sentence once, a long list cut short."""
    problems: dict[str, None] = {}
    notes: dict[str, None] = {}
    for control in controls:
        if control.outcome == "WARNING":
            notes[control.message] = None
        elif bare and control.code in _PLATFORM_DEMANDS:
            notes[f"{control.message} Le standard l’admet, un service d’archives le refuserait."] = None
        else:
            problems[control.message] = None
    return _cut(list(problems)), _cut(list(notes))


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= _MOST:
        return lines
    return [*lines[:_MOST], f"… et {len(lines) - _MOST} autres du même genre."]


def _package_facts(verdict: Verdict) -> list[tuple[str, str]]:
    package = verdict.package
    if package is None:
        return []
    total = sum(package.sizes.values())
    return [
        ("Conteneur", package.kind),
        ("Fichiers", f"{len(package.sizes)} ({_bytes(total)} une fois ouverts)"),
    ]


def _bytes(count: int) -> str:
    for unit, size in (("Mo", 1_000_000), ("ko", 1_000)):
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".", ",")
    return f"{count} octets"


def _manifest_facts(root: etree._Element) -> list[tuple[str, str]]:
    package = child(root, "DataObjectPackage")
    units = [u for u in descendants(package, "ArchiveUnit") if child(u, "Content") is not None]
    titles = [title for title in (text(unit, "Content", "Title") for unit in units) if title]
    rules = [
        f"{local_name(family)} {(rule.text or '').strip()}"
        for family in descendants(package, "AppraisalRule", "AccessRule", "DisseminationRule", "HoldRule")
        for rule in children(family, "Rule")
    ]
    facts = [
        ("Version du SEDA", seda_version(root) or "inconnue"),
        ("Identifiant du transfert", text(root, "MessageIdentifier")),
        ("Objet", text(root, "Comment")),
        ("Date", text(root, "Date")),
        ("Accord de versement", text(root, "ArchivalAgreement")),
        ("Service d’archives", text(root, "ArchivalAgency", "Identifier")),
        ("Service versant", text(root, "TransferringAgency", "Identifier")),
        ("Service producteur", text(package, "ManagementMetadata", "OriginatingAgencyIdentifier")),
        ("Unités d’archives", str(len(units))),
        ("Intitulé", titles[0] if titles else ""),
        ("Objets", str(len(all_objects(root)))),
        ("Règles", ", ".join(dict.fromkeys(rules))),
    ]
    return [(name, value) for name, value in facts if value]


def _manifest_notes(root: etree._Element, schemas: Path | None) -> list[str]:
    notes = ["Contrat, services agents et règles : connus du seul service d’archives, non vérifiés ici."]
    if schemas is None:
        return [*notes, "Schéma officiel absent : jugé par nos seules règles."]
    found = violation(root, schemas, "standard")
    if found:
        notes.append(f"Admis par Vitam, mais non conforme au schéma du standard, {found}")
    return notes


def _describe_reply(root: etree._Element, schemas: Path | None) -> Description:
    reply = reply_of(root)
    problems = [] if reply.accepted or not reply.final or reply.state == "tested" else list(reply.messages)
    if reply.state == "technical_error":
        problems = list(reply.messages)
    notes = [] if problems else list(reply.messages)
    if schemas is not None and seda_version(root) in VERSIONS:
        found = violation(root, schemas, "standard")
        if found:
            notes.append(f"Réponse non conforme au schéma du standard, {found}")
    kind = _REPLY if reply.kind == "reply" else _RECEIPT
    return Description(kind=kind, facts=_reply_facts(reply), problems=_cut(problems), notes=_cut(notes))


def _reply_facts(reply: Reply) -> list[tuple[str, str]]:
    facts = [
        ("Version du SEDA", reply.version),
        ("Code de réponse", reply.code),
        ("Identifiant de l’opération", reply.operation_id),
        ("Transfert concerné", reply.request_id),
        ("Date", reply.date),
        ("Prise en charge le", reply.granted if reply.accepted else ""),
        ("Accord de versement", reply.agreement),
        ("Service d’archives", reply.archival_agency),
        ("Service versant", reply.transferring_agency),
        ("Unités reçues", str(len(reply.units)) if reply.units else ""),
        ("Objets reçus", str(len(reply.objects)) if reply.objects else ""),
    ]
    return [(name, value) for name, value in facts if value]
