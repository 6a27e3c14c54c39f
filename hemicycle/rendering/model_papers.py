"""What a model may say of the papers around an act: summons, agenda, list, extract, register, letter."""

from __future__ import annotations

from hemicycle.rendering.model import Kind, Part, Rule, Words
from hemicycle.rendering.model_shared import (
    APPEALED,
    BODY,
    BODY_SIGNED,
    COMMON,
    LETTERHEAD,
    MASTHEAD,
    NAMED,
    OF_BODY,
    OF_MEETING,
    OF_TITLE,
    SIGN,
    SIGNED,
    foot,
    head,
)

_ABOVE_TITLE, _UNDER_TITLE = "Au-dessus du titre", "Sous le titre"
_WHERE_AND_WHEN = "le jour, l’heure et le lieu sont la convocation même"
_CERTIFIED = "un extrait ne vaut que certifié conforme"
_CERTIFIED_AFTER = "qui certifie atteste ce qui précède"
_KEPT_WHOLE = "un registre se tient sans lacune ni rature"
_LETTER_RULES = (
    Rule(first="recipient", then="body", why="une lettre dit d’abord à qui elle s’adresse"),
    Rule(first="masthead", then="body", why="une lettre dit d’abord son objet"),
    BODY_SIGNED,
)

SUMMONS = Kind(
    key="summons",
    label="Convocation",
    fields=COMMON | OF_BODY | OF_MEETING,
    words=(
        *head(""),
        Words(
            key="greeting",
            label="Formule d’appel",
            origin="Madame la Conseillère départementale, Monsieur le Conseiller départemental,",
        ),
        Words(
            key="meeting",
            label="La convocation elle-même",
            lines=3,
            most=600,
            why=_WHERE_AND_WHEN,
            origin="J’ai l’honneur de vous convoquer à la séance {de_l_assemblee} qui se tiendra le {jour} à {heure}, "
            "{lieu}.",
        ),
        Words(
            key="closing",
            label="Formule de politesse",
            origin="Je vous prie d’agréer l’expression de ma considération distinguée.",
            lines=2,
        ),
        SIGN[0],
        Words(key="agenda_title", label="Titre de l’ordre du jour", origin="Ordre du jour", most=80),
        foot("Convocation – {assemblee}, séance du {date}"),
    ),
    parts=(
        LETTERHEAD,
        Part(key="recipient", label="Destinataire et date", why="le délai se compte de sa date (CGCT, L. 3121-19)"),
        Part(key="masthead", label="Titre", why=NAMED),
        Part(key="facts", label="Séance, lieu, pouvoirs", why=_WHERE_AND_WHEN),
        Part(key="body", label="Texte de la lettre", why=_WHERE_AND_WHEN),
        Part(key="signatures", label="Signature", why=SIGNED),
        Part(key="agenda", label="Ordre du jour", why="la convocation dit de quoi l’on délibère (CGCT, L. 3121-19)"),
    ),
    rules=_LETTER_RULES,
)

AGENDA = Kind(
    key="agenda",
    label="Ordre du jour",
    fields=COMMON | OF_BODY | OF_MEETING,
    words=(
        *head(""),
        Words(key="eyebrow", label=_ABOVE_TITLE, origin="{assemblee}"),
        Words(key="sitting", label=_UNDER_TITLE, origin="Séance du {jour} à {heure}"),
        Words(key="opening_title", label="Titre de l’ouverture", origin="Ouverture", most=80),
        Words(
            key="opening",
            label="Ouverture",
            lines=4,
            most=600,
            origin="Appel nominal et constat du quorum\nDésignation du secrétaire de séance",
            help="Une ligne par point.",
        ),
        Words(key="reports_title", label="Titre des rapports", origin="Rapports", most=80),
        Words(key="closing_title", label="Titre de la fin de séance", origin="Fin de séance", most=80),
        Words(key="closing", label="Fin de séance", lines=4, most=600, help="Motions, vœux, questions orales…"),
        foot("Ordre du jour – {assemblee}, séance du {date}"),
    ),
    parts=(
        LETTERHEAD,
        MASTHEAD,
        Part(key="facts", label="Lieu et version"),
        Part(key="opening", label="Ouverture"),
        Part(key="reports", label="Rapports", why="l’ordre du jour dit de quoi l’on délibère (CGCT, L. 3121-19)"),
        Part(key="closing", label="Fin de séance"),
    ),
)

