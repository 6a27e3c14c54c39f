"""Run as a program: carry an affair up to its signature in the installation that the environment names.

`python -m tests.journeys.settled AFFAIR_DIR` leaves the dossier signed, its departure not yet prepared.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from pathlib import Path

import django


def main(affair_folder: Path) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    from hemicycle.accounts import queries as accounts
    from hemicycle.couriers.world import World
    from hemicycle.demonstration.cast import cast, service
    from hemicycle.demonstration.departement import build
    from hemicycle.dossier.stages import Stage
    from hemicycle.journey import acting, after
    from hemicycle.journey.affair import read_affair
    from hemicycle.journey.clock import Clock
    from hemicycle.journey.record import Record

    now = dt.datetime.now(dt.UTC)
    # Voted yesterday: the TdT refuses a decision of tomorrow.
    affair = dataclasses.replace(read_affair(affair_folder), sitting=now - dt.timedelta(days=1), correction=None)
    start = affair.sitting - dt.timedelta(days=45)
    build(on=start.date(), password="")
    service(affair.service, direction=affair.direction)
    people = cast(on=start.date(), service=affair.service)
    record, clock = Record(stream=sys.stderr), Clock(start)
    dossier = acting.draft(affair, people, clock, record)
    acting.go_through_circuit(affair, people, dossier, clock, record)
    clock.go_to(affair.sitting - dt.timedelta(days=15))
    sitting = acting.convene_members(affair, people, dossier, clock, record)
    acting.hold_sitting(affair, people, sitting, dossier, clock, record)
    clock.go_to(now)
    world = World.from_settings(clock=clock)
    assert accounts.president_signatory(on=now.date()) is not None
    after.carry_until(after.at_stage(dossier, Stage.TO_SIGN), world=world, record=record, what="act")
    from hemicycle.chain.signing.actions.order_signature import order_signature
    from hemicycle.chain.signing.models import Act

    act = Act.objects.get(dossier=dossier)
    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=people.president, at=clock())
    after.carry_until(after.at_stage(dossier, Stage.SIGNED), world=world, record=record, what="signature")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
