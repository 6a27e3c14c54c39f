"""What is read in a PDF before and after: a second opinion on additions, by another parser (qpdf) than pyHanko's.

An incremental update keeps the numbers of the objects it leaves alone, so a page whose objects, reached one by one,
are the same bytes under the same numbers shows the same thing. Shadow attacks (hide, replace, hide and replace) live
on two programs that read one file differently: what either of the two sees changed is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf

from .contents import Contents, Mark, read

__all__ = ["Changes", "Incomparable", "compare"]


class Incomparable(ValueError):
    """One of the two states of the file does not open regularly: nothing can be said of what changed."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What differs, as nominal groups in French for a sentence."""

    #: Pages, annotations, layers, actions, attachments.
    content: tuple[str, ...]
    #: Values of form fields.
    fields: tuple[str, ...]
    #: Visible frames of signatures that were not there.
    marks: tuple[Mark, ...]


def compare(before: bytes, after: bytes) -> Changes:
    """What a reader finds different between two states of one file. Raises Incomparable."""
    try:
        old, new = read(before), read(after)
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError) as cause:
        raise Incomparable from cause
    return Changes(
        content=(*_pages(old, new), *_annotations(old, new), *_replaced_marks(old, new), *_rest(old, new)),
        fields=tuple(f"le champ « {name} » a été rempli ou modifié" for name in _differing(old.fields, new.fields)),
        marks=tuple(mark for name, mark in sorted(new.marks.items()) if mark.visible and _is_new(old, name)),
    )


def _pages(old: Contents, new: Contents) -> list[str]:
    said = []
    if len(new.pages) > len(old.pages):
        more = len(new.pages) - len(old.pages)
        said.append("une page a été ajoutée" if more == 1 else f"{more} pages ont été ajoutées")
    if len(new.pages) < len(old.pages):
        fewer = len(old.pages) - len(new.pages)
        said.append("une page a été retirée" if fewer == 1 else f"{fewer} pages ont été retirées")
    changed = [n for n, (a, b) in enumerate(zip(old.pages, new.pages, strict=False), start=1) if a != b]
    return said + _on_pages(changed, "a été modifiée ou remplacée", "ont été modifiées ou remplacées")


def _on_pages(numbers: list[int], one: str, several: str) -> list[str]:
    if not numbers:
        return []
    if len(numbers) == 1:
        return [f"la page {numbers[0]} {one}"]
    shown = [str(n) for n in numbers[:6]]
    listed = f"{', '.join(shown[:-1])} et {shown[-1]}" if len(numbers) <= 6 else f"{', '.join(shown)}…"
    return [f"les pages {listed} {several}"]


def _annotations(old: Contents, new: Contents) -> list[str]:
    pages = zip(old.annotations, new.annotations, strict=False)
    changed = [n for n, (a, b) in enumerate(pages, start=1) if a != b]
    return [f"une annotation a été ajoutée, modifiée ou retirée page {number}" for number in changed[:6]]


def _replaced_marks(old: Contents, new: Contents) -> list[str]:
    replaced = [n for n, m in old.marks.items() if m.signed and (n not in new.marks or new.marks[n].look != m.look)]
    return [f"le cadre de la signature « {name} » a été modifié" for name in sorted(replaced)]


def _is_new(old: Contents, name: str) -> bool:
    return name not in old.marks or not old.marks[name].signed


def _differing(old: dict[str, str], new: dict[str, str]) -> list[str]:
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))[:6]


def _rest(old: Contents, new: Contents) -> list[str]:
    words = {
        "/OCProperties": "les calques ont été modifiés",
        "/OpenAction": "une action automatique a été ajoutée ou modifiée",
        "/AA": "une action automatique a été ajoutée ou modifiée",
        "/JavaScript": "un script a été ajouté ou modifié",
        "/EmbeddedFiles": "des pièces jointes ont été ajoutées, modifiées ou retirées",
        "/AF": "des pièces jointes ont été ajoutées, modifiées ou retirées",
        "/XFA": "un formulaire dynamique (XFA) a été ajouté ou modifié",
    }
    said = [words.get(key, "les propriétés du document ont été modifiées") for key in _differing(old.rest, new.rest)]
    return list(dict.fromkeys(said))
