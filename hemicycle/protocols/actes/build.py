"""From messages to bytes, valid against the 2017+ schema by construction: judged before they leave."""

from __future__ import annotations

from typing import cast

from lxml import etree

from .classification import Code, dotted_code
from .errors import NotBuildable
from .grammar import Generation, check_element
from .messages import (
    INSEE,
    NAMESPACE,
    Annulation,
    AnomalieActe,
    ARActe,
    ARAnnulation,
    ARReponse,
    Courrier,
    DefereTA,
    DemandeClassification,
    DonneesActe,
    FichierSigne,
    Message,
    RetourClassification,
    SansChangement,
    TransmissionActe,
)
from .names import is_flat_name
from .schema import rules

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PREFIXES = {"actes": NAMESPACE, "insee": INSEE, "xsi": _XSI}
#: The two letters that say something beside their document.
_WORDS = {"DemandePieceComplementaire": "DescriptionPieces", "LettreObservations": "Motif"}
ENCODINGS = ("ISO-8859-1", "UTF-8")


def build_message(message: Message, *, encoding: str = "ISO-8859-1") -> bytes:
    """Serialise a message in ISO-8859-1 (ministry, S²LOW) or UTF-8 (Stela).

    A character outside Latin-1 becomes a character reference; blanks around a text are left out, since no
    reader keeps them. What is built reads back the same by `parse_message`. Raises NotBuildable.
    """
    root = new_root(message.root)
    _fill(root, message)
    return serialise(root, encoding=encoding)


def new_root(name: str) -> etree._Element:
    """An element of the @CTES namespace with the prefixes and schemaLocation every instance carries."""
    root = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap=_PREFIXES)
    root.set(f"{{{_XSI}}}schemaLocation", f"{NAMESPACE} actesv1_1.xsd")
    return root


def serialise(root: etree._Element, *, encoding: str = "ISO-8859-1") -> bytes:
    """Judge by the rules of the newest generation, then write. Raises NotBuildable."""
    if encoding not in ENCODINGS:
        raise NotBuildable(f"L’encodage {encoding} n’est pas admis : ISO-8859-1 ou UTF-8.")
    name = etree.QName(root).localname
    problems = check_element(root, rules(Generation.C)[name])
    if problems:
        raise NotBuildable(f"Le message {name} ne peut pas être construit. {' '.join(problems)}")
    etree.indent(root, space=" ")
    data = cast(bytes, etree.tostring(root, encoding=encoding, xml_declaration=True)) + b"\n"
    if encoding == "ISO-8859-1" and not data.isascii() and _is_utf8(data):
        # « Ã© » in Latin-1 is the very bytes of « é » in UTF-8, and receivers (S²LOW, us) then believe the bytes.
        plain = etree.tostring(root, encoding="US-ASCII", xml_declaration=False)
        data = b"<?xml version='1.0' encoding='ISO-8859-1'?>\n" + plain + b"\n"
    return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """Append a child of the @CTES namespace; its attributes are qualified, as the schema wants."""
    node = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    _set(node, **attributes)
    if text is not None:
        _write(node, text)
    return node


def add_file(parent: etree._Element, name: str, file: FichierSigne) -> None:
    """Append a FichierSigne: its name, and its detached signature if any.

    Raises NotBuildable when the name is not that of a file of a flat archive (norm, section 4).
    """
    if not is_flat_name(file.name.strip()):
        raise NotBuildable(f"{name} : « {file.name[:120]!r} » ne peut pas être un nom de fichier de l’archive.")
    node = add(parent, name)
    add(node, "NomFichier", file.name)
    if file.signature:
        add(node, "Signature", file.signature)


def _set(node: etree._Element, **attributes: str) -> None:
    for name, value in attributes.items():
        try:
            node.set(f"{{{NAMESPACE}}}{name}", value.strip())
        except ValueError:
            raise NotBuildable(f"{name} : « {value!r} » contient un caractère interdit en XML.") from None


def _write(node: etree._Element, text: str) -> None:
    try:
        node.text = text.strip()
    except ValueError:
        raise NotBuildable("Le texte contient un caractère de commande, interdit en XML.") from None


