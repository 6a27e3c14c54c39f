"""Put right how an act is filed at the préfecture: its matière, the types of its pieces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission import control, outgoing
from hemicycle.chain.transmission.events import FilingCorrected
from hemicycle.chain.transmission.queries import NOT_GONE, departure_of
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Stage
from hemicycle.protocols.actes import ActesError, Nature, dotted_code, matiere_code


class NotInTheClassification(ActionRefused):
    """The préfecture's nomenclature has no such matière, or no such type of piece for that nature."""


@transaction.atomic
def correct_filing(
    *, dossier_id: UUID, agent: Agent, at: dt.datetime, subject_code: str, types: Mapping[UUID, str]
) -> Dossier:
    """Set the matière and the types of the annexes sent, as the préfecture's own classification has them.

    What was voted and signed does not change; nothing is put right once an envoi is under way. `types`: annex → code;
    an annex that is not given stays. Raises NotEntitled, MoveNotAllowed, NotInTheClassification.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Corriger le classement d’un acte")
    _require_waiting(dossier)
    matiere = _accepted_matiere(subject_code)
    annexes = {annex.pk: annex for annex in outgoing.sent_annexes(dossier)}
    accepted = _accepted_types(dossier, annexes, types)

    changes: dict[str, list[str]] = {}
    if matiere != dossier.subject_code:
        changes["matière"] = [dossier.subject_code, matiere]
        dossier.subject_code = matiere
        dossier.save(update_fields=["subject_code"])
    for annex_id, code in accepted.items():
        annex = annexes[annex_id]
        changes[f"type de « {annex.title} »"] = [annex.type_code, code]
        Attachment.objects.filter(pk=annex_id).update(type_code=code)
    if not changes:
        return dossier

    journal.record(dossier, FilingCorrected(changes=changes), by=agent, at=at, role=role)
    return dossier


def _require_waiting(dossier: Dossier) -> None:
    last = departure_of(dossier)
    if dossier.stage not in control.WAITING or (last is not None and last.state not in NOT_GONE):
        raise MoveNotAllowed(
            f"Le dossier {dossier.number} est « {Stage(dossier.stage).label} » : son classement ne se corrige "
            "qu’entre le vote et l’envoi, ou après un refus de la préfecture."
        )


def _accepted_matiere(code: str) -> str:
    classification = outgoing.classification_in_force()
    try:
        matiere = matiere_code(code.strip())
    except ActesError as reason:
        raise NotInTheClassification(str(reason), field="subject_code") from reason
    if len(matiere) < 2 or not classification.knows(matiere):
        raise NotInTheClassification(
            f"La matière {code} n’existe pas dans la classification du {classification.dated:%d/%m/%Y}.",
            field="subject_code",
        )
    return dotted_code(matiere)


def _accepted_types(dossier: Dossier, annexes: Mapping[UUID, Attachment], types: Mapping[UUID, str]) -> dict[UUID, str]:
    """Those that change. Raises NotInTheClassification."""
    nature = Nature.from_abbreviation(dossier.nature)
    allowed = outgoing.classification_in_force().piece_types(int(nature))
    changed = {}
    for annex_id, code in types.items():
        annex = annexes.get(annex_id)
        if annex is None:
            raise NotInTheClassification("Une des annexes n’est plus transmise à la préfecture ; rechargez la page.")
        if code not in allowed:
            raise NotInTheClassification(
                f"Le type de pièce « {code} » n’est pas admis pour la nature « {nature.label} »."
            )
        if (annex.type_code or nature.default_piece_type) != code:
            changed[annex_id] = code
    return changed
