"""What the journal says of types of act, models of text, links, deliberations of one report and registers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from hemicycle.texts import typography

Facts = Mapping[str, Any]
TEXTS = {"report": "le rapport", "deliberation": "le projet de délibération"}


def _type_saved(facts: Facts) -> str:
    if not facts["before"]:
        return f"a déclaré le type d’acte « {facts['act_type']} »"
    return f"a renommé le type d’acte « {facts['before']} » en « {facts['act_type']} »"


def _field_saved(facts: Facts) -> str:
    whose = f"pour le type « {facts['act_type']} »" if facts["act_type"] else "pour tous les dossiers"
    must = ", obligatoire" if facts["required"] else ""
    return f"a défini le champ « {facts['label']} » {whose}{must}"


def _applied(facts: Facts) -> str:
    kept = f" ; le texte remplacé est la version {facts['replaced']}" if facts["replaced"] else ""
    return f"a commencé {TEXTS[facts['text']]} par le modèle « {facts['model']} » (version {facts['number']}){kept}"


def _switched(what: str) -> Callable[[Facts], str]:
    def said(facts: Facts) -> str:
        name = next(value for key, value in facts.items() if key != "active")
        return f"a {'remis en service' if facts['active'] else 'mis de côté'} {what} « {name} »"

    return said


SENTENCES: dict[str, str | Callable[[Facts], str]] = {
    "drafting.act_type_saved": _type_saved,
    "drafting.act_type_switched": _switched("le type d’acte"),
    "drafting.custom_field_saved": _field_saved,
    "drafting.custom_field_switched": _switched("le champ"),
    "drafting.custom_fields_ordered": "a ordonné les champs",
    "registers.numbering_set": lambda f: (
        f"a réglé la numérotation « {f['label']} » : {f['pattern']} à partir du "
        f"{typography.date_fr(dt.date.fromisoformat(f['valid_from']), weekday=False)}"
    ),
    "registers.number_cancelled": lambda f: f"a annulé le numéro {f['number']}, qui reste au registre avec son motif",
    "registers.extract_certified": lambda f: f"a délivré un extrait certifié conforme de l’acte {f['number']}",
    "drafting.model_saved": lambda f: f"a enregistré la version {f['number']} du modèle « {f['model']} »",
    "drafting.model_switched": _switched("le modèle"),
    "drafting.model_applied": _applied,
    "drafting.deliberation_added": lambda f: f"a ajouté au rapport la délibération {f['number']}",
    "drafting.dossier_duplicated": lambda f: f"a repris le contenu du dossier {f['origin']}",
    "drafting.dossier_linked": lambda f: f"a noté que ce dossier {f['kind']} {f['to']}",
    "drafting.dossier_unlinked": lambda f: f"a retiré le lien : ce dossier {f['kind']} {f['to']}",
}
