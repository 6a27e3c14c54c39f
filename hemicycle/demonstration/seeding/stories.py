"""How far each dossier went, when, and what people said on the way. Days are working days before today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Said:
    """A comment: days ago, field of the cast, words."""

    ago: int
    by: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Correction:
    """The dossier is sent back once so many visas are given; answered, it is corrected on the next working day."""

    after: int
    reason: str
    answer: str = ""
    #: Pairs (final words, words of the first version), and the amount of the first version.
    first: tuple[tuple[str, str], ...] = ()
    first_amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """One dossier's way, a visa each working day from its submission."""

    key: str
    opened: int
    #: None: still drafted.
    submitted: int | None = None
    #: Visas given before it comes to rest; by default, all of them.
    visas: int | None = None
    correction: Correction | None = None
    #: The next visa is given today, by delegation, in the name of someone who is away.
    stands_in: bool = False
    #: Label of a step → remark of its visa.
    remarks: Mapping[str, str] = field(default_factory=dict)
    #: The steps whose remark is a reservation.
    reservations: tuple[str, ...] = ()
    comments: tuple[Said, ...] = ()
    #: Days ago, and why: validated in emergency, the visas that were missing staying so.
    emergency: tuple[int, str] | None = None
    #: Days ago: the Cabinet keeps it under embargo.
    embargo: int | None = None
    withdrawn: int | None = None
    reason: str = ""


_PAST = (
    Story(
        key="festivals",
        opened=48,
        submitted=41,
        remarks={"Juridique": "Contrats d’engagement républicain vérifiés pour les quatre associations."},
        comments=(
            Said(ago=40, by="head_of_service", text="Le jury a bien été réuni avant la clôture des candidatures."),
            Said(ago=38, by="finance", text="Enveloppe annuelle de 240 000 € : il reste 72 000 € après cette part."),
        ),
    ),
    Story(
        key="restauration",
        opened=50,
        submitted=40,
        remarks={"DGS": "Présenter la grille par tranche lors de la commission : elle parle d’elle-même."},
        comments=(Said(ago=33, by="legal", text="L’avis du conseil de l’éducation nationale est au dossier."),),
    ),
    Story(
        key="nettoyage",
        opened=46,
        submitted=42,
        correction=Correction(
            after=2,
            reason="L’entretien des salles de consultation est compté 38 500 € ; le devis du titulaire indique "
            "31 500 €. Reprendre le total, le nouveau montant du lot et le pourcentage.",
            answer="Montant ramené à 84 300 € HT selon le devis ; pourcentage et nouveau montant du lot repris, "
            "projet d’avenant joint.",
            first=(
                ("84 300 €", "91 300 €"),
                ("31 500 €", "38 500 €"),
                ("1 444 000 €", "1 451 000 €"),
                ("6,2 %", "6,7 %"),
            ),
            first_amount=Decimal(91_300),
        ),
        remarks={"Finances": "Conforme au devis."},
    ),
    Story(key="voie-communale", opened=44, submitted=37, remarks={"DGA": "Attendre la délibération de la commune."}),
    Story(
        key="marais",
        opened=47,
        submitted=39,
        comments=(
            Said(ago=30, by="director", text="La chambre d’agriculture maintient ses réserves ; le rapport le dit."),
        ),
    ),
    Story(key="brissey", opened=49, submitted=38, remarks={"Finances": "Trois acomptes : échéancier cohérent."}),
    Story(key="garantie", opened=43, submitted=36, remarks={"Finances": "Encours garanti vérifié."}),
)

