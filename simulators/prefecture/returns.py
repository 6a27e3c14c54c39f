"""The parts of a return mail: envelope, message, documents and an HTML body (norm, sections 1 and 4)."""

from __future__ import annotations

from datetime import date

from hemicycle.protocols.actes import AnomalieEnveloppe, Contact, Member, build_envelope
from hemicycle.protocols.actes.envelope import EnveloppeCLMISILL, EnveloppeMISILLCL
from hemicycle.protocols.actes.messages import FichierSigne
from hemicycle.protocols.actes.names import (
    anomaly_name,
    document_name,
    envelope_of_archive,
    identity_without_act,
    message_name,
    return_envelope_name,
)

from .judgement import Rejected
from .settings import Settings
from .stamp import one_page

_CONTACT = Contact(name="Préfecture simulée", email="prefecture@ministere-simule.test")
_BODY = (
    '<html lang="fr"><head><title>Retour @CTES</title></head>'
    "<body><p>Ce message a été généré par un simulateur.</p></body></html>"
).encode("iso-8859-1")


def mail(
    message: bytes,
    *,
    code: str,
    acte_id: str,
    settings: Settings,
    on: date,
    serial: int,
    documents: tuple[Member, ...] = (),
) -> list[Member]:
    """Envelope first here; a receiver may not count on it."""
    emitter = settings.emitter
    # The ministry leaves the act's fields empty in the name of a 1-3 and of a classification.
    named = acte_id if acte_id and code != "1-3" else ""
    identity = named or identity_without_act(departement=emitter.departement, siren=emitter.siren)
    name = message_name(identity, code, serial)
    envelope = EnveloppeMISILLCL(
        sender="IDSousPref",
        departement=emitter.departement,
        arrondissement=emitter.arrondissement,
        contact=_CONTACT,
        forms=(FichierSigne(name=name),),
        siren=emitter.siren,
    )
    envelope_file = return_envelope_name(quadrigramme=settings.quadrigramme, emitter=emitter, on=on, serial=serial)
    return [
        Member(name=envelope_file, data=build_envelope(envelope)),
        Member(name=name, data=message),
        *documents,
        Member(name="corps.html", data=_BODY),
    ]


def envelope_anomaly(verdict: Rejected, archive: str, *, on: date) -> list[Member]:
    anomaly = AnomalieEnveloppe(on=on, nature=verdict.nature, detail=verdict.detail, received=verdict.envelope)
    name = anomaly_name(envelope_of_archive(archive) or "")
    return [Member(name=name, data=build_envelope(anomaly)), Member(name="corps.html", data=_BODY)]


def echo(settings: Settings, acte_id: str) -> EnveloppeCLMISILL:
    return EnveloppeCLMISILL(
        emitter=settings.emitter,
        contact=Contact(),
        return_addresses=(settings.return_address,),
        forms=(FichierSigne(name=message_name(acte_id, "1-1")),),
    )


def letter_document(acte_id: str, flow: str, serial: int, on: date) -> Member:
    name = document_name(acte_id, flow, serial, type_code="", extension="pdf")
    lines = [
        "Préfecture simulée",
        f"Lettre du {on:%d/%m/%Y}",
        f"Objet : acte {acte_id}",
        "Ce courrier a été généré par un simulateur.",
    ]
    return Member(name=name, data=one_page(lines))
