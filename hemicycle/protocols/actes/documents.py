"""What a document is, judged by its content; and what makes a PDF unacceptable."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_XML = re.compile(rb"^(\xef\xbb\xbf)?\s*<(\?xml\s|[A-Za-z_][\w.\-]*(:[\w.\-]+)?[\s>/])", re.ASCII)
_ACTIONS = {
    "/JavaScript": "un programme JavaScript",
    "/Launch": "le lancement d’un programme",
    "/ImportData": "un import de données",
    "/SubmitForm": "l’envoi d’un formulaire",
    "/Rendition": "un contenu multimédia actif",
}


def media_type(data: bytes) -> str | None:
    """application/pdf, image/jpeg, image/png, text/xml; None for anything else."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    # HTML also opens by a tag, and is no document of an act.
    if _XML.match(data[:200]) and b"<html" not in data[:1000].lower():
        return "text/xml"
    return None


def pdf_faults(data: bytes) -> list[str]:
    """Reasons, as ends of a French sentence, to refuse this PDF: locked, active or carrying files."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return ["il est chiffré"]
            return list(dict.fromkeys(_active_content(pdf)))
    except pikepdf.PasswordError:
        return ["il est protégé par un mot de passe"]
    except (pikepdf.PdfError, ValueError, RecursionError, OverflowError):
        return ["il est illisible ou endommagé"]


def _active_content(pdf: pikepdf.Pdf) -> Iterator[str]:
    if len(pdf.pages) == 0:
        yield "il ne contient aucune page"
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        if "/JavaScript" in names:
            yield "il contient un programme JavaScript"
        if "/EmbeddedFiles" in names:
            yield "il contient des fichiers joints"
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        yield from _of_object(item)


def _of_object(item: pikepdf.Object) -> Iterator[str]:
    for dictionary in _nested(item, 0):
        action = _name(dictionary, "/S")
        if action in _ACTIONS and ("/Type" not in dictionary or _name(dictionary, "/Type") == "/Action"):
            yield f"il contient {_ACTIONS[action]}"
        if "/JS" in dictionary:
            yield "il contient un programme JavaScript"
        if _name(dictionary, "/Type") == "/Filespec" and "/EF" in dictionary:
            yield "il contient des fichiers joints"
        if "/XFA" in dictionary:
            yield "il contient un formulaire XFA"
        if _name(dictionary, "/Subtype") in ("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"):
            yield "il contient un contenu multimédia actif"


def _nested(item: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    """The object and the direct dictionaries inside it: an action is often written in place."""
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        values = [item[key] for key in item.keys() if key != "/Parent"]  # noqa: SIM118 (a PDF object, no dict)
    elif isinstance(item, pikepdf.Array):
        values = list(item)
    else:
        return
    if depth < 20:
        for value in values:
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _nested(value, depth + 1)


def _name(dictionary: pikepdf.Object, key: str) -> str:
    value = dictionary.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""
