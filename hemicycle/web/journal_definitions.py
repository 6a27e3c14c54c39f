"""What the definition of circuits, rules, desks, absences and delegations says in French."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from hemicycle.texts import typography
from hemicycle.texts.typography import of_fr

Facts = Mapping[str, Any]


def _defined(what: str, name: str) -> Callable[[Facts], str]:
    return lambda f: f"a {'défini' if f['new'] else 'modifié'} {what} « {f[name]} »"


def _desk(facts: Facts) -> str:
    said = _defined("le guichet", "desk")(facts)
    seated = len(facts["people"])
    return f"{said} ({seated} personne{'s' if seated > 1 else ''})" if facts["active"] else f"{said}, fermé"


def _switched(facts: Facts) -> str:
    if not facts["active"]:
        return f"a mis hors service la règle « {facts['rule']} »"
    return (
        f"a mis en service la règle « {facts['rule']} » ; à l’essai, elle aurait ajouté {facts['added']} visas "
        f"sur {facts['dossiers']} dossiers"
    )


def _day(iso: str) -> str:
    try:
        return typography.date_fr(dt.date.fromisoformat(iso), weekday=False)
    except ValueError:
        return iso


def _absence(facts: Facts) -> str:
    return (
        f"a déclaré l’absence {of_fr(facts['absent'])}, du {_day(facts['first_day'])} au {_day(facts['last_day'])}, "
        f"remplacé par {facts['replaced_by']}"
    )


def _delegation(facts: Facts) -> str:
    until = f", jusqu’au {_day(facts['last_day'])}" if facts["last_day"] else ""
    return (
        f"a enregistré la délégation de visa de {facts['giver']} à {facts['holder']} "
        f"({facts['reference']}) à partir du {_day(facts['first_day'])}{until}"
    )


def _written(facts: Facts) -> str:
    news = "une nouvelle" if facts["news"] == 1 else f"{facts['news']} nouvelles"
    return f"a écrit à {facts['to']} ({news}{', résumé du jour' if facts['digest'] else ''})"


SENTENCES: dict[str, str | Callable[[Facts], str]] = {
    "circuit.circuit_saved": _defined("le circuit", "circuit"),
    "circuit.circuit_retired": lambda f: f"a retiré le circuit « {f['circuit']} »",
    "circuit.rule_saved": _defined("la règle", "rule"),
    "circuit.rule_switched": _switched,
    "circuit.desk_saved": _desk,
    "circuit.absence_declared": _absence,
    "telling.letter_sent": _written,
    "telling.letter_refused": lambda f: f"a écrit à {f['to']} un courriel qui a été refusé : {f['reason']}",
    "telling.mails_chosen": "a choisi ses courriels",
    "circuit.absence_ended": lambda f: f"a mis fin à l’absence {of_fr(f['absent'])}, que remplaçait {f['replaced_by']}",
    "circuit.delegation_given": _delegation,
    "circuit.delegation_ended": lambda f: (
        f"a mis fin à la délégation de visa de {f['giver']} à {f['holder']} ({f['reference']})"
    ),
}
