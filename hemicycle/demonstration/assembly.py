"""The forty-two councillors of the Ormelle: twenty-one cantons, a woman and a man each, five groups."""

from __future__ import annotations

from dataclasses import dataclass

from hemicycle.demonstration.person import Person, m, mme


@dataclass(frozen=True)
class Group:
    name: str
    #: Place in the hemicycle, from left to right.
    rank: int
    majority: bool


ECOLOGY = Group("Écologie et citoyenneté", 1, True)
SOLIDARITY = Group("Ormelle solidaire", 2, True)
TERRITORIES = Group("Territoires en commun", 3, True)
CENTRE = Group("Centre et indépendants", 4, False)
UNION = Group("Union pour l’Ormelle", 5, False)

GROUPS = (ECOLOGY, SOLIDARITY, TERRITORIES, CENTRE, UNION)

#: Canton, the two members elected together, the group of each (14 + 7 + 4 for the majority, 12 + 5 facing it).
CANTONS: tuple[tuple[str, Person, Person, Group, Group], ...] = (
    ("Ambrelle-1", mme("Nathalie", "Corbenois"), m("Étienne", "Valmorin"), SOLIDARITY, SOLIDARITY),
    ("Ambrelle-2", mme("Samira", "Bendaoui"), m("Marc", "Dufrénoy"), SOLIDARITY, SOLIDARITY),
    ("Ambrelle-3", mme("Édith", "Lamarceau"), m("Jérôme", "Vernouil"), ECOLOGY, ECOLOGY),
    ("Ambrelle-4", mme("Patricia", "Sévérac-Noël"), m("Ludovic", "Hamerel"), SOLIDARITY, SOLIDARITY),
    ("Brissey", mme("Chantal", "Brugevin"), m("Roland", "Plaisancet"), TERRITORIES, TERRITORIES),
    ("Clérande", mme("Sophie", "Mareuillac"), m("Antoine", "Delabrosse"), ECOLOGY, ECOLOGY),
    ("Coudraye", mme("Monique", "Fersanges"), m("Guy", "Lautrécourt"), UNION, UNION),
    ("Dorvalle", mme("Aline", "Roquevel"), m("Pierre-Yves", "Sandillon"), SOLIDARITY, SOLIDARITY),
    ("Estrenne", mme("Bénédicte", "Auvrelle"), m("François", "Guermantin"), UNION, UNION),
    ("Ferrières-d’Ormelle", mme("Joëlle", "Maltaverne"), m("Serge", "Coquillard"), SOLIDARITY, SOLIDARITY),
    ("Grandlieu-les-Bois", mme("Anne", "Tréfontaine"), m("Jean-Luc", "Pommeraye"), UNION, UNION),
    ("Haut-Plateau", mme("Simone", "Escoudier"), m("Michel", "Rivalanges"), TERRITORIES, TERRITORIES),
    ("Lormet", mme("Régine", "Valtourne"), m("Henri", "Bazelaire"), CENTRE, CENTRE),
    ("Marvillard", mme("Christelle", "Doncourty"), m("Vincent", "Harmelin"), UNION, UNION),
    ("Noirefont", mme("Fatou", "Diagnelle"), m("Emmanuel", "Perceval-Dray"), SOLIDARITY, SOLIDARITY),
    ("Pontarcy-le-Neuf", mme("Elisabeth", "Chauvigny"), m("Dominique", "Ferrassel"), UNION, UNION),
    ("Rivesaine", mme("Lucie", "Bonnardeau"), m("Karim", "Sellaoui"), SOLIDARITY, SOLIDARITY),
    ("Saint-Aubrac", mme("Danielle", "Joncheray"), m("Yannick", "Tournemine"), TERRITORIES, TERRITORIES),
    ("Trois-Vallées", mme("Emma", "Vidalenche"), m("Bernard", "Oustalet"), TERRITORIES, CENTRE),
    ("Vernoise", mme("Thérèse", "Maubuisson"), m("Xavier", "Larocheval"), UNION, UNION),
    ("Yvelle", mme("Gisèle", "Pontarlan"), m("Alexandre", "Nerval-Brun"), CENTRE, CENTRE),
)

PRESIDENT = "Valmorin"

#: Family name of each vice-president in the order of the tableau, and what he or she is in charge of.
VICE_PRESIDENTS: tuple[tuple[str, str], ...] = (
    ("Dufrénoy", "Vice-président chargé des finances et de l’administration générale"),
    ("Corbenois", "Vice-présidente chargée de l’autonomie et des personnes âgées"),
    ("Sandillon", "Vice-président chargé de l’enfance et de la famille"),
    ("Brugevin", "Vice-présidente chargée des mobilités"),
    ("Hamerel", "Vice-président chargé de l’éducation et des collèges"),
    ("Bendaoui", "Vice-présidente chargée de l’insertion et de l’emploi"),
    ("Vernouil", "Vice-président chargé de l’environnement et de l’eau"),
    ("Roquevel", "Vice-présidente chargée de la culture et du patrimoine"),
    ("Tournemine", "Vice-président chargé des sports"),
    ("Escoudier", "Vice-présidente chargée de la ruralité et des aides aux communes"),
    ("Coquillard", "Vice-président chargé de l’habitat et du handicap"),
    ("Mareuillac", "Vice-présidente chargée du numérique et de la commande publique"),
)

#: Councillors with a delegation who are not vice-presidents.
DELEGATED: dict[str, str] = {
    "Diagnelle": "Conseillère déléguée à l’égalité entre les femmes et les hommes",
    "Plaisancet": "Conseiller délégué à l’agriculture",
    "Bonnardeau": "Conseillère déléguée à la mémoire et au monde combattant",
    "Sellaoui": "Conseiller délégué à la coopération décentralisée",
}

#: Those who still want their reports on paper.
ON_PAPER = frozenset({"Bazelaire", "Fersanges", "Oustalet"})
