"""What leaves for the préfecture, built from the signed act exactly as it is."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from functools import lru_cache

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Authority
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.preflight import Candidate, Earlier
from hemicycle.chain.transmission.rules import NUMBER_TAKEN
from hemicycle.dossier import attachments, register
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.protocols.actes import (
    Acte,
    Classification,
    Contact,
    Emitter,
    Nature,
    Piece,
    Transmission,
    build_transmission,
    default_classification,
    matiere_code,
    parse_classification,
)

STATES = Departure.State
#: Who made the archive that we keep; EACT is for the operators that the ministry approved, never for us.
TRIGRAMME, QUADRIGRAMME = "HEM", "TACT"
#: The schema's own idea of an e-mail address (a last label of two to six letters).
_EMAIL = re.compile(r"[\w\-]+(\.[\w\-]+)*@[a-zA-Z0-9\-]+(\.[a-zA-Z0-9\-]+)*\.[a-zA-Z]{2,6}", re.ASCII)
#: Stands for the TdT's address, which the TdT writes itself in the envelope that really leaves.
_RETURN_TO_TDT = "retour@tdt.test"


def emitter_of(authority: Authority) -> Emitter:
    """IDCL. Raises ActesError on a malformed identity."""
    return Emitter(
        siren=authority.siren,
        departement=authority.departement,
        arrondissement=authority.arrondissement,
        nature=authority.actes_nature,
    )


def contact_of(authority: Authority) -> Contact:
    """Whom the préfecture calls; without an e-mail when the schema would not take it."""
    email = authority.contact_email if _EMAIL.fullmatch(authority.contact_email) else ""
    return Contact(name="Service des assemblées", email=email)


def classification_in_force() -> Classification:
    """The last nomenclature received from the préfecture; the national one before the first."""
    return nomenclature()[0]


def nomenclature() -> tuple[Classification, str]:
    """The classification in force, and the digest of its bytes (empty for the national one)."""
    kept = bytes(accounts.authority().classification)
    return (_read(kept), hashlib.sha256(kept).hexdigest()) if kept else (default_classification(), "")


@lru_cache(maxsize=2)
def _read(kept: bytes) -> Classification:
    """Read once for the hundred and fifty acts of a sitting."""
    return parse_classification(kept)


def acte_of(dossier: Dossier, act: Act, *, number: str, classification: Classification) -> Acte:
    """The act and the annexes sent to the control of legality, byte for byte. Raises ActesError, BlobLost."""
    nature = Nature.from_abbreviation(dossier.nature)
    if act.signed is None:
        raise ValueError("an act leaves signed")
    return Acte(
        number=number,
        nature=nature,
        decided_on=act.decided_on,
        matiere=matiere_code(dossier.subject_code),
        subject=dossier.object,
        document=_piece(act.signed, name=f"{act.number}.pdf", type_code=nature.default_piece_type),
        annexes=tuple(
            _piece(annex, name=annex.name, type_code=annex.type_code or nature.default_piece_type)
            for annex in sent_annexes(dossier)
        ),
        classification_date=classification.dated,
    )


def candidate_of(dossier: Dossier, act: Act | None, *, number: str) -> Candidate:
    """What would leave, as far as it is known today. Raises BlobLost."""
    nature = Nature.from_abbreviation(dossier.nature)
    signed = act.signed if act else None
    return Candidate(
        number=number,
        nature=nature,
        decided_on=act.decided_on if act else None,
        matiere=dossier.subject_code,
        subject=dossier.object,
        document=_piece(signed, name=f"{act.number}.pdf", type_code=nature.default_piece_type)
        if act and signed
        else None,
        annexes=tuple(
            _piece(annex, name=annex.name, type_code=annex.type_code or nature.default_piece_type)
            for annex in sent_annexes(dossier)
        ),
    )


def held_with_number(number: str, *, besides: Dossier) -> list[Earlier]:
    """The acts of other dossiers that the TdT holds, or may hold, under that number."""
    found = (
        Departure.objects.filter(actes_number=number)
        .exclude(dossier=besides)
        .exclude(state__in=[STATES.PREPARED, STATES.SUPERSEDED])
    )
    acts = Act.objects.filter(dossier__in=found.values("dossier")).select_related("dossier").order_by("number")
    return [
        Earlier(number=number, decided_on=act.decided_on, nature=act.dossier.nature, act=act.number) for act in acts
    ]


def sent_annexes(dossier: Dossier) -> list[Attachment]:
    """The annexes that go to the préfecture, in order."""
    return [annex for annex in attachments.annexes_of(dossier) if annex.to_control]


def number_for(dossier: Dossier) -> str:
    """The number to transmit: the act's own, with a suffix once the TdT holds it for an attempt that failed.

    S²LOW takes a number once and for all, refused or not (s2low-api.md §4.1).
    """
    number = register.actes_number(dossier.act_number)
    earlier = Departure.objects.filter(dossier=dossier)
    live = earlier.exclude(state__in=[STATES.ANOMALY, STATES.SUPERSEDED, STATES.CANCELLED]).order_by("-attempt").first()
    if live is not None:
        return live.actes_number
    taken = earlier.exclude(tdt_id="") | earlier.filter(anomaly_code=NUMBER_TAKEN)
    attempt = earlier.count() + 1
    return f"{number}_{attempt}" if taken.exists() else number


def transmission_of(acte: Acte, *, on: dt.date) -> Transmission:
    """The message 1-1, its envelope and its archive, as we would send them. Raises ActesError."""
    authority = accounts.authority()
    contact = contact_of(authority)
    return build_transmission(
        acte,
        emitter=emitter_of(authority),
        contact=contact,
        return_addresses=[contact.email or _RETURN_TO_TDT],
        serial=register.next_number(f"enveloppes-{on:%m%d}", year=on.year),
        on=on,
        trigramme=TRIGRAMME,
        quadrigramme=QUADRIGRAMME,
    )


def _piece(kept: Attachment, *, name: str, type_code: str) -> Piece:
    return Piece(name=name, type_code=type_code, data=attachments.read(kept), media_type=kept.media_type)
