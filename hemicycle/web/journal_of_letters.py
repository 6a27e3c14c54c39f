"""What the letters of the préfecture and our answers say in the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from hemicycle.texts import typography

Facts = Mapping[str, Any]


def _day(iso: str) -> str:
    return typography.date_fr(dt.date.fromisoformat(iso), weekday=False)


def _received(facts: Facts) -> str:
    due = f"à traiter au plus tard le {_day(facts['due_on'])}"
    return f"a reçu un courrier de la préfecture ({facts['kind']}) daté du {_day(facts['dated'])}, {due}"


def _deposited(facts: Facts) -> str:
    when = "dans le délai" if facts["in_time"] else f"après l’échéance du {_day(facts['due_on'])}"
    found = ", retrouvée chez le tiers de télétransmission" if facts["reconciled"] else ""
    return f"a envoyé la réponse à la préfecture ({facts['answer']}), {when}{found}"


SENTENCES: dict[str, str | Callable[[Facts], str]] = {
    "correspondence.letter_received": _received,
    "correspondence.reply_prepared": lambda f: f"a préparé une réponse à la préfecture ({f['answer']})",
    "correspondence.reply_ordered": lambda f: f"a demandé l’envoi de la réponse à la préfecture ({f['answer']})",
    "correspondence.reply_sending": "a commencé l’envoi de la réponse à la préfecture",
    "correspondence.reply_deposited": _deposited,
    "correspondence.reply_received": lambda f: (
        f"a reçu l’accusé de réception de la réponse ({f['kind']}), reçue en préfecture le {_day(f['received_on'])}"
    ),
    "correspondence.reply_refused": lambda f: f"a constaté que la réponse à la préfecture ({f['kind']}) est refusée",
    "correspondence.letter_settled": lambda f: f"a classé un courrier de la préfecture ({f['kind']}) sans y répondre",
}
#: The field that holds someone's own words.
COMMENTS: dict[str, str] = {
    "correspondence.letter_received": "detail",
    "correspondence.reply_refused": "detail",
    "correspondence.letter_settled": "note",
}