DECISION_LIST = Kind(
    key="decision_list",
    label="Liste des délibérations",
    fields=COMMON | OF_BODY | OF_MEETING,
    words=(
        *head(""),
        Words(key="eyebrow", label=_ABOVE_TITLE, origin="Séance {de_l_assemblee}"),
        Words(key="sitting", label=_UNDER_TITLE, origin="{jour} à {heure}"),
        foot("Liste des délibérations – {assemblee}, séance du {date}"),
    ),
    parts=(
        LETTERHEAD,
        MASTHEAD,
        Part(key="facts", label="Présidence, membres, mise en ligne"),
        Part(key="lines", label="Délibérations", why="c’est l’objet même de la liste"),
    ),
)

EXTRACT = Kind(
    key="extract",
    label="Extrait certifié conforme",
    fields=COMMON | OF_TITLE | {"registre": "le registre"},
    words=(
        *head("République française"),
        Words(key="eyebrow", label=_ABOVE_TITLE, origin="Extrait du {registre}"),
        Words(key="vote_title", label="Titre du vote", origin="Résultat du vote", most=80),
        Words(
            key="certificate",
            label="Formule de certification",
            origin="Pour extrait certifié conforme au {registre}.",
            lines=2,
            most=300,
            why=_CERTIFIED,
        ),
        Words(key="certifier", label="Qualité de qui certifie", origin="Pour le service des assemblées,", most=120),
        foot("Extrait, {numero} – {objet}"),
    ),
    parts=(
        LETTERHEAD,
        MASTHEAD,
        Part(key="facts", label="Signataire, dates, empreinte"),
        BODY,
        Part(key="vote", label="Résultat du vote"),
        Part(key="certificate", label="Certification", why=_CERTIFIED),
    ),
    rules=(
        Rule(first="body", then="certificate", why=_CERTIFIED_AFTER),
        Rule(first="vote", then="certificate", why=_CERTIFIED_AFTER),
    ),
)

REGISTER = Kind(
    key="register",
    label="Registre de l’année",
    fields=COMMON | {"registre": "le registre", "annee": "l’année"},
    words=(
        *head("République française"),
        Words(key="eyebrow", label=_ABOVE_TITLE, origin="{registre}"),
        foot("{registre} – Registre de l’année {annee}"),
    ),
    parts=(
        LETTERHEAD,
        MASTHEAD,
        Part(key="lines", label="Numéros, dans l’ordre", why=_KEPT_WHOLE),
        Part(key="closing", label="Arrêté du registre", why=_KEPT_WHOLE),
    ),
    rules=(Rule(first="lines", then="closing", why="on arrête un registre après sa dernière ligne"),),
)

NOTICE = Kind(
    key="notice",
    label="Lettre de notification",
    fields=COMMON | OF_TITLE,
    words=(
        *head(""),
        Words(key="greeting", label="Formule d’appel", origin="Madame, Monsieur,"),
        Words(
            key="closing",
            label="Formule de politesse",
            origin="Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée.",
            lines=2,
        ),
        SIGN[0],
        Words(key="appeal_title", label="Titre des voies de recours", origin="Voies et délais de recours", most=80),
        foot("{numero} – {objet}"),
    ),
    parts=(
        LETTERHEAD,
        Part(key="recipient", label="Destinataire et date", why="le délai de recours se compte de la notification"),
        Part(key="masthead", label="Titre", why=NAMED),
        Part(key="facts", label="Objet, auteur, dates de l’acte"),
        Part(key="body", label="Texte de la lettre", why="c’est ce qui est porté à la connaissance du destinataire"),
        Part(key="signatures", label="Signature", why=SIGNED),
        Part(key="attachments", label="Pièces jointes"),
        Part(key="appeal", label="Voies et délais de recours", why=APPEALED),
    ),
    rules=_LETTER_RULES,
)
