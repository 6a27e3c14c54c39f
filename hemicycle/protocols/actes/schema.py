"""Content of every message and envelope, in each generation of the schema (norm, sections 6 to 9)."""

from __future__ import annotations

from functools import cache

from .grammar import (
    Check,
    Child,
    Generation,
    Rule,
    anything,
    at_most,
    count,
    day,
    integer,
    matching,
)
from .messages import KINDS, LETTERS

_NUMBERS = {
    Generation.C: r"[a-zA-Z0-9_]{1,15}",
    Generation.B: r"([a-zA-Z0-9][a-zA-Z0-9\-_ ]{0,13})?[a-zA-Z0-9]",
    Generation.A: r"[a-zA-Z0-9_]{1,15}",
}
_departement = matching(r"[0|9][0-9][A|B|0-9]", "un département sur trois caractères")
_arrondissement = matching(r"[0-9]", "un arrondissement sur un chiffre")
_siren = matching(r"\s*[0-9]{9}\s*", "un SIREN de neuf chiffres")
_email = matching(
    r"[_a-zA-Z0-9\-]+(\.[_a-zA-Z0-9\-]+)*@[a-zA-Z0-9\-]+(\.[a-zA-Z0-9\-]+)*\.[a-zA-Z]{2,6}",
    "une adresse électronique acceptée par le schéma",
)
_ANOMALIES = {1, 2, 3, 4, 5, 100}


def _envelope_anomaly(value: str) -> str | None:
    reason = integer(value)
    if reason is None and int(value) not in _ANOMALIES:
        return f"« {value.strip()} » est hors de la liste du schéma (001 à 005, 100)"
    return reason


def _one(name: str, rule: Rule, *, least: int = 1, most: int | None = 1) -> Child:
    return Child(names=(name,), rule=rule, least=least, most=most)


def _text(check: Check = anything, *, nillable: bool = False) -> Rule:
    return Rule(text=check, nillable=nillable)


def _id_acte(generation: Generation) -> Check:
    number = _NUMBERS[generation]
    return matching(rf"[0|9][0-9][A|B|0-9]-[0-9]{{9}}-[0-9]{{8}}-{number}-[A-Z]{{2}}", "un identifiant unique d’acte")


_FILE = Rule(
    children=(_one("NomFichier", _text()), _one("Signature", Rule(free=True), least=0)),
)
_DOCUMENT = _one("Document", _FILE)
_ANOMALY = (
    _one("Date", _text(day)),
    _one("Nature", _text(matching(r"[0-9]{3}", "un code de trois chiffres"))),
    _one("Detail", _text(), least=0),
)
_FORMS = _one("FormulairesEnvoyes", Rule(children=(_one("Formulaire", _FILE, most=None),)))
_REFERENT = _one(
    "Referent",
    Rule(
        children=(
            _one("Nom", _text(), least=0),
            _one("Telephone", _text(), least=0),
            _one("Email", _text(_email), least=0),
        )
    ),
    least=0,
)


def _acte(generation: Generation) -> Rule:
    matter = Rule(attributes={"actes:CodeMatiere": integer})
    number = at_most(15)
    if generation is Generation.B:
        number = matching(_NUMBERS[generation], "un numéro d’acte accepté")
    previous = Rule(attributes={"actes:IDActe": _id_acte(generation)})
    paper = (_one("DocumentPapier", _text(nillable=True)),) if generation is Generation.C else ()
    return Rule(
        attributes={"actes:Date": day, "actes:NumeroInterne": number, "actes:CodeNatureActe": integer},
        children=(
            *(_one(f"CodeMatiere{level}", matter, least=1 if level < 3 else 0) for level in range(1, 6)),
            _one("Objet", _text(at_most(500))),
            _one("PrecedentIdentifiantActe", previous, least=0),
            _one("ClassificationDateVersion", _text(day)),
            _DOCUMENT,
            _one(
                "Annexes",
                Rule(attributes={"actes:Nombre": count}, children=(_one("Annexe", _FILE, least=0, most=None),)),
            ),
            *paper,
        ),
    )


def _letter(root: str, generation: Generation) -> Rule:
    content: dict[str, tuple[Child, ...]] = {
        "DemandePieceComplementaire": (_one("DescriptionPieces", _text()), _DOCUMENT),
        "LettreObservations": (_one("Motif", _text()), _DOCUMENT),
        "PieceComplementaire": (_one("Documents", Rule(children=(_one("Document", _FILE, most=None),))),),
        "ARDemandePieceComplementaire": (),
        "ARLettreObservations": (),
    }
    return Rule(
        attributes={"actes:IDActe": _id_acte(generation), "actes:DateCourrierPref": day},
        children=content.get(root, (_DOCUMENT,)),
    )


