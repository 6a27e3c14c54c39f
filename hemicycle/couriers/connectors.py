"""Go and see whether the outside systems work, and write to the administrators when one does not."""

from __future__ import annotations

from dataclasses import asdict

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.connectors import queries as connectors
from hemicycle.chain.connectors.actions.record_alarm_told import record_alarm_told
from hemicycle.chain.connectors.actions.record_check import record_check
from hemicycle.chain.connectors.queries import Alarm
from hemicycle.chain.connectors.systems import SYSTEMS, System
from hemicycle.couriers.connector_checks import examine
from hemicycle.couriers.letters import HEADERS, link, message_id, sender
from hemicycle.couriers.outcomes import DONE, GiveUp, Later, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.dates import day
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.checks import Certificate
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.letter import Letter


def check_system(task: Task, world: World) -> Outcome:
    """The test that someone asked for."""
    check = task.facts["check"]
    if connectors.is_under_way(check):
        _check(System(task.facts["system"]), world, check_id=check)
    return DONE


def check_each_night(world: World) -> None:
    """Every system that is set, once a night; one that fails, again until it works."""
    for system in connectors.due(at=world.clock()):
        _check(system, world)


def _check(system: System, world: World, *, check_id: int | None = None) -> None:
    report = (world.examine or examine)(system, world.clock())
    record_check(
        system=system,
        outcome=report.outcome,
        findings=[asdict(finding) for finding in report.findings],
        certificates=[_plain(certificate) for certificate in report.certificates],
        agent=accounts.courier(),
        at=world.clock(),
        check_id=check_id,
    )


def _plain(certificate: Certificate) -> dict[str, str]:
    dates = {"not_before": certificate.not_before.isoformat(), "not_after": certificate.not_after.isoformat()}
    return asdict(certificate) | dates


def tell_administrators(task: Task, world: World) -> Outcome:
    """One letter to each, once; what is over before the letter leaves is not told."""
    alarm = connectors.alarm_to_tell(task.facts["alarm"])
    if alarm is None:
        return DONE
    refusals = []
    for person in accounts.holders(Role.ADMINISTRATOR, on=day(world.clock())):
        if person.email in alarm.told:
            continue
        letter = _letter(alarm, person, world)
        try:
            sent = world.post.send(letter)
        except Unreachable as silence:
            return Later(why=str(silence))
        except Rejected as refusal:
            refusals.append(str(refusal))
            continue
        record_alarm_told(
            alarm_id=alarm.pk, to=person.email, message_id=sent, agent=accounts.courier(), at=world.clock()
        )
    return GiveUp(why=" ".join(refusals)) if refusals else DONE


def _letter(alarm: Alarm, person: Agent, world: World) -> Letter:
    about, authority = SYSTEMS[System(alarm.system)], accounts.authority()
    page = link(f"/administration/raccordements/{about.slug}/")
    return Letter(
        sender=sender(authority),
        recipient=f"{person.full_name} <{person.email}>",
        subject=f"Raccordement à regarder : {about.name}",
        text=f"Bonjour,\n\n{alarm.sentence}\n\n{alarm.remedy}\n\n"
        f"Le détail, les derniers échanges et le bouton « Tester » :\n{page}\n\n"
        "Ce courriel part une seule fois ; la page dira quand tout sera rentré dans l’ordre.\n",
        message_id=message_id("raccordement", alarm.pk, person.pk),
        at=world.clock(),
        reply_to=authority.contact_email,
        headers=HEADERS,
    )
