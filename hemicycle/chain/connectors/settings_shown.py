"""The settings in force, as a page may show them: never a secret, only whether it is there (docs/adr/0017)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from hemicycle.chain.connectors.systems import System


@dataclass(frozen=True, kw_only=True)
class Setting:
    label: str
    #: As shown; empty: not set. Of a secret, « renseigné » or « absent ».
    value: str
    #: The environment variable that changes it.
    variable: str
    secret: bool = False


def address(system: System) -> str:
    """Where the system is, without user nor password; empty when it is not set."""
    match system:
        case System.TRANSMISSION:
            return without_secrets(settings.TDT_URL)
        case System.ARCHIVE:
            return without_secrets(settings.SAE_URL)
        case System.MAIL:
            return f"{settings.SMTP_HOST}:{settings.SMTP_PORT}" if settings.SMTP_HOST else ""
        case System.TIMESTAMP:
            return without_secrets(settings.TSA_URL)
        case System.SIGNATURE:
            return str(settings.SIGNATURE_KEYS)
        case System.ANTIVIRUS:
            return str(settings.CLAMD)
        case System.STORE:
            return str(settings.BLOBS_S3)


def is_set(system: System) -> bool:
    """Whether there is something to test."""
    return bool(address(system))


def without_secrets(url: str) -> str:
    """The address without user, password nor query, should someone have written them in it."""
    try:
        parts = urlsplit(url)
        if not parts.hostname:
            return url.rpartition("@")[2].partition("?")[0]
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "adresse illisible"
    return parts._replace(netloc=f"{host}{port}", query="", fragment="").geturl()


def settings_of(system: System) -> list[Setting]:
    """What the system is set by, in order."""
    return [_WRITERS[kind](label, variable, name) for kind, label, variable, name in _ROWS[system]]


def _plain(label: str, variable: str, name: str) -> Setting:
    return Setting(label=label, value=str(getattr(settings, name)), variable=variable)


def _url(label: str, variable: str, name: str) -> Setting:
    return Setting(label=label, value=without_secrets(getattr(settings, name)), variable=variable)


def _secret(label: str, variable: str, name: str) -> Setting:
    held = "renseigné" if getattr(settings, name, "") else "absent"
    return Setting(label=label, value=held, variable=variable, secret=True)


def _flag(label: str, variable: str, name: str) -> Setting:
    return Setting(label=label, value="oui" if getattr(settings, name) else "non", variable=variable)


_WRITERS = {"plain": _plain, "url": _url, "secret": _secret, "flag": _flag}
_ROWS: dict[System, list[tuple[str, str, str, str]]] = {
    System.TRANSMISSION: [
        ("url", "Adresse", "HEMICYCLE_TDT_URL", "TDT_URL"),
        ("plain", "Identifiant", "HEMICYCLE_TDT_LOGIN", "TDT_LOGIN"),
        ("secret", "Mot de passe", "HEMICYCLE_TDT_PASSWORD", "TDT_PASSWORD"),
        ("plain", "Certificat présenté", "HEMICYCLE_TDT_CERTIFICATE", "TDT_CERTIFICATE"),
        ("plain", "Clé du certificat", "HEMICYCLE_TDT_KEY", "TDT_KEY"),
        ("url", "Boîte des retours, en liaison directe (IMAP)", "HEMICYCLE_TDT_RETURNS", "TDT_RETURNS"),
        ("secret", "Mot de passe de cette boîte", "HEMICYCLE_TDT_RETURNS_PASSWORD", "TDT_RETURNS_PASSWORD"),
        ("plain", "Expéditeurs admis des retours", "HEMICYCLE_TDT_RETURNS_SENDERS", "TDT_RETURNS_SENDERS"),
        ("plain", "Opérateur et application, en liaison directe", "HEMICYCLE_TDT_OPERATOR", "TDT_OPERATOR"),
        ("plain", "Registre des envois directs", "HEMICYCLE_TDT_LEDGER", "TDT_LEDGER"),
    ],
    System.ARCHIVE: [
        ("url", "Adresse", "HEMICYCLE_SAE_URL", "SAE_URL"),
        ("plain", "Tenant", "HEMICYCLE_SAE_TENANT", "SAE_TENANT"),
        ("plain", "Contrat d’accès", "HEMICYCLE_SAE_ACCESS_CONTRACT", "SAE_ACCESS_CONTRACT"),
        ("plain", "Certificat présenté", "HEMICYCLE_SAE_CERTIFICATE", "SAE_CERTIFICATE"),
        ("plain", "Clé du certificat", "HEMICYCLE_SAE_KEY", "SAE_KEY"),
    ],
    System.MAIL: [
        ("plain", "Serveur", "HEMICYCLE_SMTP_HOST", "SMTP_HOST"),
        ("plain", "Port", "HEMICYCLE_SMTP_PORT", "SMTP_PORT"),
        ("flag", "Chiffrement demandé (STARTTLS)", "HEMICYCLE_SMTP_STARTTLS", "SMTP_STARTTLS"),
        ("plain", "Identifiant", "HEMICYCLE_SMTP_USER", "SMTP_USER"),
        ("secret", "Mot de passe", "HEMICYCLE_SMTP_PASSWORD", "SMTP_PASSWORD"),
        ("plain", "Expéditeur", "HEMICYCLE_MAIL_SENDER", "MAIL_SENDER"),
    ],
    System.TIMESTAMP: [
        ("url", "Adresse", "HEMICYCLE_TSA_URL", "TSA_URL"),
        ("plain", "Autorités reconnues", "HEMICYCLE_SIGNATURE_TRUST", "SIGNATURE_TRUST"),
    ],
    System.SIGNATURE: [
        ("plain", "Dossier des clés et des codes", "HEMICYCLE_SIGNATURE_KEYS", "SIGNATURE_KEYS"),
        ("plain", "Clé du cachet de la collectivité", "HEMICYCLE_SEAL_KEY", "SEAL_KEY"),
        ("plain", "Niveau des signatures", "HEMICYCLE_SIGNATURE_LEVEL", "SIGNATURE_LEVEL"),
        ("plain", "Autorités reconnues", "HEMICYCLE_SIGNATURE_TRUST", "SIGNATURE_TRUST"),
        ("plain", "Autorités de la vérification publique", "HEMICYCLE_TRUST_ROOTS", "TRUST_ROOTS"),
        ("plain", "Bibliothèque des jetons (PKCS#11)", "HEMICYCLE_PKCS11_MODULE", "PKCS11_MODULE"),
        ("url", "Service de signature à distance (CSC)", "HEMICYCLE_CSC_URL", "CSC_URL"),
        ("plain", "Identifiant auprès de ce service", "HEMICYCLE_CSC_CLIENT_ID", "CSC_CLIENT_ID"),
        ("secret", "Secret auprès de ce service", "HEMICYCLE_CSC_CLIENT_SECRET", "CSC_CLIENT_SECRET"),
        ("url", "i-Parapheur", "HEMICYCLE_IPARAPHEUR_URL", "IPARAPHEUR_URL"),
        ("plain", "Identifiant dans i-Parapheur", "HEMICYCLE_IPARAPHEUR_USER", "IPARAPHEUR_USER"),
        ("secret", "Mot de passe dans i-Parapheur", "HEMICYCLE_IPARAPHEUR_PASSWORD", "IPARAPHEUR_PASSWORD"),
        ("plain", "Entité dans i-Parapheur", "HEMICYCLE_IPARAPHEUR_TENANT", "IPARAPHEUR_TENANT"),
        ("plain", "Bureau dans i-Parapheur", "HEMICYCLE_IPARAPHEUR_DESK", "IPARAPHEUR_DESK"),
    ],
    System.ANTIVIRUS: [("plain", "Adresse", "HEMICYCLE_CLAMD", "CLAMD")],
    System.STORE: [
        ("plain", "Compartiment", "HEMICYCLE_BLOBS_S3", "BLOBS_S3"),
        ("url", "Adresse du serveur", "HEMICYCLE_S3_ENDPOINT", "S3_ENDPOINT"),
        ("plain", "Région", "HEMICYCLE_S3_REGION", "S3_REGION"),
        ("plain", "Clé d’accès", "HEMICYCLE_S3_ACCESS_KEY", "S3_ACCESS_KEY"),
        ("secret", "Clé secrète", "HEMICYCLE_S3_SECRET_KEY", "S3_SECRET_KEY"),
    ],
}
