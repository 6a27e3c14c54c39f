"""The controls in the order of the workflow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from hemicycle.protocols.seda.container import NotAPackage, Package, open_package
from hemicycle.protocols.seda.controls.envelope import (
    INGEST,
    SANITY,
    check_layout,
    check_manifest_name,
    check_names,
    manifest_name,
)
from hemicycle.protocols.seda.controls.finding import Control, Referential, Verdict
from hemicycle.protocols.seda.controls.header import check_header, check_seda
from hemicycle.protocols.seda.controls.objects import check_addresses, check_bytes, check_versions
from hemicycle.protocols.seda.controls.tree import check_tree
from hemicycle.protocols.seda.controls.units import check_rules, check_units
from hemicycle.protocols.seda.reading import Unreadable, read_xml, seda_version

_NOTHING_KNOWN = Referential()


def judge(
    data: bytes,
    *,
    referential: Referential = _NOTHING_KNOWN,
    schemas: Path | None = None,
    stop: bool = True,
) -> Verdict:
    """The verdict on a package, or on a bare manifest (bytes that start like XML).

    stop: as the SAE does, go no further than the first action that is KO; otherwise say everything that is wrong.
    schemas: folder of the official XSD; without it our own rules judge alone.
    """
    if _is_xml(data):
        return _judge_manifest(data, None, [], referential, schemas, stop)
    try:
        package = open_package(data)
    except NotAPackage as error:
        return Verdict(controls=(Control(step=SANITY, code="CHECK_CONTAINER", outcome="KO", message=str(error)),))
    found: list[Control] = []
    for check in (check_manifest_name, check_names, check_layout):
        found.extend(check(package))
        if stop and _refused(found):
            return Verdict(controls=tuple(found), package=package)
    name = manifest_name(package) or next(
        (n for n in package.sizes if n.endswith("manifest.xml") and "/" not in n), None
    )
    if name is None:
        message = "Le paquet ne contient pas de bordereau."
        found.append(Control(step=INGEST, code="CHECK_SEDA.NO_FILE", outcome="KO", message=message))
        return Verdict(controls=tuple(found), package=package)
    try:
        manifest = package.read(name)
    except NotAPackage as error:
        found.append(Control(step=INGEST, code="CHECK_SEDA.NO_FILE", outcome="KO", message=str(error)))
        return Verdict(controls=tuple(found), package=package)
    return _judge_manifest(manifest, package, found, referential, schemas, stop)


def _is_xml(data: bytes) -> bool:
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def _refused(found: Iterable[Control]) -> bool:
    return any(control.outcome == "KO" for control in found)


def _judge_manifest(
    manifest: bytes,
    package: Package | None,
    found: list[Control],
    referential: Referential,
    schemas: Path | None,
    stop: bool,
) -> Verdict:
    try:
        root = read_xml(manifest)
    except Unreadable as error:
        control = Control(step=INGEST, code="CHECK_SEDA.NOT_XML_FILE", outcome="KO", message=str(error))
        return Verdict(controls=(*found, control), package=package, manifest=manifest)
    for action in _actions(root, package, referential, schemas):
        found.extend(action)
        if _refused(found) and (stop or seda_version(root) is None):
            break
    return Verdict(controls=tuple(found), package=package, root=root, manifest=manifest)


def _actions(
    root: etree._Element, package: Package | None, referential: Referential, schemas: Path | None
) -> Iterator[Iterator[Control]]:
    yield check_seda(root, schemas)
    yield check_header(root, referential)
    yield check_versions(root, referential)
    yield check_addresses(root, package)
    yield check_tree(root)
    if package is not None:
        yield check_bytes(root, package, referential)
    yield check_units(root)
    yield check_rules(root, referential)
