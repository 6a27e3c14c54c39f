"""Models of text: which are offered to a dossier, what a dossier gives their fields, what they have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, Q, Subquery

from hemicycle.accounts.models import Body, Unit
from hemicycle.chain.drafting import links
from hemicycle.chain.drafting.custom_fields import fields_of, values_of
from hemicycle.chain.drafting.custom_values import FILE
from hemicycle.chain.drafting.filling import FIELDS, fill
from hemicycle.chain.drafting.in_letters import euros_in_letters
from hemicycle.chain.drafting.models import Text, TextModel, TextModelVersion
from hemicycle.dossier.models import Dossier
from hemicycle.protocols.actes import default_classification
from hemicycle.protocols.actes.classification import matiere_code
from hemicycle.protocols.actes.errors import ActesError
from hemicycle.texts import typography
from hemicycle.texts.tree import Doc, clean

TEXTS: Sequence[tuple[str, str]] = [(text.value, str(text.label)) for text in Text]
BODIES = {Body.COUNCIL: "le conseil départemental", Body.STANDING_COMMITTEE: "la commission permanente"}
#: Further than any unit of a lineage: a model for everyone comes after those of the unit and above.
_EVERYONE = 99


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A model that a dossier may start from: its last version."""

    id: int
    name: str
    text: str
    version: int
    #: Why it comes where it does: « pour ce type d’acte, pour la direction des sports ».
    why: str


def offered(text: str, *, act_type_id: int | None, unit: Unit) -> list[Offered]:
    """The models of that text for a dossier of that type and unit, the most precise first.

    A model of another type or of a unit that is not above is not offered.
    """
    lineage = [level.pk for level in unit.lineage()]
    rows = TextModel.objects.filter(Q(act_type=None) | Q(act_type=act_type_id), text=text, active=True)
    rows = rows.filter(Q(unit=None) | Q(unit__in=lineage)).select_related("act_type", "unit").annotate(last=_LAST)

    def precision(model: TextModel) -> tuple[bool, int, str]:
        place = _EVERYONE if model.unit_id is None else lineage.index(model.unit_id)
        return model.act_type_id is None, place, model.name

    return [
        Offered(id=m.pk, name=m.name, text=m.text, version=m.last, why=_why(m)) for m in sorted(rows, key=precision)
    ]


_LAST = Subquery(TextModelVersion.objects.filter(model=OuterRef("pk")).order_by("-number").values("number")[:1])


def _why(model: TextModel) -> str:
    said = [f"type « {model.act_type} »" if model.act_type else "", str(model.unit) if model.unit else ""]
    return ", ".join(word for word in said if word)


def known_fields(act_type_id: int | None) -> dict[str, str]:
    """What a model of that type may name, and what each field stands for; files have no words."""
    custom = {f.key: f"champ « {f.label} »" for f in fields_of(act_type_id) if f.kind != FILE}
    return FIELDS | custom


def labels_of(act_type_id: int | None) -> dict[str, str]:
    """The fields in the words of the mark left where a value is missing."""
    custom = {f.key: f.label for f in fields_of(act_type_id, all_of_them=True) if f.kind != FILE}
    usual = {key: key.replace("_", " ").replace("deliberation precedente", "délibération précédente") for key in FIELDS}
    return (
        usual
        | {"date_seance": "date de la séance", "assemblee": "assemblée", "matiere": "matière"}
        | {"numero": "numéro"}
        | custom
    )


def values_for(dossier: Dossier) -> dict[str, str]:
    """What the dossier says for each field; empty where it says nothing."""
    member = dossier.rapporteur
    title = f"{member}, {member.title[:1].lower()}{member.title[1:]}" if member and member.title else str(member or "")
    usual = {
        "objet": dossier.object,
        "montant": _amount(dossier.amount) if dossier.amount is not None else "",
        "montant_en_lettres": euros_in_letters(dossier.amount) if dossier.amount is not None else "",
        "rapporteur": title,
        "date_seance": typography.date_fr(dossier.target_date, weekday=False) if dossier.target_date else "",
        "assemblee": BODIES[Body(dossier.body)] if dossier.body else "",
        "direction": dossier.unit.direction.name,
        "service": dossier.unit.name,
        "numero": dossier.number,
        "matiere": _subject(dossier.subject_code),
        "deliberation_precedente": links.previous_of(dossier),
    }
    return usual | {value.key: value.shown for value in values_of(dossier) if value.attachment_id is None}


def filled(content: Doc, dossier: Dossier) -> Doc:
    """A model's text as the dossier would start from it."""
    return fill(clean(content), values_for(dossier), labels_of(dossier.act_type_id))


def _amount(amount: Decimal) -> str:
    """« 130 900 € », two decimals only if there are cents (documents.md §1)."""
    return typography.amount_fr(amount).replace(",00", "") if amount == int(amount) else typography.amount_fr(amount)


def _subject(code: str) -> str:
    try:
        path = default_classification().path(matiere_code(code))
    except (ActesError, KeyError):
        return code
    return path[-1] if path else code


def every_model() -> list[TextModel]:
    """All the models, those in service first, then by text and name, each with its versions, last first."""
    versions = TextModelVersion.objects.select_related("author").order_by("-number")
    rows = TextModel.objects.select_related("act_type", "unit").prefetch_related(Prefetch("versions", versions))
    return list(rows.order_by("-active", "text", "name"))


def model(model_id: int) -> TextModel:
    """One model and its versions, last first. Raises TextModel.DoesNotExist."""
    versions = TextModelVersion.objects.select_related("author").order_by("-number")
    rows = TextModel.objects.select_related("act_type", "unit").prefetch_related(Prefetch("versions", versions))
    return rows.get(id=model_id)


def version(model_id: int, number: int) -> TextModelVersion:
    """Raises TextModelVersion.DoesNotExist."""
    return TextModelVersion.objects.select_related("author", "model").get(model=model_id, number=number)


def last_version(model_id: int) -> TextModelVersion:
    """Raises TextModelVersion.DoesNotExist."""
    found = TextModelVersion.objects.filter(model=model_id).select_related("model").order_by("-number").first()
    if found is None:
        raise TextModelVersion.DoesNotExist
    return found
