"""The dossiers of the demonstration: what each is about. Their texts stand beside, one folder per key."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hemicycle.accounts.models import Body
from hemicycle.demonstration import circuits

CULTURE, SCHOOL, SPORT = "Culture et patrimoine", "Éducation et collèges", "Sports et loisirs"
ROADS, TOWNS, NATURE = "Routes et mobilités", "Aides aux communes", "Environnement et eau"
SOCIAL, MEANS, MONEY = "Solidarités", "Moyens généraux", "Finances"

CD, CP = Body.COUNCIL, Body.STANDING_COMMITTEE


@dataclass(frozen=True, kw_only=True)
class Affair:
    """One dossier: its fields, the circuit that it takes, the titles of its annexes in order."""

    key: str
    service: str
    body: str = CP
    object: str
    subject_code: str
    theme: str
    #: Family name of the member who reports; empty while nobody is chosen.
    rapporteur: str = ""
    circuit: str = circuits.ORDINARY
    amount: Decimal | None = None
    annexes: tuple[str, ...] = ()
    #: False: opened, and nothing written yet.
    written: bool = True


AFFAIRS: tuple[Affair, ...] = (
    Affair(
        key="festivals",
        service="Service du spectacle vivant et des musées",
        object="Aide aux festivals d’initiative locale – première répartition",
        subject_code="7.5",
        theme=CULTURE,
        rapporteur="Roquevel",
        circuit=circuits.GRANTS,
        amount=Decimal(168_000),
        annexes=("Répartition des aides et calendrier des versements",),
    ),
    Affair(
        key="restauration",
        service="Service du fonctionnement des collèges",
        object="Tarifs de la restauration des collèges publics",
        subject_code="8.1",
        theme=SCHOOL,
        rapporteur="Hamerel",
        circuit=circuits.FINANCIAL,
        amount=Decimal(196_000),
    ),
    Affair(
        key="nettoyage",
        service="Service de la commande publique",
        object="Avenant n° 2 au marché de nettoyage des sites départementaux – lot n° 3",
        subject_code="1.1",
        theme=MEANS,
        rapporteur="Mareuillac",
        amount=Decimal(84_300),
        annexes=("Projet d’avenant n° 2",),
    ),
    Affair(
        key="voie-communale",
        service="Service du patrimoine routier",
        object="Classement de la voie communale n° 7 de Vernoise dans le domaine public routier départemental",
        subject_code="8.3",
        theme=ROADS,
        rapporteur="Brugevin",
        amount=Decimal(96_000),
    ),
    Affair(
        key="marais",
        service="Service de l’eau et de la biodiversité",
        object="Acquisition de onze parcelles en espace naturel sensible – marais de Clérande",
        subject_code="3.1",
        theme=NATURE,
        rapporteur="Vernouil",
        amount=Decimal(58_400),
    ),
    Affair(
        key="brissey",
        service="Service des études et des grands travaux",
        object="RD 914 – aménagement de la traverse de Brissey – convention avec la commune",
        subject_code="8.3",
        theme=ROADS,
        rapporteur="Brugevin",
        circuit=circuits.FINANCIAL,
        amount=Decimal(742_000),
        annexes=("Projet de convention avec la commune de Brissey",),
    ),
    Affair(
        key="garantie",
        service="Service de la dette et des garanties",
        object="Garantie d’emprunt – 24 logements sociaux à Vernoise – Ormelle Habitat",
        subject_code="7.3",
        theme=MONEY,
        rapporteur="Dufrénoy",
        circuit=circuits.FINANCIAL,
        amount=Decimal(1_560_000),
        annexes=("Caractéristiques du contrat de prêt",),
    ),
    Affair(
        key="comites-sportifs",
        service="Service du sport et des loisirs",
        object="Subventions aux comités sportifs départementaux",
        subject_code="7.5",
        theme=SPORT,
        rapporteur="Tournemine",
        circuit=circuits.GRANTS,
        amount=Decimal(312_500),
        annexes=("Tableau des bénéficiaires", "Convention type"),
    ),
    Affair(
        key="solidarite-territoriale",
        service="Service des aides aux communes",
        object="Contrats de solidarité territoriale – neuf opérations communales",
        subject_code="7.8",
        theme=TOWNS,
        rapporteur="Escoudier",
        circuit=circuits.FINANCIAL,
        amount=Decimal(1_436_000),
        annexes=("Aides par commune et calendrier",),
    ),
    Affair(
        key="saint-aubrac",
        service="Service de la construction des collèges",
        object="Reconstruction du collège de Saint-Aubrac – programme et mandat de maîtrise d’ouvrage",
        subject_code="1.3",
        theme=SCHOOL,
        rapporteur="Hamerel",
        circuit=circuits.FINANCIAL,
        amount=Decimal(21_600_000),
        annexes=("Programme de l’opération",),
    ),
    Affair(
        key="emplois",
        service="Service des emplois et des compétences",
        object="Modification du tableau des emplois",
        subject_code="4.1",
        theme=MEANS,
        rapporteur="Dufrénoy",
        amount=Decimal(210_000),
    ),
    Affair(
        key="velo",
        service="Service du patrimoine routier",
        body=CD,
        object="Plan vélo départemental – autorisation de programme",
        subject_code="8.7",
        theme=ROADS,
        rapporteur="Brugevin",
        circuit=circuits.FINANCIAL,
        amount=Decimal(12_000_000),
    ),
    Affair(
        key="numerique",
        service="Service des études",
        body=CD,
        object="Schéma directeur du numérique",
        subject_code="9.2",
        theme=MEANS,
        rapporteur="Mareuillac",
        circuit=circuits.FINANCIAL,
        amount=Decimal(14_500_000),
        annexes=("Feuille de route et indicateurs",),
    ),
    Affair(
        key="aide-sociale",
        service="Service des personnes âgées",
        body=CD,
        object="Règlement départemental d’aide sociale – mise à jour de six fiches",
        subject_code="8.2",
        theme=SOCIAL,
        rapporteur="Corbenois",
        annexes=("Fiches avant et après",),
    ),
    Affair(
        key="sports-de-nature",
        service="Service du sport et des loisirs",
        object="Plan départemental des espaces, sites et itinéraires – inscription de trois sites",
        subject_code="8.8",
        theme=SPORT,
        rapporteur="Tournemine",
        amount=Decimal(46_000),
    ),
    Affair(
        key="decision-modificative",
        service="Service du budget et de la prospective",
        body=CD,
        object="Décision modificative n° 2",
        subject_code="7.1",
        theme=MONEY,
        rapporteur="Dufrénoy",
        circuit=circuits.BUDGET,
        amount=Decimal(9_300_000),
    ),
    Affair(
        key="photovoltaique",
        service="Service de la construction des collèges",
        object="Centrale photovoltaïque du collège de Noirefont – occupation de la toiture",
        subject_code="3.5",
        theme=SCHOOL,
        rapporteur="Vernouil",
    ),
    Affair(
        key="carburants",
        service="Service de la commande publique",
        object="Accord-cadre de carburants – groupement de commandes",
        subject_code="1.1",
        theme=MEANS,
        rapporteur="Mareuillac",
        amount=Decimal(1_900_000),
        annexes=("Projet de convention constitutive",),
    ),
    Affair(
        key="foyers",
        service="Service de la protection de l’enfance",
        object="Contrat pluriannuel d’objectifs et de moyens avec l’association L’Escale",
        subject_code="8.2",
        theme=SOCIAL,
        rapporteur="Sandillon",
        circuit=circuits.FINANCIAL,
        amount=Decimal(6_600_000),
    ),
    Affair(
        key="manifestations",
        service="Service du sport et des loisirs",
        object="Aide aux manifestations sportives – deuxième répartition",
        subject_code="7.5",
        theme=SPORT,
        rapporteur="Tournemine",
        circuit=circuits.GRANTS,
        amount=Decimal(54_800),
    ),
    Affair(
        key="assistants-familiaux",
        service="Service des emplois et des compétences",
        body=CD,
        object="Régime indemnitaire des assistants familiaux",
        subject_code="4.5",
        theme=SOCIAL,
        rapporteur="Sandillon",
        amount=Decimal(640_000),
    ),
    Affair(
        key="chantiers-insertion",
        service="Service de l’insertion et du RSA",
        object="Soutien aux chantiers d’insertion – convention annuelle",
        subject_code="7.5",
        theme=SOCIAL,
        rapporteur="Bendaoui",
        amount=Decimal(480_000),
        annexes=("Aides par structure", "Convention d’objectifs et de moyens"),
    ),
    Affair(
        key="bourses",
        service="Service du sport et des loisirs",
        object="Bourses aux jeunes sportifs de haut niveau",
        subject_code="7.5",
        theme=SPORT,
        written=False,
    ),
    Affair(
        key="velos-electriques",
        service="Service du patrimoine routier",
        object="Aide à l’achat de vélos à assistance électrique",
        subject_code="7.5",
        theme=ROADS,
        rapporteur="Brugevin",
        amount=Decimal(120_000),
    ),
)

BY_KEY = {affair.key: affair for affair in AFFAIRS}
