"""Facts of a message or envelope, as pairs a reader can follow."""

from __future__ import annotations

from datetime import date

from .classification import default_classification, dotted_code
from .envelope import AnomalieEnveloppe, Envelope, EnveloppeCLMISILL, EnveloppeMISILLCL
from .errors import ActesError
from .identifiers import Emitter, Nature
from .messages import (
    KINDS,
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
    TransmissionActe,
)
from .names import parse_message_name

Facts = list[tuple[str, str]]
_ENVELOPES = {
    "EnveloppeCLMISILL": "Enveloppe de la collectivité vers le ministère",
    "EnveloppeMISILLCL": "Enveloppe du ministère vers la collectivité",
    "AnomalieEnveloppe": "Anomalie sur une enveloppe",
}


def title_of(root: str) -> str:
    """The French title of a message or envelope, by the name of its root."""
    if root in KINDS:
        return f"Message @CTES {KINDS[root].code} : {KINDS[root].title}"
    return f"@CTES : {_ENVELOPES[root]}"


def facts_of(item: Message | Envelope) -> Facts:
    """What the message says, in the order a reader would ask."""
    match item:
        case EnveloppeCLMISILL() | EnveloppeMISILLCL() | AnomalieEnveloppe():
            return _envelope(item)
        case TransmissionActe():
            return _acte(item.acte)
        case ARActe():
            return [
                ("Identifiant de l’acte", item.acte_id),
                ("Reçu en préfecture le", _day(item.received_on)),
                *_acte(item.acte),
                ("Classification en vigueur", _day(item.classification_date)),
            ]
        case AnomalieActe():
            return [
                ("Anomalie du", _day(item.on)),
                ("Nature de l’anomalie", item.nature),
                ("Motif", item.detail or "non précisé"),
                *_acte(item.acte),
                ("Classification en vigueur", _day(item.classification_date)),
            ]
        case RetourClassification():
            return _classification(item)
        case Courrier() | ARReponse() | DefereTA():
            return _exchange(item)
        case Annulation():
            return [("Identifiant de l’acte", item.acte_id)]
        case ARAnnulation():
            return [("Identifiant de l’acte", item.acte_id), ("Annulation reçue le", _day(item.received_on))]
        case DemandeClassification():
            return [("Classification détenue", _day(item.held) if item.held else "aucune")]
        case _:
            return [("Classification en vigueur", _day(item.classification_date))]


def remarks_on(item: Message | Envelope) -> list[str]:
    """Rules the schema does not hold but the norm does: these are problems."""
    if not isinstance(item, TransmissionActe | ARActe | AnomalieActe):
        return []
    acte = item.acte
    problems = []
    if acte.declared_annexes != len(acte.annexes):
        problems.append(
            f"Annexes : {acte.declared_annexes} annoncée(s), {len(acte.annexes)} nommée(s) ; il en faut autant."
        )
    if acte.nature not in set(Nature):
        problems.append(f"La nature d’acte {acte.nature} n’existe pas : de 1 à 6.")
    return problems


def _acte(acte: DonneesActe) -> Facts:
    return [
        ("Numéro", acte.number),
        ("Nature", Nature(acte.nature).label if acte.nature in set(Nature) else str(acte.nature)),
        ("Date de décision", _day(acte.decided_on)),
        ("Matière", _matiere(acte.matiere)),
        ("Objet", acte.subject),
        *([("Acte précédent", acte.previous)] if acte.previous else []),
        ("Classification suivie", _day(acte.classification_date)),
        ("Document", _file(acte.document)),
        *((f"Annexe {rank}", _file(file)) for rank, file in enumerate(acte.annexes, start=1)),
        *([("Envoi papier en complément", "oui" if acte.paper == "O" else "non")] if acte.paper else []),
    ]


def _exchange(item: Courrier | ARReponse | DefereTA) -> Facts:
    facts = [("Identifiant de l’acte", item.acte_id)]
    if isinstance(item, DefereTA):
        facts += [("Déféré déposé le", _day(item.filed_on)), ("Illégalité invoquée", item.illegality)]
    else:
        facts.append(("Courrier de la préfecture du", _day(item.dated)))
    if isinstance(item, ARReponse):
        return [*facts, ("Reçu en préfecture le", _day(item.received_on))]
    if isinstance(item, Courrier) and item.text:
        facts.append(("Motif" if item.root == "LettreObservations" else "Pièces demandées", item.text))
    return facts + [(f"Document {rank}", _file(file)) for rank, file in enumerate(item.documents, start=1)]


def _classification(item: RetourClassification) -> Facts:
    held = item.classification
    pieces = sum(len(entry.piece_types) for entry in held.natures.values())
    depths = [sum(1 for code in held.matieres if len(code) == level) for level in range(1, 6)]
    return [
        ("Classification du", _day(held.dated)),
        ("Natures d’actes", ", ".join(entry.abbreviation for _, entry in sorted(held.natures.items()))),
        ("Types de pièces", str(pieces) if pieces else "aucun (avant 2017)"),
        ("Matières par niveau", ", ".join(str(number) for number in depths if number)),
    ]


def _envelope(envelope: Envelope) -> Facts:
    match envelope:
        case AnomalieEnveloppe():
            return [
                ("Anomalie du", _day(envelope.on)),
                ("Nature de l’anomalie", f"{envelope.nature:03d}"),
                ("Motif", envelope.detail or "non précisé"),
                *_envelope(envelope.received),
            ]
        case EnveloppeCLMISILL():
            return [
                ("Émetteur", emitter_line(envelope.emitter)),
                ("Adresses de retour", ", ".join(dict.fromkeys(envelope.return_addresses))),
                *_forms(envelope.forms),
            ]
        case _:
            place = f"département {envelope.departement}"
            if envelope.arrondissement:
                place += f", arrondissement {envelope.arrondissement}"
            return [
                ("Préfecture", place),
                ("Destinataire", f"SIREN {envelope.siren}"),
                *_forms(envelope.forms),
            ]


def emitter_line(emitter: Emitter) -> str:
    """The collectivité on one line."""
    return f"SIREN {emitter.siren}, département {emitter.departement}, arrondissement {emitter.arrondissement}"


def _forms(forms: tuple[FichierSigne, ...]) -> Facts:
    return [("Message annoncé", form.name) for form in forms]


def _file(file: FichierSigne) -> str:
    name = parse_message_name(file.name)
    kind = f" (type {name.type_code})" if name and name.type_code else ""
    return f"{file.name}{kind}{', signé' if file.signature else ''}"


def _matiere(code: tuple[int, ...]) -> str:
    try:
        path = default_classification().path(code)
    except ActesError:
        path = []
    return " – ".join([dotted_code(code), *path])


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
