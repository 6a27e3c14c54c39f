"""French typography: spaces that do not break, amounts, dates and numbers as they are written in an act.

Source of the spacing: Imprimerie nationale, Lexique des règles typographiques (narrow no-break space before
; ! ? and in numbers, no-break space before : and inside « »).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from hemicycle.texts.inline import NARROW_NBSP, NBSP, nodes_of, runs_of
from hemicycle.texts.tree import Doc, Node, clean

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

_ANY = f"[ {NBSP}{NARROW_NBSP}]"
_RULES = (
    # Not inside an address or a time: only where a space, or a letter before the sign, shows that it is French.
    (re.compile(rf"(?<=[\w»)\]’%€]){_ANY}*([;!?])(?=\s|$|[»)\]])"), NARROW_NBSP + r"\1"),
    (re.compile(rf"(?<=\d){_ANY}*%"), NARROW_NBSP + "%"),
    (re.compile(rf"(?<=[\w»)\]%€]){_ANY}*:(?=\s|$)"), NBSP + ":"),
    (re.compile(rf"«{_ANY}*"), "«" + NBSP),
    (re.compile(rf"{_ANY}*»"), NBSP + "»"),
    (re.compile(rf"(?<=\d){_ANY}+(?=(?:€|euros?\b))"), NBSP),
    (re.compile(rf"(?<=\d){_ANY}(?=\d{{3}}(?!\d))"), NARROW_NBSP),
    (re.compile(rf"\b(n°|N°|art\.|M\.|MM\.|Mme|Mmes){_ANY}+(?=\S)"), r"\1" + NBSP),
    (re.compile(rf"\b(L|R|D)\.{_ANY}(?=\d)"), r"\1." + NBSP),
)


#: A straight apostrophe between two letters; not in an address, which has none.
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_«])")


def typeset(doc: Doc) -> Doc:
    """The clean document with French no-break spaces and curly apostrophes, in texts, notes and descriptions.

    Idempotent; every other letter and sign stays as written, and so do the addresses of links.
    """
    return clean(_changed_node(doc, lambda text: _APOSTROPHE.sub("’", spaced(text))))


def spaced(text: str) -> str:
    """The text with French no-break spaces; letters and signs are untouched. Idempotent."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def spaced_doc(doc: Doc) -> Doc:
    """The document with `spaced` applied to each run of text, on the author's demand only."""
    return clean(_changed_node(doc, spaced))


def _changed_node(node: Node, changed: Callable[[str], str]) -> Node:
    if node["type"] in ("paragraph", "heading"):
        runs = [(text if text == "\n" else changed(text), marks) for text, marks in runs_of(node["content"])]
        return {**node, "content": nodes_of(runs)}
    if node["type"] == "image":
        return {**node, "attrs": {**node["attrs"], "alt": changed(node["attrs"]["alt"])}}
    return {**node, "content": [_changed_node(child, changed) for child in node["content"]]}


def number_fr(number: int | Decimal) -> str:
    """1234567 → "1 234 567", thousands apart by narrow no-break spaces, decimals after a comma."""
    return f"{number:,}".replace(",", NARROW_NBSP).replace(".", ",").replace("-", "−")


def amount_fr(amount: Decimal) -> str:
    """45000 → "45 000,00 €", rounded to the cent, half up."""
    return f"{number_fr(amount.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP))}{NBSP}€"


def date_fr(day: date, *, weekday: bool = True) -> str:
    """2026-12-17 → "jeudi 17 décembre 2026"; the first of the month is "1er". Numbers do not break away."""
    number = "1er" if day.day == 1 else str(day.day)
    written = f"{number}{NBSP}{MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]} {written}" if weekday else written


def datetime_fr(moment: datetime, *, weekday: bool = True) -> str:
    """→ "jeudi 17 décembre 2026 à 14 h 30", in the time zone that the moment bears: convert it first."""
    return f"{date_fr(moment.date(), weekday=weekday)} à {moment.hour}{NBSP}h{NBSP}{moment:%M}"


def of_fr(name: str) -> str:
    """« de Camille », « d’Anne-Sophie »."""
    return f"d’{name}" if name[:1] in "AEIOUHÀÂÄÉÈÊËÎÏÔÖÙÛÜ" else f"de {name}"