def _fill(root: etree._Element, message: Message) -> None:
    match message:
        case TransmissionActe():
            _fill_acte(root, message.acte)
        case ARActe() | AnomalieActe():
            _fill_echo(root, message)
        case Courrier():
            _fill_letter(root, message)
        case ARReponse():
            _set(root, DateReception=message.received_on.isoformat())
            info = add(root, "InfosCourrierPref")
            _set(info, IDActe=message.acte_id, DateCourrierPref=message.dated.isoformat())
        case DefereTA():
            _fill_defere(root, message)
        case Annulation():
            _set(root, IDActe=message.acte_id)
        case ARAnnulation():
            _set(root, IDActe=message.acte_id, DateReception=message.received_on.isoformat())
        case DemandeClassification():
            if message.held is not None:
                add(root, "DateClassification", message.held.isoformat())
        case SansChangement():
            add(root, "DateClassification", message.classification_date.isoformat())
        case RetourClassification():
            _fill_classification(root, message)


def _fill_echo(root: etree._Element, message: ARActe | AnomalieActe) -> None:
    if isinstance(message, ARActe):
        _set(root, IDActe=message.acte_id, DateReception=message.received_on.isoformat())
    else:
        add(root, "Date", message.on.isoformat())
        add(root, "Nature", message.nature)
        if message.detail:
            add(root, "Detail", message.detail)
    _fill_acte(add(root, "ActeRecu"), message.acte)
    add(root, "ClassificationDateVersionEnCours", message.classification_date.isoformat())


def _fill_acte(node: etree._Element, acte: DonneesActe) -> None:
    if acte.declared_annexes != len(acte.annexes):
        raise NotBuildable(f"Le message annonce {acte.declared_annexes} annexe(s) et en nomme {len(acte.annexes)}.")
    _set(node, Date=acte.decided_on.isoformat(), NumeroInterne=acte.number, CodeNatureActe=str(acte.nature))
    for level, code in enumerate(acte.matiere, start=1):
        add(node, f"CodeMatiere{level}", CodeMatiere=str(code))
    add(node, "Objet", acte.subject)
    if acte.previous:
        add(node, "PrecedentIdentifiantActe", IDActe=acte.previous)
    add(node, "ClassificationDateVersion", acte.classification_date.isoformat())
    add_file(node, "Document", acte.document)
    annexes = add(node, "Annexes", Nombre=str(acte.declared_annexes))
    for annexe in acte.annexes:
        add_file(annexes, "Annexe", annexe)
    if acte.paper is not None:
        add(node, "DocumentPapier", acte.paper)


def _fill_letter(root: etree._Element, letter: Courrier) -> None:
    _set(root, IDActe=letter.acte_id, DateCourrierPref=letter.dated.isoformat())
    if letter.root in _WORDS:
        add(root, _WORDS[letter.root], letter.text)
    elif letter.text:
        raise NotBuildable(f"Le message {letter.root} ne porte pas de texte : écrivez-le dans son document.")
    holder = add(root, "Documents") if letter.root == "PieceComplementaire" else root
    for document in letter.documents:
        add_file(holder, "Document", document)


def _fill_defere(root: etree._Element, message: DefereTA) -> None:
    _set(root, IDActe=message.acte_id)
    add(root, "DateDepot", message.filed_on.isoformat())
    add(root, "NatureIllegalite", message.illegality)
    pieces = add(root, "PiecesJointes")
    for document in message.documents:
        add_file(pieces, "PieceJointe", document)


def _fill_classification(root: etree._Element, message: RetourClassification) -> None:
    held = message.classification
    add(root, "DateClassification", held.dated.isoformat())
    natures = add(root, "NaturesActes")
    for code, entry in sorted(held.natures.items()):
        node = add(natures, "NatureActe")
        _set(node, CodeNatureActe=str(code), Libelle=entry.label, TypeAbrege=entry.abbreviation)
        for piece, label in entry.piece_types.items():
            add(node, "TypePJNatureActe", CodeTypePJ=piece, Libelle=label)
    nodes: dict[Code, etree._Element] = {(): add(root, "Matieres")}
    for matiere, label in sorted(held.matieres.items()):
        parent = nodes.get(matiere[:-1])
        if parent is None or not 1 <= len(matiere) <= 5:
            raise NotBuildable(f"La matière {dotted_code(matiere)} n’a pas de niveau supérieur.")
        nodes[matiere] = add(parent, f"Matiere{len(matiere)}", CodeMatiere=str(matiere[-1]), Libelle=label)
