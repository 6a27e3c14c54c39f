"""What the journal says of the outside systems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hemicycle.chain.connectors.queries import SYSTEMS

Facts = Mapping[str, Any]


def _name(facts: Facts) -> str:
    about = SYSTEMS.get(facts["system"])
    return f"« {about.name if about else facts['system']} »"


def _recorded(facts: Facts) -> str:
    if facts["outcome"] == "ok":
        return f"a testé le raccordement {_name(facts)} : il fonctionne"
    if facts["outcome"] == "doubt":
        return f"a testé le raccordement {_name(facts)} : il fonctionne, un point est à regarder"
    failing = ", ".join(facts["failing"])
    return f"a testé le raccordement {_name(facts)}, en échec : {failing}"


SENTENCES: dict[str, str | Callable[[Facts], str]] = {
    "connectors.check_asked": lambda f: f"a demandé le test du raccordement {_name(f)}",
    "connectors.check_recorded": _recorded,
    "connectors.alarm_raised": lambda f: f"a donné l’alerte. {f['sentence']}",
    "connectors.alarm_told": lambda f: f"a écrit à {f['to']} au sujet du raccordement {_name(f)}",
    "connectors.alarm_settled": lambda f: f"a levé l’alerte. {f['sentence']}",
}
