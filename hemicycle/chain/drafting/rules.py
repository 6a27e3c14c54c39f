"""What drafting accepts: pure checks of files and fields, each refusal a French sentence."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hemicycle.protocols.actes import Nature, default_classification
from hemicycle.protocols.actes.classification import dotted_code, matiere_code
from hemicycle.protocols.actes.documents import media_type, pdf_faults
from hemicycle.protocols.actes.errors import ActesError
from hemicycle.protocols.seda.wording import fault_of
from hemicycle.texts.images import accept_image
from hemicycle.texts.inline import readable
from hemicycle.texts.refusal import TextRefused

#: One annex, in bytes; the whole transmission is limited to 150 MiB (norms/actes §5).
MAX_ANNEX = 100 * 1024 * 1024
MAX_TRANSMISSION = 150 * 1024 * 1024
MAX_OBJECT = 250
MAX_NAME = 150
MAX_TITLE = 250
#: What a spreadsheet takes for a formula at the start of a cell.
FORMULA = frozenset("=+-@")
#: Under this, in euros; what the column holds.
MAX_AMOUNT = Decimal(10) ** 12
CENT = Decimal("0.01")
EDITABLE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}
EXTENSIONS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "text/xml": (".xml",),
    **{kind: (extension,) for kind, extension in EDITABLE.items()},
}


#: Office formats whose purpose is to run programs.
MACROS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm", ".potm", ".ppsm")
#: What an Office file locked by a password holds ([MS-OFFCRYPTO] 2.3.4).
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A file let in, by what its content says it is."""

    media_type: str
    name: str
    #: Written in a word processor: set as PDF before it joins the act.
    editable: bool


class NotAccepted(ValueError):
    """Why the file or the field is refused, as the user reads it."""


def accept_file(data: bytes, filename: str) -> Accepted:
    """What the file is, by its content. Raises NotAccepted with the sentence for its author."""
    name = clean_name(filename)
    if not data:
        raise NotAccepted(f"Le fichier « {name} » est vide ; joignez-en un autre.")
    accept_size(len(data), name)
    kind = media_type(data) or _office_type(data)
    _refuse_macros(name)
    if kind is None and _ENCRYPTED in data[:2_000_000]:
        raise NotAccepted(f"Le fichier « {name} » est protégé par un mot de passe ; enregistrez-le sans mot de passe.")
    if kind is None:
        raise _of_no_kind(name)
    if not name.lower().endswith(EXTENSIONS[kind]):
        raise NotAccepted(
            f"Le fichier « {name} » contient en réalité un document {EXTENSIONS[kind][0]} ; "
            "donnez-lui la bonne extension avant de le joindre."
        )
    if kind == "application/pdf" and (faults := pdf_faults(data)):
        raise NotAccepted(
            f"Le PDF « {name} » ne peut pas être joint : {', '.join(faults)} ; enregistrez-le de nouveau en PDF simple."
        )
    if fault := _image_fault(kind, data) or _xml_fault(kind, data):
        raise NotAccepted(f"Le fichier « {name} » ne peut pas être joint : {fault}")
    return Accepted(media_type=kind, name=name, editable=kind in EDITABLE)


def accept_size(size: int, name: str) -> None:
    """Raises NotAccepted for a file over the limit of one annex; its bytes need not have come."""
    if size > MAX_ANNEX:
        raise NotAccepted(
            f"Le fichier « {name} » pèse {size // 1_048_576} Mo ; la limite est de {MAX_ANNEX // 1_048_576} Mo."
        )


def accept_name(name: str) -> None:
    """Raises NotAccepted for an extension that no annex has; the bytes need not have come."""
    _refuse_macros(name)
    if not name.lower().endswith(tuple(known for several in EXTENSIONS.values() for known in several)):
        raise _of_no_kind(name)


def _refuse_macros(name: str) -> None:
    if name.lower().endswith(MACROS):
        raise NotAccepted(
            f"Le fichier « {name} » est fait pour contenir des macros ; enregistrez-le sans elles, en .docx."
        )


def _of_no_kind(name: str) -> NotAccepted:
    return NotAccepted(
        f"Le fichier « {name} » n’est d’aucun type accepté ; joignez un PDF, une image PNG ou JPEG, un XML, "
        "ou un texte .docx ou .odt."
    )


def _image_fault(kind: str, data: bytes) -> str:
    """Why this image should not be opened: 60,000 pixels on a side, damaged, of a rare sort; empty when sound."""
    if not kind.startswith("image/"):
        return ""
    try:
        accept_image(data)
    except TextRefused as refusal:
        return f"{str(refusal)[:1].lower()}{str(refusal)[1:]}"
    return ""


def _xml_fault(kind: str, data: bytes) -> str:
    """A document type is only there to attack who reads it."""
    if kind == "text/xml" and re.search(rb"<!\s*(DOCTYPE|ENTITY)", data, re.I):
        return "il déclare un type de document (DOCTYPE) ; enregistrez-le sans cette déclaration."
    return ""


