"""The types of act of the demonstration, what each asks for, and the models of text that start from them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.models import CustomField, Text, TextModel, TextModelVersion
from hemicycle.dossier.models import ActType
from hemicycle.texts.markup import from_markup

FOLDER = Path(__file__).parent / "model_texts"
GRANT, CONTRACT, PROCUREMENT, STAFF, BUDGET = "Subvention", "Convention", "Marché public", "Personnel", "Budget"

#: Key, label, kind, choices, help, required: by type.
FIELDS: tuple[tuple[str, str, str, str, tuple[str, ...], str, bool], ...] = (
    (GRANT, "beneficiaire", "Bénéficiaire", "text", (), "Le nom exact de l’organisme, tel qu’au répertoire.", True),
    (GRANT, "cout_total", "Coût total de l’opération", "number", (), "En euros, toutes taxes comprises.", False),
    (CONTRACT, "duree", "Durée de la convention", "choice", ("un an", "deux ans", "trois ans", "cinq ans"), "", True),
)
#: Name, text, type, file.
MODELS: tuple[tuple[str, Text, str, str], ...] = (
    ("Rapport d’attribution d’une subvention", Text.REPORT, GRANT, "rapport-subvention"),
    ("Délibération d’attribution d’une subvention", Text.DELIBERATION, GRANT, "deliberation-subvention"),
    ("Délibération approuvant une convention", Text.DELIBERATION, CONTRACT, "deliberation-convention"),
    ("Délibération autorisant un marché public", Text.DELIBERATION, PROCUREMENT, "deliberation-marche"),
)


def lay(*, author: Agent, at: dt.datetime) -> None:
    """Create them all, the models as written by `author` at that time."""
    names = (GRANT, CONTRACT, PROCUREMENT, STAFF, BUDGET)
    types = {name: ActType.objects.create(name=name) for name in names}
    for order, (act_type, key, label, kind, choices, help_text, required) in enumerate(FIELDS, start=1):
        CustomField.objects.create(
            act_type=types[act_type],
            key=key,
            label=label,
            kind=kind,
            choices=list(choices),
            help=help_text,
            required=required,
            order=order,
        )
    for name, text, act_type, file in MODELS:
        model = TextModel.objects.create(name=name, text=text, act_type=types[act_type])
        content = from_markup((FOLDER / f"{file}.md").read_text(encoding="utf-8"))
        TextModelVersion.objects.create(model=model, number=1, content=content, author=author, made_at=at)
