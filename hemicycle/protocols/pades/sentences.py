"""The French sentences of a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic

UNKNOWN_KIND = "Le document porte une signature d’un format non reconnu, qui n’a pas pu être vérifiée."
WEAK_KIND = "Le document porte une signature d’un format ancien (SHA-1), qui ne prouve plus rien."
UNREADABLE_SIGNATURE = "Une signature du document est illisible et n’a pas pu être vérifiée."
FORGED = "Une signature du document est contrefaite ou incomplète : il lui manque sa valeur, ou ce sur quoi elle porte."
REMOVED = "Le fichier garde la trace d’une signature qu’il ne déclare plus : elle a été retirée ou masquée."
TOO_MANY = "Le document porte plus de {most} signatures ; il n’est pas vérifié."
DOCUMENT_STAMP_BROKEN = "L’horodatage d’archivage du document est altéré."
DOCUMENT_STAMP_UNTRUSTED = "L’horodatage d’archivage du document ne provient pas d’une autorité reconnue."
DOCUMENT_STAMP_CHANGED = "Le document a été modifié après son horodatage d’archivage{how}."
TRUST_UNKNOWN = "Le certificat de « {name} » n’a été confronté à aucune autorité reconnue."
LATER_ADDITIONS = "Des ajouts admis (autre signature, preuves de validation) suivent la signature de « {name} »."
LATER_MARK = (
    "Une signature postérieure à celle de « {name} » a posé un cadre visible {where} : il peut couvrir du texte."
)
TIMES_APART = "L’heure annoncée par « {name} » s’écarte de plus d’un jour de l’heure attestée par l’horodatage."
NO_STAMP = "La signature de « {name} » ne porte pas d’horodatage : son heure est seulement déclarée."
NO_REVOCATION = "Le fichier ne contient pas la preuve que le certificat de « {name} » n’était pas révoqué."

SEAL = "C’est le cachet de « {name} », et non la signature d’une personne : il dit d’où vient le document."

ALTERED = "La signature de « {name} » ne correspond plus au document : il a été modifié après la signature."
INVALID = "La signature de « {name} » est invalide : elle n’a pas été produite par la clé de son certificat."
NOT_COVERING = "La signature de « {name} » ne couvre pas tout le document."
CHANGED_AFTER = "Le document a été modifié après la signature de « {name} » par un ajout qu’elle n’admet pas."
CHANGED_HOW = "Le document a été modifié après la signature de « {name} » : {how}."
FILLED_AS_ADMITTED = "Après la signature de « {name} », qui l’admettait : {how}. Comparez avec la version signée."
EMPTY_MARK = "Un cadre de signature visible mais sans signature a été ajouté {where} après la signature de « {name} »."
IRREGULAR = "Le PDF est irrégulier : les ajouts faits après la signature de « {name} » ne peuvent être admis."
PADDED = "La place réservée à la signature de « {name} » contient des données que rien n’explique."
WEAK = "La signature de « {name} » emploie {what}, qui ne prouve plus rien."
STAMP_BROKEN = "L’horodatage de la signature de « {name} » est altéré."
STAMP_WEAK = "L’horodatage de la signature de « {name} » emploie {what}, qui ne prouve plus rien."
STAMP_UNTRUSTED = "L’horodatage de la signature de « {name} » ne provient pas d’une autorité reconnue."

REVOKED = "Le certificat de « {name} » était révoqué au moment de la signature."
REVOKED_SINCE = "Le certificat de « {name} » est révoqué, et rien ne prouve que la signature soit antérieure."
EXPIRED = "Le certificat de « {name} » n’était pas en cours de validité au moment de la signature."
EXPIRED_SINCE = "Le certificat de « {name} » a expiré depuis, et rien ne prouve que la signature soit antérieure."
UNKNOWN_AUTHORITY = "Le certificat de « {name} » n’a pas été délivré par une autorité reconnue."
WRONG_USE = "Le certificat de « {name} » n’est pas destiné à la signature de documents."
_WEAK_CHAIN = "La signature de « {name} » emploie un algorithme qui n’est plus sûr."

_TRUST: dict[AdESSubIndic, str] = {
    AdESFailure.REVOKED: REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: REVOKED,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: REVOKED,
    AdESFailure.NOT_YET_VALID: EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: EXPIRED,
    AdESIndeterminate.EXPIRED: EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: EXPIRED,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: WRONG_USE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: _WEAK_CHAIN,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: _WEAK_CHAIN,
}

#: What leaves the document as it was signed, but its signatory or its date unproven: doubts, not refusals.
DOUBTS = frozenset({UNKNOWN_AUTHORITY, EXPIRED_SINCE, STAMP_UNTRUSTED, WRONG_USE, FILLED_AS_ADMITTED, PADDED})


def distrust(indication: AdESSubIndic | None) -> str:
    """Why a certificate is not trusted, from the indication of ETSI EN 319 102-1."""
    return UNKNOWN_AUTHORITY if indication is None else _TRUST.get(indication, UNKNOWN_AUTHORITY)


def enumerated(groups: Sequence[str]) -> str:
    """Nominal groups in one sentence: « a, b et c »."""
    return groups[0] if len(groups) == 1 else f"{', '.join(groups[:-1])} et {groups[-1]}"
