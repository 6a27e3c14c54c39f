"""What a model may say of an act, of its draft and of the report on it; what the law keeps of each."""

from __future__ import annotations

from hemicycle.rendering.model import Kind, Part, Rule, Words
from hemicycle.rendering.model_shared import (
    ANNEX_TITLE,
    ANNEXES,
    APPEAL,
    BODY,
    BODY_SIGNED,
    COMMON,
    FACTS,
    LETTERHEAD,
    MASTHEAD,
    OF_ACT,
    OF_APPEAL,
    OF_BODY,
    OF_TITLE,
    READ_BEFORE,
    SIGN,
    SIGNATURES,
    appeal,
    foot,
    head,
)

_ABOVE_TITLE, _UNDER_TITLE = "Au-dessus du titre", "Sous le titre"

DELIBERATION = Kind(
    key="deliberation",
    label="Délibération",
    fields=COMMON | OF_ACT | OF_BODY | OF_APPEAL | {"rapporteur": "le rapporteur"},
    words=(
        *head("République française"),
        Words(key="eyebrow", label=_ABOVE_TITLE, origin="Extrait du registre des délibérations {de_l_assemblee}"),
        Words(key="sitting", label=_UNDER_TITLE, origin="Séance du {date}"),
        Words(
            key="formula",
            label="Formule de l’assemblée, avant le texte",
            help="Par exemple « Le conseil départemental, », si les textes de vos services ne la portent pas.",
        ),
        Words(key="presence_title", label="Titre de la présence", origin="Présence au moment du vote", most=80),
        Words(key="vote_title", label="Titre du vote", origin="Résultat du vote", most=80),
        *SIGN,
        *appeal("Cette délibération", "contestée"),
        ANNEX_TITLE,
        foot("{numero} – {objet}"),
    ),
    parts=(
        LETTERHEAD,
        MASTHEAD,
        FACTS,
        Part(
            key="presence",
            label="Présents, pouvoirs, excusés, absents",
            why="le quorum et les pouvoirs se vérifient sur l’acte (CGCT, articles L. 3121-14 et L. 3121-16)",
        ),
        BODY,
        Part(
            key="vote",
            label="Résultat du vote",
            why="la majorité des suffrages exprimés fait la délibération (CGCT, articles L. 3121-14 et L. 3121-15)",
        ),
        SIGNATURES,
        APPEAL,
        ANNEXES,
    ),
    rules=(
        BODY_SIGNED,
        Rule(first="body", then="vote", why="on vote sur un texte déjà lu"),
        Rule(first="vote", then="signatures", why=READ_BEFORE),
        Rule(first="presence", then="signatures", why=READ_BEFORE),
    ),
)


def _own(key: str, label: str, this: str, contested: str) -> Kind:
    return Kind(
        key=key,
        label=label,
        fields=COMMON | OF_ACT | OF_APPEAL | {"auteur": "« Le Président du conseil départemental », ou au féminin"},
        words=(
            *head("République française"),
            Words(key="sitting", label=_UNDER_TITLE, origin="Du {date}"),
            Words(
                key="formula",
                label="Formule de l’auteur, avant le texte",
                origin="{auteur},",
                why="l’acte dit la qualité de son auteur (CRPA, article L. 212-1)",
            ),
            *SIGN,
            *appeal(this, contested),
            ANNEX_TITLE,
            foot("{numero} – {objet}"),
        ),
        parts=(LETTERHEAD, MASTHEAD, FACTS, BODY, SIGNATURES, APPEAL, ANNEXES),
        rules=(BODY_SIGNED,),
    )


ARRETE = _own("arrete", "Arrêté", "Cet arrêté", "contesté")
DECISION = _own("decision", "Décision du président", "Cette décision", "contestée")

REPORT = Kind(
    key="report",
    label="Rapport du président",
    fields=COMMON | OF_BODY | OF_TITLE | {"titre": "« Rapport du Président » ou « Rapport de la Présidente »"},
    words=(
        *head(""),
        Words(key="eyebrow", label=_ABOVE_TITLE, origin="{titre} {a_l_assemblee}"),
        SIGN[0],
        ANNEX_TITLE,
        foot("Rapport n° {numero} – {objet}"),
    ),
    parts=(
        LETTERHEAD,
        MASTHEAD,
        Part(key="summary", label="En bref"),
        FACTS,
        Part(key="body", label="Texte du rapport", why="le rapport éclaire le vote (CGCT, article L. 3121-19)"),
        Part(key="signatures", label="Signature du président"),
        ANNEXES,
    ),
    rules=(BODY_SIGNED,),
)

DRAFT = Kind(
    key="draft",
    label="Projet d’acte",
    fields=COMMON | OF_BODY | OF_TITLE,
    words=(
        *head(""),
        Words(key="eyebrow", label=_ABOVE_TITLE, origin="Soumis {a_l_assemblee}"),
        ANNEX_TITLE,
        foot("Projet, rapport n° {numero} – {objet}"),
    ),
    parts=(LETTERHEAD, MASTHEAD, FACTS, BODY, ANNEXES),
)
