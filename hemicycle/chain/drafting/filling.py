"""Models of text: the fields that a model names, and what they become in a dossier. Pure: a tree in, a tree out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hemicycle.texts.tree import Doc, clean

#: What a model may name between braces, and what each stands for.
FIELDS: dict[str, str] = {
    "objet": "l’objet du dossier",
    "montant": "le montant, en chiffres",
    "montant_en_lettres": "le montant, en lettres",
    "rapporteur": "le rapporteur et son titre",
    "date_seance": "le jour de la séance visée",
    "assemblee": "« la commission permanente » ou « le conseil départemental »",
    "direction": "la direction",
    "service": "le service",
    "numero": "le numéro du dossier",
    "matiere": "la matière, en mots",
    "deliberation_precedente": "la délibération que le dossier suit, modifie ou abroge",
}
_FIELD = re.compile(r"\{ *([^{}]{1,60}?) *\}")
_KEY = re.compile(r"[a-z][a-z0-9_]*")


def fields_in(doc: Doc) -> tuple[str, ...]:
    """The words between braces, in the order of the text, each once."""
    return tuple(dict.fromkeys(found[1] for text in _texts(doc) for found in _FIELD.finditer(text)))


def faults_of(doc: Doc, known: Mapping[str, str]) -> list[str]:
    """Why the model cannot be kept, one French sentence each: a field unknown, a brace alone, a field cut in two."""
    unknown = [name for name in fields_in(doc) if name not in known]
    faults = [
        f"Le champ {{{name}}} n’existe pas ; les champs possibles sont {', '.join(f'{{{key}}}' for key in known)}."
        for name in unknown
    ]
    for text in _texts(doc):
        rest = _FIELD.sub("", text)
        if "{" in rest or "}" in rest:
            faults.append(
                f"Une accolade est seule ou change de mise en forme avant d’être fermée, dans « {text[:60]} » ; "
                "écrivez le champ d’un trait, par exemple {objet}."
            )
    return faults


def fill(doc: Doc, values: Mapping[str, str], labels: Mapping[str, str]) -> Doc:
    """The text with each field replaced by its value, in the marks of the run where it stands.

    A value that is empty leaves a mark that everyone sees and that submission refuses (`texts.faults`); `labels` says
    the field in words there. The first letter of a paragraph is a capital, whatever the value. Idempotent once filled.
    """
    return clean(_filled(doc, values, labels))


def blank(label: str) -> str:
    """« […à compléter : montant] »."""
    return f"[…à compléter : {label}]"


def is_key(word: str) -> bool:
    """Whether the word can be written between braces: small letters, figures and underscores."""
    return bool(_KEY.fullmatch(word))


def _filled(node: Any, values: Mapping[str, str], labels: Mapping[str, str], *, first: bool = False) -> Any:
    if node["type"] == "text":
        return {**node, "text": _replaced(node["text"], values, labels, first=first)}
    made = dict(node)
    if isinstance(attrs := node.get("attrs"), dict) and attrs.get("caption"):
        made["attrs"] = {**attrs, "caption": _replaced(attrs["caption"], values, labels, first=True)}
    if isinstance(node.get("content"), list):
        opens = node["type"] in ("paragraph", "heading")
        made["content"] = [
            _filled(child, values, labels, first=opens and rank == 0) for rank, child in enumerate(node["content"])
        ]
    return made


def _replaced(text: str, values: Mapping[str, str], labels: Mapping[str, str], *, first: bool) -> str:
    def value(found: re.Match[str]) -> str:
        key = found[1]
        if key not in values and key not in labels:
            return found[0]
        said = values.get(key) or blank(labels.get(key, key))
        return said[:1].upper() + said[1:] if first and found.start() == 0 else said

    return _FIELD.sub(value, text)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        attrs = node.get("attrs")
        if isinstance(attrs, dict) and isinstance(attrs.get("caption"), str):
            yield attrs["caption"]
        for child in node.get("content") or ():
            yield from _texts(child)
