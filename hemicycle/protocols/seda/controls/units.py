"""What is said of the units, and their rules (STP_UNIT_CHECK_AND_PROCESS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from hemicycle.protocols.seda.controls.finding import Control, Referential
from hemicycle.protocols.seda.reading import child, children, descendants, local_name, text
from hemicycle.protocols.seda.wording import fault_of

_STEP: Final = "STP_UNIT_CHECK_AND_PROCESS"
#: Vitam computes end dates as years of four figures, and stops at 9000.
_LAST_YEAR: Final = 9000
_DAY: Final = re.compile(r"(\d{4,})-(\d\d)-(\d\d)")
_FAMILIES: Final = (
    "StorageRule",
    "AppraisalRule",
    "AccessRule",
    "DisseminationRule",
    "ReuseRule",
    "ClassificationRule",
    "HoldRule",
)


def check_units(root: etree._Element) -> Iterator[Control]:
    """CHECK_UNIT_SCHEMA: titles, texts, dates."""
    for unit in descendants(child(root, "DataObjectPackage", "DescriptiveMetadata"), "ArchiveUnit"):
        content = child(unit, "Content")
        if content is None:
            continue
        xml_id = str(unit.get("id") or "")
        updated = child(unit, "Management", "UpdateOperation") is not None
        if not updated and not any((t.text or "").strip() for t in children(content, "Title")):
            yield _unit("EMPTY_REQUIRED_FIELD", f"L’unité {xml_id} n’a pas d’intitulé.", xml_id)
        yield from _check_texts(content, xml_id)
        start, end = _day(text(content, "StartDate")), _day(text(content, "EndDate"))
        if start and end and start > end:
            message = f"Dans l’unité {xml_id}, la date de début suit la date de fin."
            yield _unit("CONSISTENCY", message, xml_id)


def _check_texts(content: etree._Element, xml_id: str) -> Iterator[Control]:
    for element in content.iter("{*}*"):
        # A message's data are JSON, not prose.
        if len(element) or local_name(element) in ("EventDetailData", "TextContent"):
            continue
        value = element.text or ""
        fault = fault_of(value)
        if fault:
            message = f"L’élément « {local_name(element)} » de l’unité {xml_id} {fault}."
            yield _unit("INVALID_UNIT", message, xml_id)


def check_rules(root: etree._Element, referential: Referential) -> Iterator[Control]:
    """UNITS_RULES_COMPUTE: rules known, of the right family, with dates that can be computed."""
    for family in descendants(root, *_FAMILIES):
        xml_id = _owner(family)
        where = f"de l’unité {xml_id}" if xml_id else "du transfert"
        name = local_name(family)
        for element in children(family, "Rule"):
            yield from _check_code((element.text or "").strip(), name, where, xml_id, referential)
        for element in [*children(family, "StartDate"), *children(family, "HoldEndDate")]:
            day = _day((element.text or "").strip())
            if day and day[0] >= _LAST_YEAR:
                message = f"La règle {name} {where} porte une date hors limites : {element.text}."
                yield _unit("RULE_DATE_THRESHOLD", message, xml_id)
        yield from _check_hold(family, where, xml_id)


def _check_code(code: str, family: str, where: str, xml_id: str, referential: Referential) -> Iterator[Control]:
    if referential.rules is None:
        return
    known = referential.rules.get(code)
    if known is None:
        message = f"La règle « {code} » {where} est inconnue du référentiel des règles."
        yield _rule("UNITS_RULES_COMPUTE.UNKNOWN", message, xml_id)
    elif known != family:
        message = f"La règle « {code} » {where} est de la famille {known} et non {family}."
        yield _rule("UNITS_RULES_COMPUTE.CONSISTENCY", message, xml_id)


def _check_hold(family: etree._Element, where: str, xml_id: str) -> Iterator[Control]:
    start = None
    for element in family:
        name = local_name(element)
        if name == "Rule":
            start = None
        elif name == "StartDate":
            start = _day((element.text or "").strip())
        elif name == "HoldEndDate":
            end = _day((element.text or "").strip())
            if start and end and end < start:
                message = f"Le gel {where} finit avant d’avoir commencé."
                yield _rule("UNITS_RULES_COMPUTE", message, xml_id)


def _owner(element: etree._Element) -> str:
    parent = element.getparent()
    while parent is not None and local_name(parent) != "ArchiveUnit":
        parent = parent.getparent()
    return "" if parent is None else str(parent.get("id") or "")


def _day(value: str) -> tuple[int, int, int] | None:
    match = _DAY.match(value)
    return (int(match[1][:9]), int(match[2]), int(match[3])) if match else None


def _unit(code: str, message: str, piece: str) -> Control:
    return _rule(f"CHECK_UNIT_SCHEMA.{code}", message, piece)


def _rule(code: str, message: str, piece: str) -> Control:
    return Control(step=_STEP, code=code, outcome="KO", message=message, piece=piece)
