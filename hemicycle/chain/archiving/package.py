"""The package of one act for the SAE (norms/seda §4): the act, its annexes, what the préfecture said, the proofs."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone

from hemicycle.accounts.models import Authority
from hemicycle.chain.archiving import evidence
from hemicycle.chain.archiving.facts import Affair
from hemicycle.dossier import attachments
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import author_of, kind_of, of_name, titled
from hemicycle.dossier.models import Attachment
from hemicycle.protocols.scdl.matters import level_two
from hemicycle.protocols.seda.package import (
    Agent,
    Document,
    Event,
    Identifiers,
    Keyword,
    Rule,
    Rules,
    Transfer,
    Unit,
    Usage,
)
from hemicycle.rendering.receipt import SentFile
from hemicycle.rendering.typography import long_date


def transfer_of(affair: Affair, authority: Authority, *, identifier: str, comment: str, at: dt.datetime) -> Transfer:
    """The whole transfer of a published act. Raises RenderingRefused, BlobLost."""
    decided = affair.act.decided_on
    return Transfer(
        identifier=identifier,
        agreement=authority.archival_agreement,
        archival_agency=authority.archival_agency,
        transferring_agency=authority.siret,
        originating_agency=authority.siret,
        submission_agency=authority.siret,
        date=timezone.localtime(at),
        comment=comment,
        rules=Rules(
            appraisal=Rule(code=authority.appraisal_rule, start=decided),
            access=Rule(code=authority.access_rule, start=decided),
            dissemination=Rule(code=authority.dissemination_rule, start=decided),
        ),
        root=_root(affair, authority, at=at),
    )


def _root(affair: Affair, authority: Authority, *, at: dt.datetime) -> Unit:
    dossier, departure = affair.dossier, affair.departure
    online = affair.public_on
    return Unit(
        title=f"{affair.act.number} – {dossier.object}",
        level="File",
        description=dossier.object,
        document_type=f"Dossier {of_name(kind_of(dossier).name)}",
        identifiers=Identifiers(system=dossier.number, originating=affair.act.number, transferring=departure.unique_id),
        language="fra",
        keywords=_keywords(affair, authority),
        originating_agency=authority.siret,
        agents=_agents(affair, authority),
        created=day(dossier.opened_at),
        transacted=affair.act.decided_on,
        sent=day(departure.deposited_at) if departure.deposited_at else None,
        received=affair.received_on,
        start=min(day(dossier.opened_at), online),
        end=online,
        events=tuple(_events(affair)),
        children=(*_pieces(affair), *_proofs(affair, at=at)),
    )


def _keywords(affair: Affair, authority: Authority) -> tuple[Keyword, ...]:
    matter = Keyword(content=affair.matter, reference=level_two(affair.dossier.subject_code))
    theme = (Keyword(content=affair.dossier.theme),) if affair.dossier.theme else ()
    return (matter, *theme, Keyword(content=authority.name, type="corpname"))


def _agents(affair: Affair, authority: Authority) -> tuple[Agent, ...]:
    signatory = affair.act.signatory
    author = author_of(affair.dossier)
    role = "Auteur de l’acte" if affair.dossier.without_vote else "Assemblée délibérante"
    return (
        Agent(corporate_name=f"{authority.name}, {author}", identifier=authority.siret, role=role),
        Agent(
            first_name=signatory.agent.first_name,
            birth_name=signatory.agent.last_name,
            function=signatory.capacity,
            role="Signataire",
        ),
    )


def _events(affair: Affair) -> list[Event]:
    act, departure = affair.act, affair.departure
    told: list[tuple[str, str, dt.datetime | None, str, str]] = []
    if affair.ballot is not None:
        b = affair.ballot
        figures = (
            f"Pour : {b.for_count}. Contre : {b.against_count}. Abstentions : {b.abstention_count}. "
            f"Ne prennent pas part : {b.no_part_count}."
        )
        told.append(("VOTE", "Vote de l’assemblée", b.taken_at, figures, b.sentence))
    signer = f"{act.signatory.agent.full_name}, {act.signatory.capacity}"
    level = str(act.verification.get("level", ""))
    received = f"Reçu par le représentant de l’État le {long_date(affair.received_on)}."
    told += [
        ("SIGNATURE", "Signature électronique", act.signed_at, signer, level),
        ("TELETRANSMISSION", "Transmission à la préfecture", departure.deposited_at, departure.unique_id, ""),
        (
            "AR_PREFECTURE",
            "Accusé de réception de la préfecture",
            departure.acknowledged_at,
            departure.unique_id,
            received,
        ),
        _made_public(affair),
    ]
    return [
        Event(code=code, label=label, at=timezone.localtime(when), detail=detail, message=message)
        for code, label, when, detail, message in told
        if when is not None
    ]


def _made_public(affair: Affair) -> tuple[str, str, dt.datetime | None, str, str]:
    if affair.publication is not None:
        return "PUBLICATION", "Mise en ligne", affair.publication.put_online_at, affair.url, affair.executory
    known = affair.notification
    if known is None:
        raise ValueError("an affair is made public")
    detail = f"Notifié à {known.addressee} le {long_date(known.notified_on)} ({known.get_means_display()})."
    return "NOTIFICATION", "Notification à l’intéressé", known.recorded_at, detail, affair.executory


def _pieces(affair: Affair) -> list[Unit]:
    """The act in its group (signed original, copy that carries the dates), the annexes, the messages."""
    act, departure = affair.act, affair.departure
    copies = [_document(affair.signed)]
    if departure.stamped is not None:
        copies.append(_document(departure.stamped, usage="Dissemination_1"))
    pieces = [
        Unit(
            title=titled(affair.dossier),
            document_type=kind_of(affair.dossier).name.capitalize(),
            language="fra",
            transacted=act.decided_on,
            identifiers=Identifiers(originating=act.number, transferring=departure.unique_id),
            documents=tuple(copies),
        )
    ]
    for number, annex in enumerate(affair.annexes, start=1):
        sent = "Transmise au contrôle de légalité." if annex.to_control else "Non transmise au contrôle de légalité."
        pieces.append(_item(_annex_title(number, annex), "Annexe", annex, description=sent))
    if affair.notification is not None and affair.notification.proof is not None:
        pieces.append(_item("Preuve de notification", "Preuve de notification", affair.notification.proof))
    pieces.append(_item("Message de transmission (@CTES 1-1)", "Message de transmission", departure.message))
    if departure.acknowledgement is not None:
        slip = departure.acknowledgement.media_type == "application/pdf"
        title = departure.acknowledgement.title if slip else "Accusé de réception de la préfecture (ARActe)"
        receipt = _item(title, "Accusé de réception", departure.acknowledgement, received=affair.received_on)
        pieces.append(receipt)
    return pieces


def _annex_title(number: int, annex: Attachment) -> str:
    """« Annexe 1 : Programme détaillé », even when its author already wrote « Annexe 1 – »."""
    own = re.sub(rf"^annexe\s*(?:n°\s*)?{number}\s*[–—:-]\s*", "", annex.title, flags=re.I)
    return f"Annexe {number} : {own or annex.title}"


def _proofs(affair: Affair, *, at: dt.datetime) -> list[Unit]:
    number = affair.act.number
    made = (
        ("Vérification de la signature", f"{number}-signature.json", evidence.signature_proof(affair)),
        _publicity(affair),
        ("Extrait du journal", f"{number}-journal.json", evidence.journal_extract(affair)),
        ("Fiche de parcours", f"{number}-parcours.pdf", evidence.journey_sheet(affair, _files(affair), at=at)),
    )
    return [
        Unit(
            title=f"{title} – {number}",
            document_type="Pièce justificative",
            created=day(at),
            documents=(Document(filename=name, data=data, last_modified=timezone.localtime(at)),),
        )
        for title, name, data in made
    ]


def _publicity(affair: Affair) -> tuple[str, str, bytes]:
    number = affair.act.number
    if affair.publication is not None:
        return "Preuve de publication", f"{number}-publication.json", evidence.publication_proof(affair)
    return "Notification", f"{number}-notification.json", evidence.notification_proof(affair)


def _item(
    title: str, kind: str, attachment: Attachment, *, description: str = "", received: dt.date | None = None
) -> Unit:
    return Unit(
        title=title,
        document_type=kind,
        description=description,
        received=received,
        documents=(_document(attachment),),
    )


def _document(attachment: Attachment, *, usage: Usage = "BinaryMaster_1") -> Document:
    return Document(
        filename=attachment.name,
        data=attachments.read(attachment),
        usage=usage,
        last_modified=timezone.localtime(attachment.added_at),
    )


def _files(affair: Affair) -> tuple[SentFile, ...]:
    """The digests that the sheet prints, so that paper and package confirm each other."""
    departure = affair.departure
    listed: list[tuple[str, Attachment | None]] = [
        ("Original signé", affair.signed),
        ("Copie portant les dates", departure.stamped),
        *((f"Annexe {number}", annex) for number, annex in enumerate(affair.annexes, start=1)),
        ("Message 1-1", departure.message),
        ("Accusé de réception", departure.acknowledgement),
    ]
    return tuple(SentFile(name=a.name, kind=kind, size=a.size, sha256=a.sha256) for kind, a in listed if a is not None)
