"""Reading a text from a word processor (.docx, .odt, .rtf, .doc) into the text tree, its structure kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from hemicycle.texts import images as texts_images
from hemicycle.texts import libreoffice, office_file, opendocument, pandoc, pandoc_blocks, revisions, wordprocessing
from hemicycle.texts.gallery import Gallery
from hemicycle.texts.office_file import Kind
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
    #: SHA-256 → bytes of the images that `doc` names; each is a PNG or a JPEG that `accept_image` took.
    images: dict[str, bytes]
    #: What the file is, by its content: one of office_file.MEDIA_TYPES.
    media_type: str


def read_document(data: bytes, filename: str) -> Reading:
    """The text of an office file. Its kind is judged on its bytes; its name is only checked and quoted.

    Tracked changes are settled as accepted: insertions kept, deletions dropped, each told in `notes`. An image
    without alternative text is given one that asks for it. .rtf and .doc go through LibreOffice, where installed.
    Raises TextRefused: unreadable, protected, active, empty, too large, or of another format.
    """
    given = office_file.kind_of(data, filename)
    kind: Kind = "docx"
    if given in ("rtf", "doc"):
        data = libreoffice.to_docx(data, given, filename)
        office_file.kind_of(data, f"{PurePosixPath(filename).stem}.docx")
    elif given == "odt":
        kind = "odt"
    doc, found = _read(data, kind, filename)
    if is_empty(doc):
        name = office_file.shown(filename)
        raise TextRefused(f"Le fichier « {name} » ne contient aucun texte ; choisissez le bon fichier.")
    if kind == "odt":
        found.revisions += _opendocument_revisions(data)
    kept = {sha256: found.gallery.kept[sha256] for sha256 in texts_images.named(doc)}
    notes = tuple(_notes(found))
    return Reading(doc=doc, notes=notes, images=kept, media_type=office_file.MEDIA_TYPES[given])


def _read(data: bytes, kind: Kind, filename: str) -> tuple[Doc, Findings]:
    try:
        return _read_by_pandoc(data, kind, filename)
    except office_file.Damaged as refusal:
        # What Pandoc does not open, LibreOffice often mends.
        if libreoffice.program() is None:
            raise
        try:
            mended = libreoffice.to_docx(data, kind, filename)
            office_file.kind_of(mended, f"{PurePosixPath(filename).stem}.docx")
            return _read_by_pandoc(mended, "docx", filename)
        except TextRefused:
            raise refusal from None


def _read_by_pandoc(data: bytes, kind: Kind, filename: str) -> tuple[Doc, Findings]:
    found = Findings(gallery=Gallery(read=_pictures_of(data, kind)), cells_alone=kind == "docx")
    try:
        source = data
        if kind == "docx":
            source = wordprocessing.annotated(data)
        else:
            annotated = opendocument.annotated(data)
            source, found.gallery.alternatives = annotated.data, annotated.alternatives
        tree = pandoc.syntax_tree(source, kind, filename)
        return clean(pandoc_blocks.document(tree, found)), found
    except TextRefused as refusal:
        raise _about(filename, refusal) from refusal
    except (RecursionError, KeyError, etree.XMLSyntaxError) as damaged:
        raise office_file.unreadable(filename) from damaged


def _pictures_of(data: bytes, kind: Kind) -> Callable[[str], bytes | None]:
    """How the image that Pandoc names so is read: from the members of the file, by name, and from nowhere else."""

    def picture(target: str) -> bytes | None:
        path = target.removeprefix("./").lstrip("/")
        return office_file.member(data, f"word/{path}" if kind == "docx" else path, texts_images.MAX_BYTES)

    return picture


def _about(filename: str, refusal: TextRefused) -> TextRefused:
    name = office_file.shown(filename)
    if isinstance(refusal, office_file.Damaged):
        return refusal
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
    notes += _notes_of_images(found.gallery)
    if found.notes_of_headings:
        notes.append("Une note appelée d’un titre est devenue un paragraphe « Note : … » sous ce titre.")
    if found.levels_lowered:
        notes.append("Les titres plus profonds que le niveau 4 ont été ramenés à ce niveau.")
    if found.letters_numbered:
        notes.append("Les listes numérotées par des lettres ou en chiffres romains le sont en chiffres.")
    if found.struck:
        notes.append("Du texte barré a été repris sans sa barre ; supprimez-le s’il ne doit plus figurer.")
    return notes


def _notes_of_images(gallery: Gallery) -> list[str]:
    notes = []
    if gallery.undescribed:
        notes.append(
            "Une image est sans description ; décrivez-la pour ceux qui ne la voient pas."
            if gallery.undescribed == 1
            else f"{gallery.undescribed} images sont sans description ; décrivez-les pour ceux qui ne les voient pas."
        )
    for (described, why), times in Counter(gallery.lost).items():
        named = (
            f"Image « {revisions.excerpt(described)} » remplacée par sa description"
            if described
            else "Image non reprise"
        )
        notes.append(f"{named}{f' ({times} fois)' if times > 1 else ''}. {why}")
    return notes
