"""The parts of a return mail: envelope, message, documents and an HTML body (norm, sections 1 and 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from hemicycle.protocols.actes import AnomalieEnveloppe, Contact, Emitter, Member, build_envelope
from hemicycle.protocols.actes.envelope import EnveloppeMISILLCL
from hemicycle.protocols.actes.messages import FichierSigne
from hemicycle.protocols.actes.names import (
    anomaly_name,
    envelope_of_archive,
    identity_without_act,
    message_name,
    return_envelope_name,
)

from .judgement import Rejected

_CONTACT = Contact(name="Préfecture simulée", email="prefecture@ministere-simule.test")


@dataclass(frozen=True, kw_only=True)
class Office:
    """The sub-prefecture that signs the returns, and whom they are for."""

    emitter: Emitter
    #: TACT: a simulator never writes EACT.
    quadrigramme: str


def mail(
    message: bytes,
    *,
    code: str,
    acte_id: str,
    office: Office,
    on: date,
    serial: int,
    documents: tuple[Member, ...] = (),
) -> list[Member]:
    """Envelope first here; a receiver may not count on it."""
    emitter = office.emitter
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
    envelope_file = return_envelope_name(quadrigramme=office.quadrigramme, emitter=emitter, on=on, serial=serial)
    return [
        Member(name=envelope_file, data=build_envelope(envelope)),
        Member(name=name, data=message),
        *documents,
        body(),
    ]


def body(text: str = "Ce message a été généré par un simulateur.") -> Member:
    """The HTML body of a mail."""
    page = f'<html lang="fr"><head><title>Retour @CTES</title></head><body><p>{text}</p></body></html>'
    return Member(name="corps.html", data=page.encode("iso-8859-1"))


def envelope_anomaly(verdict: Rejected, archive: str, *, on: date, outside_the_list: bool = False) -> list[Member]:
    """The rejection of a whole envelope; the real ministry also writes 999, which its own schema refuses."""
    anomaly = AnomalieEnveloppe(on=on, nature=verdict.nature, detail=verdict.detail, received=verdict.envelope)
    data = build_envelope(anomaly)
    if outside_the_list:
        data = re.sub(rb"(<actes:Nature>)\d+(<)", rb"\g<1>999\2", data, count=1)
    return [Member(name=anomaly_name(envelope_of_archive(archive) or ""), data=data), body()]


def unknown_message(parts: list[Member]) -> list[Member]:
    """The same return, its message under a name the norm does not know."""
    return [replace(part, data=re.sub(rb"(</?actes:)ARActe\b", rb"\g<1>AvisDuMinistere", part.data)) for part in parts]


def of_before_2017(parts: list[Member]) -> list[Member]:
    """Without DocumentPapier, and UTF-8 bytes under the same declaration: both are really seen."""
    paper = re.compile(rb"\s*<actes:DocumentPapier>[^<]*</actes:DocumentPapier>")
    return [
        replace(part, data=paper.sub(b"", part.data).decode("iso-8859-1").encode("utf-8"))
        if part.name.endswith(".xml")
        else part
        for part in parts
    ]
