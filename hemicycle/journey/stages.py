"""The stages of a journey, in order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hemicycle.accounts import queries as accounts
from hemicycle.couriers.world import World
from hemicycle.demonstration.cast import cast, service
from hemicycle.demonstration.departement import build
from hemicycle.demonstration.troupe import Troupe
from hemicycle.dossier.dates import day
from hemicycle.journey import acting, after, papers
from hemicycle.journey.affair import Affair
from hemicycle.journey.clock import Clock
from hemicycle.journey.record import Record

#: Days before the sitting at which the members are convened: safe under every reading of L3121-19.
CONVENED_BEFORE = 15


def perform(affair: Affair, troupe: Troupe, folder: Path, *, start: dt.datetime, signing: dt.datetime) -> Path:
    """Play the whole affair and write its papers in a folder of its own, whose path is returned.

    `start`: when the drafting begins; `signing`: when the president signs. Raises ActionRefused, AffairRefused,
    JourneyStopped.
    """
    record, clock = Record(), Clock(start)
    build(on=day(start), password="")
    service(affair.service, direction=affair.direction)
    people = cast(on=day(start), service=affair.service)
    _enrol(troupe, on=day(start))
    world = World.from_settings(clock=clock)
    record.say("simulateurs, base et département prêts")

    dossier = acting.draft(affair, people, clock, record)
    acting.go_through_circuit(affair, people, dossier, clock, record)
    clock.go_to(affair.sitting - dt.timedelta(days=CONVENED_BEFORE))
    sitting = acting.convene_members(affair, people, dossier, clock, record)
    after.carry_until(after.idle, world=world, record=record, what="L’envoi des convocations")
    acting.hold_sitting(affair, people, sitting, dossier, clock, record)

    clock.go_to(signing)
    after.sign(people, dossier, clock, world, record)
    after.transmit(dossier, world, record)
    after.tell_partners(affair, people, dossier, clock, world, record)
    after.partners_read(troupe.url("mail"), clock, record)
    after.put_online(people, dossier, clock, record)
    after.archive(dossier, world, record)

    sitting.refresh_from_db()
    out = folder / "out"
    papers.write_all(out, dossier, sitting, record.steps)
    return out


def _enrol(troupe: Troupe, *, on: dt.date) -> None:
    """The president's certificate, from the certification authority."""
    signatory = accounts.president_signatory(on=on)
    if signatory is None:
        raise after.JourneyStopped("Le président n’a pas de certificat de signature prévu.")
    troupe.enrol(
        signatory.key_name,
        given_name=signatory.agent.first_name,
        surname=signatory.agent.last_name,
        organisation=accounts.authority().name,
        title=signatory.capacity,
    )
