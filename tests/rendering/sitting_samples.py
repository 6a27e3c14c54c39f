"""The papers of a sitting."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hemicycle.rendering.agenda import Agenda, AgendaItem
from hemicycle.rendering.attendance import AttendanceLine, AttendanceSheet
from hemicycle.rendering.decision_list import DecisionLine, DecisionList
from hemicycle.rendering.summons import Summons
from tests.rendering.samples import HEAD, MEMBERS, PARIS, PRESIDENT, SITTING, TITLE


def agenda_items() -> tuple[AgendaItem, ...]:
    titles = [TITLE, "Plan vélo 2026-2030", "Tarifs de restauration des collèges 2026-2027"]
    return tuple(
        AgendaItem(
            number=f"{n:02d}-0{1 + n % 3}",
            title=titles[n % 3],
            rapporteur=MEMBERS[n],
            opinion="3e commission : avis favorable",
            note="vote groupé" if n % 2 else "",
        )
        for n in range(1, 16)
    )


def agenda() -> Agenda:
    return Agenda(
        letterhead=HEAD,
        body="commission permanente",
        sitting=SITTING,
        place="hôtel du Département, salle des délibérations, 1 place de l'Ormelle à Ambrelle",
        items=agenda_items(),
        version=2,
        dated=date(2026, 6, 25),
        opening=(
            "Appel nominal et désignation du secrétaire de séance",
            "Approbation du procès-verbal du 11 juin 2026",
        ),
        closing=("Questions orales",),
    )


def summons() -> Summons:
    return Summons(
        letterhead=HEAD,
        body="commission permanente",
        sitting=SITTING,
        place="hôtel du Département, salle des délibérations, à Ambrelle",
        signature=PRESIDENT,
        sent_on=date(2026, 6, 25),
        recipient=(
            MEMBERS[1],
            "Conseiller départemental du canton de Clérande",
            "3 chemin des Saules",
            "99120 Clérande",
        ),
        greeting="Monsieur le Conseiller départemental,",
        items=agenda_items()[:4],
        reports="Les rapports sont à votre disposition dans votre espace personnel, rubrique « Séances ».",
        proxy_deadline=datetime(2026, 7, 8, 12, 0, tzinfo=PARIS),
        notes=("La salle est accessible aux personnes à mobilité réduite.",),
        issued_at="Ambrelle",
    )


def attendance() -> AttendanceSheet:
    lines = tuple(
        AttendanceLine(
            member=member,
            state="présent" if rank < 30 else "représenté" if rank < 36 else "excusé",
            canton="Ferrières-d'Ormelle" if rank % 2 else "Ambrelle-1",
            arrived=SITTING + timedelta(minutes=rank) if rank < 30 else None,
            left=SITTING + timedelta(hours=2) if rank == 4 else None,
            represented_by=MEMBERS[rank - 30] if 30 <= rank < 36 else "",
        )
        for rank, member in enumerate(MEMBERS)
    )
    return AttendanceSheet(
        letterhead=HEAD,
        body="commission permanente",
        sitting=SITTING,
        place="hôtel du Département, à Ambrelle",
        presided_by="Mme Hélène MARQUISAT",
        secretary=MEMBERS[3],
        lines=lines,
        totals=(("Présents", "30"), ("Représentés", "6"), ("Excusés", "6"), ("Quorum", "22, atteint")),
        signature=PRESIDENT,
    )


def decisions() -> DecisionList:
    lines = tuple(
        DecisionLine(number=f"CP/2026-07-09/{item.number}", title=item.title, outcome="adoptée", vote="unanimité")
        for item in agenda_items()
    )
    return DecisionList(
        letterhead=HEAD,
        body="commission permanente",
        sitting=SITTING,
        presided_by="Mme Hélène MARQUISAT, Présidente",
        lines=lines,
        attendance="30 présents, 6 représentés, 6 absents ou excusés",
        posted_on=date(2026, 7, 10),
        address="https://ormelle.test/actes/2026/CP/2026-07-09",
    )
