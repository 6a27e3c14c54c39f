"""Where a signatory's key is, told by its reference: a file, a token, a remote signing service."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from cryptography import x509
from django.conf import settings

from hemicycle.gateways.signature.client import Level, PadesSigner, Signer
from hemicycle.gateways.signature.csc import CscKey
from hemicycle.gateways.signature.errors import CodesWanted, Rejected
from hemicycle.gateways.signature.evidence import der
from hemicycle.gateways.signature.keys import Key
from hemicycle.gateways.signature.pkcs11 import Pkcs11Key
from hemicycle.gateways.signature.pkcs12 import Pkcs12Key
from hemicycle.gateways.signature.remote import CscService

#: Most keys want nothing of their holder at each gesture.
NO_CODE: Mapping[str, str] = MappingProxyType({})


def signer_of(reference: str, codes: Mapping[str, str] = NO_CODE) -> Signer:
    """The signer of a key: `p12:NAME` or `NAME`, `pkcs11:TOKEN/KEY`, `csc:CREDENTIAL`; the level of the settings.

    `codes`: what its holder typed for this gesture (« PIN », « OTP »). Nothing is contacted here. Raises Rejected when
    the installation holds no such key, CodesWanted when a token's PIN is neither typed nor on file.
    """
    place, colon, rest = reference.partition(":")
    if not colon:
        place, rest = "p12", reference
    key = {"p12": _file, "pkcs11": _token, "csc": _remote}.get(place)
    if key is None:
        raise Rejected(
            f"La clé « {reference} » n’est ni p12:nom, ni pkcs11:jeton/clé, ni csc:identifiant, ni "
            "iparapheur:type/sous-type."
        )
    chain = _chain(Path(settings.SIGNATURE_KEYS) / "chain.pem")
    signer = _once if codes else _signer
    return signer(key(rest, codes), settings.TSA_URL, Level(settings.SIGNATURE_LEVEL), chain)


def _file(name: str, _codes: Mapping[str, str]) -> Key:
    """NAME.p12 in the folder of keys, its passphrase beside it (NAME.pass)."""
    place = Path(settings.SIGNATURE_KEYS) / f"{name}.p12"
    try:
        p12, passphrase = place.read_bytes(), place.with_suffix(".pass").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Rejected(
            f"Le certificat « {name} » n’est pas installé ; l’administrateur doit déposer {place.name}."
        ) from error
    return _file_key(p12, passphrase)


def _token(path: str, codes: Mapping[str, str]) -> Key:
    """The key of a token: its PIN in TOKEN.pin, or typed; its certificate in TOKEN.KEY.pem if it is not on it."""
    token, _, name = path.partition("/")
    folder = Path(settings.SIGNATURE_KEYS)
    beside = folder / f"{token}.{name}.pem"
    certificate = beside if beside.is_file() else None
    pin = folder / f"{token}.pin"
    if codes.get("PIN"):
        return Pkcs11Key(
            module=settings.PKCS11_MODULE, token=token, name=name, pin=codes["PIN"], certificate_file=certificate
        )
    if not pin.exists():
        raise CodesWanted(
            f"Le jeton « {token} » demande son code PIN : donnez-le en signant, ou l’administrateur dépose {pin.name} "
            "dans le dossier des clés.",
            ("PIN",),
        )
    return _token_key(settings.PKCS11_MODULE, token, name, _pin(pin), certificate)


def _remote(credential: str, codes: Mapping[str, str]) -> Key:
    """A credential of the remote service: its PIN in CREDENTIAL.pin, or typed; a one-time code is always typed."""
    if not settings.CSC_URL:
        raise Rejected("Aucun service de signature à distance n’est réglé : HEMICYCLE_CSC_URL est vide.")
    pin = Path(settings.SIGNATURE_KEYS) / f"{credential}.pin"
    known = (settings.CSC_URL, settings.CSC_CLIENT_ID, settings.CSC_CLIENT_SECRET)
    on_file = _pin(pin) if pin.exists() else ""
    if codes:
        return _of_service(*known, credential, codes.get("PIN") or on_file, codes.get("OTP", ""))
    return _remote_key(*known, credential, on_file)


# A key is kept from one act to the next: reading a PKCS#12 costs more than signing, a session on a token stays open,
# and a code refused once is not given again until its file changes. So is its signer, who knows the timestamping unit.


def _once(key: Key, tsa_url: str, level: Level, chain: tuple[bytes, ...]) -> Signer:
    """The signer of one gesture: what was typed for it is kept nowhere."""
    return PadesSigner(key, tsa_url=tsa_url, level=level, chain=chain)


@lru_cache(maxsize=16)
def _signer(key: Key, tsa_url: str, level: Level, chain: tuple[bytes, ...]) -> Signer:
    return _once(key, tsa_url, level, chain)


@lru_cache(maxsize=16)
def _file_key(p12: bytes, passphrase: str) -> Key:
    return Pkcs12Key(p12, passphrase)


@lru_cache(maxsize=16)
def _token_key(module: str, token: str, name: str, pin: str, certificate: Path | None) -> Key:
    return Pkcs11Key(module=module, token=token, name=name, pin=pin, certificate_file=certificate)


@lru_cache(maxsize=16)
def _remote_key(url: str, client_id: str, client_secret: str, credential: str, pin: str) -> Key:
    return _of_service(url, client_id, client_secret, credential, pin)


def _of_service(url: str, client_id: str, client_secret: str, credential: str, pin: str, otp: str = "") -> Key:
    service = CscService(url=url.rstrip("/"), client_id=client_id, client_secret=client_secret)
    return CscKey(service=service, credential=credential, pin=pin, otp=otp)


def _pin(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Rejected(
            f"Le code PIN de la clé manque ; l’administrateur doit déposer {file.name} dans le dossier des clés."
        ) from error


def _chain(file: Path) -> tuple[bytes, ...]:
    """The authorities above the certificates, for keys kept without them."""
    if not file.exists():
        return ()
    try:
        return tuple(map(der, x509.load_pem_x509_certificates(file.read_bytes())))
    except (OSError, ValueError) as error:
        raise Rejected(f"Le fichier {file.name} du dossier des clés est illisible.") from error
