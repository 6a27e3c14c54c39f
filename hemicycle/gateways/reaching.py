"""The first steps of a test: the name, the port, the TLS of a system; the certificate that we show it."""

from __future__ import annotations

import socket
import ssl
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from hemicycle.gateways.checks import Certificate, Finding, Report, Use, certificate_of, failed, in_doubt, works

__all__ = [
    "expiry",
    "handshake",
    "met_by",
    "no_answer",
    "reached",
    "reached_url",
    "refuses_our_certificate",
    "shown_certificate",
    "untrusted",
]

NETWORK, TLS, OURS = "Connexion", "Certificat du serveur", "Notre certificat"
#: Days before the end of a certificate, from which a test says so; a server's own is renewed by its operator, often in
#: the last weeks.
SOON, SOON_FOR_A_SERVER = 60, 7

#: OpenSSL's words (X509_verify_cert_error_string) → ours, with the remedy.
_DOUBTS = {
    10: ("a expiré", "Le certificat doit être renouvelé par ceux qui tiennent le système."),
    9: ("n’est pas encore valable", "Vérifiez l’horloge de cette machine, puis le certificat du système."),
    62: ("porte un autre nom que celui de l’adresse", "Vérifiez l’adresse ; c’est peut-être une autre machine."),
    64: ("porte un autre nom que celui de l’adresse", "Vérifiez l’adresse ; c’est peut-être une autre machine."),
}
_UNKNOWN = (
    "n’est délivré par aucune autorité connue ici",
    "Ajoutez l’autorité qui l’a délivré à celles de cette machine (SSL_CERT_FILE), ou vérifiez que rien ne "
    "s’interpose sur le réseau.",
)
#: What a server says in TLS when it will not have our certificate, or wants one (RFC 8446 §6.2).
_REFUSALS = (
    *("CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "CERTIFICATE_EXPIRED", "CERTIFICATE_UNKNOWN", "CERTIFICATE_REVOKED"),
    *("UNSUPPORTED_CERTIFICATE", "UNKNOWN_CA", "HANDSHAKE_FAILURE", "ACCESS_DENIED"),
)


def reached_url(url: str, *, context: ssl.SSLContext | None, at: datetime, timeout: float) -> Report:
    """The name, the port and, on https, the TLS of an address; `context` None: the system's authorities."""
    place = urlsplit(url)
    try:
        port = place.port or {"https": 443, "http": 80}[place.scheme]
    except (KeyError, ValueError):
        port = 0
    if not place.hostname or not port:
        return Report.of(
            failed(NETWORK, "L’adresse réglée ne se lit pas.", remedy="Écrivez-la entière : https://hôte/chemin.")
        )
    first = reached(place.hostname, port, timeout=timeout)
    if place.scheme != "https" or not first.reached:
        return first
    return first + handshake(place.hostname, port, context=context, at=at, timeout=timeout)


def reached(host: str, port: int, *, timeout: float) -> Report:
    """Whether the name is known and the port answers."""
    try:
        socket.create_connection((host, port), timeout=timeout).close()
    except OSError as error:
        return Report.of(told_network(error, host, port))
    return Report.of(works(NETWORK, f"{host} répond sur le port {port}."))


def told_network(error: OSError, host: str, port: int) -> Finding:
    """Why a connection does not open."""
    if isinstance(error, socket.gaierror):
        return failed(
            NETWORK,
            f"Le nom {host} est inconnu.",
            remedy="Vérifiez l’adresse réglée, puis le service de noms (DNS) de cette machine.",
        )
    if isinstance(error, ConnectionRefusedError):
        return failed(
            NETWORK,
            f"{host} refuse la connexion sur le port {port}.",
            remedy="Vérifiez le port réglé, et que le service y est démarré.",
        )
    if isinstance(error, TimeoutError):
        return failed(
            NETWORK,
            f"{host} ne répond pas sur le port {port}.",
            remedy="Un pare-feu l’empêche sans doute : faites ouvrir ce port en sortie vers cette adresse.",
        )
    return failed(
        NETWORK,
        f"{host} est hors d’atteinte sur le port {port} : {error.strerror or 'réseau coupé'}.",
        remedy="Vérifiez le réseau de cette machine et sa route vers cette adresse.",
    )


def handshake(
    host: str, port: int, *, context: ssl.SSLContext | None, at: datetime, timeout: float, what: str = TLS
) -> Report:
    """The certificate of a TLS server, seen even when it is not worth trusting."""
    trusting = context or ssl.create_default_context()
    try:
        with (
            socket.create_connection((host, port), timeout=timeout) as bare,
            trusting.wrap_socket(bare, server_hostname=host) as secured,
        ):
            met = met_by(secured, place=f"{host}:{port}")
    except ssl.SSLCertVerificationError as error:
        met = _met_unverified(host, port, timeout=timeout)
        return Report.of(untrusted(error, what=what), certificates=met)
    except (OSError, ValueError) as error:
        return Report.of(told_tls(error, host, what=what))
    trusted = works(what, f"Le certificat de {host} est reconnu.")
    return Report.of(
        trusted, *(finding for each in met if (finding := expiry(each, at=at, what=what))), certificates=met
    )


def met_by(secured: ssl.SSLSocket, *, place: str) -> list[Certificate]:
    """The certificate that the other end of a TLS connection shows."""
    shown = secured.getpeercert(binary_form=True)
    return [certificate_of(x509.load_der_x509_certificate(shown), use=Use.SERVER, place=place)] if shown else []


def _met_unverified(host: str, port: int, *, timeout: float) -> list[Certificate]:
    """Looked at only to say what it is: nothing is sent over this connection."""
    looking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looking.check_hostname, looking.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), timeout=timeout) as bare,
            looking.wrap_socket(bare, server_hostname=host) as secured,
        ):
            return met_by(secured, place=f"{host}:{port}")
    except (OSError, ValueError):
        return []