def clean_name(filename: str) -> str:
    """The base name without controls or overrides, shortened with its extension kept. Raises NotAccepted."""
    name = readable(re.sub(r"[\x00-\x1f\x7f]", "", filename.replace("\\", "/").rsplit("/", 1)[-1])).strip()
    if not name:
        raise NotAccepted("Le fichier n’a pas de nom ; renommez-le puis joignez-le de nouveau.")
    return archivable(_shortened(name), "Le nom du fichier")


def _shortened(name: str) -> str:
    if len(name) <= MAX_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    kept = f".{extension}" if dot and 0 < len(extension) <= 8 else ""
    return f"{(stem if kept else name)[: MAX_NAME - len(kept) - 1].rstrip(' .')}…{kept}"


def title_of(filename: str) -> str:
    """The words of a file's name, for an annex that was given no title."""
    name = readable(re.sub(r"[\x00-\x1f\x7f]", " ", filename.replace("\\", "/").rsplit("/", 1)[-1]))
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[\s_]+", " ", stem).strip()[:MAX_TITLE]


def archivable(text: str, what: str) -> str:
    """The text as it is. Raises NotAccepted when the archive would refuse it, long after the vote (norms/seda)."""
    if fault := fault_of(text):
        raise NotAccepted(f"{what} « {text[:60]} » {fault} ; écrivez-le autrement.")
    return text


def _office_type(data: bytes) -> str | None:
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                return kind if kind in EDITABLE else None
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    return None


def accept_object(text: str) -> str:
    """The object as one line. Raises NotAccepted when empty or over 250 characters (documents.md B3).

    Nor may it begin as a formula does: published as open data, a spreadsheet would run it, and the file of the
    national schema gives each object as it was voted, without an escape of ours.
    """
    line = re.sub(r"\s+", " ", readable(re.sub(r"\s", " ", text))).strip()
    if not line:
        raise NotAccepted("L’objet du dossier est vide ; écrivez-le en une phrase.")
    if len(line) > MAX_OBJECT:
        raise NotAccepted(f"L’objet compte {len(line)} caractères ; la limite est de {MAX_OBJECT}.")
    if line[0] in FORMULA:
        raise NotAccepted(f"L’objet commence par « {line[0]} », comme une formule de tableur ; commencez par un mot.")
    return archivable(line, "L’objet")


def accept_subject_code(code: str) -> str:
    """The matière, two levels at least. Raises NotAccepted when the classification does not know it."""
    try:
        levels = matiere_code(code.strip())
    except ActesError:
        levels = ()
    if len(levels) < 2 or not default_classification().knows(levels):
        raise NotAccepted(
            f"La matière « {code} » n’existe pas dans la classification des actes ; choisissez-la dans la liste, "
            "par exemple 7.5 pour une subvention."
        )
    return dotted_code(levels)


def piece_types(nature: str) -> dict[str, str]:
    """The types of piece of an act of that nature (« DE », « AI »…), in the nomenclature's order: code → label."""
    return dict(default_classification().piece_types(int(Nature.from_abbreviation(nature))))


def default_piece_type(nature: str) -> str:
    """The one of an annex for which none was chosen (norms/actes §3)."""
    return Nature.from_abbreviation(nature).default_piece_type


def accept_piece_type(code: str, nature: str) -> str:
    """The type of an annex of an act of that nature. Raises NotAccepted when the classification has no such type."""
    if code not in piece_types(nature):
        raise NotAccepted(
            f"Le type de pièce « {code} » n’existe pas pour la nature « {Nature.from_abbreviation(nature).label} » ; "
            "choisissez-le dans la liste."
        )
    return code


def accept_amount(amount: Decimal) -> Decimal:
    """The amount in euros, to the centime. Raises NotAccepted."""
    if not amount.is_finite() or not 0 <= amount < MAX_AMOUNT:
        raise NotAccepted("Le montant doit être un nombre positif, en euros.")
    if amount != amount.quantize(CENT):
        raise NotAccepted(f"Le montant {amount} n’est pas au centime près ; arrondissez-le à deux décimales.")
    return amount


_HEADINGS = re.compile(
    r"^(délibération|rapport( du président)?( (à la|au|de la|du) .{0,60})?|objet\s*:.*|projet de délibération)$", re.I
)


def without_letterhead(doc: dict[str, Any], *names: str) -> tuple[dict[str, Any], list[str]]:
    """The text without the letterhead lines that the model of the document writes itself.

    Word files open by the direction, the service, « Rapport à la commission permanente », « Objet : … »: kept,
    they would be printed twice. Only leading blocks go, and the lines dropped are returned to be told.
    """
    wanted = {_squash(name) for name in names if name}
    content = list(doc.get("content", []))
    dropped: list[str] = []
    while content and content[0].get("type") in ("paragraph", "heading"):
        line = "".join(run.get("text", " ") for run in content[0].get("content", [])).strip()
        if _squash(line) not in wanted and not _HEADINGS.match(line):
            break
        dropped.append(line)
        content.pop(0)
    return ({**doc, "content": content}, dropped) if content else (doc, [])


def _squash(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
