"""From bytes to messages, lenient: both generations, any prefix, any order of elements.

A receiver must survive what really comes; `inspection` is where a file is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from lxml import etree

from .classification import Classification, Code, NatureEntry
from .errors import Unreadable
from .messages import (
    ANSWER_RECEIPTS,
    LETTERS,
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
from .reading import attribute, child, children, is_actes, local_name, read_xml, text_of


def parse_message(data: bytes) -> Message:
    """Read any message of the norm (envelopes have `envelope.parse_envelope`). Raises Unreadable."""
    return message_from(read_xml(data).root)


def parse_acknowledgement(data: bytes) -> ARActe:
    """Read a 1-2, the proof that the ministry received the act. Raises Unreadable for anything else."""
    message = parse_message(data)
    if not isinstance(message, ARActe):
        raise Unreadable(f"Un accusé de réception (ARActe) était attendu, le message est un {message.root}.")
    return message


def parse_classification(data: bytes) -> Classification:
    """Read a 7-2. Raises Unreadable."""
    message = parse_message(data)
    if not isinstance(message, RetourClassification):
        raise Unreadable(f"Une classification était attendue, le message est un {message.root}.")
    return message.classification


def message_from(root: etree._Element) -> Message:
    """Read a message already parsed as XML. Raises Unreadable."""
    name = local_name(root)
    if not is_actes(root):
        raise Unreadable(f"L’élément {name} n’appartient pas à l’espace de noms @CTES.")
    if name in LETTERS:
        return _letter(root, name)
    if name in ANSWER_RECEIPTS:
        info = _needed(root, "InfosCourrierPref")
        return ARReponse(
            root=name,
            acte_id=_identifier(info),
            dated=_date(attribute(info, "DateCourrierPref"), "DateCourrierPref"),
            received_on=_date(attribute(root, "DateReception"), "DateReception"),
        )
    if name not in _READERS:
        raise Unreadable(f"{name} n’est pas un message @CTES.")
    return _READERS[name](root)


def _anomaly(root: etree._Element) -> AnomalieActe:
    return AnomalieActe(
        on=_date(text_of(child(root, "Date")), "Date"),
        nature=text_of(child(root, "Nature")),
        detail=text_of(child(root, "Detail")),
        acte=_acte(_needed(root, "ActeRecu")),
        classification_date=_in_force(root),
    )


def _receipt(root: etree._Element) -> ARActe:
    return ARActe(
        acte_id=_identifier(root),
        received_on=_date(attribute(root, "DateReception"), "DateReception"),
        acte=_acte(_needed(root, "ActeRecu")),
        classification_date=_in_force(root),
    )


def _letter(root: etree._Element, name: str) -> Courrier:
    holder = child(root, "Documents")
    text = child(root, "DescriptionPieces")
    return Courrier(
        root=name,
        acte_id=_identifier(root),
        dated=_date(attribute(root, "DateCourrierPref"), "DateCourrierPref"),
        text=text_of(text if text is not None else child(root, "Motif")),
        documents=signed_files(holder if holder is not None else root, "Document"),
    )


def _defere(root: etree._Element) -> DefereTA:
    return DefereTA(
        acte_id=_identifier(root),
        filed_on=_date(text_of(child(root, "DateDepot")), "DateDepot"),
        illegality=text_of(child(root, "NatureIllegalite")),
        documents=signed_files(_needed(root, "PiecesJointes"), "PieceJointe"),
    )


def _request(root: etree._Element) -> DemandeClassification:
    held = text_of(child(root, "DateClassification"))
    return DemandeClassification(held=_date(held, "DateClassification") if held else None)


def _acte(node: etree._Element) -> DonneesActe:
    annexes = _needed(node, "Annexes")
    previous = child(node, "PrecedentIdentifiantActe")
    paper = child(node, "DocumentPapier")
    levels = (child(node, f"CodeMatiere{level}") for level in range(1, 6))
    documents = signed_files(node, "Document")
    if not documents:
        raise Unreadable(f"{local_name(node)} : le document de l’acte n’est pas nommé.")
    return DonneesActe(
        decided_on=_date(attribute(node, "Date"), "Date"),
        number=attribute(node, "NumeroInterne"),
        nature=_integer(attribute(node, "CodeNatureActe"), "CodeNatureActe"),
        matiere=tuple(
            _integer(attribute(level, "CodeMatiere"), "CodeMatiere") for level in levels if level is not None
        ),
        subject=text_of(child(node, "Objet")),
        previous=attribute(previous, "IDActe") if previous is not None else "",
        classification_date=_date(text_of(child(node, "ClassificationDateVersion")), "ClassificationDateVersion"),
        document=documents[0],
        annexes=signed_files(annexes, "Annexe"),
        declared_annexes=_integer(attribute(annexes, "Nombre") or "0", "Nombre"),
        paper=None if paper is None else text_of(paper),
    )


def signed_files(node: etree._Element, name: str) -> tuple[FichierSigne, ...]:
    """Every FichierSigne of that name, in order."""
    return tuple(
        FichierSigne(name=text_of(child(item, "NomFichier")), signature=text_of(child(item, "Signature")))
        for item in children(node, name)
    )


def _classification(root: etree._Element) -> RetourClassification:
    natures = {
        _integer(attribute(node, "CodeNatureActe"), "CodeNatureActe"): NatureEntry(
            label=attribute(node, "Libelle"),
            abbreviation=attribute(node, "TypeAbrege"),
            piece_types={
                attribute(piece, "CodeTypePJ"): attribute(piece, "Libelle")
                for piece in children(node, "TypePJNatureActe")
            },
        )
        for node in children(_needed(root, "NaturesActes"), "NatureActe")
    }
    dated = _date(text_of(child(root, "DateClassification")), "DateClassification")
    matieres = dict(_matieres(_needed(root, "Matieres"), ()))
    return RetourClassification(classification=Classification(dated=dated, natures=natures, matieres=matieres))


def _matieres(node: etree._Element, above: Code) -> Iterator[tuple[Code, str]]:
    for item in children(node, f"Matiere{len(above) + 1}"):
        code = (*above, _integer(attribute(item, "CodeMatiere"), "CodeMatiere"))
        yield code, attribute(item, "Libelle")
        if len(code) < 5:
            yield from _matieres(item, code)


def _in_force(root: etree._Element) -> date:
    name = "ClassificationDateVersionEnCours"
    return _date(text_of(child(root, name)), name)


def _identifier(node: etree._Element) -> str:
    found = attribute(node, "IDActe")
    if not found:
        raise Unreadable(f"{local_name(node)} : l’identifiant de l’acte (IDActe) manque.")
    return found


def _needed(node: etree._Element, name: str) -> etree._Element:
    found = child(node, name)
    if found is None:
        raise Unreadable(f"{local_name(node)} : l’élément {name} manque.")
    return found


def _date(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Unreadable(f"{name} : « {text} » n’est pas une date.") from None


def _integer(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unreadable(f"{name} : « {text} » n’est pas un nombre.") from None


_READERS: dict[str, Callable[[etree._Element], Message]] = {
    "Acte": lambda root: TransmissionActe(acte=_acte(root)),
    "ARActe": _receipt,
    "AnomalieActe": _anomaly,
    "DefereTA": _defere,
    "Annulation": lambda root: Annulation(acte_id=_identifier(root)),
    "ARAnnulation": lambda root: ARAnnulation(
        acte_id=_identifier(root), received_on=_date(attribute(root, "DateReception"), "DateReception")
    ),
    "DemandeClassification": _request,
    "RetourClassification": _classification,
    "ReponseClassificationSansChangement": lambda root: SansChangement(
        classification_date=_date(text_of(child(root, "DateClassification")), "DateClassification")
    ),
}
