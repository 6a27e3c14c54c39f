"""Acts of two signatures: one by the secretary and a delegate, one that the secretary signed and the president must."""

from __future__ import annotations

from collections.abc import Callable

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.actions.begin_gesture import begin_gesture
from hemicycle.chain.signing.actions.draw_up_act import draw_up_act
from hemicycle.chain.signing.actions.entrust_signature import entrust_signature
from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.actions.refuse_signature import refuse_signature
from hemicycle.chain.signing.actions.set_signing_order import set_signing_order
from hemicycle.chain.signing.models import ExpectedSignature
from hemicycle.chain.signing.queries import signing_bytes
from hemicycle.demonstration import signatories
from hemicycle.demonstration.cast import holder
from hemicycle.demonstration.seeding.company import Company
from hemicycle.dossier.stages import Stage

#: Passed by the president to the delegate; left for the president to sign, after the secretary.
ENTRUSTED, REFUSED = "nettoyage", "garantie"
WHY = "La secrétaire de séance doit signer cet acte avant moi."
Who = ExpectedSignature.Who
Until = Callable[[Company, Callable[[], bool]], bool]


def by_two(company: Company, carry_until: Until) -> bool:
    """The acts are drawn up again with both names, and signed in their order. False when the outside is too slow."""
    clerk = holder(Role.ASSEMBLY_OFFICE, on=company.calendar.today)
    _drawn_for_two(company, clerk)
    secretary = signatories.secretary()
    _order(company, (ENTRUSTED, REFUSED), secretary)
    if not carry_until(company, lambda: all(_rank(company, key) == 2 for key in (ENTRUSTED, REFUSED))):
        return False
    _order(company, (ENTRUSTED,), signatories.delegation().holder)
    return carry_until(company, lambda: company.dossier(ENTRUSTED).stage != Stage.TO_SIGN)


def _drawn_for_two(company: Company, clerk: Agent) -> None:
    clock = company.world.clock
    president = company.cast(REFUSED).president
    series = company.dossier(REFUSED).body
    set_signing_order(series=series, places=[(Who.SECRETARY, None), (Who.PRESIDENT, None)], agent=clerk, at=clock())
    entrust_signature(
        dossier_id=company.opened[ENTRUSTED].id,
        delegation_id=signatories.delegation().pk,
        agent=president,
        at=clock(),
    )
    refuse_signature(dossier_id=company.opened[REFUSED].id, reason=WHY, agent=president, at=clock())
    draw_up_act(dossier_id=company.opened[REFUSED].id, agent=clerk, at=clock())
    # The sittings to come are for whoever tries: the president alone.
    set_signing_order(series=series, places=[(Who.PRESIDENT, None)], agent=clerk, at=clock())


def _order(company: Company, keys: tuple[str, ...], agent: Agent) -> None:
    at = company.world.clock()
    gesture = begin_gesture(codes={}, agent=agent, at=at)
    for key in keys:
        dossier_id = company.opened[key].id
        order_signature(
            dossier_id=dossier_id,
            sha256_read=signing_bytes(dossier_id).sha256,
            agent=agent,
            at=at,
            gesture_id=gesture.pk,
        )


def _rank(company: Company, key: str) -> int:
    """Of the signature whose turn it is."""
    rows = ExpectedSignature.objects.filter(act__dossier=company.opened[key], state=ExpectedSignature.State.TO_SIGN)
    return max(rows.values_list("rank", flat=True), default=0)
