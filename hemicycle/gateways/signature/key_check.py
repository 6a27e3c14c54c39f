"""A test of a signatory's key: found where its reference says, its certificate in force, its authority known.

Nothing is signed with it: a signature commits its holder, and a code given to a remote key may cost one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509

from hemicycle.gateways.checks import Certificate, Finding, Report, Use, certificate_of, failed, in_doubt, works
from hemicycle.gateways.reaching import expiry

from .client import check_certificate
from .csc import CscKey
from .errors import Rejected, Unreachable
from .evidence import ascend
from .exchanges import opened
from .keys import Key
from .pkcs11 import Pkcs11Key
from .pkcs12 import Pkcs12Key
from .remote import CscService, Refused
from .status import standing_of

__all__ = ["check_key", "check_service"]


def check_key(
    key: Key,
    *,
    what: str,
    place: str,
    chain: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    use: Use = Use.SIGNATORY,
    at: datetime,
    timeout: float = 10.0,
) -> Report:
    """`what` names the signatory; `chain` completes what is kept with the key; `roots` are the authorities trusted."""
    try:
        certificate, kept = key.certificate, [*key.chain, *chain]
    except (Unreachable, Rejected) as cause:
        return Report.of(failed(what, str(cause), remedy="La signature ne peut pas être faite tant que cela dure."))
    met = certificate_of(certificate, use=use, place=place)
    finding = (
        _mismatch(key, what)
        or _dates(certificate, met, what, at=at)
        or _authority(certificate, kept, roots, what, at=at, timeout=timeout)
        or works(what, f"La clé est là ; le certificat « {met.subject} » vaut jusqu’au {met.not_after:%d/%m/%Y}.")
    )
    return Report.of(finding, certificates=[met])


def _mismatch(key: Key, what: str) -> Finding | None:
    """A key may stand beside another's certificate; a remote service looks to that itself."""
    if not isinstance(key, Pkcs12Key | Pkcs11Key) or key.fits:
        return None
    remedy = "Déposez le certificat qui a été demandé avec cette clé, et non un autre."
    return failed(what, "La clé n’est pas celle du certificat.", remedy=remedy)


def _dates(certificate: x509.Certificate, met: Certificate, what: str, *, at: datetime) -> Finding | None:
    late = expiry(met, at=at, what=what)
    if late is not None:
        return late
    try:
        check_certificate(certificate, at)
    except Rejected as cause:
        return failed(what, str(cause), remedy="Demandez un certificat de signature, au nom du signataire.")
    return None


def _authority(
    certificate: x509.Certificate,
    kept: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    what: str,
    *,
    at: datetime,
    timeout: float,
) -> Finding | None:
    above = ascend(certificate, [*kept, *roots])
    if not above:
        remedy = "Déposez la chaîne de ses autorités dans chain.pem, au dossier des clés."
        return failed(what, "L’autorité qui a délivré le certificat n’est pas connue.", remedy=remedy)
    try:
        with opened(timeout) as client:
            standing = standing_of(client, certificate, above[0], at=at)
    except (Unreachable, Rejected):
        remedy = "Vérifiez que cette machine atteint les adresses OCSP et CRL écrites dans le certificat."
        return in_doubt(what, "L’autorité du certificat n’a pas pu dire s’il est révoqué.", remedy=remedy)
    if standing.revoked_at is not None:
        remedy = "Demandez-en un autre ; rien ne peut plus être signé avec celui-ci."
        return failed(what, f"Le certificat est révoqué depuis le {standing.revoked_at:%d/%m/%Y}.", remedy=remedy)
    if roots and not set(above) & set(roots):
        remedy = "Ajoutez cette autorité à HEMICYCLE_SIGNATURE_TRUST, sans quoi les signatures paraîtront douteuses."
        return in_doubt(what, "L’autorité du certificat n’est pas parmi celles reconnues ici.", remedy=remedy)
    return None


def check_service(service: CscService, keys: Sequence[CscKey]) -> Report:
    """Whether the remote service knows this installation, and lists the keys that it is to be asked for."""
    what = "Service de signature à distance"
    try:
        listed = service.credentials()
    except Refused as refusal:
        if refusal.error in ("invalid_client", "unauthorized_client", "invalid_token", "access_denied"):
            remedy = "Corrigez HEMICYCLE_CSC_CLIENT_ID ou HEMICYCLE_CSC_CLIENT_SECRET avec l’opérateur."
            return Report.of(failed(what, str(refusal), remedy=remedy))
        # Not every service lists its keys to every client (§11.4): each is looked at by itself.
        remedy = "Sans gravité si les clés ci-dessous sont trouvées."
        return Report.of(in_doubt(what, "Le service répond, mais ne donne pas la liste de ses clés.", remedy=remedy))
    except (Unreachable, Rejected) as cause:
        return Report.of(failed(what, str(cause), remedy="Vérifiez HEMICYCLE_CSC_URL (elle se termine par /csc/v2)."))
    absent = [key.credential for key in keys if key.credential not in listed]
    if absent:
        named = ", ".join(f"« {name} »" for name in absent)
        remedy = "Corrigez la référence du signataire, ou faites rattacher cette clé à notre compte."
        return Report.of(failed(what, f"Le service ne nous propose pas la clé {named}.", remedy=remedy))
    told = f"{len(listed)} clé{'s' if len(listed) > 1 else ''}"
    return Report.of(works(what, f"Le service nous admet et nous propose {told}."))
