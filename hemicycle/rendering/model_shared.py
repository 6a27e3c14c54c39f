"""What the models of several kinds of documents share: fields, words, blocks, and why some may not be left out."""

from __future__ import annotations

from hemicycle.rendering.model import Part, Rule, Words

COMMON = {
    "departement": "le nom du Département",
    "direction": "la direction",
    "service": "le service",
    "ville": "la ville du siège",
    "adresse": "l’adresse du Département",
}
OF_ACT = {
    "numero": "le numéro de l’acte",
    "objet": "l’objet, abrégé au besoin",
    "date": "le jour de la séance ou de l’acte",
    "matiere": "la matière",
    "rapport": "le numéro du rapport ou du dossier",
}
OF_TITLE = {key: OF_ACT[key] for key in ("numero", "objet", "date")}
OF_APPEAL = {
    "tribunal": "le tribunal administratif compétent",
    "delai": "le délai de recours, en lettres (« deux mois »)",
    "au_president": "« au Président » ou « à la Présidente du conseil départemental »",
}
OF_BODY = {
    "assemblee": "« commission permanente » ou « conseil départemental »",
    "de_l_assemblee": "« de la commission permanente » ou « du conseil départemental »",
    "a_l_assemblee": "« à la commission permanente » ou « au conseil départemental »",
}
OF_MEETING = {
    "date": "le jour de la séance, en chiffres et en lettres",
    "jour": "le jour de la séance, en toutes lettres",
    "heure": "l’heure de la séance",
    "lieu": "le lieu",
}

#: Why a block stays.
SIGNED = (
    "l’article L. 212-1 du code des relations entre le public et l’administration veut la signature de l’auteur, avec "
    "son prénom, son nom et sa qualité en caractères lisibles"
)
DECIDED = "c’est la décision elle-même, seule transmise et publiée (CGCT, articles L. 3131-1 et L. 3131-2)"
APPEALED = (
    "l’article R. 421-5 du code de justice administrative ne rend le délai de recours opposable que si les voies et "
    "délais sont dits"
)
HEADED = "un document dit de qui il émane"
NAMED = "un acte se retrouve par son titre, son numéro et son objet"
ANNEXED = "les annexes votées font partie de l’acte"
READ_BEFORE = "qui signe atteste ce qui précède sa signature"


def head(overline: str) -> tuple[Words, ...]:
    return (
        Words(key="overline", label="Ligne au-dessus du nom du Département", origin=overline, most=60),
        Words(
            key="letterhead",
            label="Lignes d’en-tête, sous le service",
            lines=3,
            most=240,
            help="Adresse, téléphone, site… Le nom du Département, la direction et le service viennent du dossier.",
        ),
    )


def foot(origin: str) -> Words:
    help_text = "Suivi du numéro de page, que le modèle ne retire pas."
    return Words(key="footer", label="Pied de page", origin=origin, most=160, help=help_text)


LETTERHEAD = Part(key="letterhead", label="En-tête et logo", why=HEADED, fixed=True)
MASTHEAD = Part(key="masthead", label="Titre, numéro et objet", why=NAMED, fixed=True)
FACTS = Part(key="facts", label="Rapporteur, rapport, matière")
BODY = Part(key="body", label="Texte : visas, considérants, articles", why=DECIDED)
SIGNATURES = Part(key="signatures", label="Signatures", why=SIGNED)
ANNEXES = Part(key="annexes", label="Liste des annexes", why=ANNEXED)
APPEAL = Part(key="appeal", label="Voies et délais de recours", why=APPEALED)
SIGN = (
    Words(
        key="above_signature", label="Au-dessus de la signature", most=160, help="Par exemple : Pour extrait conforme."
    ),
    Words(
        key="mention",
        label="Mention sous le nom du signataire",
        origin="Signé électroniquement ; date attestée par l’horodatage",
        most=160,
    ),
)
BODY_SIGNED = Rule(first="body", then="signatures", why=READ_BEFORE)


def appeal(this: str, contested: str) -> tuple[Words, ...]:
    return (
        Words(key="appeal_title", label="Titre des voies de recours", origin="Voies et délais de recours", most=80),
        Words(
            key="appeal",
            label="Voies et délais de recours",
            lines=5,
            most=1500,
            why=APPEALED,
            help="Une ligne par paragraphe.",
            origin=f"{this} peut être {contested} devant le {{tribunal}} dans les {{delai}} suivant sa publication ou, "
            "pour ses destinataires, sa notification, par courrier ou sur www.telerecours.fr.\nDans ce même délai, un "
            "recours gracieux peut être adressé {au_president} ; il interrompt le délai de recours.",
        ),
    )


ANNEX_TITLE = Words(key="annexes_title", label="Titre de la liste des annexes", origin="Annexes", most=80)
