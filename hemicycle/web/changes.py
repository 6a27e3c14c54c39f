"""What changed between two versions: the texts, the fields, the annexes, in words and in <ins> and <del>."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hemicycle.chain.drafting import custom_fields
from hemicycle.dossier.models import Attachment, Version
from hemicycle.texts import comparison_html
from hemicycle.texts.comparison import Comparison, compare, summary
from hemicycle.texts.comparison_extract import extract
from hemicycle.texts.comparison_html import Steps
from hemicycle.texts.html import with_images
from hemicycle.texts.tree import clean
from hemicycle.web import field_changes
from hemicycle.web.act_text import scrolling, without_headings
from hemicycle.web.field_changes import AnnexChange, FieldChange

TEXTS = {"report": "Rapport", "deliberation": "Projet de délibération"}
EMPTY = {"type": "doc", "content": []}


@dataclass(frozen=True, kw_only=True)
class TextChange:
    title: str
    #: « 2 paragraphes modifiés, 1 ajouté »
    summary: str
    comparison: Comparison
    #: Whether the passages that did not change are shown too.
    whole: bool = False
    #: Whose images its texts show; None: only their alternative texts.
    dossier_id: UUID | None = None
    #: The numbers of its changes on the page, where one goes from one to the next.
    steps: Steps | None = None

    @cached_property
    def html(self) -> SafeString:
        """The changed passages with a little around them, or the whole text."""
        shown = self.comparison if self.whole else extract(self.comparison)
        made = comparison_html.to_html(shown, steps=self.steps)
        if self.dossier_id is not None:
            made = with_images(made, lambda sha256: reverse("text_image", args=[self.dossier_id, sha256]))
        return mark_safe(scrolling(without_headings(made), f"{self.title}, tableau"))  # noqa: S308 - escaped there


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Everything that differs from one version to a later one."""

    old: Version
    new: Version
    texts: list[TextChange]
    fields: list[FieldChange]
    annexes: list[AnnexChange]
    #: The other deliberations of the report, one sentence each.
    companions: list[str] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """Fields, companions and annexes, one sentence each."""
        return [*map(str, self.fields), *self.companions, *map(str, self.annexes)]

    @property
    def heading(self) -> str:
        """« De la version 2 à la version 3 »."""
        new = name_of(self.new)
        return f"De la version {self.old.number} {'à la' if self.new.pk else 'au'} {new[0].lower()}{new[1:]}"

    @property
    def steps(self) -> int:
        """How many passages there are to go through, over all the texts."""
        return sum(comparison_html.stops(text.comparison) for text in self.texts)

    @property
    def nothing(self) -> bool:
        return not self.texts and not self.notes

    @property
    def summary(self) -> str:
        """« Rapport : 2 paragraphes modifiés ; montant 25 000 € → 30 000 € ; 1 annexe remplacée. »"""
        parts = [f"{_lowered(text.title)} : {text.summary}" for text in self.texts]
        parts += [f"{_lowered(f.label)} {f.before} → {f.after}" for f in self.fields]
        parts += [_lowered(sentence) for sentence in self.companions]
        parts += _counted(self.annexes)
        together = " ; ".join(parts)
        return f"{together[0].upper()}{together[1:]}." if together else ""


def _lowered(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _counted(annexes: list[AnnexChange]) -> list[str]:
    """« 2 annexes ajoutées », « annexes remises en ordre »."""
    said = []
    for kind, number in Counter(annex.kind for annex in annexes).items():
        if kind.startswith("remises"):
            said.append(f"annexes {kind}")
        else:
            said.append(f"{number} annexe{'s' if number > 1 else ''} {kind}{'s' if number > 1 else ''}")
    return said


def name_of(version: Version) -> str:
    """« Version 3 », or « Texte de travail » for what is not frozen yet."""
    return f"Version {version.number}" if version.pk else "Texte de travail"


def between(old: Version, new: Version, *, whole: bool = False, stepped: bool = False) -> Changes:
    """From a version to a later one, or to the working texts in the shape of a version.

    `whole` shows the texts from end to end; `stepped` numbers the changes and links each to the next.
    """
    texts = texts_between(old, new, whole=whole)
    before, after = old.fields, new.fields
    labels = _labels() if before.get("extra") != after.get("extra") else {}
    return Changes(
        old=old,
        new=new,
        texts=_stepped(texts) if stepped else texts,
        fields=list(field_changes.fields(before, after, labels)),
        annexes=list(field_changes.annexes(old.annexes, new.annexes, _sizes(old, new))),
        companions=list(field_changes.companions(before, after)),
    )


def texts_between(old: Version, new: Version, *, whole: bool = False) -> list[TextChange]:
    """What changed in each text; those that are the same are left out."""
    pairs = ((title, getattr(old, name), getattr(new, name)) for name, title in TEXTS.items())
    found = (text_change(title, before, after) for title, before, after in pairs)
    return [replace(change, whole=whole, dossier_id=new.dossier_id) for change in found if change is not None]


def text_change(title: str, old: Any, new: Any) -> TextChange | None:
    """What changed in one text, or None when it is the same."""
    comparison = compare(clean(old or EMPTY), clean(new or EMPTY))
    if comparison.is_same:
        return None
    return TextChange(title=title, summary=summary(comparison), comparison=comparison)


def _stepped(texts: list[TextChange]) -> list[TextChange]:
    counts = [comparison_html.stops(text.comparison) for text in texts]
    return [
        replace(text, steps=Steps(first=1 + sum(counts[:place]), total=sum(counts))) for place, text in enumerate(texts)
    ]


def _labels() -> Mapping[str, str]:
    return {declared.key: declared.label for declared in custom_fields.every_field()}


def _sizes(old: Version, new: Version) -> Mapping[str, int]:
    """Bytes of the annexes that one version has and not the other, by SHA-256."""
    changed = {a["sha256"] for a in old.annexes} ^ {a["sha256"] for a in new.annexes}
    if not changed:
        return {}
    return dict(Attachment.objects.filter(dossier=new.dossier_id, sha256__in=changed).values_list("sha256", "size"))
