"""The schema of the messages as our own rules, so that a file is judged without the official XSD.

Three generations share one namespace and one file name (norm, section 2). What it returns is in French.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from lxml import etree

from .messages import INSEE, NAMESPACE
from .reading import local_name

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
#: A value to the reason why it is wrong, or None.
Check = Callable[[str], str | None]


class Generation(Enum):
    """Newest first: the order in which a file is tried."""

    C = "depuis 2017 (typologie des pièces, multi-canal)"
    B = "antérieure à 2017"
    A = "antérieure à 2017 (première édition)"


@dataclass(frozen=True, kw_only=True)
class Child:
    #: Several names are a choice.
    names: tuple[str, ...]
    rule: Rule
    #: For a choice whose branches differ, the rule of each other name.
    others: Mapping[str, Rule] = field(default_factory=dict)
    least: int = 1
    #: None is unbounded.
    most: int | None = 1


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Content of an element: attributes, children in order, or text."""

    #: Qualified name to its check; every one is required unless named in `optional`.
    attributes: Mapping[str, Check] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    children: tuple[Child, ...] = ()
    text: Check | None = None
    #: xsd:anyType, not looked into.
    free: bool = False
    nillable: bool = False


def check_element(node: etree._Element, rule: Rule) -> list[str]:
    """Everything in this element, and below, that breaks the rule."""
    if rule.free:
        return []
    problems = _check_attributes(node, rule)
    nodes = [item for item in node if isinstance(item.tag, str)]
    text = "".join([node.text or "", *(item.tail or "" for item in node)])
    if rule.text is not None:
        if nodes:
            problems.append(f"{local_name(node)} : ne doit contenir que du texte.")
        elif not (rule.nillable and node.get(f"{{{_XSI}}}nil") in ("true", "1")):
            problems += _said(local_name(node), rule.text(text))
        return problems
    # An element with no content at all may not even hold a space.
    if text.strip() or (text and not rule.children):
        problems.append(f"{local_name(node)} : texte inattendu « {_short(text)} ».")
    return problems + _check_children(node, nodes, rule.children)


def _check_attributes(node: etree._Element, rule: Rule) -> list[str]:
    problems = []
    for name, check in rule.attributes.items():
        value = node.get(_qualified(name))
        if value is not None:
            problems += _said(f"{local_name(node)}/@{name.split(':')[1]}", check(value))
        elif name not in rule.optional:
            problems.append(f"{local_name(node)} : attribut {name} manquant.")
    known = {_qualified(name) for name in rule.attributes}
    for found in map(str, node.attrib):
        if found not in known and not found.startswith(f"{{{_XSI}}}"):
            local = etree.QName(found).localname
            problems.append(f"{local_name(node)} : attribut {local} inattendu ou mal qualifié.")
    return problems


def _qualified(name: str) -> str:
    space, local = name.split(":")
    return f"{{{INSEE if space == 'insee' else NAMESPACE}}}{local}"


def _check_children(node: etree._Element, nodes: list[etree._Element], wanted: tuple[Child, ...]) -> list[str]:
    problems: list[str] = []
    rest = list(nodes)
    for item in wanted:
        accepted = {f"{{{NAMESPACE}}}{name}" for name in item.names}
        count = 0
        while rest and str(rest[0].tag) in accepted and (item.most is None or count < item.most):
            found = rest.pop(0)
            problems += check_element(found, item.others.get(local_name(found), item.rule))
            count += 1
        if count < item.least:
            expected = " ou ".join(item.names)
            instead = f" ; {local_name(rest[0])} s’y trouve à la place" if rest else ""
            return [*problems, f"{local_name(node)} : élément {expected} manquant{instead}."]
    problems += [f"{local_name(node)} : élément {local_name(extra)} inattendu." for extra in rest[:1]]
    return problems


def _said(where: str, reason: str | None) -> list[str]:
    return [f"{where} : {reason}."] if reason else []


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:39]}…"


def anything(_value: str) -> str | None:
    """Any text will do."""
    return None


def day(value: str) -> str | None:
    """xsd:date."""
    found = re.fullmatch(r"\s*(\d{4})-(\d{2})-(\d{2})(Z|[+-]\d{2}:\d{2})?\s*", value, re.ASCII)
    try:
        if found:
            date(int(found[1]), int(found[2]), int(found[3]))
            return None
    except ValueError:
        pass
    return f"« {_short(value)} » n’est pas une date (AAAA-MM-JJ)"


def integer(value: str) -> str | None:
    """xsd:integer."""
    if re.fullmatch(r"\s*[+-]?\d+\s*", value, re.ASCII):
        return None
    return f"« {_short(value)} » n’est pas un nombre entier"


def count(value: str) -> str | None:
    """xsd:nonNegativeInteger."""
    return integer(value) or ("un nombre négatif n’a pas de sens ici" if int(value) < 0 else None)


def at_most(length: int) -> Check:
    """A text of that many characters at most."""

    def check(value: str) -> str | None:
        return f"dépasse {length} caractères ({len(value)})" if len(value) > length else None

    return check


def matching(pattern: str, meaning: str) -> Check:
    """A text of that pattern; `meaning` completes « … n’est pas »."""
    compiled = re.compile(pattern, re.ASCII)

    def check(value: str) -> str | None:
        return None if compiled.fullmatch(value) else f"« {_short(value)} » n’est pas {meaning}"

    return check
