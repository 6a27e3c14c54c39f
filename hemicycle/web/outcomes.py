"""What is expected of an act that the préfecture has received: to be made known; or its cancellation, decided."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.queries import Detail
from hemicycle.chain.publication import notifying as publication
from hemicycle.chain.transmission import cancellation_queries as cancellations
from hemicycle.dossier.models import Dossier, Nature
from hemicycle.dossier.stages import MOVES, Move, Stage
from hemicycle.web.gestures import Ask, Gesture


def to_decide(agent: Agent, detail: Detail, on: dt.date) -> list[Ask]:
    """Someone else asks that the transmission be cancelled: the journal of the page says it, nothing more is read."""
    dossier = detail.dossier
    told = [entry for entry in detail.journal if entry.event.startswith("transmission.cancel")]
    if not told or told[-1].event != "transmission.cancellation_asked" or told[-1].actor_id == agent.pk:
        return []
    if dossier.stage not in MOVES[Move.TRANSMISSION_CANCELLED].sources:
        return []
    if not accounts.holds(agent, *cancellations.DECIDERS, on=on):
        return []
    see = Gesture(label="Lire la demande et décider", url=reverse("cancellation", args=[dossier.id]))
    strong = "L’annulation de la transmission de cet acte est demandée."
    return [Ask(strong=strong, text="Une seconde personne doit la confirmer ou l’écarter.", gestures=(see,))]


def cancelled(dossier: Dossier) -> Ask:
    see = Gesture(label="Voir les suites possibles", url=reverse("cancellation", args=[dossier.id]))
    text = "L’acte et son numéro demeurent ; il n’est plus exécutoire."
    return Ask(strong="La transmission de l’acte est annulée.", text=text, gestures=(see,), tone="late")


def to_make_known(agent: Agent, dossier: Dossier, on: dt.date, *, office: bool) -> list[Ask]:
    """An act received is put online, or notified to the person it is about."""
    if dossier.stage != Stage.ACKNOWLEDGED:
        return []
    online = Gesture(label="Publier l’acte", url=reverse("to_publish"))
    gestures = [online] if office and dossier.nature != Nature.INDIVIDUAL else []
    if publication.may_notify(dossier, agent, on=on):
        url = reverse("record_notification", args=[dossier.id])
        css = "quiet" if gestures else ""
        gestures.append(Gesture(label="Enregistrer la notification", url=url, css=css))
    if not gestures:
        return []
    text = "Il peut être mis en ligne."
    if dossier.nature == Nature.INDIVIDUAL:
        text = "Il se notifie à l’intéressé, et n’est pas mis en ligne."
    elif len(gestures) > 1:
        text = "Il peut être mis en ligne ; s’il ne concerne qu’une personne, il lui est notifié."
    return [Ask(strong="La préfecture a reçu l’acte.", text=text, gestures=tuple(gestures))]


def rights(agent: Agent, dossier: Dossier, on: dt.date) -> list[Gesture]:
    """Its transmission may be cancelled, by two people."""
    if dossier.stage not in MOVES[Move.TRANSMISSION_CANCELLED].sources:
        return []
    if not accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
        return []
    url = reverse("cancellation", args=[dossier.id])
    what = "L’acte demeure ; la préfecture le tient pour non transmis. Une seconde personne doit confirmer."
    return [Gesture(label="Annuler la transmission", url=url, css="grave", what=what)]