def _classification(generation: Generation) -> Rule:
    pieces = (
        (
            _one(
                "TypePJNatureActe",
                Rule(attributes={"actes:CodeTypePJ": anything, "actes:Libelle": anything}),
                most=None,
            ),
        )
        if generation is Generation.C
        else ()
    )
    nature = Rule(
        attributes={
            "actes:CodeNatureActe": integer,
            "actes:Libelle": anything,
            "actes:TypeAbrege": matching(r".{2}", "une abréviation de deux caractères"),
        },
        optional=frozenset({"actes:CodeNatureActe"}),
        children=pieces,
    )
    matter = Rule(attributes={"actes:CodeMatiere": integer, "actes:Libelle": anything})
    for level in range(5, 1, -1):
        least = 1 if level == 2 else 0
        matter = Rule(
            attributes=matter.attributes,
            children=(_one(f"Matiere{level}", matter, least=least, most=None),),
        )
    return Rule(
        children=(
            _one("DateClassification", _text(day)),
            _one("NaturesActes", Rule(children=(_one("NatureActe", nature, most=None),))),
            _one("Matieres", Rule(children=(_one("Matiere1", matter, most=None),))),
        )
    )


def _outbound_envelope() -> Rule:
    emitter = Rule(
        attributes={
            "insee:SIREN": _siren,
            "actes:Departement": _departement,
            "actes:Arrondissement": _arrondissement,
            "actes:Nature": matching(r"[0-9]{2}", "une nature de collectivité sur deux chiffres"),
        }
    )
    return Rule(
        children=(
            _one("Emetteur", Rule(children=(_one("IDCL", emitter), _REFERENT))),
            _one("AdressesRetour", Rule(children=(_one("Email", _text(_email), most=None),))),
            _FORMS,
        )
    )


def _return_envelope() -> Rule:
    place = Rule(attributes={"actes:Departement": _departement})
    sub = Rule(attributes={"actes:Departement": _departement, "actes:Arrondissement": _arrondissement})
    senders = Child(names=("IDSGAR", "IDPref", "IDSousPref"), rule=place, others={"IDSousPref": sub})
    return Rule(
        children=(
            _one("Emetteur", Rule(children=(senders, _REFERENT))),
            _FORMS,
            _one("Destinataire", Rule(attributes={"insee:SIREN": _siren})),
        )
    )


@cache
def rules(generation: Generation) -> dict[str, Rule]:
    """Root name to the rule of its content."""
    act, identifier = _acte(generation), _id_acte(generation)
    in_force = _one("ClassificationDateVersionEnCours", _text(day))
    receipt = Rule(attributes={"actes:IDActe": identifier, "actes:DateReception": day})
    info = Rule(attributes={"actes:IDActe": identifier, "actes:DateCourrierPref": day})
    answer = Rule(attributes={"actes:DateReception": day}, children=(_one("InfosCourrierPref", info),))
    pieces = Rule(children=(_one("PieceJointe", _FILE, least=0, most=None),))
    defere = (
        _one("DateDepot", _text(day)),
        _one("NatureIllegalite", _text()),
        _one("PiecesJointes", pieces),
    )
    table: dict[str, Rule] = {
        "Acte": act,
        "ARActe": Rule(attributes=receipt.attributes, children=(_one("ActeRecu", act), in_force)),
        "AnomalieActe": Rule(children=(*_ANOMALY, _one("ActeRecu", act), in_force)),
        "ARPieceComplementaire": answer,
        "ARReponseRejetLettreObservations": answer,
        "DefereTA": Rule(attributes={"actes:IDActe": identifier}, children=defere),
        "Annulation": Rule(attributes={"actes:IDActe": identifier}),
        "ARAnnulation": receipt,
        "DemandeClassification": Rule(children=(_one("DateClassification", _text(day), least=0),)),
        "ReponseClassificationSansChangement": Rule(children=(_one("DateClassification", _text(day)),)),
        "RetourClassification": _classification(generation),
        "EnveloppeCLMISILL": _outbound_envelope(),
        "EnveloppeMISILLCL": _return_envelope(),
        "AnomalieEnveloppe": Rule(
            children=(
                _one("Date", _text(day)),
                _one("Nature", _text(_envelope_anomaly)),
                _one("Detail", _text(), least=0),
                _one("EnveloppeRecue", _outbound_envelope()),
            )
        ),
    }
    table.update({root: _letter(root, generation) for root in LETTERS & KINDS.keys()})
    return table
