"""How the ministry judges an archive (norm, sections 5, 8 and 13): bytes in, a verdict out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hemicycle.protocols.actes import (
    ActesError,
    Classification,
    Emitter,
    Member,
    Message,
    TransmissionActe,
    dotted_code,
    parse_envelope,
    parse_message,
    read_archive,
    unique_id,
)
from hemicycle.protocols.actes.envelope import Contact, EnveloppeCLMISILL
from hemicycle.protocols.actes.grammar import Generation, check_element
from hemicycle.protocols.actes.inspection import files_of
from hemicycle.protocols.actes.messages import Annulation, FichierSigne
from hemicycle.protocols.actes.names import envelope_of_archive, parse_envelope_name, parse_message_name
from hemicycle.protocols.actes.official import newest_problems
from hemicycle.protocols.actes.reading import local_name, read_xml
from hemicycle.protocols.actes.schema import rules

#: Only 005 and 999 are attested for envelopes and 002 for acts; the others are this simulator's own.
ENVELOPE_NATURES = {"unreadable": 1, "invalid": 2, "missing": 3, "emitter": 4, "siren": 5, "transaction": 100}
ACTE_NATURES = {
    "duplicate": "001",
    "classification": "002",
    "matiere": "003",
    "piece": "004",
    "date": "005",
    "scenario": "042",
}


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """The whole envelope is in error."""

    nature: int
    detail: str
    envelope: EnveloppeCLMISILL


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The envelope is good; `nature` is empty when the message is too."""

    message: Message
    acte_id: str
    documents: tuple[Member, ...]
    envelope: EnveloppeCLMISILL
    nature: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the ministry knows when it judges."""

    emitter: Emitter
    classification: Classification
    today: date
    schemas: Path | None
    known: Callable[[str], bool]


class _Refusal(Exception):
    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.nature = ENVELOPE_NATURES[reason]


def judge(name: str, data: bytes, rules_: Rules) -> Rejected | Judged:
    """Raises ActesError when the name itself is not one, since no answer could be addressed."""
    expected = envelope_of_archive(name)
    if expected is None:
        raise ActesError(f"« {name} » n’est pas un nom d’archive.")
    envelope = _fallback(expected, rules_.emitter)
    try:
        members = {member.name: member.data for member in _members(data)}
        if expected not in members:
            raise _Refusal("missing", f"L'enveloppe {expected} est absente de l'archive.")
        envelope = _envelope(members[expected], rules_)
        return _message(envelope, members, rules_)
    except _Refusal as refusal:
        return Rejected(nature=refusal.nature, detail=f"{name} -> {refusal}", envelope=envelope)


def _members(data: bytes) -> tuple[Member, ...]:
    try:
        return read_archive(data)
    except ActesError as reason:
        raise _Refusal("unreadable", str(reason)) from None


def _envelope(data: bytes, rules_: Rules) -> EnveloppeCLMISILL:
    problems = _schema_problems(data, rules_.schemas)
    if problems:
        raise _Refusal("invalid", f"Enveloppe non conforme. {problems[0]}")
    envelope = parse_envelope(data)
    if not isinstance(envelope, EnveloppeCLMISILL):
        raise _Refusal("invalid", "L'enveloppe n'est pas une EnveloppeCLMISILL.")
    if envelope.emitter.siren != rules_.emitter.siren:
        raise _Refusal(
            "siren",
            "PREF-VERIF-02 : Votre numéro de SIREN n'est pas encore enregistré dans l'application ACTES.",
        )
    if envelope.emitter != rules_.emitter:
        raise _Refusal("emitter", "Département, arrondissement ou nature de la collectivité inattendus.")
    return envelope


def _message(envelope: EnveloppeCLMISILL, members: dict[str, bytes], rules_: Rules) -> Judged:
    if len(envelope.forms) != 1:
        raise _Refusal("transaction", "Ce simulateur n'admet qu'un message par enveloppe.")
    name = envelope.forms[0].name
    parsed = parse_message_name(name)
    if parsed is None:
        raise _Refusal("transaction", "ODT-VERIF-17 : la transaction envoyée n'est pas reconnue par ACTES.")
    if name not in members:
        raise _Refusal("missing", f"Le message {name} est absent de l'archive.")
    problems = _schema_problems(members[name], rules_.schemas)
    if problems:
        raise _Refusal("invalid", f"Message {name} non conforme. {problems[0]}")
    message = parse_message(members[name])
    documents = []
    for file in files_of(message):
        if file.name not in members:
            raise _Refusal("missing", f"Le document {file.name} est absent de l'archive.")
        documents.append(Member(name=file.name, data=members[file.name]))
    if isinstance(message, TransmissionActe):
        return _acte(message, tuple(documents), parsed.identity, envelope, rules_)
    acte_id = str(getattr(message, "acte_id", ""))
    if isinstance(message, Annulation) and not rules_.known(acte_id):
        raise _Refusal("transaction", f"L'acte {acte_id} n'a pas été reçu.")
    return Judged(message=message, acte_id=acte_id, documents=tuple(documents), envelope=envelope)


def _acte(
    message: TransmissionActe,
    documents: tuple[Member, ...],
    named: str,
    envelope: EnveloppeCLMISILL,
    rules_: Rules,
) -> Judged:
    acte = message.acte
    try:
        acte_id = unique_id(emitter=rules_.emitter, on=acte.decided_on, number=acte.number, nature=acte.nature)
    except ValueError as reason:
        raise _Refusal("invalid", f"L'acte ne peut pas être identifié. {reason}") from None
    if named != acte_id:
        raise _Refusal("transaction", f"Le nom du message annonce {named}, son contenu {acte_id}.")
    fault, detail = _fault(message, acte_id, rules_)
    return Judged(
        message=message,
        acte_id=acte_id,
        documents=documents,
        envelope=envelope,
        nature=ACTE_NATURES[fault] if fault else "",
        detail=detail,
    )


def _fault(message: TransmissionActe, acte_id: str, rules_: Rules) -> tuple[str, str]:
    acte, held = message.acte, rules_.classification
    if rules_.known(acte_id):
        return "duplicate", f"L'acte {acte_id} a déjà été transmis."
    if acte.classification_date != held.dated:
        return (
            "classification",
            "ODT-VERIF-01 : l'acte a été transmis avec une date de classification qui n'est pas à jour.",
        )
    if not held.knows(acte.matiere):
        return "matiere", f"La matière {dotted_code(acte.matiere)} n'existe pas."
    allowed = held.piece_types(acte.nature)
    for file in (acte.document, *acte.annexes):
        name = parse_message_name(file.name)
        if name is None or name.type_code not in allowed:
            return "piece", f"Le type de la pièce {file.name} n'est pas admis pour cette nature."
    if acte.decided_on > rules_.today:
        return "date", "La date de décision est postérieure à la date de réception."
    return "", ""


def _schema_problems(data: bytes, schemas: Path | None) -> list[str]:
    try:
        root = read_xml(data).root
    except ActesError as reason:
        return [str(reason)]
    table = rules(Generation.C)
    if local_name(root) not in table:
        return [f"{local_name(root)} n'est pas un élément de la norme."]
    problems = check_element(root, table[local_name(root)])
    return problems or (newest_problems(root, schemas) if schemas else [])


def _fallback(expected: str, emitter: Emitter) -> EnveloppeCLMISILL:
    """What is repeated of an envelope that could not be read: its name still gives the SIREN."""
    name = parse_envelope_name(expected)
    return EnveloppeCLMISILL(
        emitter=Emitter(
            siren=name.siren if name else emitter.siren,
            departement=emitter.departement,
            arrondissement=emitter.arrondissement,
            nature=emitter.nature,
        ),
        contact=Contact(),
        return_addresses=("inconnu@ministere-simule.test",),
        forms=(FichierSigne(name=expected),),
    )
