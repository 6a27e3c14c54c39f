"""What a model may not say, each fault with its remedy: nothing is kept of a model that has one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from hemicycle.rendering.coverage import missing_in, told
from hemicycle.rendering.model import BRACES, FIELD, Kind, Model, Words, parts_of, text_of

#: Letters of the alternative text of a logo; longer, it is no longer an alternative.
MOST_ALT = 160
#: Millimetres of a logo: what the head of the page holds beside the place of the stamp.
HEIGHTS = (8, 22)


@dataclass(frozen=True, kw_only=True)
class ModelFault:
    sentence: str
    #: « text:footer », « parts », « logo », « alt » or « height ».
    field: str


def faults_of(kind: Kind, model: Model) -> list[ModelFault]:
    """All that is wrong in a model, text by text, then in its blocks, then in its logo. May ask the typesetter once
    for unusual characters.
    """
    unknown = [key for key in model.texts if key not in {words.key for words in kind.words}]
    found = [ModelFault(sentence=f"Ce modèle n’a pas de texte « {key[:40]} ».", field="parts") for key in unknown]
    for words in kind.words:
        said = text_of(kind, model, words.key)
        found += [ModelFault(sentence=s, field=f"text:{words.key}") for s in _of_text(kind, words, said)]
    found += [ModelFault(sentence=sentence, field="parts") for sentence in _of_parts(kind, model)]
    return found + list(_of_logo(model))


def _of_text(kind: Kind, words: Words, said: str) -> Iterator[str]:
    name = f"« {words.label} »"
    lines = said.split("\n")
    if words.why and not said.strip():
        yield f"{name} ne peut pas être vide : {words.why}."
    if len(said) > words.most:
        yield f"{name} compte {len(said)} signes ; la limite est de {words.most}."
        return
    if len(lines) > words.lines:
        most = "une seule ligne" if words.lines == 1 else f"{words.lines} lignes au plus"
        yield f"{name} compte {len(lines)} lignes ; gardez {most}."
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in said.replace("\n", "")):
        yield f"{name} contient un caractère invisible ; effacez le texte et tapez-le de nouveau."
        return
    for found in BRACES.finditer(said):
        yield from _of_braces(kind, found, name)
    if missing := missing_in(said):
        yield told(missing, name)


def _of_braces(kind: Kind, found: re.Match[str], name: str) -> Iterator[str]:
    if found[1] is None:
        yield f"{name} contient une accolade seule ; un champ s’écrit d’un trait, par exemple {{objet}}."
    elif not FIELD.fullmatch(found[0]) or found[1].strip() not in kind.fields:
        known = ", ".join(f"{{{key}}}" for key in kind.fields)
        yield f"{name} contient le champ {{{found[1][:40]}}}, qui n’existe pas ici ; les champs possibles sont {known}."


def _of_parts(kind: Kind, model: Model) -> Iterator[str]:
    order = parts_of(kind, model)
    labels = {part.key: f"« {part.label} »" for part in kind.parts}
    if unknown := [key for key in order if key not in labels]:
        yield f"Ce modèle n’a pas de bloc « {unknown[0][:40]} »."
        return
    if len(set(order)) != len(order):
        yield "Un bloc figure deux fois ; gardez-en un."
        return
    for part in kind.parts:
        if part.why and part.key not in order:
            yield f"Le bloc {labels[part.key]} ne peut pas être retiré : {part.why}."
    for place, part in enumerate(kind.parts):
        if part.fixed and part.key in order and order.index(part.key) != place:
            yield f"Le bloc {labels[part.key]} reste en tête : l’acte s’y reconnaît, et le tampon s’y pose."
    for rule in kind.rules:
        both = rule.first in order and rule.then in order
        if both and order.index(rule.first) > order.index(rule.then):
            yield f"Le bloc {labels[rule.first]} vient avant {labels[rule.then]} : {rule.why}."


def _of_logo(model: Model) -> Iterator[ModelFault]:
    logo = model.logo
    if logo is None:
        return
    if not logo.alt.strip():
        yield ModelFault(
            sentence="Écrivez ce que montre le logo, pour ceux qui ne le voient pas (ISO 14289-1, 7.3).", field="alt"
        )
    elif len(logo.alt) > MOST_ALT:
        yield ModelFault(sentence=f"Le texte du logo dépasse {MOST_ALT} signes ; résumez-le.", field="alt")
    elif missing := missing_in(logo.alt):
        yield ModelFault(sentence=told(missing, "Le texte du logo"), field="alt")
    low, high = HEIGHTS
    if not low <= logo.height <= high:
        yield ModelFault(sentence=f"La hauteur du logo va de {low} à {high} mm.", field="height")
