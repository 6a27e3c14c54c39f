"""What the control, the nomenclature, the messages put aside and the hours of sending say in the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from hemicycle.texts import typography

Facts = Mapping[str, Any]


def _moment(iso: str) -> str:
    return typography.datetime_fr(timezone.localtime(dt.datetime.fromisoformat(iso)))


def _day(iso: str) -> str:
    return typography.date_fr(dt.date.fromisoformat(iso[:10]))


SENTENCES: dict[str, str | Callable[[Facts], str]] = {
    "transmission.classification_asked": "a demandé à la préfecture sa classification",
    "transmission.message_parked": lambda f: f"a mis de côté un message de la préfecture ({f['kind']})",
    "transmission.message_settled": lambda f: f"a classé un message de la préfecture ({f['kind']})",
    "transmission.anomaly_after_acknowledgement": lambda f: (
        f"a reçu une anomalie ({f['code']}) après l’accusé de réception, qui reste"
    ),
    "transmission.answer_missing": lambda f: (
        f"a constaté que la préfecture n’a pas répondu à l’envoi déposé le {_day(f['deposited_on'])}"
    ),
    "transmission.tdt_asked": "a demandé au tiers de télétransmission ce qu’est devenu l’envoi",
    "transmission.cancellation_asked": lambda f: f"a demandé l’annulation de la transmission de {f['unique_id']}",
    "transmission.cancellation_declined": lambda f: f"a écarté l’annulation demandée par {f['asked_by']}",
    "transmission.cancellation_confirmed": lambda f: f"a confirmé l’annulation demandée par {f['asked_by']}",
    "transmission.cancellation_begun": "a commencé l’envoi de l’annulation à la préfecture",
    "transmission.cancellation_sent": lambda f: (
        "a trouvé l’annulation au tiers de télétransmission" if f["reconciled"] else "a envoyé l’annulation"
    ),
    "transmission.cancellation_refused": "a reçu le refus de l’annulation : l’accusé de réception reste",
    "transmission.cancelled": lambda f: (
        f"a constaté que la préfecture annule la transmission de {f['unique_id']} au {_day(f['received_on'])}"
    ),
    "transmission.message_applied": lambda f: (
        f"a appliqué à l’acte, alors « {f['before']} », un message mis de côté ({f['kind']})"
    ),
    "transmission.sending_hours_set": lambda f: (
        "a réglé les heures d’envoi à la préfecture : " + (", ".join(f["hours"]) or "à toute heure")
    ),
    "transmission.maintenance_announced": lambda f: (
        f"a annoncé une maintenance du {_moment(f['starts_at'])} au {_moment(f['ends_at'])} ({f['reason']})"
    ),
    "transmission.maintenance_lifted": lambda f: (
        f"a levé la maintenance annoncée le {_moment(f['starts_at'])} ({f['reason']})"
    ),
}
#: The field that holds someone's own words.
COMMENTS: dict[str, str] = {
    "transmission.cancellation_asked": "reason",
    "transmission.cancellation_declined": "reason",
    "transmission.cancellation_confirmed": "note",
    "transmission.cancellation_refused": "detail",
    "transmission.cancelled": "reason",
    "transmission.message_applied": "reason",
    "transmission.message_parked": "detail",
    "transmission.message_settled": "note",
    "transmission.anomaly_after_acknowledgement": "detail",
}
