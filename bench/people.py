"""The organisation that the measures are taken in: thirty directions of three services, beside the demonstration's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

DIRECTIONS, SERVICES = 30, 3


@dataclass(frozen=True, kw_only=True)
class People:
    #: (service, its drafters, its head, the director above it).
    services: list[tuple[Any, list[Any], Any, Any]]
    finance: Any
    legal: Any
    cabinet: Any
    clerk: Any
    circuit: Any


def people(*, on: dt.date) -> People:
    from hemicycle.accounts.models import Agent, Post, Role, Unit
    from hemicycle.demonstration.cast import cast
    from hemicycle.demonstration.departement import SINCE, build

    build(on=on, password="")
    known = cast(on=on)
    general = Unit.objects.get(kind=Unit.Kind.GENERAL)

    def agent(name: str, role: str, unit: Any) -> Any:
        named = {"first_name": "Camille", "last_name": name}
        made, _ = Agent.objects.get_or_create(email=f"{name.lower()}@bench.example", defaults=named)
        Post.objects.get_or_create(agent=made, role=role, unit=unit, valid_from=SINCE)
        return made

    def unit_of(name: str, kind: str, parent: Any) -> Any:
        return Unit.objects.get_or_create(name=name, kind=kind, parent=parent, valid_from=SINCE)[0]

    services = []
    for d in range(DIRECTIONS):
        direction = unit_of(f"Direction {d}", Unit.Kind.DIRECTION, general)
        director = agent(f"Directrice{d}", Role.DIRECTOR, direction)
        for s in range(SERVICES):
            unit = unit_of(f"Service {d}.{s}", Unit.Kind.SERVICE, direction)
            drafters = [agent(f"Redacteur{d}-{s}-{n}", Role.DRAFTER, unit) for n in range(5)]
            services.append((unit, drafters, agent(f"Chef{d}-{s}", Role.HEAD_OF_SERVICE, unit), director))
    from hemicycle.chain.circuit.models import Circuit

    circuit = Circuit.objects.order_by("id")[0]
    return People(
        services=services,
        finance=known.finance,
        legal=known.legal,
        cabinet=known.cabinet,
        clerk=known.clerk,
        circuit=circuit,
    )
