"""What a test of each system looks at, by its settings alone; the test of each is its gateway's."""

from __future__ import annotations

import datetime as dt
import logging
import ssl
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from hemicycle.accounts import queries as accounts
from hemicycle.chain.connectors.systems import System
from hemicycle.couriers import parapheur, world
from hemicycle.couriers.channels import channel_of_settings
from hemicycle.couriers.keys import signer_of
from hemicycle.couriers.letters import sender
from hemicycle.dossier import s3_store
from hemicycle.dossier.dates import day
from hemicycle.gateways.checks import Report, Use, certificate_of, failed, in_doubt, works
from hemicycle.gateways.reaching import expiry, reached_url
from hemicycle.gateways.signature.client import PadesSigner
from hemicycle.gateways.signature.csc import CscKey
from hemicycle.gateways.signature.errors import CodesWanted, Rejected, Unreachable
from hemicycle.gateways.signature.key_check import check_key, check_service
from hemicycle.gateways.signature.keys import Key
from hemicycle.gateways.signature.timestamp_check import check_timestamp
from hemicycle.protocols.pades.roots import UnreadableRoots, read_roots

log = logging.getLogger("hemicycle.couriers")

SETTINGS, TRUST = "Réglages", "Autorités reconnues"
#: Seconds that a test waits for each exchange: someone is looking at the page.
WAIT = 8.0


def examine(system: System, at: dt.datetime) -> Report:
    """Contact the system of the settings, without sending it anything; whatever happens, there is a result."""
    try:
        return _EXAMINERS[system](at)
    except (OSError, ssl.SSLError, ValueError, Rejected, ImproperlyConfigured) as nonsense:
        # Only our own sentences are shown: those of a library may hold what it was given.
        ours = isinstance(nonsense, (Rejected, ImproperlyConfigured, UnreadableRoots))
        told = str(nonsense) if ours else _told(nonsense)
        return Report.of(failed(SETTINGS, told, remedy="Corrigez ce réglage dans l’environnement, puis redémarrez."))
    except Exception as failure:
        log.exception("the test of %s failed", system)
        told = f"Incident interne pendant le test ({type(failure).__name__})."
        return Report.of(failed("Test", told, remedy="Consultez le journal technique des coursiers."))


def _told(nonsense: Exception) -> str:
    if isinstance(nonsense, (FileNotFoundError, PermissionError)):
        return "Le fichier d’un certificat ou d’une clé est introuvable ou illisible."
    return "Un réglage ne peut pas être lu : adresse, certificat ou clé."


def _transmission(at: dt.datetime) -> Report:
    with closing(channel_of_settings()) as tdt:
        return tdt.check(at=at)


def _archive(at: dt.datetime) -> Report:
    with closing(world.sae_of_settings()) as sae:
        return sae.check(at=at)


def _mail(at: dt.datetime) -> Report:
    return world.post_of_settings().check(sender=sender(), at=at)


def _antivirus(at: dt.datetime) -> Report:
    clamd = world.antivirus_of_settings()
    return clamd.check(at=at) if clamd else Report()


def _timestamp(at: dt.datetime) -> Report:
    return check_timestamp(settings.TSA_URL, roots=_trusted(), at=at, timeout=WAIT)


def _store(at: dt.datetime) -> Report:
    found = Report()
    if settings.S3_ENDPOINT:
        found = reached_url(settings.S3_ENDPOINT, context=None, at=at, timeout=WAIT)
        if not found.reached:
            return found
    try:
        s3_store.ask()
    except s3_store.StoreUnavailable as silence:
        remedy = "Vérifiez le nom du compartiment, les clés d’accès, et le droit s3:ListBucket."
        return found + Report.of(failed("Compartiment", str(silence), remedy=remedy))
    told = f"Le compartiment « {settings.BLOBS_S3} » nous admet et se laisse lire."
    return found + Report.of(works("Compartiment", told))


