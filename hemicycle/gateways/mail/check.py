"""A test of the mail server (RFC 5321, 3207, 4954): greeting, encryption, account, sender. No letter is sent."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime

from hemicycle.gateways.checks import Finding, Report, failed, in_doubt, works
from hemicycle.gateways.mail.errors import Rejected
from hemicycle.gateways.mail.letter import address_of
from hemicycle.gateways.reaching import TLS, expiry, met_by, untrusted

GREETING, ENCRYPTION, ACCOUNT, SENDER = "Accueil", "Chiffrement", "Compte", "Expéditeur"
SILENT = failed(
    GREETING,
    "Le port répond, mais aucun serveur de courrier ne s’y présente.",
    remedy="Le port 465 chiffre d’emblée et n’est pas parlé ici : réglez le port 587 et HEMICYCLE_SMTP_STARTTLS=1, ou "
    "le port 25 d’un relais interne.",
)


@dataclass(frozen=True, kw_only=True)
class Account:
    """How we present ourselves; no login: the server takes us as we come."""

    username: str
    password: str = field(repr=False)
    starttls: bool


def greeted(server: smtplib.SMTP, account: Account, *, place: str, sender: str, at: datetime) -> Report:
    """The findings from EHLO to RSET; the first that fails ends them."""
    server.ehlo_or_helo_if_needed()
    found = Report.of(works(GREETING, "Le serveur de courrier se présente."))
    found += _encrypted(server, account, place=place, at=at)
    if found.reached and account.username:
        found += Report.of(_admitted(server, account))
    if found.reached:
        found += Report.of(_taken(server, sender))
    return found


def _encrypted(server: smtplib.SMTP, account: Account, *, place: str, at: datetime) -> Report:
    offered = server.has_extn("starttls")
    if not account.starttls:
        if not offered or _at_home(place):
            return Report()
        remedy = "Réglez HEMICYCLE_SMTP_STARTTLS=1 : les convocations et le mot de passe cesseront de voyager en clair."
        return Report.of(
            in_doubt(ENCRYPTION, "Le serveur offre le chiffrement et il n’est pas demandé.", remedy=remedy)
        )
    if not offered:
        remedy = "Vérifiez le port (587 d’ordinaire), ou demandez au gestionnaire du serveur d’activer STARTTLS."
        return Report.of(failed(ENCRYPTION, "Le chiffrement est demandé et le serveur ne l’offre pas.", remedy=remedy))
    try:
        server.starttls(context=ssl.create_default_context())
    except ssl.SSLCertVerificationError as error:
        return Report.of(untrusted(error))
    except (ssl.SSLError, smtplib.SMTPResponseException):
        return Report.of(failed(ENCRYPTION, "Le chiffrement ne s’établit pas.", remedy="Vérifiez le port réglé."))
    if not isinstance(server.sock, ssl.SSLSocket):
        return Report()
    met = met_by(server.sock, place=place)
    ending = [finding for each in met if (finding := expiry(each, at=at, what=TLS))]
    server.ehlo()
    return Report.of(
        *(ending or [works(ENCRYPTION, "La liaison est chiffrée, le certificat reconnu.")]), certificates=met
    )


def _admitted(server: smtplib.SMTP, account: Account) -> Finding:
    named = f"« {account.username} »"
    try:
        server.login(account.username, account.password)
    except smtplib.SMTPAuthenticationError:
        remedy = "Corrigez HEMICYCLE_SMTP_USER ou HEMICYCLE_SMTP_PASSWORD ; certains serveurs veulent un mot de passe "
        remedy += "d’application."
        return failed(ACCOUNT, f"Le serveur refuse l’identifiant {named} ou son mot de passe.", remedy=remedy)
    except smtplib.SMTPNotSupportedError:
        remedy = (
            "Demandez le chiffrement (HEMICYCLE_SMTP_STARTTLS=1), ou ôtez l’identifiant si le relais n’en veut pas."
        )
        return failed(ACCOUNT, "Le serveur ne propose pas d’authentification.", remedy=remedy)
    return works(ACCOUNT, f"Le serveur admet le compte {named}.")


def _taken(server: smtplib.SMTP, sender: str) -> Finding:
    """Asked up to MAIL FROM, then taken back: nobody is written to."""
    try:
        origin = address_of(sender, "de l’expéditeur")
    except Rejected as refusal:
        return failed(SENDER, str(refusal), remedy="Corrigez HEMICYCLE_MAIL_SENDER : actes@departement.fr.")
    code, _ = server.mail(origin)
    server.rset()
    if code == 250:
        return works(SENDER, f"Le serveur accepte d’écrire au nom de {origin}.")
    return failed(
        SENDER,
        f"Le serveur refuse d’écrire au nom de {origin} (code {code}).",
        remedy="Corrigez HEMICYCLE_MAIL_SENDER, ou faites autoriser cette adresse pour ce compte.",
    )


def _at_home(place: str) -> bool:
    host = place.rpartition(":")[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
