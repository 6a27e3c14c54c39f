"""After the past sitting: its acts are signed now, and really carried to the préfecture, the partners, the archive."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from hemicycle.chain.distribution.actions.acknowledge_return import acknowledge_return
from hemicycle.chain.distribution.actions.open_notice import open_notice
from hemicycle.chain.distribution.actions.prepare_notice import prepare_notice
from hemicycle.chain.publication.actions.publish import publish
from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.models import Act
from hemicycle.couriers.rounds import run_once
from hemicycle.demonstration.seeding import signatures
from hemicycle.demonstration.seeding.company import Company
from hemicycle.dossier import outbox
from hemicycle.dossier.stages import Stage

#: Carried to the archive; signed and acknowledged only, so that publishing it is left to whoever tries.
ARCHIVED = ("festivals", "restauration", "nettoyage")
ACKNOWLEDGED = ("brissey",)
#: Name, e-mail and mode of those who receive the act on the festivals; the first one opens the link.
PARTNERS = (
    ("Festival Les Nuits de Dorvalle", "festival@nuits-dorvalle.example", "notification"),
    ("Commune de Brissey", "mairie@brissey.example", "information"),
    ("Paierie départementale de l’Ormelle", "paierie@tresor-ormelle.example", "information"),
)
#: Seconds left to the outside world; what has not come by then is left to the site's own couriers.
PATIENCE = 40.0


def sign_and_carry(company: Company) -> bool:
    """Everything that follows the vote, batch by batch. Returns whether all of it came to its end in time."""
    if not signatures.by_two(company, _carry_until):
        return False
    _sign(company, (key for key in (*ARCHIVED, *ACKNOWLEDGED) if key != signatures.ENTRUSTED))
    if not _carry_until(company, lambda: _all_at(company, (*ARCHIVED, *ACKNOWLEDGED), Stage.ACKNOWLEDGED)):
        return False
    _return_and_tell(company)
    people = company.cast(ARCHIVED[0])
    for key in ARCHIVED:
        publish(dossier_id=company.dossier(key).id, agent=people.clerk, at=company.world.clock())
    done = _carry_until(company, lambda: _all_at(company, ARCHIVED, Stage.ARCHIVED) and outbox.waiting() == 0)
    notice = company.dossier(ARCHIVED[0]).notices.order_by("id").first()
    if done and notice is not None:
        open_notice(token=notice.token, at=company.world.clock())
        _carry_until(company, lambda: outbox.waiting() == 0)
    return done


def _sign(company: Company, keys: Iterable[str]) -> None:
    for key in keys:
        act = Act.objects.select_related("frozen").get(dossier=company.opened[key])
        order_signature(
            dossier_id=company.opened[key].id,
            sha256_read=act.frozen.sha256,
            agent=company.cast(key).president,
            at=company.world.clock(),
        )


def _return_and_tell(company: Company) -> None:
    """The act comes back to its direction, which sends it to its partners."""
    if not _carry_until(company, lambda: outbox.waiting() == 0):
        return
    dossier, people = company.dossier(ARCHIVED[0]), company.cast(ARCHIVED[0])
    acknowledge_return(dossier_id=dossier.id, agent=people.drafter, at=company.world.clock())
    for partner, email, mode in PARTNERS:
        prepare_notice(
            dossier_id=dossier.id,
            partner=partner,
            email=email,
            mode=mode,
            agent=people.drafter,
            at=company.world.clock(),
        )


def _all_at(company: Company, keys: Iterable[str], stage: Stage) -> bool:
    return all(company.dossier(key).stage == stage for key in keys)


def _carry_until(company: Company, reached: Callable[[], bool]) -> bool:
    """Let the couriers walk until then. False when they give up, or when nothing came in time."""
    limit = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > limit or any(e.state == e.State.FAILED for e in outbox.in_trouble()):
            return False
        if not run_once(company.world):
            time.sleep(0.05)
    return True
