"""The organisation chart of the Ormelle: four pôles, twelve directions, their services and who leads them."""

from __future__ import annotations

from dataclasses import dataclass

from hemicycle.demonstration.person import Person, m, mme


@dataclass(frozen=True)
class Service:
    name: str
    head: Person
    drafter: Person | None = None


@dataclass(frozen=True, kw_only=True)
class Direction:
    name: str
    short: str
    #: Name of its pôle; empty for a direction under the direction générale.
    pole: str
    director: Person
    services: tuple[Service, ...]


GENERAL = "Direction générale des services"
CABINET = "Cabinet du Président"

RESOURCES = "Pôle Ressources"
SOLIDARITY = "Pôle Solidarités"
EDUCATION = "Pôle Éducation et culture"
TERRITORIES = "Pôle Territoires"

#: Each pôle and its directeur général adjoint.
POLES: dict[str, Person] = {
    RESOURCES: m("Benoît", "Tannerault"),
    SOLIDARITY: mme("Agathe", "Delmarsan"),
    EDUCATION: mme("Corinne", "Vauquelmont"),
    TERRITORIES: m("Yves", "Hautecroze"),
}

DIRECTIONS: tuple[Direction, ...] = (
    Direction(
        name="Direction des finances",
        short="DFI",
        pole=RESOURCES,
        director=mme("Solène", "Arquevain"),
        services=(
            Service("Service du budget et de la prospective", m("Fabien", "Loriveau"), mme("Inès", "Bramelle")),
            Service("Service de l’exécution comptable", mme("Pascale", "Ternisot")),
            Service("Service de la dette et des garanties", m("Hervé", "Coulandre"), m("Simon", "Verdalet")),
        ),
    ),
    Direction(
        name="Direction de l’assemblée et des affaires juridiques",
        short="DAAJ",
        pole="",
        director=m("Laurent", "Sabrenois"),
        services=(
            Service("Service des assemblées", mme("Claire", "Monteval"), m("Jonas", "Péridel")),
            Service("Service du conseil juridique et du contentieux", mme("Odile", "Grandsaigne")),
            Service("Service des actes et de la publication", m("Rémi", "Castelvert")),
        ),
    ),
    Direction(
        name="Direction des ressources humaines",
        short="DRH",
        pole=RESOURCES,
        director=m("Didier", "Rochambelle"),
        services=(
            Service("Service des emplois et des compétences", mme("Nadège", "Fontarel"), mme("Lise", "Aubermont")),
            Service("Service des carrières et de la paie", m("Cyril", "Jonquet")),
            Service("Service de la santé et du dialogue social", mme("Brigitte", "Lavergnole")),
        ),
    ),
    Direction(
        name="Direction des achats et de la logistique",
        short="DAL",
        pole=RESOURCES,
        director=mme("Virginie", "Estrelin"),
        services=(
            Service("Service de la commande publique", m("Thibault", "Gravelois"), m("Loïc", "Marsennes")),
            Service("Service des moyens généraux", mme("Sylvie", "Picardel")),
            Service("Service du parc et des véhicules", m("Alain", "Boisrenou")),
        ),
    ),
    Direction(
        name="Direction des systèmes d’information et du numérique",
        short="DSIN",
        pole=RESOURCES,
        director=m("Grégory", "Valembrun"),
        services=(
            Service("Service des études", mme("Mireille", "Chastagne"), m("Kevin", "Doucelin")),
            Service("Service des infrastructures et de la sécurité", m("Patrice", "Orsival")),
            Service("Service des usages et des données", mme("Estelle", "Quincerot")),
        ),
    ),
    Direction(
        name="Direction du patrimoine bâti",
        short="DPB",
        pole=TERRITORIES,
        director=mme("Hélène", "Brancourville"),
        services=(
            Service("Service de la construction des collèges", m("Olivier", "Fressange"), mme("Maud", "Lantivy")),
            Service("Service de la maintenance et de l’énergie", m("Bruno", "Escarpel")),
            Service("Service du foncier et de la gestion immobilière", mme("Annick", "Veyrolles")),
        ),
    ),
    Direction(
        name="Direction de l’éducation et de la jeunesse",
        short="DEJ",
        pole=EDUCATION,
        director=m("Philippe", "Andrevaux"),
        services=(
            Service("Service du fonctionnement des collèges", mme("Delphine", "Roquemart"), m("Adrien", "Sauvelin")),
            Service("Service de la restauration", m("Gilles", "Bellandry")),
            Service("Service de la jeunesse", mme("Sandrine", "Hourcelle")),
        ),
    ),
    Direction(
        name="Direction de la culture, du patrimoine, des sports et des loisirs",
        short="DCPSL",
        pole=EDUCATION,
        director=mme("Isabelle", "Carmonteil"),
        services=(
            Service("Service du sport et des loisirs", m("Mathieu", "Garravel"), mme("Camille", "Ferrandeau")),
            Service("Service du spectacle vivant et des musées", mme("Judith", "Belpasse"), m("Théo", "Vincelles")),
            Service("Médiathèque départementale", mme("Florence", "Dormoize")),
            Service("Archives départementales", m("Étienne", "Launoix")),
        ),
    ),
    Direction(
        name="Direction de la voirie et des déplacements",
        short="DVD",
        pole=TERRITORIES,
        director=m("Jean-Marc", "Oulevay"),
        services=(
            Service("Service du patrimoine routier", mme("Karine", "Thivelin"), m("Paul", "Dargenoy")),
            Service("Service des études et des grands travaux", m("Sébastien", "Crouvezier"), mme("Nora", "Belhassin")),
            Service("Service de l’entretien et de l’exploitation", m("Christian", "Malpertuy")),
            Service("Service du domaine public", mme("Valérie", "Josserond")),
        ),
    ),
    Direction(
        name="Direction de l’aménagement et de la transition écologique",
        short="DATE",
        pole=TERRITORIES,
        director=mme("Marianne", "Toussevert"),
        services=(
            Service("Service des aides aux communes", m("Nicolas", "Perrichaud"), mme("Léa", "Combressol")),
            Service("Service de l’habitat et du logement", mme("Aurélie", "Saintonge-Roy")),
            Service("Service de l’eau et de la biodiversité", m("Gaël", "Kerdavid"), m("Hugo", "Marivelle")),
            Service("Service de l’agriculture et du tourisme", mme("Cécile", "Bargemont")),
        ),
    ),
    Direction(
        name="Direction de l’enfance, de la famille et de la PMI",
        short="DEFP",
        pole=SOLIDARITY,
        director=m("Arnaud", "Vieuxpont"),
        services=(
            Service("Service de la protection de l’enfance", mme("Rachel", "Dumoncel"), mme("Anaïs", "Plancherel")),
            Service("Service de l’adoption et de l’accueil familial", m("Denis", "Lagravière")),
            Service("Service de la PMI et de la santé", mme("Myriam", "Ozanet")),
            Service("Service des établissements", mme("Véronique", "Fauchelle")),
        ),
    ),
    Direction(
        name="Direction de l’autonomie et de l’insertion",
        short="DAI",
        pole=SOLIDARITY,
        director=mme("Laurence", "Mirandol"),
        services=(
            Service("Service des personnes âgées", m("Stéphane", "Hurtevent"), m("Bastien", "Clavaillac")),
            Service("Service du handicap", mme("Élodie", "Raucourt")),
            Service("Service de l’insertion et du RSA", m("Frédéric", "Damperey"), mme("Sarah", "Miljevic")),
            Service("Service de la tarification", mme("Martine", "Boulassel")),
        ),
    ),
)
