"""The proofs that go to the archive with the act: its journey, its journal, its signature, its publication."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.chain.archiving.facts import Affair
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.models import Visa
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import author_of, kind_of
from hemicycle.dossier.models import JournalEntry
from hemicycle.rendering.blocks import Letterhead
from hemicycle.rendering.evidence import JourneyEvent, JourneySheet, VisaLine, render_journey_sheet
from hemicycle.rendering.receipt import SentFile
from hemicycle.rendering.typography import long_date, short_moment
from hemicycle.texts.typography import of_fr

#: What the sheet tells of the journal: the milestones, in the words of the trade.
_MILESTONES = {
    "drafting.dossier_opened": ("Dossier ouvert", ""),
    "circuit.submitted": ("Soumis au circuit", "circuit"),
    "circuit.sent_back": ("Renvoyé pour correction", "reason"),
    "circuit.sent_back_to": ("Renvoyé à une étape précédente", "reason"),
    "circuit.passed_on": ("Passé à une étape suivante", "reason"),
    "circuit.visa_taken_back": ("Visa repris", "step"),
    "circuit.amended": ("Texte modifié en circuit", "note"),
    "circuit.validated_in_emergency": ("Validé en urgence", "reason"),
    "circuit.completed": ("Visas tous donnés", ""),
    "sitting.put_on_agenda": ("Inscrit à l’ordre du jour", "urgency"),
    "sitting.taken_off_agenda": ("Retiré de l’ordre du jour", "reason"),
    "sitting.item_adjourned": ("Ajourné", "reason"),
    "sitting.vote_recorded": ("Vote", "sentence"),
    "sitting.decision_taken": ("Acte pris", "number"),
    "signing.act_drawn_up": ("Acte mis en forme", "signatory"),
    "signing.signature_ordered": ("Signature ordonnée", "capacity"),
    "signing.signature_recorded": ("Signature enregistrée", "level"),
    "signing.signature_refused": ("Signature refusée", "reason"),
    "transmission.deposit_recorded": ("Transmis à la préfecture", ""),
    "transmission.acknowledgement_recorded": ("Accusé de réception", "unique_id"),
    "transmission.anomaly_recorded": ("Anomalie signalée", "detail"),
    "distribution.returned_to_direction": ("Rendu à la direction", "unit"),
    "distribution.notice_sent": ("Adressé à un partenaire", "partner"),
    "distribution.notice_opened": ("Envoi ouvert", "partner"),
    "transmission.cancelled": ("Transmission annulée", "unique_id"),
    "publication.published": ("Mis en ligne", "url"),
    "publication.notified": ("Notifié à l’intéressé", "addressee"),
    "archiving.reply_recorded": ("Réponse de l’archive", "detail"),
}


def journey_sheet(affair: Affair, files: tuple[SentFile, ...], *, at: dt.datetime) -> bytes:
    """The fiche de parcours as PDF/A: visas, vote, signature, transmission, events. Raises RenderingRefused."""
    authority, dossier, act = accounts.authority(), affair.dossier, affair.act
    entries = journal.of(dossier)
    return render_journey_sheet(
        JourneySheet(
            letterhead=Letterhead(departement=authority.name, direction=dossier.unit.direction.name),
            act_number=act.number,
            title=dossier.object,
            decided_on=act.decided_on,
            body=author_of(dossier),
            kind=kind_of(dossier).name,
            facts=(
                ("Dossier", dossier.number),
                ("Service", dossier.unit.name),
                ("Rapporteur", str(dossier.rapporteur or "")),
                ("Matière", affair.matter),
            ),
            visas=_visas(affair),
            vote=_vote(affair),
            signature=_signature(affair),
            transmission=_transmission(affair),
            events=tuple(e for e in map(_event, entries) if e is not None),
            files=files,
            journal_head=f"n° {entries[-1].n}, {entries[-1].hash}" if entries else "",
        ),
        at=timezone.localtime(at),
    )


def _visas(affair: Affair) -> tuple[VisaLine, ...]:
    given = [(step.label, visa) for step in circuit.steps_of(affair.dossier) for visa in step.visas]
    return tuple(_visa(label, visa) for label, visa in sorted(given, key=lambda pair: (pair[1].given_at, pair[1].pk)))


def _visa(label: str, visa: Visa) -> VisaLine:
    absent = f", en l’absence {of_fr(visa.on_behalf_of.full_name)}" if visa.on_behalf_of else ""
    return VisaLine(
        step=label,
        person=f"{visa.agent.full_name}{absent}",
        at=timezone.localtime(visa.given_at),
        version=visa.version,
        digest=visa.digest,
        outcome=visa.get_kind_display(),
        remark=visa.remark,
    )


def _vote(affair: Affair) -> tuple[tuple[str, str], ...]:
    ballot = affair.ballot
    if ballot is None:
        return ()
    return (
        ("Résultat", ballot.sentence),
        ("Membres en exercice", str(ballot.in_office)),
        ("Présents", str(ballot.present)),
        ("Représentés", str(ballot.represented)),
        ("Pour", str(ballot.for_count)),
        ("Contre", str(ballot.against_count)),
        ("Abstentions", str(ballot.abstention_count)),
        ("Ne prennent pas part", str(ballot.no_part_count)),
        ("Voix prépondérante", "oui" if ballot.casting else ""),
    )


def _signature(affair: Affair) -> tuple[tuple[str, str], ...]:
    said = affair.act.verification
    signatory = affair.act.signatory
    return (
        ("Signataire", f"{signatory.agent.full_name}, {signatory.capacity}"),
        ("Certificat", str(said.get("subject", said.get("signer", "")))),
        ("Émetteur", str(said.get("issuer", ""))),
        ("Niveau", str(said.get("level", ""))),
        ("Horodatage", str(said.get("timestamp", ""))),
        ("Empreinte SHA-256", affair.signed.sha256),
    )


def _transmission(affair: Affair) -> tuple[tuple[str, str], ...]:
    departure = affair.departure
    sent = short_moment(timezone.localtime(departure.deposited_at)) if departure.deposited_at else ""
    return (
        ("Identifiant de l’acte", departure.unique_id),
        ("Transmis le", sent),
        ("Reçu en préfecture le", long_date(affair.received_on)),
        _publicity(affair),
        ("Exécutoire", affair.executory),
    )


def _publicity(affair: Affair) -> tuple[str, str]:
    if affair.publication is not None:
        return "Mis en ligne le", short_moment(timezone.localtime(affair.publication.put_online_at))
    return "Notifié le", long_date(affair.public_on)


def _event(entry: JournalEntry) -> JourneyEvent | None:
    if entry.event not in _MILESTONES:
        return None
    what, fact = _MILESTONES[entry.event]
    return JourneyEvent(
        at=timezone.localtime(entry.at),
        what=what,
        who=entry.sealed["actor"]["name"],
        detail=str(entry.sealed["facts"].get(fact, "")) if fact else "",
    )


def journal_extract(affair: Affair) -> bytes:
    """The sealed entries of the dossier: each one's hash can be recomputed, and its place in the whole chain."""
    return _json(
        {
            "dossier": affair.dossier.number,
            "acte": affair.act.number,
            "tete_du_journal": journal.head(),
            "entrees": [entry.sealed for entry in journal.of(affair.dossier)],
        }
    )


