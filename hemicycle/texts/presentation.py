"""What changed in the presentation of a block, in a few French words; its words are compared elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from hemicycle.texts import grid
from hemicycle.texts.inline import Marks, Node

_NAMES = {
    "bold": "gras",
    "italic": "italique",
    "underline": "soulignement",
    "superscript": "exposant",
    "subscript": "indice",
    "link": "lien",
}
_KINDS = {"bulletList": "liste à puces", "orderedList": "liste numérotée"}


def facts(old: Node, new: Node) -> tuple[str, ...]:
    """« titre de niveau 3, auparavant 2 », « image remplacée », « 1 ligne d’en-tête, auparavant aucune »…"""
    return tuple(_facts(old, new))


def _facts(old: Node, new: Node) -> Iterator[str]:
    was, now = old["type"], new["type"]
    if (was, now) == ("paragraph", "heading"):
        yield f"devient un titre de niveau {new['attrs']['level']}"
    elif (was, now) == ("heading", "paragraph"):
        yield "n’est plus un titre"
    elif now == "heading" and old["attrs"] != new["attrs"]:
        yield f"titre de niveau {new['attrs']['level']}, auparavant {old['attrs']['level']}"
    elif was != now and now in _KINDS:
        yield f"devient une {_KINDS[now]}"
    elif now == "orderedList" and old["attrs"] != new["attrs"]:
        yield f"numérotée à partir de {new['attrs']['start']}, auparavant de {old['attrs']['start']}"
    elif now == "image":
        yield from _image(old, new)
    elif now == "table":
        yield from _table(old, new)
    elif now in ("tableCell", "tableHeader"):
        yield from _cell(old, new)


def _image(old: Node, new: Node) -> Iterator[str]:
    if old["attrs"]["sha256"] != new["attrs"]["sha256"]:
        yield "image remplacée"
    if old["attrs"]["alt"] != new["attrs"]["alt"]:
        yield "texte de remplacement modifié"
    if old["attrs"]["width"] != new["attrs"]["width"]:
        yield f"largeur de {new['attrs']['width']} %, auparavant {old['attrs']['width']} %"


def _table(old: Node, new: Node) -> Iterator[str]:
    was, now = (grid.header_rows(grid.columns_of(table["content"])) for table in (old, new))
    if was != now:
        said = f"{now} ligne{'s' if now > 1 else ''} d’en-tête" if now else "sans ligne d’en-tête"
        yield f"{said}, auparavant {was or 'aucune'}"


def _cell(old: Node, new: Node) -> Iterator[str]:
    if old["type"] != new["type"]:
        yield "devient un en-tête" if new["type"] == "tableHeader" else "n’est plus un en-tête"
    if any(old["attrs"][name] != new["attrs"][name] for name in ("colspan", "rowspan")):
        yield "fusion de cellules modifiée"
    if old["attrs"]["align"] != new["attrs"]["align"]:
        yield "alignement modifié"


def marks_changed(before: Marks, after: Marks) -> str:
    """« gras ajouté, italique retiré »."""
    was, now = dict(before), dict(after)
    said = [f"{name} ajouté" for mark, name in _NAMES.items() if mark in now and mark not in was]
    said += [f"{name} retiré" for mark, name in _NAMES.items() if mark in was and mark not in now]
    said += ["lien modifié"] if "link" in was and "link" in now and was["link"] != now["link"] else []
    return ", ".join(said)