def untrusted(error: ssl.SSLCertVerificationError, *, what: str = TLS) -> Finding:
    """Why the certificate of a server is not trusted."""
    told, remedy = _DOUBTS.get(error.verify_code, _UNKNOWN)
    return failed(what, f"Le certificat du serveur {told}.", remedy=remedy)


def told_tls(error: Exception, host: str, *, what: str = TLS) -> Finding:
    """Why TLS does not begin."""
    if refuses_our_certificate(error):
        return failed(
            OURS,
            f"{host} refuse notre certificat, ou en demande un.",
            remedy="Déposez le certificat que l’opérateur a délivré, et vérifiez qu’il y est bien rattaché au compte.",
        )
    return failed(
        what,
        f"{host} ne parle pas TLS sur ce port, ou pas la même version.",
        remedy="Vérifiez le port et le début de l’adresse (https).",
    )


def refuses_our_certificate(error: BaseException) -> bool:
    """Whether an exchange failed because the server will not have our certificate, whatever wraps that."""
    cause: BaseException | None = error
    while cause is not None:
        words = str(cause).upper().replace(" ", "_")
        if "ALERT" in words and any(word in words for word in _REFUSALS):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def no_answer(error: httpx.HTTPError, who: str) -> Finding:
    """Why an exchange over HTTP came to nothing, once the port and TLS were found good."""
    if refuses_our_certificate(error):
        return failed(
            OURS,
            f"{who} refuse notre certificat, ou en demande un.",
            remedy="Déposez le certificat que l’opérateur a délivré, et vérifiez qu’il y est bien rattaché au compte.",
        )
    if isinstance(error, httpx.TimeoutException):
        return failed(
            "Réponse", f"{who} se tait après la connexion.", remedy="Il est sans doute surchargé : réessayez."
        )
    return failed(
        "Réponse",
        f"{who} n’a pas répondu jusqu’au bout.",
        remedy="Réessayez ; si cela dure, demandez à son opérateur ce que dit son journal.",
    )


def expiry(certificate: Certificate, *, at: datetime, what: str) -> Finding | None:
    """What is to be said of its dates; None when they are far."""
    ends = f"{certificate.not_after:%d/%m/%Y}"
    remedy = "Demandez son renouvellement dès maintenant ; un certificat qualifié se délivre en plusieurs semaines."
    if certificate.use is Use.SERVER:
        remedy = "Prévenez ceux qui tiennent ce système : c’est à eux de le renouveler."
    if at > certificate.not_after:
        return failed(what, f"Le certificat « {certificate.subject} » a expiré le {ends}.", remedy=remedy)
    if at < certificate.not_before:
        return failed(
            what,
            f"Le certificat « {certificate.subject} » ne vaut qu’à partir du {certificate.not_before:%d/%m/%Y}.",
            remedy="Vérifiez l’horloge de cette machine.",
        )
    left = (certificate.not_after - at).days
    if left < (SOON_FOR_A_SERVER if certificate.use is Use.SERVER else SOON):
        days = "demain au plus tard" if left < 1 else f"dans {left} jour{'s' if left > 1 else ''}"
        return in_doubt(what, f"Le certificat « {certificate.subject} » expire {days}, le {ends}.", remedy=remedy)
    return None


def shown_certificate(certificate: Path | None, key: Path | None, *, at: datetime, what: str = OURS) -> Report:
    """The certificate that we show to a system, from its PEM files; nothing to say without one."""
    if certificate is None:
        return Report()
    try:
        mine = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
        private = serialization.load_pem_private_key((key or certificate).read_bytes(), password=None)
    except OSError as error:
        name = Path(str(error.filename)).name
        remedy = "Vérifiez le chemin réglé et les droits de lecture du compte qui fait tourner Hémicycle."
        return Report.of(failed(what, f"Le fichier {name} est introuvable ou illisible.", remedy=remedy))
    except (ValueError, TypeError, IndexError):
        remedy = "Déposez le certificat et sa clé, sans mot de passe, au format PEM."
        return Report.of(failed(what, "Le certificat ou sa clé ne se lisent pas.", remedy=remedy))
    met = certificate_of(mine, use=Use.CLIENT, place=certificate.name)
    if private.public_key() != mine.public_key():
        remedy = "Déposez la clé qui a servi à demander ce certificat, et non une autre."
        return Report.of(failed(what, "La clé n’est pas celle du certificat.", remedy=remedy), certificates=[met])
    late = expiry(met, at=at, what=what)
    return Report.of(
        late or works(what, f"« {met.subject} », valable jusqu’au {met.not_after:%d/%m/%Y}."), certificates=[met]
    )
