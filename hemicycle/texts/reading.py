"""Reading a Word (.docx) or OpenDocument (.odt) file into the text tree, its structure kept."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from hemicycle.texts import office_file, pandoc, pandoc_blocks, revisions
from hemicycle.texts.pandoc_inlines import Findings
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import Doc, clean, is_empty


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file read."""

    #: A clean text tree.
    doc: Doc
    #: French sentences for the author: what was settled, moved or left out.
    notes: tuple[str, ...]
    #: The alternative text of each image met, in order; an empty string where it had none.
    images: tuple[str, ...]


def read_document(data: bytes, filename: str) -> Reading:
    """The text of an office file. Its kind is judged on its bytes; its name is only checked and quoted.

    Tracked changes are settled as accepted: insertions kept, deletions dropped, each told in `notes`.
    Footnotes become numbered paragraphs at the end; images are replaced by their alternative text.
    Raises TextRefused: unreadable, protected, active, empty, too large, or of another format.
    """
    kind = office_file.kind_of(data, filename)
    found = Findings()
    try:
        doc = clean(pandoc_blocks.document(pandoc.syntax_tree(data, kind, filename), found))
    except TextRefused as refusal:
        raise _about(filename, refusal) from refusal
    except RecursionError as bottomless:
        raise office_file.unreadable(filename) from bottomless
    if is_empty(doc):
        name = office_file.shown(filename)
        raise TextRefused(f"Le fichier « {name} » ne contient aucun texte ; choisissez le bon fichier.")
    if kind == "odt":
        found.revisions += _opendocument_revisions(data)
    return Reading(doc=doc, notes=tuple(_notes(found)), images=tuple(found.images))


def _about(filename: str, refusal: TextRefused) -> TextRefused:
    name = office_file.shown(filename)
    return refusal if name in str(refusal) else TextRefused(f"Le fichier « {name} » ne peut pas être repris. {refusal}")


def _opendocument_revisions(data: bytes) -> list[revisions.Revision]:
    # Pandoc reads an OpenDocument text as if all its changes were accepted, and says nothing of them.
    try:
        return revisions.in_opendocument(office_file.xml_member(data, "content.xml"))
    except etree.XMLSyntaxError:
        return []


def _notes(found: Findings) -> list[str]:
    notes = revisions.told(found.revisions)
    notes += [f"Commentaire de {author} non repris : « {revisions.excerpt(text)} »." for author, text in found.comments]
    if found.footnotes:
        notes.append(_footnotes_note(len(found.footnotes)))
    described = [text for text in found.images if text]
    notes += [f"Image remplacée par sa description : « {revisions.excerpt(text)} »." for text in described]
    if missing := len(found.images) - len(described):
        notes.append(
            "Une image sans description n’a pas été reprise ; joignez-la en annexe si elle est utile."
            if missing == 1
            else f"{missing} images sans description n’ont pas été reprises ; joignez-les en annexe si utile."
        )
    if found.levels_lowered:
        notes.append("Les titres plus profonds que le niveau 4 ont été ramenés à ce niveau.")
    if found.letters_numbered:
        notes.append("Les listes numérotées par des lettres ou en chiffres romains le sont en chiffres.")
    if found.struck:
        notes.append("Du texte barré a été repris sans sa barre ; supprimez-le s’il ne doit plus figurer.")
    return notes


def _footnotes_note(number: int) -> str:
    if number == 1:
        return "La note de bas de page est placée à la fin du texte, appelée (1)."
    return f"Les {number} notes de bas de page sont placées à la fin du texte, appelées (1) à ({number})."
