"""Everything the affair produced, laid out in folders."""

from __future__ import annotations

import json
import tarfile
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.distribution.models import Notice
from hemicycle.chain.drafting import documents
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Ballot, Sitting
from hemicycle.chain.sitting.room import formal_name, room_of
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, blobs, journal, versions
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.journey.after import JourneyStopped
from hemicycle.protocols.journal.chain import HEADS, JOURNAL, line


def write_all(out: Path, dossier: Dossier, sitting: Sitting, steps: list[dict[str, Any]]) -> None:
    """Write every artefact of the journey under `out`."""
    _json(out / "journey.json", steps)
    _dossier(out / "dossier", dossier)
    _sitting(out / "sitting", sitting, dossier)
    act = Act.objects.select_related("signed").get(dossier=dossier)
    departure = Departure.objects.get(dossier=dossier, state=Departure.State.ACKNOWLEDGED)
    _file(out / "act" / f"{act.number}.pdf", act.signed)
    _file(out / "act" / f"{act.number}-tamponne.pdf", departure.stamped)
    # The root by which the signature and its timestamp are judged, for whoever verifies without us.
    _bytes(out / "act" / "root.pem", Path(settings.SIGNATURE_TRUST).read_bytes())
    _transmission(out / "transmission", departure)
    for notice in Notice.objects.filter(dossier=dossier).select_related("mail", "letter").order_by("id"):
        _file(out / "distribution" / f"{notice.pk:02d}-{notice.mode}.eml", notice.mail)
    _publication(out / "publication", dossier)
    deposit = Deposit.objects.select_related("package", "reply").get(dossier=dossier, state=Deposit.State.ACCEPTED)
    _file(out / "archive" / deposit.package.name, deposit.package)
    _file(out / "archive" / (deposit.reply.name if deposit.reply else "reply.xml"), deposit.reply)
    _journal(out / "journal")


def _dossier(folder: Path, dossier: Dossier) -> None:
    version = versions.current(dossier)
    _bytes(folder / "rapport.pdf", documents.report_pdf(dossier, at=version.made_at, version=version))
    _bytes(folder / "deliberation-projet.pdf", documents.draft_pdf(dossier, at=version.made_at, version=version))
    for annex in attachments.annexes_of(dossier):
        _file(folder / "annexes" / f"{annex.order:02d}-{annex.name}", annex)


def _sitting(folder: Path, sitting: Sitting, dossier: Dossier) -> None:
    _bytes(folder / "convocation.pdf", blobs.get(sitting.summons_sha256))
    _bytes(folder / "ordre-du-jour.pdf", blobs.get(sitting.agenda_sha256))
    room = room_of(sitting)
    quorum = room.quorum
    _json(
        folder / "presence.json",
        {
            "seance": sitting.starts_at.isoformat(),
            "instance": sitting.get_body_display(),
            "en_exercice": len(room.sitters),
            "presidence": formal_name(sitting.presided_by) if sitting.presided_by else None,
            "secretaire": formal_name(sitting.secretary) if sitting.secretary else None,
            "quorum": {"exige": quorum.quorum.needed, "compte": quorum.count, "article": quorum.quorum.article},
            **room.as_facts(),
        },
    )
    ballot = sittings.ballot_of(dossier)
    if ballot is not None:
        _json(folder / "vote.json", _vote(ballot, dossier))


def _vote(ballot: Ballot, dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier.number,
        "acte": dossier.act_number,
        "mode": ballot.get_kind_display(),
        "presents": ballot.present,
        "representes": ballot.represented,
        "quorum": ballot.quorum,
        "pour": ballot.for_count,
        "contre": ballot.against_count,
        "abstention": ballot.abstention_count,
        "ne_prend_pas_part": ballot.no_part_count,
        "adopte": ballot.adopted,
        "voix_preponderante": ballot.casting,
        "resultat": ballot.sentence,
        "mentions": ballot.lines,
        "votes": [
            {
                "membre": formal_name(v.member),
                "vote": v.get_value_display(),
                "par_pouvoir": formal_name(v.cast_by) if v.cast_by else None,
            }
            for v in sittings.votes_of(ballot)
        ],
    }


def _transmission(folder: Path, departure: Departure) -> None:
    if departure.sent_archive is not None:
        _file(folder / departure.sent_archive.name, departure.sent_archive)
        # The members are read one by one, flat names only: an archive is never extracted.
        with tarfile.open(fileobj=BytesIO(attachments.read(departure.sent_archive))) as archive:
            for member in archive:
                source = archive.extractfile(member) if member.isfile() else None
                if source is not None and member.name.endswith(".xml"):
                    _bytes(folder / Path(member.name).name, source.read())
    if departure.acknowledgement is not None:
        _file(folder / departure.acknowledgement.name, departure.acknowledgement)


def _publication(folder: Path, dossier: Dossier) -> None:
    publication = Publication.objects.get(dossier=dossier)
    _bytes(folder / f"{publication.slug}.html", _public_page(f"/actes/{publication.slug}/"))
    _bytes(folder / "scdl.csv", _public_page("/actes/scdl.csv"))


def _public_page(address: str) -> bytes:
    answer = Client(headers={"host": "localhost"}).get(address)
    if answer.status_code != HTTPStatus.OK:
        raise JourneyStopped(f"La page publique {address} ne répond pas ({answer.status_code}).")
    return answer.getvalue()


def _journal(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / JOURNAL).open("wb") as file:
        for entry in journal.export():
            file.write(line(entry))
    head = journal.head()
    _bytes(folder / HEADS, line(head) if head else b"")


def _file(place: Path, attachment: Attachment | None) -> None:
    if attachment is not None:
        _bytes(place, attachments.read(attachment))


def _bytes(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def _json(place: Path, value: Any) -> None:
    _bytes(place, json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n")
