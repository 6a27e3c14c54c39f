"""What the collectivité sends after the act: 2-2, 3-2 to 3-4, 4-2 to 4-4, 6-1 and 7-1 (norm, section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .acte import Piece
from .archive import Member
from .build import build_message
from .envelope import Contact
from .errors import ActesError, NotBuildable
from .identifiers import Emitter, parse_unique_id
from .messages import KINDS, Annulation, Courrier, DemandeClassification, FichierSigne, Message
from .names import identity_without_act, message_name
from .transmission import Transmission, pack, piece_name

#: Letter of the préfecture to the answers it admits, the one that does what is asked first.
ANSWERS: dict[str, tuple[str, ...]] = {
    "CourrierSimple": ("ReponseCourrierSimple",),
    "DemandePieceComplementaire": ("PieceComplementaire", "RefusPieceComplementaire"),
    "LettreObservations": ("ReponseLettreObservations", "RejetLettreObservations"),
}
#: Letter to the receipt that leaves by itself as soon as it comes; a 2-1 and a 5-1 have none.
RECEIPTS: dict[str, str] = {
    "DemandePieceComplementaire": "ARDemandePieceComplementaire",
    "LettreObservations": "ARLettreObservations",
}
#: Answer to the receipt the ministry gives of it; a 2-2 gets none.
ANSWER_RECEIVED: dict[str, str] = {
    "PieceComplementaire": "ARPieceComplementaire",
    "RefusPieceComplementaire": "ARPieceComplementaire",
    "ReponseLettreObservations": "ARReponseRejetLettreObservations",
    "RejetLettreObservations": "ARReponseRejetLettreObservations",
}


@dataclass(frozen=True, kw_only=True)
class Wrapping:
    """What an envelope says of its sender, and what names it; `serial` restarts at 1 each day."""

    emitter: Emitter
    contact: Contact
    return_addresses: tuple[str, ...]
    serial: int
    #: The day the envelope is made.
    on: date
    trigramme: str
    quadrigramme: str
    encoding: str = "ISO-8859-1"


def build_answer(letter: Courrier, root: str, pieces: Sequence[Piece], *, wrapping: Wrapping) -> Transmission:
    """Answer a letter of the préfecture; `root` is one of ANSWERS[letter.root].

    The answer echoes the date of the letter. Only a 3-4 takes several documents. Raises NotBuildable, TooLarge.
    """
    if root not in ANSWERS.get(letter.root, ()):
        raise NotBuildable(f"Le message {root} ne répond pas à un {letter.root}.")
    if not pieces:
        raise NotBuildable("Une réponse à la préfecture doit porter un document.")
    if len(pieces) > 1 and root != "PieceComplementaire":
        raise NotBuildable(f"Cette réponse ({KINDS[root].title}) n’admet qu’un seul document.")
    flow = KINDS[root].code
    documents = tuple(
        Member(name=piece_name(letter.acte_id, flow, rank, piece), data=piece.data)
        for rank, piece in enumerate(pieces, start=1)
    )
    files = tuple(FichierSigne(name=document.name) for document in documents)
    message = Courrier(root=root, acte_id=letter.acte_id, dated=letter.dated, documents=files)
    return _wrapped(message, letter.acte_id, documents, wrapping)


def build_receipt(letter: Courrier, *, wrapping: Wrapping) -> Transmission:
    """The 3-2 or 4-2 that acknowledges a letter. Raises NotBuildable when that letter has no receipt."""
    if letter.root not in RECEIPTS:
        raise NotBuildable(f"Un {letter.root} n’appelle pas d’accusé de réception.")
    message = Courrier(root=RECEIPTS[letter.root], acte_id=letter.acte_id, dated=letter.dated)
    return _wrapped(message, letter.acte_id, (), wrapping)


def build_cancellation(acte_id: str, *, wrapping: Wrapping) -> Transmission:
    """The 6-1 that withdraws a transmission, not the act; only after its 1-2. Raises NotBuildable."""
    return _wrapped(Annulation(acte_id=acte_id), acte_id, (), wrapping)


def build_classification_request(held: date | None, *, wrapping: Wrapping) -> Transmission:
    """The 7-1; `held` is the date of the classification held, None to be sent the whole again."""
    return _wrapped(DemandeClassification(held=held), "", (), wrapping)


def _wrapped(message: Message, acte_id: str, documents: tuple[Member, ...], wrapping: Wrapping) -> Transmission:
    emitter = wrapping.emitter
    if acte_id:
        _check_ours(acte_id, emitter)
    identity = acte_id or identity_without_act(departement=emitter.departement, siren=emitter.siren)
    return pack(
        message_name=message_name(identity, KINDS[message.root].code),
        message=build_message(message, encoding=wrapping.encoding),
        documents=documents,
        acte_id=acte_id,
        emitter=emitter,
        contact=wrapping.contact,
        return_addresses=wrapping.return_addresses,
        serial=wrapping.serial,
        on=wrapping.on,
        trigramme=wrapping.trigramme,
        quadrigramme=wrapping.quadrigramme,
        encoding=wrapping.encoding,
    )


def _check_ours(acte_id: str, emitter: Emitter) -> None:
    try:
        siren = parse_unique_id(acte_id).siren
    except ActesError as reason:
        raise NotBuildable(str(reason)) from None
    if siren != emitter.siren:
        raise NotBuildable(f"L’acte {acte_id} est celui d’une autre collectivité (SIREN {siren}).")
