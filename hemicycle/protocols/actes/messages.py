"""Every message of the norm as plain data (norm, sections 6 to 9). Field order follows the schema."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from .classification import Classification

NAMESPACE = "http://www.interieur.gouv.fr/ACTES#v1.1-20040216"
INSEE = "http://xml.insee.fr/schema"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of message: its code in file names, its title for a reader, who sends it."""

    code: str
    title: str
    #: True from the ministry to the collectivité.
    inbound: bool


KINDS: dict[str, Kind] = {
    "Acte": Kind(code="1-1", title="Transmission d’un acte", inbound=False),
    "ARActe": Kind(code="1-2", title="Accusé de réception d’un acte", inbound=True),
    "AnomalieActe": Kind(code="1-3", title="Anomalie sur un acte", inbound=True),
    "CourrierSimple": Kind(code="2-1", title="Courrier simple de la préfecture", inbound=True),
    "ReponseCourrierSimple": Kind(code="2-2", title="Réponse à un courrier simple", inbound=False),
    "DemandePieceComplementaire": Kind(code="3-1", title="Demande de pièces complémentaires", inbound=True),
    "ARDemandePieceComplementaire": Kind(
        code="3-2", title="Accusé de réception d’une demande de pièces complémentaires", inbound=False
    ),
    "RefusPieceComplementaire": Kind(code="3-3", title="Refus d’envoyer des pièces complémentaires", inbound=False),
    "PieceComplementaire": Kind(code="3-4", title="Envoi de pièces complémentaires", inbound=False),
    "ARPieceComplementaire": Kind(code="3-5", title="Accusé de réception de pièces complémentaires", inbound=True),
    "LettreObservations": Kind(code="4-1", title="Lettre d’observations", inbound=True),
    "ARLettreObservations": Kind(code="4-2", title="Accusé de réception d’une lettre d’observations", inbound=False),
    "RejetLettreObservations": Kind(code="4-3", title="Rejet d’une lettre d’observations", inbound=False),
    "ReponseLettreObservations": Kind(code="4-4", title="Réponse à une lettre d’observations", inbound=False),
    "ARReponseRejetLettreObservations": Kind(
        code="4-5", title="Accusé de réception de la réponse à une lettre d’observations", inbound=True
    ),
    "DefereTA": Kind(code="5-1", title="Déféré au tribunal administratif", inbound=True),
    "Annulation": Kind(code="6-1", title="Annulation d’une transmission", inbound=False),
    "ARAnnulation": Kind(code="6-2", title="Accusé de réception d’une annulation", inbound=True),
    "DemandeClassification": Kind(code="7-1", title="Demande de classification", inbound=False),
    "RetourClassification": Kind(code="7-2", title="Classification en vigueur", inbound=True),
    "ReponseClassificationSansChangement": Kind(code="7-3", title="Classification sans changement", inbound=True),
}

#: The letters exchanged about an act all share one shape (DonneesCourrierPref).
LETTERS = frozenset(root for root, kind in KINDS.items() if kind.code[0] in "234" and kind.code[2] != "5")
#: Acknowledgements of our answers (ARReponseCL).
ANSWER_RECEIPTS = frozenset({"ARPieceComplementaire", "ARReponseRejetLettreObservations"})


@dataclass(frozen=True, kw_only=True)
class FichierSigne:
    name: str
    #: Detached PKCS#7 signature as text; empty when absent.
    signature: str = ""


@dataclass(frozen=True, kw_only=True)
class DonneesActe:
    """An act as a message describes it: the 1-1 itself, or its echo in 1-2 and 1-3."""

    decided_on: date
    number: str
    nature: int
    #: Codes of the matière, level by level: (7, 10).
    matiere: tuple[int, ...]
    subject: str
    #: IDActe of the act this one replaces or completes; empty when none.
    previous: str = ""
    classification_date: date
    document: FichierSigne
    annexes: tuple[FichierSigne, ...] = ()
    #: Annexes/@Nombre as written, which must equal len(annexes).
    declared_annexes: int = 0
    #: DocumentPapier as written (O, N, 0 or empty); None before 2017, when it did not exist.
    paper: str | None = "N"


@dataclass(frozen=True, kw_only=True)
class TransmissionActe:
    """1-1, root Acte."""

    acte: DonneesActe
    root: str = "Acte"


@dataclass(frozen=True, kw_only=True)
class ARActe:
    """1-2: the proof of reception. The date has no time."""

    acte_id: str
    received_on: date
    acte: DonneesActe
    classification_date: date
    root: str = "ARActe"


@dataclass(frozen=True, kw_only=True)
class AnomalieActe:
    """1-3: final. Holds no SIREN: the return envelope does."""

    on: date
    #: Three digits by the schema; real ones may be `2` or text.
    nature: str
    detail: str = ""
    acte: DonneesActe
    classification_date: date
    root: str = "AnomalieActe"


@dataclass(frozen=True, kw_only=True)
class Courrier:
    """2-1 to 4-4 but the receipts 3-5 and 4-5; `root` says which."""

    root: str
    acte_id: str
    #: Date of the prefecture's letter, echoed by every answer to it.
    dated: date
    #: DescriptionPieces (3-1) or Motif (4-1); empty elsewhere.
    text: str = ""
    documents: tuple[FichierSigne, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ARReponse:
    """3-5 and 4-5: our answer was received."""

    root: str
    acte_id: str
    dated: date
    received_on: date


@dataclass(frozen=True, kw_only=True)
class DefereTA:
    """5-1."""

    acte_id: str
    filed_on: date
    illegality: str
    documents: tuple[FichierSigne, ...] = ()
    root: str = "DefereTA"


@dataclass(frozen=True, kw_only=True)
class Annulation:
    """6-1: withdraws the transmission, not the act."""

    acte_id: str
    root: str = "Annulation"


@dataclass(frozen=True, kw_only=True)
class ARAnnulation:
    """6-2."""

    acte_id: str
    received_on: date
    root: str = "ARAnnulation"


@dataclass(frozen=True, kw_only=True)
class DemandeClassification:
    """7-1; `held` is the date of the classification held, None to force a 7-2."""

    held: date | None = None
    root: str = "DemandeClassification"


@dataclass(frozen=True, kw_only=True)
class RetourClassification:
    """7-2."""

    classification: Classification
    root: str = "RetourClassification"


@dataclass(frozen=True, kw_only=True)
class SansChangement:
    """7-3, root ReponseClassificationSansChangement."""

    classification_date: date
    root: str = "ReponseClassificationSansChangement"


Message: TypeAlias = (
    TransmissionActe
    | ARActe
    | AnomalieActe
    | Courrier
    | ARReponse
    | DefereTA
    | Annulation
    | ARAnnulation
    | DemandeClassification
    | RetourClassification
    | SansChangement
)
