"""Pass an act to a delegate, or back to whoever signs by right: it is drawn up again, under the same number."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.chain.signing.authority import awaiting
from hemicycle.chain.signing.drawing import drawn, names_of
from hemicycle.chain.signing.events import SignatureEntrusted
from hemicycle.chain.signing.expected import NotTheSignatory, author, wanted
from hemicycle.chain.signing.models import Act, ExpectedSignature
from hemicycle.chain.sitting import queries as sittings
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused


class NothingChanges(ActionRefused):
    message = "L’acte est déjà établi au nom de ce signataire."


@transaction.atomic
def entrust_signature(*, dossier_id: UUID, delegation_id: int | None, agent: Agent, at: dt.datetime) -> Act:
    """Name on the act the holder of a delegation of signature in force (L3221-3); None, whoever signs by right today.

    The bytes are new: any signature already given on the former ones is asked again. Raises NotTheSignatory,
    NotEntitled, DelegationNotUsable, NothingChanges, NoSignatory, NotPrintable, AlreadyOrdered, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().select_related("unit__parent", "rapporteur__agent").get(id=dossier_id)
    expected = awaiting(dossier)
    role = _role(expected, agent, on=day(at))
    delegation = _delegation(delegation_id)
    ballot = sittings.ballot_of(dossier)
    signatures = wanted(dossier, ballot, on=day(at), delegation=delegation)
    _check_changes(expected.act, author(signatures).signatory.pk, delegation)

    act = drawn(dossier, ballot, signatures, agent, at=at)

    event = SignatureEntrusted(
        number=act.number,
        sha256=act.frozen.sha256,
        signatory=names_of(signatures),
        reference=delegation.reference if delegation else "",
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return act


def _role(expected: ExpectedSignature, agent: Agent, *, on: dt.date) -> str:
    """The president, of an act that is theirs to sign; otherwise the service des assemblées."""
    own = ExpectedSignature.objects.filter(act=expected.act, who=ExpectedSignature.Who.PRESIDENT)
    one = own.select_related("signatory__agent", "delegation__giver").first()
    if one is not None and agent.is_active and agent.pk == (one.absent or one.signatory.agent).pk:
        return Role.PRESIDENT
    return access.require_role(agent, Role.ASSEMBLY_OFFICE, on=on, what="Confier une signature")


def _delegation(delegation_id: int | None) -> Delegation | None:
    if delegation_id is None:
        return None
    found: Delegation | None = (
        Delegation.objects.select_related("giver", "holder").filter(pk=delegation_id, scope="signature").first()
    )
    if found is None:
        raise NotTheSignatory("Cette délégation de signature n’existe plus ; rechargez la page.", field="delegation")
    return found


def _check_changes(act: Act, signatory_id: int, delegation: Delegation | None) -> None:
    named = act.signatures.filter(signatory=signatory_id, delegation=delegation)
    if named.exists():
        raise NothingChanges
