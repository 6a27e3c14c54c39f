"""A test of the timestamping service: a token over bytes drawn for the purpose, then verified."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from hemicycle.gateways.checks import Finding, Report, Use, certificate_of, failed, in_doubt, works
from hemicycle.gateways.reaching import expiry, reached_url
from hemicycle.protocols.pades.cades import stamps_digest
from hemicycle.protocols.pades.trust import token_time

from .errors import Rejected, Unreachable
from .evidence import ascend
from .exchanges import opened
from .timestamp import certificates_of, request_token_over

__all__ = ["check_timestamp"]

TOKEN, CLOCK, UNIT = "Jeton d’essai", "Horloge", "Certificat d’horodatage"
#: Beyond the first a person should look; beyond the second signatures are judged false.
NEAR, FAR = timedelta(seconds=30), timedelta(minutes=5)


def check_timestamp(url: str, *, roots: Sequence[x509.Certificate], at: datetime, timeout: float = 10.0) -> Report:
    """Address, token, clock, certificate of the unit. `at` is now; `roots` are the authorities trusted."""
    found = reached_url(url, context=None, at=at, timeout=timeout)
    if not found.reached:
        return found
    digest = hashlib.sha256(secrets.token_bytes(32)).digest()
    try:
        with opened(timeout) as client:
            token = request_token_over(client, url, digest)
        unit, *others = [x509.load_der_x509_certificate(each) for each in certificates_of(token)]
        signed = cms.ContentInfo.load(token)["content"]
        good = stamps_digest(token, digest) and _signed_by(signed, unit)
        said = token_time(signed)
    except (Unreachable, Rejected):
        remedy = "Vérifiez HEMICYCLE_TSA_URL, et que notre adresse est admise par le service."
        return found + Report.of(failed(TOKEN, "Le service d’horodatage ne donne pas de jeton.", remedy=remedy))
    except (ValueError, TypeError, LookupError):
        remedy = "Ce n’est sans doute pas un service RFC 3161 : vérifiez HEMICYCLE_TSA_URL."
        return found + Report.of(failed(TOKEN, "Le jeton rendu est illisible.", remedy=remedy))
    if not good:
        remedy = "Ne signez pas avec ce service ; prévenez son opérateur."
        return found + Report.of(failed(TOKEN, "Le jeton rendu n’est pas celui qui a été demandé.", remedy=remedy))
    place = url.partition("?")[0]
    met = [certificate_of(unit, use=Use.TIMESTAMP, place=place)]
    taken = works(TOKEN, "Le service a rendu un jeton, et sa signature est bonne.")
    return found + Report.of(taken, _clock(said, at), *_unit(unit, others, roots, at=at), certificates=met)


def _clock(said: datetime | None, at: datetime) -> Finding:
    if said is None:
        return failed(CLOCK, "Le jeton ne dit pas l’heure.", remedy="Prévenez l’opérateur du service.")
    gap = abs(said - at)
    if gap <= NEAR:
        return works(CLOCK, "Son heure et la nôtre concordent.")
    told = f"{gap.total_seconds():.0f} secondes" if gap < FAR else f"{gap.total_seconds() / 60:.0f} minutes"
    sentence = f"Son heure et la nôtre diffèrent de {told}."
    remedy = "Réglez l’horloge de cette machine (NTP) ; si elle est juste, prévenez l’opérateur du service."
    return in_doubt(CLOCK, sentence, remedy=remedy) if gap < FAR else failed(CLOCK, sentence, remedy=remedy)


def _unit(
    unit: x509.Certificate, others: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], *, at: datetime
) -> list[Finding]:
    if not _stamps(unit):
        remedy = "Choisissez un service d’horodatage : celui-ci signe avec un certificat fait pour autre chose."
        return [failed(UNIT, "Le certificat n’est pas destiné à l’horodatage.", remedy=remedy)]
    late = expiry(certificate_of(unit, use=Use.TIMESTAMP), at=at, what=UNIT)
    if late is not None:
        return [late]
    if roots and not set(roots) & {unit, *ascend(unit, [*others, *roots])}:
        remedy = (
            "Ajoutez l’autorité du service à HEMICYCLE_SIGNATURE_TRUST, sans quoi nos signatures paraîtront douteuses."
        )
        return [in_doubt(UNIT, "L’autorité qui l’a délivré n’est pas parmi celles reconnues ici.", remedy=remedy)]
    return [works(UNIT, f"Il vaut jusqu’au {unit.not_valid_after_utc:%d/%m/%Y}.")]


def _stamps(unit: x509.Certificate) -> bool:
    """Whether its use is timestamping (RFC 3161 §2.3)."""
    try:
        return ExtendedKeyUsageOID.TIME_STAMPING in unit.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False


def _signed_by(signed: cms.SignedData, unit: x509.Certificate) -> bool:
    """Whether the unit signed the token: digest of the content, then the value over the attributes (RFC 5652 §5.4)."""
    signer = signed["signer_infos"][0]
    algorithm = signer["digest_algorithm"]["algorithm"].native
    content = signed["encap_content_info"]["content"].contents
    digest = next(a["values"][0].native for a in signer["signed_attrs"] if a["type"].native == "message_digest")
    if hashlib.new(algorithm, content).digest() != digest:
        return False
    hashed = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[algorithm]
    pss = signer["signature_algorithm"].signature_algo == "rsassa_pss"
    text, value, key = signer["signed_attrs"].untag().dump(), signer["signature"].native, unit.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            scheme = padding.PSS(padding.MGF1(hashed), padding.PSS.AUTO) if pss else padding.PKCS1v15()
            key.verify(value, text, scheme, hashed)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, text, ec.ECDSA(hashed))
        else:
            return False
    except InvalidSignature:
        return False
    return True