def signature_proof(affair: Affair) -> bytes:
    """What the verification of the signature said when it was recorded."""
    act = affair.act
    return _json(
        {
            "acte": act.number,
            "fichier": affair.signed.name,
            "sha256": affair.signed.sha256,
            "sha256_avant_signature": act.frozen.sha256,
            "signe_le": _moment(act.signed_at),
            "verification": act.verification,
        }
    )


def publication_proof(affair: Affair) -> bytes:
    """Where, when and by whom the act was put online, with the digest of what is offered."""
    published = affair.publication
    if published is None:
        raise ValueError("an act that is notified has no proof of publication")
    return _json(
        {
            "acte": affair.act.number,
            "adresse": affair.url,
            "mis_en_ligne_le": _moment(published.put_online_at),
            "jour": day(published.put_online_at).isoformat(),
            "auteur": published.author,
            "publie_par": published.published_by.full_name,
            "fichier_publie": {"nom": published.document.name, "sha256": published.document.sha256},
            "original_signe_sha256": affair.signed.sha256,
            "executoire_le": published.executory_on.isoformat() if published.executory_on else None,
            "explication": published.executory_explanation,
        }
    )


def notification_proof(affair: Affair) -> bytes:
    """To whom, when and how the act was notified, with the digest of the proof."""
    known = affair.notification
    if known is None:
        raise ValueError("an act that is published has no notification")
    proof = {"nom": known.proof.name, "sha256": known.proof.sha256} if known.proof else None
    return _json(
        {
            "acte": affair.act.number,
            "notifie_a": known.addressee,
            "notifie_le": known.notified_on.isoformat(),
            "mode": known.get_means_display(),
            "preuve": proof,
            "enregistre_par": known.recorded_by.full_name,
            "enregistre_le": _moment(known.recorded_at),
            "original_signe_sha256": affair.signed.sha256,
            "executoire_le": known.executory_on.isoformat() if known.executory_on else None,
            "explication": known.executory_explanation,
        }
    )


def _moment(at: dt.datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _json(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"
