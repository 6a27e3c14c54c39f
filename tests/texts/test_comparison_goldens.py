"""Comparisons as a reader would tell them, written down once and for all (see golden.py for the signs)."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from hemicycle.texts.comparison import compare, summary
from tests.texts.golden import golden
from tests.texts.trees import Node, bullets, doc, h, p, table, text

SUPPORT = "Le Département soutient les clubs qui accueillent des personnes handicapées."
PAST = "La commission a attribué en 2025 une aide de 10 000 € au club."
ASKED = "Le club demande une aide de 12 000 € pour acheter quatre fauteuils."
COST = "La dépense sera imputée sur les crédits inscrits au chapitre 65 du budget."
ARTICLES = (
    "Article 1er – Une subvention de 12 000 € est attribuée au club de Clérande.",
    "Article 2 – La dépense est imputée au chapitre 65.",
    "Article 3 – Le président est autorisé à signer.",
)
RENUMBERED = (ARTICLES[1].replace("2", "3", 1), ARTICLES[2].replace("3", "4", 1))
HEADER: list[Any] = ["Opération", "Montant", "Année"]
ROWS: tuple[list[str | Node], ...] = (
    ["Pont", "10 000 €", "2026"],
    ["Route", "5 000 €", "2027"],
    ["Total", "15 000 €", ""],
)

GOLDENS = {
    "a paragraph edited": (
        doc(SUPPORT, ASKED),
        doc(SUPPORT, ASKED.replace("12 000", "15 000").replace("quatre", "cinq")),
        "1 paragraphe modifié",
        f"""
        = {SUPPORT}
        ~ Le club demande une aide de [-12 000-]{{+15 000+}} € pour acheter [-quatre-]{{+cinq+}} fauteuils.
        """,
    ),
    "a paragraph split": (
        doc(SUPPORT, f"{PAST} {ASKED}", COST),
        doc(SUPPORT, PAST, ASKED, COST),
        "1 paragraphe scindé",
        f"""
        = {SUPPORT}
        Y {PAST}[- -]{{+¶+}}{ASKED}
        = {COST}
        """,
    ),
    "two paragraphs merged, and an amount": (
        doc(SUPPORT, PAST, ASKED, COST),
        doc(SUPPORT, f"{PAST} {ASKED.replace('12 000', '14 000')}", COST),
        "2 paragraphes réunis et modifiés",
        f"""
        = {SUPPORT}
        A {PAST}[-¶-]{{+ +}}Le club demande une aide de [-12 000-]{{+14 000+}} € pour acheter quatre fauteuils.
        = {COST}
        """,
    ),
    "a paragraph moved": (
        doc(SUPPORT, PAST, ASKED, COST),
        doc(SUPPORT, ASKED, COST, PAST),
        "1 paragraphe déplacé",
        f"""
        = {SUPPORT}
        < {PAST} (plus bas, après «\u00a0{COST}\u00a0»)
        = {ASKED}
        = {COST}
        > {PAST} (plus haut, après «\u00a0{SUPPORT}\u00a0»)
        """,
    ),
    "a paragraph moved and edited": (
        doc(PAST, ASKED, COST),
        doc(ASKED, COST, PAST.replace("10 000", "11 000")),
        "1 paragraphe déplacé et modifié",
        f"""
        < {PAST} (plus bas, après «\u00a0{COST}\u00a0»)
        = {ASKED}
        = {COST}
        > La commission a attribué en 2025 une aide de [-10 000-]{{+11 000+}} € au club. (plus haut, au début)
        """,
    ),
    "a cell and a caption": (
        doc(table(*ROWS, header=HEADER, caption="Dépenses")),
        doc(table(ROWS[0], ["Route", "6 000 €", "2027"], ROWS[2], header=HEADER, caption="Dépenses prévues")),
        "1 tableau modifié ; 1 cellule modifiée",
        """
        ~ table: Dépenses{+ prévues+}
          = | Opération | Montant | Année |
          = | Pont | 10 000 € | 2026 |
          ~ | Route | [-5 000-]{+6 000+} € | 2027 |
          = | Total | 15 000 € |  |
        """,
    ),
    "a row added": (
        doc(table(*ROWS, header=HEADER)),
        doc(table(ROWS[0], ["Mur", "1 000 €", "2028"], *ROWS[1:], header=HEADER)),
        "1 ligne de tableau ajoutée",
        """
        ~ table
          = | Opération | Montant | Année |
          = | Pont | 10 000 € | 2026 |
          + | Mur | 1 000 € | 2028 |
          = | Route | 5 000 € | 2027 |
          = | Total | 15 000 € |  |
        """,
    ),
    "a row moved": (
        doc(table(["Pont des Vertus sur la Sauve", "1"], ["Route de la forêt", "2"], ["Mur de soutènement", "3"])),
        doc(table(["Route de la forêt", "2"], ["Mur de soutènement", "3"], ["Pont des Vertus sur la Sauve", "1"])),
        "1 ligne de tableau déplacée",
        """
        ~ table
          < | Pont des Vertus sur la Sauve | 1 | (plus bas, après «\u00a0Mur de soutènement 3\u00a0»)
          = | Route de la forêt | 2 |
          = | Mur de soutènement | 3 |
          > | Pont des Vertus sur la Sauve | 1 | (plus haut, au début)
        """,
    ),
    "a column added": (
        doc(table(*ROWS, header=HEADER)),
        doc(
            table(*([*r[:2], c, r[2]] for r, c in zip(ROWS, "abc", strict=True)), header=[*HEADER[:2], "Lot", "Année"])
        ),
        "1 colonne ajoutée",
        """
        ~ table (colonne Lot added)
          ~ | Opération | Montant | +Lot | Année |
          ~ | Pont | 10 000 € | +a | 2026 |
          ~ | Route | 5 000 € | +b | 2027 |
          ~ | Total | 15 000 € | +c |  |
        """,
    ),
    "a column removed, and a cell": (
        doc(table(*ROWS, header=HEADER)),
        doc(table(["Pont", "2026"], ["Route", "2029"], ["Total", ""], header=["Opération", "Année"])),
        "1 colonne supprimée ; 1 cellule modifiée",
        """
        ~ table (colonne Montant removed)
          ~ | Opération | -Montant | Année |
          ~ | Pont | -10 000 € | 2026 |
          ~ | Route | -5 000 € | [-2027-]{+2029+} |
          ~ | Total | -15 000 € |  |
        """,
    ),
    "a first row made a header": (
        doc(table(HEADER, ROWS[0])),
        doc(table(ROWS[0], header=HEADER)),
        "3 cellules remises en forme",
        """
        * table (1 ligne d’en-tête, auparavant aucune)
          * | *Opération | *Montant | *Année |
          = | Pont | 10 000 € | 2026 |
        """,
    ),
    "an article inserted": (
        doc("DÉCIDE", *ARTICLES),
        doc("DÉCIDE", ARTICLES[0], "Article 2 – La convention dure trois ans.", *RENUMBERED),
        "article 2 ajouté, articles 2 → 3 et 3 → 4 renumérotés",
        f"""
        = DÉCIDE
        = {ARTICLES[0]}
        + Article 2 – La convention dure trois ans.
        # Article [-2-]{{+3+}} – La dépense est imputée au chapitre 65. (article 2 → 3)
        # Article [-3-]{{+4+}} – Le président est autorisé à signer. (article 3 → 4)
        """,
    ),
    "an article removed, its neighbour edited": (
        doc(*ARTICLES),
        doc(ARTICLES[0], "Article 2 – Le président est autorisé à conclure."),
        "article 3 → 2 modifié, article 2 supprimé",
        f"""
        = {ARTICLES[0]}
        - {ARTICLES[1]}
        ~ Article [-3-]{{+2+}} – Le président est autorisé à [-signer-]{{+conclure+}}. (article 3 → 2)
        """,
    ),
    "articles under their own headings": (
        doc("Article 1", "Une aide est attribuée.", "Article 2", COST),
        doc("Article 1", "La convention dure trois ans.", "Article 2", "Une aide est attribuée.", "Article 3", COST),
        "article 1 ajouté, articles 1 → 2 et 2 → 3 renumérotés ; 1 paragraphe ajouté",
        f"""
        + Article 1
        + La convention dure trois ans.
        # Article [-1-]{{+2+}} (article 1 → 2)
        = Une aide est attribuée.
        # Article [-2-]{{+3+}} (article 2 → 3)
        = {COST}
        """,
    ),
    "a heading": (
        doc(h(1, "Contexte"), SUPPORT),
        doc(h(2, "Contexte"), SUPPORT),
        "1 titre remis en forme",
        f"""
        * Contexte (titre de niveau 2, auparavant 1)
        = {SUPPORT}
        """,
    ),
    "emphasis beside a word": (
        doc("Le Département apporte son soutien aux clubs et aux ligues."),
        doc(p("Le Département ", text("apporte son soutien", "bold"), " aux clubs et aux comités.")),
        "1 paragraphe modifié",
        """
        ~ Le Département *apporte son soutien* aux clubs et aux [-ligues-]{+comités+}.
        """,
    ),
    "list items": (
        doc(bullets("un premier critère de choix", "un deuxième critère", "un troisième", "un autre")),
        doc(bullets("un deuxième critère", "un troisième", "un autre, précisé", "un premier critère de choix")),
        "1 élément de liste modifié, 1 déplacé",
        """
        ~ bulletList
          < un premier critère de choix (plus bas, après «\u00a0un autre, précisé\u00a0»)
          = un deuxième critère
          = un troisième
          ~ listItem
            ~ un autre{+, précisé+}
          > un premier critère de choix (plus haut, au début)
        """,
    ),
}


@pytest.mark.parametrize("name", GOLDENS)
def test_what_changed_is_told_as_a_reader_would(name: str) -> None:
    old, new, said, told = GOLDENS[name]

    comparison = compare(old, new)

    assert golden(comparison) == dedent(told).strip()
    assert summary(comparison) == said


def test_words_of_a_footnote_are_compared_where_it_is_called() -> None:
    comparison = compare(_with_note("Arrêté du 3 mai 2025"), _with_note("Arrêté du 9 juin 2025"))

    assert golden(comparison) == "~ Le taux est fixé [note\u00a0: Arrêté du [-3 mai-]{+9 juin+} 2025] pour l’année."


def _with_note(words: str) -> dict[str, Any]:
    return doc(p("Le taux est fixé", {"type": "footnote", "content": [text(words)]}, " pour l’année."))


def test_an_image_replaced_is_an_image_changed() -> None:
    old, new = (doc(_image("0" * 64, "Plan du pont")), doc(_image("1" * 64, "Plan du pont et de la berge")))

    comparison = compare(old, new)

    assert golden(comparison) == (
        "~ [image\u00a0: Plan du pont{+ et de la berge+}] (image remplacée ; texte de remplacement modifié)"
    )
    assert summary(comparison) == "1 image modifiée"


def _image(sha256: str, alt: str) -> dict[str, Any]:
    return {"type": "image", "attrs": {"sha256": sha256, "alt": alt, "width": 100}}