_TODAY = (
    Story(
        key="comites-sportifs",
        opened=36,
        submitted=30,
        comments=(
            Said(ago=29, by="head_of_service", text="Les deux comités en retard ont tenu leur assemblée générale."),
            Said(ago=24, by="cabinet", text="Prévoir la liste des comités aidés par canton pour la séance."),
        ),
    ),
    Story(key="solidarite-territoriale", opened=38, submitted=32, remarks={"DGS": "Dossiers complets, bon travail."}),
    Story(key="saint-aubrac", opened=40, submitted=31, remarks={"Juridique": "Relation de quasi-régie établie."}),
    Story(key="emplois", opened=35, submitted=29),
    Story(
        key="crues",
        opened=17,
        submitted=16,
        visas=2,
        remarks={"Directeur": "Les trois maires ont été joints ; les devis suivent."},
        emergency=(
            14,
            "Les demandes au fonds de solidarité sont closes dans trois semaines : les communes doivent y joindre la "
            "décision du Département.",
        ),
    ),
)

_COUNCIL = (
    Story(
        key="velo",
        opened=28,
        submitted=18,
        comments=(Said(ago=9, by="chief_executive", text="À présenter avec la carte des itinéraires."),),
    ),
    Story(key="numerique", opened=30, submitted=17),
    Story(
        key="aide-sociale",
        opened=24,
        submitted=13,
        remarks={"Juridique": "La fiche n° 5 reprend la jurisprudence citée."},
    ),
)

_ON_THE_WAY = (
    Story(
        key="sports-de-nature",
        opened=9,
        submitted=5,
        visas=0,
        comments=(Said(ago=1, by="drafter", text="Les trois conventions d’usage sont prêtes, je peux les joindre."),),
    ),
    Story(
        key="decision-modificative",
        opened=16,
        submitted=11,
        visas=3,
        comments=(
            Said(ago=8, by="finance", text="Chapitre 016 : le concours de l’État doit être confirmé."),
            Said(ago=4, by="drafter", text="Confirmation reçue, 380 000 €. Le second visa reste attendu."),
        ),
    ),
    Story(key="photovoltaique", opened=9, submitted=2, visas=1, stands_in=True),
    Story(
        key="foyers",
        opened=19,
        submitted=11,
        visas=5,
        remarks={"Finances": "Trajectoire soutenable, sous réserve de la dotation de l’État."},
        reservations=("Finances",),
    ),
    Story(key="carburants", opened=18, submitted=8, visas=7, remarks={"DGS": "Le SDIS a confirmé sa part."}),
    Story(
        key="equipements",
        opened=13,
        submitted=7,
        visas=5,
        remarks={"Juridique": "Trois conventions de même rédaction : une relecture suffit."},
        comments=(
            Said(ago=6, by="director", text="Un rapport pour trois communes, comme la commission l’a demandé."),
            Said(ago=3, by="legal", text="L’avis du service des sports est-il acquis pour la piste de Vernoise ?"),
        ),
    ),
    Story(key="ferrault", opened=14, submitted=7, visas=5, embargo=1),
    Story(key="brissey-avenant", opened=3),
    Story(
        key="manifestations",
        opened=12,
        submitted=7,
        correction=Correction(
            after=3,
            reason="L’article 1 renvoie au tableau du rapport, qui n’est pas publié : en faire une annexe de la "
            "délibération. Viser aussi la délibération qui a adopté le règlement d’aide, avec sa date, et dire que "
            "les sept organisateurs ont souscrit le contrat d’engagement républicain.",
        ),
        comments=(
            Said(ago=3, by="drafter", text="Bien reçu. Il me manque l’engagement d’un club, relancé ce jour."),
            Said(ago=2, by="head_of_service", text="Le club a répondu : vous pouvez reprendre le texte."),
        ),
    ),
    Story(key="assistants-familiaux", opened=8),
    Story(
        key="chantiers-insertion",
        opened=5,
        comments=(Said(ago=3, by="head_of_service", text="Ajouter le taux de sortie des femmes si vous l’avez."),),
    ),
    Story(key="bourses", opened=2),
    Story(
        key="velos-electriques",
        opened=20,
        withdrawn=14,
        reason="La Région vient de créer une aide plus forte, ouverte aux mêmes personnes et non cumulable.",
    ),
)

STORIES = (*_PAST, *_TODAY, *_COUNCIL, *_ON_THE_WAY)
