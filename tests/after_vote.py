"""What comes after the vote: rows laid as the actions lay them, without the journal.

The files are stand-ins: a test that reads them builds its own with the real libraries.
"""

from __future__ import annotations

import datetime as dt

from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.signing.models import Act, ExpectedSignature
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, register
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.stages import Move
from tests.cast import Cast

FROZEN = b"%PDF-1.7\nles octets fig\xc3\xa9s de l'acte\n%%EOF\n"
SIGNED = FROZEN + b"une signature\n%%EOF\n"


def produced(dossier: Dossier, cast: Cast, data: bytes, name: str, *, at: dt.datetime) -> Attachment:
    """A file that the chain produced."""
    media_type = {"pdf": "application/pdf", "xml": "application/xml"}.get(name.rpartition(".")[2], "application/zip")
    return attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.PRODUCED,
        title=name,
        name=name,
        media_type=media_type,
        by=cast.courier,
        at=at,
    )


def draw_up(dossier: Dossier, cast: Cast, *, at: dt.datetime) -> Act:
    """The act's bytes are frozen and wait for the president."""
    dossier.refresh_from_db()
    act = Act.objects.create(
        dossier=dossier,
        number=dossier.act_number,
        decided_on=at.date(),
        signatory=cast.signatory,
        frozen=produced(dossier, cast, FROZEN, f"{dossier.act_number}.pdf", at=at),
        drawn_up_at=at,
    )
    ExpectedSignature.objects.create(
        act=act,
        rank=1,
        who=ExpectedSignature.Who.PRESIDENT,
        capacity=cast.signatory.capacity,
        signatory=cast.signatory,
        state=ExpectedSignature.State.TO_SIGN,
    )
    dossier.move(Move.ACT_DRAWN_UP, at=at)
    return act


def sign(dossier: Dossier, cast: Cast, *, at: dt.datetime) -> Act:
    """The president ordered it and the signed file came back."""
    act = Act.objects.get(dossier=dossier)
    act.state = Act.State.SIGNED
    act.ordered_by, act.ordered_at = cast.president, at
    act.signed, act.signed_at = produced(dossier, cast, SIGNED, f"{act.number}-signe.pdf", at=at), at
    act.verification = {"signer": cast.president.full_name, "level": "PAdES-B-T", "timestamp": at.isoformat()}
    act.save()
    act.signatures.update(
        state=ExpectedSignature.State.SIGNED,
        ordered_by=cast.president,
        ordered_at=at,
        signed=act.signed,
        signed_at=at,
        verification=act.verification,
    )
    dossier.move(Move.SIGNATURE_RECORDED, at=at)
    return act


def transmit(dossier: Dossier, cast: Cast, *, at: dt.datetime) -> Departure:
    """Built, sent and deposited at the TdT under number 4201."""
    number = register.actes_number(dossier.act_number)
    departure = Departure.objects.create(
        dossier=dossier,
        attempt=1,
        state=Departure.State.DEPOSITED,
        actes_number=number,
        unique_id=f"099-{cast.authority.siren}-{at:%Y%m%d}-{number}-DE",
        message=produced(dossier, cast, f"<acte {number}/>".encode(), "acte-1-1.xml", at=at),
        envelope=produced(dossier, cast, f"archive {number}".encode(), "abc-TACT.tar.gz", at=at),
        prepared_at=at,
        sending_at=at,
        tdt_id="4201",
        deposited_at=at,
    )
    dossier.move(Move.DEPOSITED_AT_TDT, at=at)
    return departure


def acknowledge(dossier: Dossier, cast: Cast, *, at: dt.datetime) -> Departure:
    """The préfecture received it on the day of the deposit."""
    departure = Departure.objects.get(dossier=dossier)
    departure.state = Departure.State.ACKNOWLEDGED
    departure.acknowledgement = produced(dossier, cast, f"<ar {departure.unique_id}/>".encode(), "acte-1-2.xml", at=at)
    departure.acknowledged_at, departure.received_on = at, at.date()
    departure.stamped = produced(dossier, cast, SIGNED + b"tampon", f"{dossier.act_number}-tamponne.pdf", at=at)
    departure.save()
    dossier.move(Move.ACKNOWLEDGED, at=at)
    return departure


def publish(dossier: Dossier, cast: Cast, *, at: dt.datetime) -> Publication:
    """Online from that moment, executory that day."""
    departure = Departure.objects.get(dossier=dossier)
    assert departure.stamped is not None
    publication = Publication.objects.create(
        dossier=dossier,
        slug=dossier.act_number.lower(),
        put_online_at=at,
        published_by=cast.clerk,
        author=f"{cast.president.full_name}, {cast.signatory.capacity}",
        document=departure.stamped,
        executory_on=at.date(),
    )
    dossier.move(Move.PUBLISHED, at=at)
    return publication


def deposit(dossier: Dossier, cast: Cast, *, at: dt.datetime) -> Deposit:
    """The package is at the archive, whose reply is awaited."""
    made = Deposit.objects.create(
        dossier=dossier,
        attempt=1,
        state=Deposit.State.DEPOSITED,
        message_identifier=f"{dossier.act_number}-1",
        package=produced(dossier, cast, b"PK paquet", f"{dossier.act_number}.zip", at=at),
        prepared_at=at,
        sending_at=at,
        operation="aeeaaaaaaghj1",
        deposited_at=at,
    )
    dossier.move(Move.DEPOSITED_AT_SAE, at=at)
    return made


def accept(dossier: Dossier, cast: Cast, *, at: dt.datetime) -> Deposit:
    """The archive took the package over."""
    made = Deposit.objects.get(dossier=dossier)
    made.state, made.reply_code, made.replied_at = Deposit.State.ACCEPTED, "OK", at
    made.reply = produced(dossier, cast, b"<ArchiveTransferReply/>", "reply.xml", at=at)
    made.save()
    dossier.move(Move.DEPOSIT_ACCEPTED, at=at)
    return made
