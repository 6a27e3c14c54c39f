"""What waits in the rooms after the circuit: a reading for a member, a signature, an act come back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.connectors import queries as connectors
from hemicycle.chain.correspondence import queries as correspondence
from hemicycle.chain.distribution import queries as distribution
from hemicycle.chain.publication import notifying as publication
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.transmission import cancellation_queries as cancellations
from hemicycle.chain.transmission import queries as transmission
from hemicycle.dossier.models import Dossier, Nature
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typography import of_fr
from hemicycle.web.holding import LINEAGE, TEXTS, Line, lines_of

#: What each carrier of the itinerary does, for those who read of its failure.
CARRIERS = {
    "send_summonses": "Envoi des convocations",
    "draw_up_act": "Mise en forme de l’acte",
    "sign": "Signature",
    "fetch_signed": "Signature dans i-Parapheur",
    "fetch_classification": "Demande de la classification",
    "ask_about_deposit": "Question au tiers de télétransmission",
    "check_act": "Contrôle de l’acte avant envoi",
    "prepare_departure": "Préparation de l’envoi à la préfecture",
    "deposit_act": "Dépôt à la préfecture",
    "fetch_envelope": "Copie de l’enveloppe partie",
    "collect_acknowledgement": "Recherche de l’accusé de réception",
    "send_cancellation": "Envoi d’une annulation à la préfecture",
    "collect_cancellation": "Recherche de la réponse à une annulation",
    "note_cancellation": "Mention de l’annulation sur l’acte",
    "stamp_copy": "Copie tamponnée",
    "prolong_proof": "Prolongation d’une preuve",
    "seal_copy": "Cachet d’une copie",
    "deposit_reply": "Envoi d’une réponse à la préfecture",
    "collect_reply_receipt": "Recherche du reçu de la préfecture",
    "return_to_direction": "Retour à la direction",
    "send_notice": "Envoi à un partenaire",
    "build_package": "Préparation du versement",
    "deposit_package": "Versement à l’archive",
    "collect_reply": "Recherche de la réponse de l’archive",
    "index_dossier": "Mise à jour de la recherche",
    "scan_annex": "Analyse d’une annexe",
    "verify_brought": "Contrôle d’un acte signé ailleurs",
    "check_system": "Test d’un raccordement",
    "tell_administrators": "Alerte aux administrateurs",
}


@dataclass(frozen=True, kw_only=True)
class OfficeList:
    """A section of the service des assemblées: every dossier at a stage, of some natures of act."""

    key: str
    title: str
    stage: Stage
    natures: frozenset[str] = frozenset(Nature.values)
    lead: str = ""


_VOTED, _INDIVIDUAL = frozenset({Nature.DELIBERATION.value}), frozenset({Nature.INDIVIDUAL.value})
_EVERY = frozenset(Nature.values)
OFFICE = (
    OfficeList(key="refuses", title="Refusés par la préfecture, à reprendre", stage=Stage.REFUSED_BY_PREFECTURE),
    OfficeList(
        key="annules", title="Transmissions annulées, à reprendre ou à retirer", stage=Stage.TRANSMISSION_CANCELLED
    ),
    OfficeList(key="versements", title="Versements refusés par l’archive", stage=Stage.REFUSED_BY_ARCHIVE),
    OfficeList(
        key="publier",
        title="Reçus par la préfecture, à publier",
        stage=Stage.ACKNOWLEDGED,
        natures=_EVERY - _INDIVIDUAL,
    ),
    OfficeList(
        key="a-notifier",
        title="Reçus par la préfecture, à notifier",
        stage=Stage.ACKNOWLEDGED,
        natures=_INDIVIDUAL,
        lead="La direction, ou vous, enregistre la notification à l’intéressé.",
    ),
    OfficeList(key="adoptes", title="Adoptés, à mettre en forme avant signature", stage=Stage.ADOPTED),
    OfficeList(
        key="prets",
        title="Prêts pour une séance",
        stage=Stage.READY,
        natures=_VOTED,
        lead="Tous les visas requis sont donnés.",
    ),
    OfficeList(
        key="a-prendre",
        title="Arrêtés et décisions à prendre",
        stage=Stage.READY,
        natures=_EVERY - _VOTED,
        lead="Tous les visas requis sont donnés ; ils ne passent pas en séance.",
    ),
)
OFFICE_STAGES = tuple(dict.fromkeys(kept.stage for kept in OFFICE))


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


def letters_to_answer(agent: Agent, on: dt.date) -> list[Any]:
    """The letters of the préfecture that wait for an answer, what presses most first."""
    return correspondence.lines(correspondence.to_answer(agent, on=on), on=on)


def messages_parked(agent: Agent, on: dt.date) -> list[Any]:
    """What the préfecture sent and nothing expected."""
    return list(transmission.parked()) if accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on) else []


def alarms_raised(agent: Agent, on: dt.date) -> list[Any]:
    """The outside systems that an administrator is to see to."""
    return [
        (alarm, connectors.SYSTEMS[connectors.System(alarm.system)]) for alarm in connectors.alarms_for(agent, on=on)
    ]


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


def of_the_outcomes(agent: Agent, *, on: dt.date) -> dict[str, QuerySet[Any]]:
    """What two sections hold, to be counted: the cancellations to decide, the acts to notify."""
    held: dict[str, QuerySet[Any]] = {"to_notify": publication.to_notify(agent, on=on)}
    if accounts.holds(agent, *cancellations.DECIDERS, on=on):
        held["cancellations"] = cancellations.to_decide(agent, on=on)
    return held


def lines_to_decide(agent: Agent, on: dt.date) -> list[Line]:
    """The acts of which someone else asks that the transmission be cancelled."""
    lines = _listed(cancellations.to_decide(agent, on=on), on=on)
    return [replace(line, sign="stale", url=reverse("cancellation", args=[line.dossier.id])) for line in lines]


def lines_to_notify(agent: Agent, on: dt.date) -> list[Line]:
    """The individual acts of the agent's direction that the préfecture has received and nobody notified yet."""
    lines = _listed(publication.to_notify(agent, on=on), on=on)
    return [replace(line, url=reverse("record_notification", args=[line.dossier.id])) for line in lines]


def _listed(found: QuerySet[Dossier], *, on: dt.date) -> list[Line]:
    rows = found.select_related(LINEAGE, "drafter").defer(*TEXTS)
    return lines_of(list(rows.order_by("stage_since", "number")), on=on)


def lines_returned(agent: Agent, on: dt.date) -> list[Line]:
    """The acts come back to the agent's direction that nobody there has seen yet."""
    rows = distribution.returned_to(agent, on=on, unseen_only=True)
    lines = lines_of([row.dossier for row in rows], on=on)
    return [replace(line, holder="votre direction", url=reverse("sendings", args=[line.dossier.id])) for line in lines]
