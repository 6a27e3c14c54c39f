"""What changed in the data of a dossier from one version to another: its fields, its companions, its annexes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hemicycle.accounts.models import Body
from hemicycle.chain.drafting import queries as drafting
from hemicycle.texts import typography
from hemicycle.web.templatetags.french import size_fr

LABELS = {
    "object": "Objet",
    "body": "Assemblée",
    "nature": "Nature",
    "act_type": "Type d’acte",
    "subject_code": "Matière",
    "theme": "Thème",
    "amount": "Montant",
    "rapporteur": "Rapporteur",
    "unit": "Service",
    "target_date": "Séance visée",
    "lead": "Rapport commun avec",
}
EMPTY = "non renseigné"
Annex = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """« Montant : 25 000 € → 30 000 € »."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label} : {self.before} → {self.after}"


def fields(old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[FieldChange]:
    """The fields whose value changed, then the custom ones, named by `labels`."""
    for name, label in LABELS.items():
        if old.get(name) != new.get(name):
            yield FieldChange(label=label, before=_value(name, old.get(name)), after=_value(name, new.get(name)))
    before, after = old.get("extra") or {}, new.get("extra") or {}
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            label = labels.get(key, key)
            yield FieldChange(label=label, before=before.get(key) or EMPTY, after=after.get(key) or EMPTY)


def _value(name: str, value: Any) -> str:
    if not value:
        return EMPTY
    if name == "amount":
        return typography.amount_fr(Decimal(value)).replace(",00", "")
    if name == "target_date":
        return typography.date_fr(dt.date.fromisoformat(value))
    if name == "subject_code":
        label = dict(drafting.subject_codes()).get(value, value)
        return f"{value} {label.rsplit(' / ', 1)[-1]}" if " / " in label else str(value)
    return str(Body(value).label) if name == "body" else str(value)


def companions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """What became of the other deliberations of the report, one sentence each."""
    before, after = ({c["number"]: c for c in fields.get("companions") or ()} for fields in (old, new))
    for number, companion in after.items():
        was = before.get(number)
        if was is None:
            yield f"Délibération {number} « {companion['object']} » ajoutée au rapport"
            continue
        if was["object"] != companion["object"]:
            yield f"Délibération {number} : objet « {was['object']} » → « {companion['object']} »"
        if was.get("amount") != companion.get("amount"):
            amounts = _value("amount", was.get("amount")), _value("amount", companion.get("amount"))
            yield f"Délibération {number} : montant {amounts[0]} → {amounts[1]}"
        elif was.get("digest") != companion.get("digest") and was["object"] == companion["object"]:
            yield f"Délibération {number} « {companion['object']} » modifiée"
    for number, companion in before.items():
        if number not in after:
            yield f"Délibération {number} « {companion['object']} » retirée du rapport"


@dataclass(frozen=True, kw_only=True)
class AnnexChange:
    """What became of one annex; `kind` is counted in the summary."""

    kind: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def annexes(old: Sequence[Annex], new: Sequence[Annex], sizes: Mapping[str, int]) -> Iterator[AnnexChange]:
    """What became of the annexes. `sizes`: bytes by SHA-256, where they are known."""
    pairs = _paired(old, new)
    for before, after in pairs:
        if before is None and after is not None:
            said = f"Annexe « {after['title']} » ajoutée ({after['name']}, {_bytes(after, sizes)})"
            yield AnnexChange(kind="ajoutée", sentence=said)
        elif after is None and before is not None:
            yield AnnexChange(kind="retirée", sentence=f"Annexe « {before['title']} » retirée ({before['name']})")
        elif before is not None and after is not None:
            yield from _annex(before, after, sizes)
    kept = [(b, a) for b, a in pairs if b is not None and a is not None]
    if [b["sha256"] for b, _ in sorted(kept, key=lambda p: old.index(p[0]))] != [b["sha256"] for b, _ in kept]:
        yield AnnexChange(kind="remises en ordre", sentence="Annexes remises en ordre")


def _annex(before: Annex, after: Annex, sizes: Mapping[str, int]) -> Iterator[AnnexChange]:
    title = after["title"]
    if before["title"] != title:
        said = f"Annexe « {before['title']} » renommée « {title} »"
        yield AnnexChange(kind="renommée", sentence=said)
    if before["sha256"] != after["sha256"]:
        said = f"Annexe « {title} » remplacée : {_bytes(before, sizes)} → {_bytes(after, sizes)}"
        yield AnnexChange(kind="remplacée", sentence=said)
    for name, default, yes, no in _FLAGS:
        if bool(before.get(name, default)) != bool(after.get(name, default)):
            said = f"Annexe « {title} » {yes if after.get(name, default) else no}"
            yield AnnexChange(kind="modifiée", sentence=said)


#: (flag, when it is not said, what is said when it is set, and when it no longer is)
_FLAGS = (
    ("to_control", False, "désormais transmise au contrôle de légalité", "désormais gardée dans le dossier"),
    ("confidential", False, "désormais confidentielle", "n’est plus confidentielle"),
    ("in_booklet", True, "désormais jointe au recueil", "désormais hors du recueil"),
    ("published", True, "désormais publiée", "désormais non publiée"),
)


def _bytes(annex: Annex, sizes: Mapping[str, int]) -> str:
    known = f"{size_fr(sizes[annex['sha256']])}, " if annex["sha256"] in sizes else ""
    return f"{known}empreinte {annex['sha256'][:12]}"


def _paired(old: Sequence[Annex], new: Sequence[Annex]) -> list[tuple[Annex | None, Annex | None]]:
    """Each annex facing what it has become, in the new order: known by its content and title, then by either."""
    left = list(old)
    facing: dict[int, Annex] = {}
    for names in (("title", "sha256"), ("title",), ("sha256",)):
        for place, annex in enumerate(new):
            alike = (a for a in left if all(a[name] == annex[name] for name in names))
            if place not in facing and (mate := next(alike, None)) is not None:
                facing[place] = mate
                left.remove(mate)
    return [*((facing.get(place), annex) for place, annex in enumerate(new)), *((annex, None) for annex in left)]
