"""The demonstration département's documents, at the sizes that strain a page."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hemicycle.rendering.agenda import Agenda, AgendaItem
from hemicycle.rendering.annex import Annex
from hemicycle.rendering.attendance import AttendanceLine, AttendanceSheet
from hemicycle.rendering.blocks import AnnexLine, Letterhead, Signature
from hemicycle.rendering.decision_list import DecisionLine, DecisionList
from hemicycle.rendering.deliberation import Deliberation, Presence, Proxy, VoteResult
from hemicycle.rendering.draft_deliberation import DraftDeliberation
from hemicycle.rendering.evidence import JourneyEvent, JourneySheet, VisaLine
from hemicycle.rendering.notice import Notice
from hemicycle.rendering.receipt import LifeEvent, Receipt, SentFile
from hemicycle.rendering.report import Report
from hemicycle.rendering.summons import Summons

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


def text(words: str, *marks: str) -> dict[str, Any]:
    return {"type": "text", "text": words, "marks": [{"type": mark} for mark in marks]}


def paragraph(*pieces: str | dict[str, Any]) -> dict[str, Any]:
    content = [text(piece) if isinstance(piece, str) else piece for piece in pieces]
    return {"type": "paragraph", "content": content}


def heading(level: int, words: str) -> dict[str, Any]:
    return {"type": "heading", "attrs": {"level": level}, "content": [text(words)]}


def items(kind: str, *entries: Any) -> dict[str, Any]:
    content = [
        {"type": "listItem", "content": entry if isinstance(entry, list) else [paragraph(entry)]} for entry in entries
    ]
    return {"type": kind, "content": content}


def cell(words: str, kind: str = "tableCell", **attrs: Any) -> dict[str, Any]:
    return {"type": kind, "attrs": attrs, "content": [paragraph(words)]}


def table(head: list[str], rows: list[list[str]], caption: str = "") -> dict[str, Any]:
    lines = [[cell(words, "tableHeader") for words in head], *([cell(w) for w in row] for row in rows)]
    content = [{"type": "tableRow", "content": line} for line in lines]
    return {"type": "table", "attrs": {"caption": caption}, "content": content}


def doc(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "doc", "content": list(blocks)}


def money_table() -> dict[str, Any]:
    head = ["Chapitre", "Programme", "Inscrit", "Engagé", "Demandé", "Disponible après"]
    rows = [
        ["65", "Sport pour tous", "1 250 000 €", "842 300 €", "45 000 €", "362 700 €"],
        ["65", "Handicap et pratique sportive", "310 000 €", "118 450,50 €", "30 000 €", "161 549,50 €"],
        ["204", "Équipements de proximité", "2 400 000 €", "1 975 000 €", "0 €", "425 000 €"],
    ]
    return table(head, rows, "Crédits du programme « Sport » en 2026, en euros")


def long_table() -> dict[str, Any]:
    rows = [[str(n), f"Association sportive n° {n} de Trois-Vallées", f"{n} 300 €"] for n in range(1, 31)]
    return table(["N°", "Bénéficiaire", "Subvention"], rows, "Répartition des subventions")


def merged_table() -> dict[str, Any]:
    def row(*cells: dict[str, Any]) -> dict[str, Any]:
        return {"type": "tableRow", "content": list(cells)}

    return {
        "type": "table",
        "content": [
            row(
                cell("Action", "tableHeader", rowspan=2),
                cell("Exercice", "tableHeader", colspan=2, align="center"),
            ),
            row(cell("2026", "tableHeader"), cell("2027", "tableHeader")),
            row(cell("Encadrement", rowspan=2), cell("15 000 €"), cell("16 000 €")),
            row(cell("ajustement", colspan=2, align="center")),
        ],
    }


def report_text() -> dict[str, Any]:
    link = {
        "type": "text",
        "text": "règlement d'aide",
        "marks": [{"type": "link", "attrs": {"href": "https://ormelle.test/aides"}}],
    }
    context = (
        "Le Département soutient depuis 2019 la pratique sportive des personnes en situation de handicap. "
        "Près de 1 200 licenciés sont accueillis par 34 clubs, dont 9 en milieu rural ; la demande progresse de "
        "8 % par an, et les créneaux manquent dans les gymnases des collèges : c'est l'objet de cette convention."
    )
    return doc(
        heading(1, "Pourquoi ?"),
        paragraph(context),
        paragraph(
            "Le projet répond à l'objectif n° 4 du ",
            link,
            " et à l'article L. 113-2 du ",
            text("code du sport", "italic"),
            ".",
        ),
        heading(1, "Quoi ?"),
        paragraph(text("Deux associations", "bold"), " sont concernées :"),
        items(
            "bulletList",
            "le Comité départemental de sport adapté, pour l'encadrement de douze sections ;",
            [
                paragraph("l'association Vernoise Handibasket, pour :"),
                items(
                    "orderedList",
                    "l'achat de huit fauteuils ;",
                    "la formation de deux entraîneurs (1",
                    "un m²).",
                ),
            ],
        ),
        heading(2, "Engagements réciproques"),
        {
            "type": "blockquote",
            "content": [paragraph("« Chaque club rend compte, au 31 mars, de l'emploi des fonds. »")],
        },
        paragraph(
            "Surface : 120 m",
            text("2", "superscript"),
            " ; CO",
            text("2", "subscript"),
            " ; ",
            text("souligné", "underline"),
            ".",
        ),
        heading(1, "Combien ?"),
        money_table(),
        merged_table(),
        long_table(),
        heading(4, "Et ensuite ?"),
        paragraph("Je vous propose, par conséquent, d'attribuer ces subventions et d'approuver la convention."),
        paragraph("Je vous prie de bien vouloir en délibérer."),
    )


def act_tree() -> dict[str, Any]:
    articles = [
        "D'attribuer une subvention de fonctionnement de 15 000 euros au Comité départemental de sport adapté.",
        "D'attribuer une subvention de fonctionnement de 30 000 euros à l'association Vernoise Handibasket.",
        "D'approuver la convention et l'avenant joints en annexe et d'autoriser la Présidente à les signer.",
        "De préciser que la dépense sera imputée au chapitre 65, article 6574, du budget départemental.",
    ]
    return doc(
        heading(1, "Délibération"),
        paragraph("La commission permanente du conseil départemental,"),
        paragraph("Vu le code général des collectivités territoriales, notamment ses articles L. 3211-1 et L. 3211-2,"),
        paragraph("Vu le code du sport, notamment son article L. 113-2,"),
        paragraph("Vu la délibération n° CD/2026-02-06/02-07 du 6 février 2026 lui donnant délégation (point 12),"),
        paragraph("Vu le budget départemental pour 2026,"),
        paragraph("Sur le rapport n° R2026-0412 de la Présidente du conseil départemental,"),
        paragraph(
            "Considérant l'intérêt départemental de la pratique sportive des personnes en situation de handicap,"
        ),
        paragraph("Après en avoir délibéré,"),
        paragraph(text("DÉCIDE", "bold")),
        *(paragraph(text(f"Article {n}", "bold"), f" – {words}") for n, words in enumerate(articles, 1)),
    )


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
