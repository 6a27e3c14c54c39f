"""What changed between two versions: the texts, the fields, the annexes, in words and in <ins> and <del>."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from hemicycle.accounts.models import Body
from hemicycle.dossier.models import Version
from hemicycle.texts import comparison_html, typography
from hemicycle.texts.comparison import Change, Comparison, compare, summary
from hemicycle.texts.tree import clean
from hemicycle.web.act_text import scrolling, without_headings

TEXTS = {"report": "Rapport", "deliberation": "Projet de délibération"}
FIELDS = {
    "object": "Objet",
    "body": "Assemblée",
    "nature": "Nature",
    "subject_code": "Matière",
    "theme": "Thème",
    "amount": "Montant",
    "rapporteur": "Rapporteur",
    "unit": "Service",
    "target_date": "Séance visée",
}
EMPTY = {"type": "doc", "content": []}
#: Unchanged blocks kept on each side of a change, so that it is read in its place.
AROUND = 1
GAP = mark_safe(
    '<p class="gap"><span aria-hidden="true">· · ·</span><span class="visually-hidden">Passage inchangé</span></p>'
)


@dataclass(frozen=True, kw_only=True)
class TextChange:
    title: str
    #: « 2 paragraphes modifiés, 1 ajouté. »
    summary: str
    html: SafeString


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Everything that differs from one version to a later one."""

    old: Version
    new: Version
    texts: list[TextChange]
    #: Fields and annexes, one sentence each.
    notes: list[str]

    @property
    def nothing(self) -> bool:
        return not self.texts and not self.notes


def between(old: Version, new: Version) -> Changes:
    return Changes(
        old=old,
        new=new,
        texts=[
            change
            for name, title in TEXTS.items()
            if (change := text_change(title, getattr(old, name), getattr(new, name))) is not None
        ],
        notes=[*_fields(old.fields, new.fields), *_annexes(old.annexes, new.annexes)],
    )


def text_change(title: str, old: Any, new: Any) -> TextChange | None:
    """What changed in one text, or None when it is the same."""
    comparison = compare(clean(old or EMPTY), clean(new or EMPTY))
    if comparison.is_same:
        return None
    return TextChange(title=title, summary=" ".join(summary(comparison)), html=_html(comparison))


def _html(comparison: Comparison) -> SafeString:
    """The changed passages with a little around them; what is long and unchanged is left out."""
    changes = comparison.changes
    near = {j for i, c in enumerate(changes) if c.kind != "same" for j in range(i - AROUND, i + AROUND + 1)}
    parts: list[str] = []
    kept: list[Change] = []
    for place, change in enumerate(changes):
        if place in near:
            kept.append(change)
        elif kept or not parts:
            parts += [*_passage(kept), GAP]
            kept = []
    return mark_safe(scrolling("".join([*parts, *_passage(kept)])))  # noqa: S308 - escaped by comparison_html


def _passage(changes: list[Change]) -> list[str]:
    if not changes:
        return []
    return [without_headings(comparison_html.to_html(Comparison(changes=tuple(changes))))]


def _fields(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for name, label in FIELDS.items():
        before, after = old.get(name), new.get(name)
        if before != after:
            yield f"{label} : {_value(name, before)} → {_value(name, after)}"


def _value(name: str, value: Any) -> str:
    if not value:
        return "non renseigné"
    if name == "amount":
        return typography.amount_fr(Decimal(value))
    if name == "target_date":
        return typography.date_fr(dt.date.fromisoformat(value))
    return str(Body(value).label) if name == "body" else str(value)


def _annexes(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    before, after = {a["title"]: a for a in old}, {a["title"]: a for a in new}
    for title, annex in after.items():
        if title not in before:
            yield f"Annexe « {title} » ajoutée"
        elif before[title]["sha256"] != annex["sha256"]:
            yield f"Annexe « {title} » remplacée"
        elif before[title]["to_control"] != annex["to_control"]:
            sent = "transmise au contrôle de légalité" if annex["to_control"] else "gardée dans le dossier"
            yield f"Annexe « {title} » désormais {sent}"
    yield from (f"Annexe « {title} » retirée" for title in before if title not in after)
    if list(before) != list(after) and set(before) == set(after):
        yield "Annexes remises en ordre"
