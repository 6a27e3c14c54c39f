"""What waits in the rooms after the circuit: a reading for a member, a signature, an act come back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.distribution import queries as distribution
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.transmission import queries as transmission
from hemicycle.dossier.models import Dossier
from hemicycle.texts.typography import of_fr
from hemicycle.web.holding import LINEAGE, TEXTS, Line, lines_of

#: What each carrier of the itinerary does, for those who read of its failure.
CARRIERS = {
    "send_summonses": "Envoi des convocations",
    "draw_up_act": "Mise en forme de l’acte",
    "sign": "Signature",
    "fetch_classification": "Demande de la classification",
    "ask_about_deposit": "Question au tiers de télétransmission",
    "check_act": "Contrôle de l’acte avant envoi",
    "prepare_departure": "Préparation de l’envoi à la préfecture",
    "deposit_act": "Dépôt à la préfecture",
    "fetch_envelope": "Copie de l’enveloppe partie",
    "collect_acknowledgement": "Recherche de l’accusé de réception",
    "stamp_copy": "Copie tamponnée",
    "seal_copy": "Cachet d’une copie",
    "deposit_reply": "Envoi d’une réponse à la préfecture",
    "collect_reply_receipt": "Recherche du reçu de la préfecture",
    "return_to_direction": "Retour à la direction",
    "send_notice": "Envoi à un partenaire",
    "build_package": "Préparation du versement",
    "deposit_package": "Versement à l’archive",
    "collect_reply": "Recherche de la réponse de l’archive",
    "index_dossier": "Mise à jour de la recherche",
}


def lines_to_sign(agent: Agent, on: dt.date) -> list[Line]:
    """The acts that wait for the agent's signature; each line opens the act."""
    pile = signing.awaited(agent, on=on)
    names = {w.dossier.id: f"en l’absence {of_fr(w.on_behalf_of.full_name)}" for w in pile if w.on_behalf_of}
    lines = lines_of([w.dossier for w in pile], on=on)
    return [
        replace(
            line,
            sign="expected",
            holder="vous",
            note=names.get(line.dossier.id, ""),
            url=reverse("act_to_sign", args=[line.dossier.id]),
        )
        for line in lines
    ]


def lines_unanswered(agent: Agent, on: dt.date) -> list[Line]:
    """The deposits that the préfecture leaves unanswered; each line opens the page of the transmissions."""
    if not accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
        return []
    lines = _listed(transmission.unanswered(agent, on=on), on=on)
    return [replace(line, sign="late", url=reverse("transmissions") + "?etat=deposited") for line in lines]


def messages_parked(agent: Agent, on: dt.date) -> list[Any]:
    """What the préfecture sent and nothing expected."""
    return list(transmission.parked()) if accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on) else []


def of_the_prefecture(agent: Agent, *, on: dt.date) -> dict[str, QuerySet[Any]]:
    """What the three sections of the service des assemblées hold, to be counted."""
    return {
        "unanswered": transmission.unanswered(agent, on=on),
        "parked": transmission.parked(),
        "would_be_refused": transmission.would_be_refused(agent, on=on),
    }


def lines_would_be_refused(agent: Agent, on: dt.date) -> list[Line]:
    """The acts that wait and that the préfecture would refuse; each line opens what is to be put right."""
    if not accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
        return []
    lines = _listed(transmission.would_be_refused(agent, on=on), on=on)
    return [replace(line, sign="refused", url=reverse("act_control", args=[line.dossier.id])) for line in lines]


def _listed(found: QuerySet[Dossier], *, on: dt.date) -> list[Line]:
    rows = found.select_related(LINEAGE, "drafter").defer(*TEXTS)
    return lines_of(list(rows.order_by("stage_since", "number")), on=on)


def lines_returned(agent: Agent, on: dt.date) -> list[Line]:
    """The acts come back to the agent's direction that nobody there has seen yet."""
    rows = distribution.returned_to(agent, on=on, unseen_only=True)
    lines = lines_of([row.dossier for row in rows], on=on)
    return [replace(line, holder="votre direction", url=reverse("sendings", args=[line.dossier.id])) for line in lines]
