"""The dossiers by which one sees a text written, read, changed and followed."""

from __future__ import annotations

from decimal import Decimal

from hemicycle.demonstration import act_types, circuits
from hemicycle.demonstration.seeding.affair import CULTURE, ROADS, SPORT, TOWNS, Affair, Companion, Typed

#: Three versions, comments on their paragraphs (sport_adapte.py).
VERSIONS = "sport-adapte"
#: One report, three deliberations.
SHARED = "equipements"
EMERGENCY, EMBARGO = "crues", "ferrault"
#: It modifies an act of the past sitting.
MODIFIES = "brissey-avenant"

_EQUIPMENT = "Équipements sportifs communaux"

FOLLOWED: tuple[Affair, ...] = (
    Affair(
        key=VERSIONS,
        service="Service du sport et des loisirs",
        object="Subventions au sport adapté",
        subject_code="7.5",
        theme=SPORT,
        rapporteur="Tournemine",
        circuit=circuits.GRANTS,
        amount=Decimal(45_000),
        annexes=("Bénéficiaires et versements",),
        links=(("follows", "comites-sportifs"),),
    ),
    Affair(
        key=SHARED,
        service="Service des aides aux communes",
        object=f"{_EQUIPMENT} – gymnase des Tilleuls à Lormet",
        subject_code="7.8",
        theme=TOWNS,
        rapporteur="Escoudier",
        circuit=circuits.GRANTS,
        amount=Decimal(192_000),
        companions=(
            Companion(
                object=f"{_EQUIPMENT} – piste d’athlétisme de Vernoise",
                amount=Decimal(133_000),
                extra={"beneficiaire": "Commune de Vernoise", "cout_total": "380000"},
            ),
            Companion(
                object=f"{_EQUIPMENT} – salle de gymnastique de Marvillard",
                amount=Decimal(100_000),
                extra={"beneficiaire": "Commune de Marvillard", "cout_total": "250000"},
            ),
        ),
    ),
    Affair(
        key=EMERGENCY,
        service="Service des aides aux communes",
        object="Aide d’urgence aux communes sinistrées par les crues de la Clérande",
        subject_code="7.8",
        theme=TOWNS,
        rapporteur="Escoudier",
        circuit=circuits.FINANCIAL,
        amount=Decimal(180_000),
    ),
    Affair(
        key=EMBARGO,
        service="Service du spectacle vivant et des musées",
        object="Acquisition de l’ancienne filature Ferrault à Brissey",
        subject_code="3.1",
        theme=CULTURE,
        rapporteur="Roquevel",
        circuit=circuits.GRANTS,
        amount=Decimal(2_280_000),
    ),
    Affair(
        key=MODIFIES,
        service="Service des études et des grands travaux",
        object="RD 914 – aménagement de la traverse de Brissey – avenant n° 1 à la convention",
        subject_code="8.3",
        theme=ROADS,
        rapporteur="Brugevin",
        circuit=circuits.FINANCIAL,
        amount=Decimal(61_000),
        links=(("modifies", "brissey"),),
    ),
)

_GRANT, _DURATION = act_types.GRANT, {"duree": "trois ans"}

#: The type of each dossier that has one.
TYPES: dict[str, Typed] = {
    "festivals": Typed(name=_GRANT, extra={"beneficiaire": "Quatre associations, selon l’annexe"}),
    "comites-sportifs": Typed(
        name=_GRANT, extra={"beneficiaire": "Quarante et un comités sportifs départementaux", "cout_total": "1248000"}
    ),
    "manifestations": Typed(name=_GRANT, extra={"beneficiaire": "Sept organisateurs de manifestations sportives"}),
    "solidarite-territoriale": Typed(name=_GRANT, extra={"beneficiaire": "Neuf communes", "cout_total": "4798000"}),
    "chantiers-insertion": Typed(name=_GRANT, extra={"beneficiaire": "Structures de l’insertion, selon l’annexe"}),
    "bourses": Typed(name=_GRANT),
    VERSIONS: Typed(
        name=_GRANT,
        extra={"beneficiaire": "Comité départemental du sport adapté et cinq clubs", "cout_total": "104300"},
    ),
    SHARED: Typed(name=_GRANT, extra={"beneficiaire": "Commune de Lormet", "cout_total": "640000"}),
    EMERGENCY: Typed(name=_GRANT, extra={"beneficiaire": "Communes de Clérande, Rivesaine et Yvelle"}),
    "brissey": Typed(name=act_types.CONTRACT, extra={"duree": "cinq ans"}),
    MODIFIES: Typed(name=act_types.CONTRACT, extra={"duree": "cinq ans"}),
    "foyers": Typed(name=act_types.CONTRACT, extra=_DURATION),
    "photovoltaique": Typed(name=act_types.CONTRACT, extra={"duree": "cinq ans"}),
    "nettoyage": Typed(name=act_types.PROCUREMENT),
    "carburants": Typed(name=act_types.PROCUREMENT),
    "saint-aubrac": Typed(name=act_types.PROCUREMENT),
    "emplois": Typed(name=act_types.STAFF),
    "assistants-familiaux": Typed(name=act_types.STAFF),
    "decision-modificative": Typed(name=act_types.BUDGET),
}
