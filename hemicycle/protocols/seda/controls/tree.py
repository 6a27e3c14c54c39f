"""How units and objects hold together (CHECK_MANIFEST, CHECK_CONSISTENCY)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from hemicycle.protocols.seda.controls.envelope import INGEST
from hemicycle.protocols.seda.controls.finding import Control
from hemicycle.protocols.seda.controls.objects import all_objects, group_of
from hemicycle.protocols.seda.reading import child, children, descendants, text

_PREFIX: Final = "CHECK_DATAOBJECTPACKAGE"


def check_tree(root: etree._Element) -> Iterator[Control]:
    """References that lead somewhere, one group per unit, no cycle, no orphan."""
    units = list(descendants(child(root, "DataObjectPackage", "DescriptiveMetadata"), "ArchiveUnit"))
    objects = {str(entry.get("id") or ""): group_of(entry) for entry in all_objects(root)}
    groups = set(objects.values())
    groups |= {str(group.get("id") or "") for group in descendants(root, "DataObjectGroup")}
    yield from _check_ids(root)
    used: set[str] = set()
    for unit in units:
        yield from _check_references(unit, objects, groups, used)
    yield from _check_links(units)
    for group in sorted(groups - used):
        message = f"Le groupe d’objets {group} n’est rattaché à aucune unité d’archives."
        yield _control("CHECK_CONSISTENCY.CHECK_CONSISTENCY_ORPHAN_OBJECT", message, group)


def _check_ids(root: etree._Element) -> Iterator[Control]:
    seen: set[str] = set()
    for element in descendants(root, "ArchiveUnit", "DataObjectGroup", "BinaryDataObject", "PhysicalDataObject"):
        xml_id = str(element.get("id") or "")
        if xml_id and xml_id in seen:
            message = f"L’identifiant {xml_id} sert deux fois dans le bordereau."
            yield _control("CHECK_MANIFEST.CHECK_MANIFEST_MALFORMED_DATA", message, xml_id)
        seen.add(xml_id)


def _check_references(
    unit: etree._Element, objects: dict[str, str], groups: set[str], used: set[str]
) -> Iterator[Control]:
    xml_id = str(unit.get("id") or "")
    own: list[str] = []
    for reference in children(unit, "DataObjectReference"):
        group, single = text(reference, "DataObjectGroupReferenceId"), text(reference, "DataObjectReferenceId")
        if single and objects.get(single, single) != single:
            message = f"L’unité {xml_id} renvoie à l’objet {single} et non à son groupe."
            yield _control("CHECK_MANIFEST.EXISTING_OG_NOT_DECLARED", message, xml_id)
        elif (group or single) not in groups:
            message = f"L’unité {xml_id} renvoie à un objet absent du bordereau : {group or single}."
            yield _control("CHECK_MANIFEST.CHECK_MANIFEST_MALFORMED_DATA", message, xml_id)
        else:
            own.append(group or single)
    used.update(own)
    if len(set(own)) > 1:
        message = f"L’unité {xml_id} renvoie à plusieurs groupes d’objets."
        yield _control("CHECK_MANIFEST.ARCHIVEUNIT_REFERENCES_MULTIPLE_OBJECTGROUP", message, xml_id)


def _check_links(units: list[etree._Element]) -> Iterator[Control]:
    """Units that point at one another: to something, and never back to themselves."""
    below: dict[str, list[str]] = {}
    known = {str(unit.get("id") or "") for unit in units}
    for unit in units:
        xml_id, target = str(unit.get("id") or ""), text(unit, "ArchiveUnitRefId")
        links = [target] if target else [str(c.get("id") or "") for c in children(unit, "ArchiveUnit")]
        below.setdefault(xml_id, []).extend(links)
        if target and target not in known:
            message = f"L’unité {xml_id} renvoie à une unité absente du bordereau : {target}."
            yield _control("CHECK_MANIFEST.CHECK_MANIFEST_MALFORMED_DATA", message, xml_id)
    looped = _in_a_loop(below)
    if looped:
        message = f"Des unités d’archives se contiennent l’une l’autre : {', '.join(looped[:6])}."
        yield _control("CHECK_MANIFEST.CHECK_MANIFEST_LOOP", message, looped[0])


def _in_a_loop(below: dict[str, list[str]]) -> list[str]:
    """What is left once every unit without parent, then its children, have been taken away."""
    parents = dict.fromkeys(below, 0)
    for links in below.values():
        for link in links:
            if link in parents:
                parents[link] += 1
    free = [unit for unit, count in parents.items() if count == 0]
    while free:
        for link in below[free.pop()]:
            if link in parents:
                parents[link] -= 1
                if parents[link] == 0:
                    free.append(link)
    return [unit for unit, count in parents.items() if count > 0]


def _control(code: str, message: str, piece: str) -> Control:
    return Control(step=INGEST, code=f"{_PREFIX}.{code}", outcome="KO", message=message, piece=piece)
