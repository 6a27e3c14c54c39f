"""A comparison on paper: what `changes` found, handed to the typesetter."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from hemicycle.chain.printing.letterheads import of_dossier as letterhead_of
from hemicycle.dossier.models import Version
from hemicycle.rendering.comparison import (
    ComparedText,
    ComparedVersion,
    ComparisonSheet,
    Passage,
    render_comparison,
)
from hemicycle.texts import comparison_tree
from hemicycle.texts.comparison_extract import extract
from hemicycle.web.changes import Changes, TextChange, name_of


def comparison_pdf(changes: Changes, *, at: dt.datetime, whole: bool = False) -> bytes:
    """The comparison as PDF/A. Raises RenderingRefused, naming what cannot be printed."""
    dossier = changes.new.dossier
    return render_comparison(
        ComparisonSheet(
            letterhead=letterhead_of(dossier),
            number=dossier.number,
            title=str(changes.new.fields["object"]),
            old=_side(changes.old),
            new=_side(changes.new),
            summary=changes.summary,
            fields=tuple((field.label, field.before, field.after) for field in changes.fields),
            others=(*changes.companions, *map(str, changes.annexes)),
            texts=tuple(_text(text, whole=whole) for text in changes.texts),
        ),
        at=at,
    )


def _side(version: Version) -> ComparedVersion:
    return ComparedVersion(
        name=name_of(version),
        made_at=timezone.localtime(version.made_at),
        author=version.author.full_name,
        reason=version.reason,
    )


def _text(text: TextChange, *, whole: bool) -> ComparedText:
    comparison = text.comparison if whole else extract(text.comparison)
    passages = tuple(
        Passage(nodes=p.nodes, changed=p.changed, word=p.word, note=p.note, unseen=p.unseen)
        for p in comparison_tree.passages(comparison)
    )
    return ComparedText(title=text.title, summary=text.summary, passages=passages)
