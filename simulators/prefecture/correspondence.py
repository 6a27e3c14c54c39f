"""The letters of the préfecture: what each says, and the documents it brings (norm, section 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hemicycle.protocols.actes import Member
from hemicycle.protocols.actes.messages import Courrier, DefereTA, FichierSigne
from hemicycle.protocols.actes.names import document_name

from .stamp import one_page


@dataclass(frozen=True, kw_only=True)
class Letter:
    root: str
    label: str
    #: What the message itself says: DescriptionPieces, Motif or NatureIllegalite; a 2-1 says nothing.
    says: str
    #: Title of each document.
    documents: tuple[str, ...]
    #: Body of the first document.
    body: tuple[str, ...]


LETTERS: dict[str, Letter] = {
    "2-1": Letter(
        root="CourrierSimple",
        label="Courrier simple",
        says="",
        documents=("Courrier simple",),
        body=("Je vous saurais gré de me préciser la date d'affichage de cet acte.",),
    ),
    "3-1": Letter(
        root="DemandePieceComplementaire",
        label="Demande de pièces complémentaires",
        says="Le plan de financement et l'avis du comité.",
        documents=("Demande de pièces complémentaires",),
        body=("Je vous demande de me transmettre le plan de financement", "et l'avis du comité."),
    ),
    "4-1": Letter(
        root="LettreObservations",
        label="Lettre d’observations",
        says="La délibération ne vise pas le budget de l'exercice.",
        documents=("Lettre d'observations valant recours gracieux",),
        body=("La délibération ne vise pas le budget de l'exercice.", "Je vous invite à la retirer ou à la compléter."),
    ),
    "5-1": Letter(
        root="DefereTA",
        label="Déféré au tribunal administratif",
        says="Incompétence de l'auteur de l'acte.",
        documents=("Requête en annulation", "Bordereau des pièces jointes à la requête"),
        body=("J'ai déféré cet acte au tribunal administratif.",),
    ),
}


def write(
    acte_id: str, flow: str, *, on: date, serial: Callable[[], int], says: str = "", reminder: bool = False
) -> tuple[Courrier | DefereTA, tuple[Member, ...]]:
    """A letter about an act, and its documents; `says` replaces its usual words. Raises KeyError on another flow.

    A reminder is the same letter again, on a later date: the norm has no message of its own for it.
    """
    letter = LETTERS[flow]
    words = says or letter.says
    if reminder and words:
        words = f"Rappel. {words}"
    documents = tuple(
        Member(
            name=document_name(acte_id, flow, serial(), type_code="", extension="pdf"),
            data=one_page(_lines(acte_id, f"{'Rappel - ' if reminder else ''}{title}", on, says, letter, rank)),
        )
        for rank, title in enumerate(letter.documents)
    )
    files = tuple(FichierSigne(name=document.name) for document in documents)
    if letter.root == "DefereTA":
        return DefereTA(acte_id=acte_id, filed_on=on, illegality=words, documents=files), documents
    text = words if letter.says else ""
    return Courrier(root=letter.root, acte_id=acte_id, dated=on, text=text, documents=files), documents


def _lines(acte_id: str, title: str, on: date, says: str, letter: Letter, rank: int) -> list[str]:
    body = (says,) if says else letter.body
    return [
        "Préfecture simulée - contrôle de légalité",
        title,
        f"Le {on:%d/%m/%Y}",
        f"Objet : acte {acte_id}",
        *(body if rank == 0 else ()),
        "Ce courrier a été généré par un simulateur.",
    ]
