"""What follows the signature: transmission, notification, journey."""

from __future__ import annotations

from datetime import date, timedelta

from hemicycle.rendering.evidence import JourneyEvent, JourneySheet, VisaLine
from hemicycle.rendering.notice import Notice
from hemicycle.rendering.receipt import LifeEvent, Receipt, SentFile
from tests.rendering.samples import APPEAL, DAY, HEAD, MEMBERS, NUMBER, PRESIDENT, SITTING, TITLE


def notice() -> Notice:
    return Notice(
        letterhead=HEAD,
        recipient=(
            "Association Vernoise Handibasket",
            "Madame la Présidente",
            "12 rue des Écoles",
            "99300 Vernoise",
        ),
        act_number=NUMBER,
        act_title=TITLE,
        body="commission permanente",
        decided_on=DAY,
        sent_on=date(2026, 7, 15),
        signature=PRESIDENT,
        paragraphs=(
            "La commission permanente a décidé de vous attribuer une subvention de fonctionnement de 30 000 €.",
            "Le versement suivra la signature de la convention jointe, à nous retourner signée.",
        ),
        appeal=APPEAL,
        attachments=("Délibération n° CP/2026-07-09/13-01", "Convention à signer"),
        received_on=date(2026, 7, 13),
        published_on=date(2026, 7, 15),
        contact="Service des sports, sports@ormelle.test",
        issued_at="Ambrelle",
    )


def sent_files() -> tuple[SentFile, ...]:
    return (
        SentFile(
            name="99_DE-099-229900019-20260709-CP2607091301-DE-1-1_1.pdf",
            kind="99_DE – Délibération",
            size=104857,
            sha256="3f" * 32,
        ),
        SentFile(
            name="99_AU-099-229900019-20260709-CP2607091301-DE-1-1_2.pdf",
            kind="99_AU – Autre document",
            size=2048576,
            sha256="a7" * 32,
        ),
    )


def receipt() -> Receipt:
    return Receipt(
        letterhead=HEAD,
        act_number=NUMBER,
        title=TITLE,
        decided_on=DAY,
        nature="Délibération",
        subject_code="7.5 – Finances locales / Subventions",
        unique_id="099-229900019-20260709-CP2607091301-DE",
        files=sent_files(),
        events=(
            LifeEvent(at=SITTING, state="Posté"),
            LifeEvent(at=SITTING + timedelta(minutes=2), state="Transmis"),
            LifeEvent(
                at=SITTING + timedelta(minutes=9),
                state="Acquittement reçu",
                message="Acte reçu par la préfecture de l'Ormelle",
            ),
        ),
        siren="229 900 019",
        internal_number="CP2607091301",
        transaction="48213",
        prefecture="Préfecture de l'Ormelle",
    )


def journey() -> JourneySheet:
    steps = [
        "Chef de service",
        "Direction de l'éducation, de la jeunesse et des sports",
        "Finances",
        "Juridique",
        "Cabinet",
    ]
    visas = tuple(
        VisaLine(
            step=step,
            person=MEMBERS[rank],
            at=SITTING - timedelta(days=30 - rank),
            version=1 + rank // 3,
            digest="c0ffee00" * 8,
            remark="sous réserve de viser le code du sport" if rank == 3 else "",
        )
        for rank, step in enumerate(steps)
    )
    return JourneySheet(
        letterhead=HEAD,
        act_number=NUMBER,
        title=TITLE,
        decided_on=DAY,
        body="commission permanente",
        facts=(("Dossier", "R2026-0412"), ("Rapporteur", "M. Denis CASTANIEZ")),
        visas=visas,
        vote=(
            ("Résultat", "Adopté à la majorité des suffrages exprimés."),
            ("Pour", "32"),
            ("Contre", "1"),
            ("Abstentions", "2"),
        ),
        signature=(
            ("Signataire", "Hélène MARQUISAT, Présidente"),
            ("Horodatage", "09/07/2026 à 18 h 02"),
            ("Empreinte", "3f" * 32),
        ),
        transmission=(
            ("Identifiant", "099-229900019-20260709-CP2607091301-DE"),
            ("Reçu en préfecture le", "13/07/2026"),
        ),
        events=(
            JourneyEvent(at=SITTING, what="Vote", who="Commission permanente", detail="quorum atteint"),
            JourneyEvent(
                at=SITTING + timedelta(days=6),
                what="Publication",
                who="Service de l'assemblée",
                detail="https://ormelle.test/actes/2026/CP/2026-07-09/13-01",
            ),
        ),
        files=sent_files(),
        journal_head="9a" * 32,
    )
