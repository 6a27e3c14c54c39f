"""Text trees at the sizes that strain a page."""

from __future__ import annotations

from typing import Any


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
