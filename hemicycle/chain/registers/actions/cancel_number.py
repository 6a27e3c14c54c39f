"""Cancel the number of an act that will not be: it stays in its register, struck, with its reason."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.registers.events import NumberCancelled
from hemicycle.chain.signing.models import Act
from hemicycle.chain.signing.queries import trouble_of
from hemicycle.dossier import access, journal, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, RegisterLine
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Move, Stage
from hemicycle.texts.typed import one_line

MAX_REASON = 250
STATES = Act.State


class ReasonMissing(ActionRefused):
    message = "Dites pourquoi le numéro est annulé : le motif reste dans le registre, à la place de l’acte."


class SignatureUnderWay(ActionRefused):
    message = "La signature de cet acte est ordonnée ; attendez qu’elle soit apposée ou refusée."


@transaction.atomic
def cancel_number(*, dossier_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> RegisterLine:
    """Strike the number of an act not signed yet, refused by its signatory or refused by the préfecture.

    The number is never given again and the dossier leaves the chain. Raises NotEntitled, ReasonMissing,
    SignatureUnderWay, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, on=day(at), what=f"Annuler le numéro {dossier.act_number}".strip()
    )
    line = register.line_of(dossier)
    if line is None:
        raise MoveNotAllowed(f"Le dossier {dossier.number} n’a pas de numéro d’acte à annuler.")
    said = one_line(reason, MAX_REASON)
    if not said:
        raise ReasonMissing(field="reason")
    _require_no_signature_under_way(dossier)

    # The act that was refused, or signed and then refused by the préfecture, stays as it is: it is a fact.
    for act in Act.objects.filter(dossier=dossier, state__in=[STATES.TO_SIGN, STATES.ORDERED]):
        act.state, act.refusal_reason = STATES.REFUSED, said
        act.save(update_fields=["state", "refusal_reason"])
        act.signatures.all().delete()
    dossier.move(Move.NUMBER_CANCELLED, at=at)
    register.cancel(line, reason=said, at=at)

    journal.record(dossier, NumberCancelled(number=line.act_number, reason=said), by=agent, at=at, role=role)
    return line


def _require_no_signature_under_way(dossier: Dossier) -> None:
    act = Act.objects.filter(dossier=dossier).first()
    if act is not None and dossier.stage == Stage.TO_SIGN and act.state == STATES.ORDERED and not trouble_of(act):
        raise SignatureUnderWay
