"""What is expected of the reader of a dossier's page. A room adds its own by adding a function to ASKS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.urls import reverse

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.actions.submit import check_ready
from hemicycle.chain.distribution import queries as distribution
from hemicycle.chain.drafting.queries import Detail
from hemicycle.chain.signing import queries as signing
from hemicycle.dossier.kinds import kind_of
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typography import of_fr
from hemicycle.web import act_control, outcomes, prefecture_letters, visa_asks
from hemicycle.web.gestures import Ask, Gesture
from hemicycle.web.holding import line_of

__all__ = ["ASKS", "Ask", "Gesture", "expected"]


def writing(_agent: Agent, detail: Detail, _on: dt.date) -> list[Ask]:
    """What is missing before the dossier may be submitted, or that it may be."""
    if not detail.may_write:
        return []
    dossier = detail.dossier
    if dossier.lead is not None:
        return [_beside_its_lead(dossier, dossier.lead)]
    again = dossier.stage == Stage.TO_CORRECT
    strong = "Une correction est demandée" if again else "Ce dossier est en rédaction"
    submit = Gesture(
        label="Soumettre de nouveau" if again else "Soumettre au circuit", url=reverse("submit", args=[dossier.id])
    )
    report = Gesture(label="Écrire le rapport", url=reverse("write_report", args=[dossier.id]), css="quiet")
    act = Gesture(label="Écrire la délibération", url=reverse("write_deliberation", args=[dossier.id]), css="quiet")
    reason = _reason_of_return(detail) if again else ""
    try:
        check_ready(dossier)
    except ActionRefused as missing:
        mend = _what_to_mend(dossier.id, missing.field or "")
        others = (gesture for gesture in (report, act) if gesture.url != mend.url)
        return [Ask(strong=f"{strong}.", text=f"{reason} {missing}".strip(), gestures=(mend, *others))]
    return [
        Ask(strong=f"{strong}.", text=reason or "Rien ne manque pour le soumettre.", gestures=(submit, report, act))
    ]


def _beside_its_lead(dossier: Dossier, lead: Dossier) -> Ask:
    """One deliberation of several: written here, submitted with the report that it shares."""
    return Ask(
        strong=f"Cette délibération partage le rapport de {lead.number}.",
        text="Elle se soumet avec lui, et suit son circuit jusqu’à l’ordre du jour.",
        gestures=(
            Gesture(label="Écrire la délibération", url=reverse("write_deliberation", args=[dossier.id])),
            Gesture(label=f"Ouvrir {lead.number}", url=reverse("dossier", args=[lead.id]), css="quiet"),
        ),
    )


def _what_to_mend(dossier_id: object, field_name: str) -> Gesture:
    names = {
        "report": ("Écrire le rapport", "write_report"),
        "deliberation": ("Écrire la délibération", "write_deliberation"),
    }
    label, url_name = names.get(field_name, ("Compléter la description", "describe"))
    return Gesture(label=label, url=reverse(url_name, args=[dossier_id]))


def _reason_of_return(detail: Detail) -> str:
    back = [entry for entry in detail.journal if entry.event == "circuit.sent_back"]
    if not back:
        return ""
    facts = back[-1].sealed["facts"]
    return f"{back[-1].actor.full_name} ({facts['step']}) : « {facts['reason']} »"


def before_the_vote(agent: Agent, detail: Detail, on: dt.date) -> list[Ask]:
    """A dossier whose visas are all given looks for its sitting; an act of the president, to be taken."""
    takers = (Role.ASSEMBLY_OFFICE, *((Role.PRESIDENT,) if detail.dossier.without_vote else ()))
    if detail.dossier.stage != Stage.READY or not accounts.holds(agent, *takers, on=on):
        return []
    if detail.dossier.without_vote:
        return [_to_take(detail.dossier)]
    choose = Gesture(label="Choisir une séance", url=reverse("sittings"))
    text = "Il peut être inscrit à l’ordre du jour d’une séance."
    urgent = "Le dossier est validé en urgence, sans tous ses visas."
    strong = urgent if detail.dossier.emergency else "Tous les visas du dossier sont donnés."
    return [Ask(strong=strong, text=text, gestures=(choose,))]


def _to_take(dossier: Dossier) -> Ask:
    kind = kind_of(dossier)
    url = reverse("take_decision", args=[dossier.id])
    take = Gesture(label=f"Prendre {kind.the}", url=url, post=True)
    text = f"{kind.the[0].upper()}{kind.the[1:]} reçoit son numéro et part à la signature du président, sans vote."
    urgent = "Le dossier est validé en urgence, sans tous ses visas."
    strong = urgent if dossier.emergency else "Tous les visas du dossier sont donnés."
    return Ask(strong=strong, text=text, gestures=(take,))


def after_the_vote(agent: Agent, detail: Detail, on: dt.date) -> list[Ask]:
    """The signature, the correction of a refused transmission, the publication, the act come back."""
    dossier = detail.dossier
    office = accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on)
    if dossier.stage == Stage.TO_SIGN and signing.awaited(agent, on=on, dossier=dossier):
        sign = Gesture(label="Lire et signer l’acte", url=reverse("act_to_sign", args=[dossier.id]))
        return [Ask(strong="Votre signature est attendue.", gestures=(sign,))]
    if dossier.stage == Stage.TO_SIGN and office:
        url = reverse("entrust_signature", args=[dossier.id])
        change = Gesture(label="Changer de signataire", url=url, css="quiet")
        text = "Il peut être confié au titulaire d’une délégation de signature."
        return [Ask(strong="L’acte attend sa signature.", text=text, gestures=(change,), tone="calm")]
    if dossier.stage == Stage.REFUSED_BY_PREFECTURE and office:
        mend = Gesture(label="Voir l’anomalie", url=reverse("transmissions") + "?etat=anomaly")
        return [Ask(strong="La préfecture a refusé l’envoi.", gestures=(mend,), tone="late")]
    asks = outcomes.to_decide(agent, detail, on)
    if dossier.stage == Stage.TRANSMISSION_CANCELLED and office:
        asks.append(outcomes.cancelled(dossier))
    asks += outcomes.to_make_known(agent, dossier, on, office=office)
    if dossier.act_number and distribution.returned_to(agent, on=on, unseen_only=True, dossier=dossier):
        seen = Gesture(label="Voir l’acte et ses envois", url=reverse("sendings", args=[dossier.id]))
        asks.append(Ask(strong="L’acte est revenu à votre direction.", gestures=(seen,)))
    return asks


#: Every room's, in the order of the chain; the first that answers is what is asked.
ASKS: list[Callable[[Agent, Detail, dt.date], list[Ask]]] = [
    writing,
    visa_asks.visas,
    before_the_vote,
    act_control.would_be_refused,
    prefecture_letters.letters_to_answer,
    after_the_vote,
]


def expected(agent: Agent, detail: Detail, steps: Sequence[circuit.StepView], on: dt.date) -> list[Ask]:
    """What is expected of the reader; failing that, one calm sentence that says where the dossier waits."""
    first, *rest = [ask for room in ASKS for ask in room(agent, detail, on)] or [_elsewhere(detail, steps, on)]
    others = (*first.others, *visa_asks.rights(agent, detail, steps, on))
    return [replace(first, others=others), *map(_second, rest)]


def _second(ask: Ask) -> Ask:
    """Only one filled button on a page."""
    return replace(ask, gestures=tuple(replace(g, css=g.css or "plain", visa=False) for g in ask.gestures))


def _elsewhere(detail: Detail, steps: Sequence[circuit.StepView], on: dt.date) -> Ask:
    waiting = circuit.waiting_among(steps)
    line = line_of(detail.dossier, waiting, on=on)
    if waiting is not None:
        what = "Un avis" if waiting.opinion else f"Le visa « {waiting.step} »"
        held = " ; le Cabinet retient le dossier" if waiting.held else ""
        text = f"{what} est attendu {of_fr(line.holder)}, depuis {line.waiting}{held}."
        return Ask(strong="Rien n’est attendu de vous.", text=text, tone="calm")
    holder = f" ({line.holder})" if line.holder else ""
    return Ask(
        strong="Rien n’est attendu de vous.",
        text=f"Le dossier est à l’étape « {line.stage} »{holder}, depuis {line.waiting}.",
        tone="calm",
    )