def _signature(at: dt.datetime) -> Report:
    """The authorities, the key of each signatory in office, the organisation's seal, the remote service."""
    roots = _trusted()
    found = _authorities(roots, at=at)
    signatories = accounts.signatories(on=day(at))
    held = [(f"Clé de {one.agent.full_name}", one.key_name, Use.SIGNATORY) for one in signatories]
    if settings.SEAL_KEY:
        held.append(("Cachet de la collectivité", settings.SEAL_KEY, Use.SEAL))
    remote: list[CscKey] = []
    for what, reference, use in held:
        report, key = _key(what, reference, use, roots, at=at)
        found += report
        remote += [key] if isinstance(key, CscKey) else []
    if not signatories:
        remedy = "Désignez un signataire (Administration, Signatures)."
        found += Report.of(in_doubt("Signataires", "Aucun signataire n’est en fonction.", remedy=remedy))
    if remote:
        found += check_service(remote[0].service, remote)
    return found


def _parapheur(what: str) -> Report:
    """Whether i-Parapheur lets us leave an act there; nothing is left."""
    book = world.parapheur_of_settings()
    remedy = "Vérifiez HEMICYCLE_IPARAPHEUR_URL, _USER, _PASSWORD, _TENANT et _DESK."
    try:
        if book is None:
            raise Rejected(parapheur.NONE_SET)
        book.check()
    except (Unreachable, Rejected) as cause:
        return Report.of(failed(what, str(cause), remedy=remedy))
    return Report.of(works(what, "Signe dans i-Parapheur : le compte y entre, l’entité et le bureau y sont."))


def _key(
    what: str, reference: str, use: Use, roots: Sequence[x509.Certificate], *, at: dt.datetime
) -> tuple[Report, Key | None]:
    """What a key's test finds, and the key itself once its reference leads to one."""
    if parapheur.holds(reference):
        return _parapheur(what), None
    try:
        signer = signer_of(reference)
    except CodesWanted as lacking:
        remedy = "Sans gravité si son titulaire le donne en signant ; la clé n’est alors pas testée."
        return Report.of(in_doubt(what, str(lacking), remedy=remedy)), None
    except Rejected as refusal:
        remedy = "Rien ne peut être signé avec cette clé tant que cela dure."
        return Report.of(failed(what, str(refusal), remedy=remedy)), None
    if not isinstance(signer, PadesSigner):
        return Report(), None
    key = signer.key
    return check_key(
        key, what=what, place=reference, chain=signer.known, roots=roots, use=use, at=at, timeout=WAIT
    ), key


def _authorities(roots: Sequence[x509.Certificate], *, at: dt.datetime) -> Report:
    """Those that signatures are judged by, one by one; those of the public page, counted."""
    trusted = [certificate_of(each, use=Use.AUTHORITY, place="HEMICYCLE_SIGNATURE_TRUST") for each in roots]
    ending = [finding for each in trusted if (finding := expiry(each, at=at, what=TRUST))]
    if not roots:
        remedy = "Donnez dans HEMICYCLE_SIGNATURE_TRUST les autorités dont nos signataires tiennent leur certificat."
        ending = [in_doubt(TRUST, "Aucune autorité de signature n’est réglée.", remedy=remedy)]
    told = f"{len(roots)} autorité{'s' if len(roots) > 1 else ''} de signature, en cours de validité."
    found = Report.of(*(ending or [works(TRUST, told)]), certificates=trusted)
    if not settings.TRUST_ROOTS:
        return found
    public = [x509.load_der_x509_certificate(each) for each in read_roots(Path(settings.TRUST_ROOTS))]
    known = [certificate_of(each, use=Use.ROOT, place="HEMICYCLE_TRUST_ROOTS") for each in public]
    return found + Report.of(works("Vérification publique", f"{len(known)} autorités connues."), certificates=known)


def _trusted() -> list[x509.Certificate]:
    """Raises UnreadableRoots."""
    if not settings.SIGNATURE_TRUST:
        return []
    return [x509.load_der_x509_certificate(each) for each in read_roots(Path(settings.SIGNATURE_TRUST))]


_EXAMINERS: dict[System, Callable[[dt.datetime], Report]] = {
    System.TRANSMISSION: _transmission,
    System.ARCHIVE: _archive,
    System.MAIL: _mail,
    System.TIMESTAMP: _timestamp,
    System.SIGNATURE: _signature,
    System.ANTIVIRUS: _antivirus,
    System.STORE: _store,
}
