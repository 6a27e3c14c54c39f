"""The demonstration département's documents, at the sizes that strain a page."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from hemicycle.rendering.annex import Annex
from hemicycle.rendering.blocks import AnnexLine, Letterhead, Signature
from hemicycle.rendering.deliberation import Deliberation, Presence, Proxy, VoteResult
from hemicycle.rendering.draft_deliberation import DraftDeliberation
from hemicycle.rendering.report import Report
from tests.rendering.trees import act_tree, doc, heading, paragraph, report_text, table

PARIS = timezone(timedelta(hours=2))
AT = datetime(2026, 7, 9, 18, 30, tzinfo=PARIS)
SITTING = datetime(2026, 7, 9, 14, 30, tzinfo=PARIS)
DAY = date(2026, 7, 9)
NUMBER = "CP/2026-07-09/13-01"
TITLE = (
    "Subventions de fonctionnement au Comité départemental de sport adapté de l'Ormelle et à l'association "
    "Vernoise Handibasket – Convention d'objectifs 2026-2028 et avenant n° 2 à la convention du 12 mars 2024 "
    "relative à la mise à disposition du gymnase"
)
HEAD = Letterhead(
    departement="Département de l'Ormelle",
    direction="Direction de l'éducation, de la jeunesse et des sports",
    service="Service des sports",
)
PRESIDENT = Signature(
    capacity="La Présidente du conseil départemental,",
    first_name="Hélène",
    last_name="Marquisat",
    place="Ambrelle",
    on=DAY,
)
APPEAL = (
    "Cette décision peut être contestée devant le tribunal administratif de Montreval dans les deux mois suivant "
    "sa publication, par courrier ou sur www.telerecours.fr.",
    "Dans ce même délai, un recours gracieux peut être adressé à la Présidente ; il interrompt le délai de recours.",
)
_FIRST = ["Aline", "Bruno", "Claire", "Denis", "Élise", "Fabrice", "Gaëlle"]
_LAST = ["ABRANVIEUX", "BRÉVAL-LORMIER", "CASTANIEZ", "DORVILLE", "ESCANDOU", "FERRANDIER"]
MEMBERS = tuple(f"{'M.' if index % 2 else 'Mme'} {_FIRST[index % 7]} {_LAST[index // 7]}" for index in range(42))


ANNEXES = (
    AnnexLine(number=1, title="Convention avec l'association Vernoise Handibasket", pages=6),
    AnnexLine(number=2, title="Avenant n° 2 à la convention du 12 mars 2024", pages=2),
    AnnexLine(number=3, title="Budget prévisionnel", status="jointe pour information"),
)


def report() -> Report:
    return Report(
        letterhead=HEAD,
        number="R2026-0412",
        body="commission permanente",
        sitting=DAY,
        title=TITLE,
        rapporteur="M. Denis CASTANIEZ, vice-président chargé des sports",
        subject_code="7.5 – Finances locales / Subventions",
        amount=Decimal(45000),
        summary="Deux clubs reçoivent 45 000 € pour accueillir davantage de sportifs en situation de handicap.",
        text=report_text(),
        signature=PRESIDENT,
        annexes=ANNEXES,
    )


def draft() -> DraftDeliberation:
    return DraftDeliberation(
        letterhead=HEAD,
        number="R2026-0412",
        body="commission permanente",
        sitting=DAY,
        title=TITLE,
        text=act_tree(),
        rapporteur="M. Denis CASTANIEZ, vice-président chargé des sports",
        annexes=ANNEXES,
    )


def presence() -> Presence:
    return Presence(
        convened_on=date(2026, 6, 25),
        presided_by="Mme Hélène MARQUISAT, Présidente du conseil départemental",
        secretary=MEMBERS[3],
        in_office=42,
        quorum="22 membres présents ou représentés requis, 36 présents ou représentés : quorum atteint",
        present=MEMBERS[:30],
        proxies=tuple(Proxy(giver=MEMBERS[30 + n], holder=MEMBERS[n]) for n in range(6)),
        excused=MEMBERS[36:40],
        absent=(),
    )


def deliberation() -> Deliberation:
    return Deliberation(
        letterhead=HEAD,
        number=NUMBER,
        body="commission permanente",
        sitting=DAY,
        title=TITLE,
        presence=presence(),
        text=act_tree(),
        vote=VoteResult(
            sentence="Adopté à la majorité des suffrages exprimés.",
            figures="Pour : 32. Contre : 1. Abstentions : 2. Ne prend pas part au vote : 1.",
            against=(MEMBERS[11],),
            abstentions=MEMBERS[12:14],
            not_taking_part=(f"{MEMBERS[20]} (déport)",),
        ),
        signature=PRESIDENT,
        rapporteur="M. Denis CASTANIEZ, vice-président chargé des sports",
        report_number="R2026-0412",
        subject_code="7.5 – Finances locales / Subventions",
        appeal=APPEAL,
        annexes=ANNEXES,
    )


def annex() -> Annex:
    body = doc(
        heading(1, "Objet de l'avenant"),
        paragraph("Le présent avenant porte la subvention à 15 000 euros."),
        table(
            [f"Col. {n}" for n in range(12)],
            [[f"{n} 234 000,50 €" for n in range(12)] for _ in range(5)],
            "Échéancier",
        ),
        paragraph("Fait en deux exemplaires."),
    )
    return Annex(
        letterhead=HEAD,
        number=2,
        title="Avenant n° 2 à la convention avec le Comité départemental de sport adapté",
        text=body,
        act=f"la délibération n° {NUMBER}",
    )
