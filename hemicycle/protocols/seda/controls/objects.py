"""The objects: usage, address, digest, size, format (CHECK_DATAOBJECTPACKAGE, STP_OG_CHECK_AND_TRANSFORME)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from lxml import etree

from hemicycle.protocols.seda.container import NotAPackage, Package
from hemicycle.protocols.seda.controls.envelope import INGEST, manifest_name
from hemicycle.protocols.seda.controls.finding import Control, Outcome, Referential
from hemicycle.protocols.seda.formats import identify
from hemicycle.protocols.seda.reading import child, descendants, local_name, text

_TRANSFORM: Final = "STP_OG_CHECK_AND_TRANSFORME"
_VERSION: Final = "CHECK_MANIFEST_DATAOBJECT_VERSION"
#: Spelling of the algorithms that Vitam takes, with the name hashlib gives them.
ALGORITHMS: Final = {"SHA-512": "sha512", "SHA-384": "sha384", "SHA-256": "sha256", "MD5": "md5"}
_BINARY: Final = ("BinaryMaster", "Dissemination", "Thumbnail", "TextContent")
_PHYSICAL: Final = ("PhysicalMaster", "Dissemination")
_USAGE: Final = re.compile(r"([A-Za-z]+)(?:_(\d{1,9}))?")


def all_objects(root: etree._Element) -> list[etree._Element]:
    """BinaryDataObject and PhysicalDataObject, in document order."""
    return list(descendants(root, "BinaryDataObject", "PhysicalDataObject"))


def group_of(entry: etree._Element) -> str:
    """The xml id of the group of an object, its own id when it has none."""
    parent = entry.getparent()
    if parent is not None and local_name(parent) == "DataObjectGroup":
        return str(parent.get("id") or "")
    given = text(entry, "DataObjectGroupId") or text(entry, "DataObjectGroupReferenceId")
    return given or str(entry.get("id") or "")


def check_versions(root: etree._Element, referential: Referential) -> Iterator[Control]:
    """CHECK_MANIFEST_DATAOBJECT_VERSION, and the usages of each group."""
    usages: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in all_objects(root):
        xml_id = str(entry.get("id") or "")
        yield from _check_version(entry, xml_id)
        yield from _check_required(entry, xml_id)
        match = _USAGE.fullmatch(text(entry, "DataObjectVersion"))
        usages[group_of(entry)].append((match[1], match[2] or "") if match else ("", ""))
    for group, found in usages.items():
        yield from _check_group(group, found, referential)


def _check_version(entry: etree._Element, xml_id: str) -> Iterator[Control]:
    version = text(entry, "DataObjectVersion")
    match = _USAGE.fullmatch(version)
    usage = match[1] if match else version
    binary = local_name(entry) == "BinaryDataObject"
    if not version or usage in (_BINARY if binary else _PHYSICAL):
        return
    if binary and usage == "PhysicalMaster":
        message = f"L’objet binaire {xml_id} porte l’usage PhysicalMaster, réservé aux objets physiques."
        yield _package(f"{_VERSION}.BDO_DATAOBJECTIONVERSION_PHYSICALMASTER", message, xml_id)
    elif not binary and usage == "BinaryMaster":
        message = f"L’objet physique {xml_id} porte l’usage BinaryMaster, réservé aux objets binaires."
        yield _package(f"{_VERSION}.PDO_DATAOBJECTIONVERSION_BINARYMASTER", message, xml_id)
    else:
        message = f"L’usage « {version[:60]} » de l’objet {xml_id} n’existe pas."
        yield _package(f"{_VERSION}.INVALID_DATAOBJECTVERSION", message, xml_id)


def _check_required(entry: etree._Element, xml_id: str) -> Iterator[Control]:
    if local_name(entry) == "PhysicalDataObject":
        physical = child(entry, "PhysicalId")
        if physical is not None and not (physical.text or "").strip():
            yield _package(f"{_VERSION}.EMPTY_REQUIRED_FIELD", f"L’objet {xml_id} n’a pas de cote.", xml_id)
        return
    if not text(entry, "Uri"):
        yield _package(f"{_VERSION}.EMPTY_REQUIRED_FIELD", f"L’objet {xml_id} ne dit pas où est son fichier.", xml_id)
    digest = child(entry, "MessageDigest")
    algorithm = "" if digest is None else str(digest.get("algorithm") or "")
    if algorithm not in ALGORITHMS:
        message = (
            f"L’algorithme d’empreinte « {algorithm[:30]} » de l’objet {xml_id} n’est pas admis : "
            f"{', '.join(ALGORITHMS)}."
        )
        yield _package(f"{_VERSION}.INVALIDE_ALGO", message, xml_id)


def _check_group(group: str, usages: list[tuple[str, str]], referential: Referential) -> Iterator[Control]:
    names = [usage for usage, _ in usages]
    for usage in sorted({name for name in names if name and names.count(name) > 1}):
        message = f"Le groupe {group} porte plusieurs versions de l’usage {usage}."
        yield _package("CHECK_MANIFEST.TOO_MANY_VERSION_BY_USAGE", message, group)
    for usage, number in usages:
        if number not in ("", "1"):
            message = f"La première version de l’usage {usage} du groupe {group} doit porter le numéro 1."
            yield _package("CHECK_MANIFEST.EXPECTED_MANDATORY_VERSION_1", message, group)
    known = set(_BINARY) | set(_PHYSICAL)
    if referential.master_mandatory and names and set(names) <= known - {"BinaryMaster", "PhysicalMaster"}:
        message = f"Le groupe {group} n’a pas d’original (BinaryMaster ou PhysicalMaster)."
        yield _package("CHECK_MANIFEST.MASTER_MANDATORY_REQUIRED", message, group)


def check_addresses(root: etree._Element, package: Package | None) -> Iterator[Control]:
    """CHECK_MANIFEST_OBJECTNUMBER: each Uri leads to one file, each file has its object."""
    code = "CHECK_MANIFEST_OBJECTNUMBER"
    seen: set[str] = set()
    for entry in descendants(root, "BinaryDataObject"):
        uri, xml_id = text(entry, "Uri"), str(entry.get("id") or "")
        if uri and uri in seen:
            message = f"Le fichier « {uri[:120]} » sert à plusieurs objets."
            yield _package(f"{code}.INVALID_URI", message, xml_id)
        elif uri and package is not None and uri not in package.sizes:
            message = f"Le fichier « {uri[:120]} » de l’objet {xml_id} n’est pas dans le paquet."
            yield _package(f"{code}.INVALID_URI", message, xml_id)
        seen.add(uri)
    if package is None:
        return
    manifest = manifest_name(package)
    for name in package.sizes:
        if name not in seen and name != manifest and "/" in name:
            message = f"Le fichier « {name[:120]} » n’est décrit par aucun objet du bordereau."
            yield _package(f"{code}.MANIFEST_INFERIOR_BDO", message)


def check_bytes(root: etree._Element, package: Package, referential: Referential) -> Iterator[Control]:
    """CHECK_DIGEST, CHECK_OBJECT_SIZE, OG_OBJECTS_FORMAT_CHECK on every object whose file is there."""
    for entry in descendants(root, "BinaryDataObject"):
        uri, xml_id = text(entry, "Uri"), str(entry.get("id") or "")
        if uri not in package.sizes:
            continue
        try:
            yield from _check_digest(entry, package, uri, xml_id)
            yield from _check_size(entry, package.sizes[uri], xml_id)
            yield from _check_format(entry, package.read(uri), uri, xml_id, referential)
        except NotAPackage as error:
            yield _transform("CHECK_DIGEST.INVALID", str(error), xml_id)


def _check_digest(entry: etree._Element, package: Package, uri: str, xml_id: str) -> Iterator[Control]:
    digest = child(entry, "MessageDigest")
    algorithm = "" if digest is None else str(digest.get("algorithm") or "")
    stated = text(entry, "MessageDigest").lower()
    if not stated:
        yield _transform("CHECK_DIGEST.EMPTY", f"L’objet {xml_id} n’a pas d’empreinte.", xml_id)
    elif algorithm in ALGORITHMS and package.digest(uri, ALGORITHMS[algorithm]) != stated:
        message = f"L’empreinte {algorithm} de l’objet {xml_id} n’est pas celle du fichier « {uri} »."
        yield _transform("CHECK_DIGEST.INVALID", message, xml_id)


def _check_size(entry: etree._Element, size: int, xml_id: str) -> Iterator[Control]:
    stated = text(entry, "Size")
    if stated and stated.isascii() and stated.isdigit() and stated.lstrip("0") != str(size):
        message = f"L’objet {xml_id} annonce {stated[:20]} octets et en compte {size}."
        yield _transform("CHECK_OBJECT_SIZE", message, xml_id, "WARNING")


def _check_format(
    entry: etree._Element, data: bytes, uri: str, xml_id: str, referential: Referential
) -> Iterator[Control]:
    code = "OG_OBJECTS_FORMAT_CHECK"
    stated = text(entry, "FormatIdentification", "FormatId")
    found = identify(data, uri)
    if found.puid is None:
        # Only a SAE with its list of formats refuses; our own eyes know fewer formats than its tool.
        strict = referential.formats is not None and not referential.unidentified_formats
        message = f"Le format de l’objet {xml_id} n’est pas reconnu."
        yield _transform(f"{code}.UNKNOWN", message, xml_id, "KO" if strict else "WARNING")
        return
    if referential.formats is not None and found.puid not in referential.formats:
        message = f"Le format {found.puid} de l’objet {xml_id} n’est pas admis par le contrat."
        yield _transform(f"{code}.REJECTED_FORMAT", message, xml_id)
    if stated != found.puid:
        message = f"L’objet {xml_id} annonce le format {stated[:30] or 'aucun'} ; c’est {found.puid}."
        yield _transform(code, message, xml_id, "WARNING")


def _package(code: str, message: str, piece: str = "") -> Control:
    full = f"CHECK_DATAOBJECTPACKAGE.{code}"
    return Control(step=INGEST, code=full, outcome="KO", message=message, piece=piece)


def _transform(code: str, message: str, piece: str, outcome: Outcome = "KO") -> Control:
    return Control(step=_TRANSFORM, code=code, outcome=outcome, message=message, piece=piece)
