"""The French sentences of a verdict."""

from __future__ import annotations

from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic

UNKNOWN_KIND = "Le document porte une signature d’un format non reconnu, qui n’a pas pu être vérifiée."
UNREADABLE_SIGNATURE = "Une signature du document est illisible et n’a pas pu être vérifiée."
DOCUMENT_STAMP_BROKEN = "L’horodatage d’archivage du document est altéré."
TRUST_UNKNOWN = "Le certificat de « {name} » n’a été confronté à aucune autorité reconnue."
LATER_ADDITIONS = "Des ajouts admis (autre signature, preuves de validation) suivent la signature de « {name} »."
TIMES_APART = "L’heure annoncée par « {name} » s’écarte de plus d’un jour de l’heure attestée par l’horodatage."
NO_STAMP = "La signature de « {name} » ne porte pas d’horodatage : son heure est seulement déclarée."

ALTERED = "La signature de « {name} » ne correspond plus au document : il a été modifié après la signature."
INVALID = "La signature de « {name} » est invalide : elle n’a pas été produite par la clé de son certificat."
NOT_COVERING = "La signature de « {name} » ne couvre pas tout le document."
CHANGED_AFTER = "Le document a été modifié après la signature de « {name} » par un ajout qu’elle n’admet pas."
IRREGULAR = "Le PDF est irrégulier : les ajouts faits après la signature de « {name} » ne peuvent être admis."
STAMP_BROKEN = "L’horodatage de la signature de « {name} » est altéré."
STAMP_UNTRUSTED = "L’horodatage de la signature de « {name} » ne provient pas d’une autorité reconnue."

_REVOKED = "Le certificat de « {name} » était révoqué au moment de la signature."
_EXPIRED = "Le certificat de « {name} » n’était pas en cours de validité au moment de la signature."
_UNKNOWN_AUTHORITY = "Le certificat de « {name} » n’a pas été délivré par une autorité reconnue."
_WRONG_USE = "Le certificat de « {name} » n’est pas destiné à la signature de documents."
_WEAK = "La signature de « {name} » emploie un algorithme qui n’est plus sûr."

_TRUST: dict[AdESSubIndic, str] = {
    AdESFailure.REVOKED: _REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: _REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: _REVOKED,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: _REVOKED,
    AdESFailure.NOT_YET_VALID: _EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: _EXPIRED,
    AdESIndeterminate.EXPIRED: _EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: _EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: _EXPIRED,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: _WRONG_USE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: _WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: _WEAK,
}


def distrust(indication: AdESSubIndic | None) -> str:
    """Why a certificate is not trusted, from the indication of ETSI EN 319 102-1."""
    return _UNKNOWN_AUTHORITY if indication is None else _TRUST.get(indication, _UNKNOWN_AUTHORITY)
