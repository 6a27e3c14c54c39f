"""Those whose role holds over the whole département, and their jobs."""

from __future__ import annotations

from hemicycle.accounts.models import Role
from hemicycle.demonstration.person import Person, m, mme

#: Role, person, job.
STAFF: tuple[tuple[Role, Person, str], ...] = (
    (Role.CHIEF_EXECUTIVE, mme("Anne-Sophie", "Lerdoval"), "Directrice générale des services"),
    (Role.SECRETARIAT, m("Gautier", "Prévaudin"), "Secrétaire général"),
    (Role.SECRETARIAT, mme("Josiane", "Altenval"), "Assistante du secrétariat général"),
    (Role.CABINET, m("Raphaël", "Sourdeval"), "Directeur de cabinet"),
    (Role.CABINET, mme("Clémence", "Hervilly"), "Collaboratrice de cabinet"),
    (Role.FINANCE, mme("Béatrice", "Corvenel"), "Contrôleuse budgétaire"),
    (Role.FINANCE, m("Mehdi", "Larbaoui"), "Contrôleur budgétaire"),
    (Role.LEGAL, mme("Marguerite", "Delestang"), "Juriste"),
    (Role.LEGAL, m("Aurélien", "Bosquillon"), "Juriste"),
    (Role.ASSEMBLY_OFFICE, mme("Catherine", "Roussanges"), "Gestionnaire des assemblées"),
    (Role.ASSEMBLY_OFFICE, m("Damien", "Villeperche"), "Gestionnaire des assemblées"),
    (Role.ARCHIVIST, mme("Geneviève", "Parmenteau"), "Archiviste, responsable de l’archivage électronique"),
    (Role.ADMINISTRATOR, m("Quentin", "Herbelot"), "Administrateur de l’application"),
    (Role.AUDITOR, mme("Fanny", "Delorcourt"), "Auditrice interne"),
)
