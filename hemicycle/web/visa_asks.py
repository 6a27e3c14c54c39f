"""What the circuit expects of the reader of a dossier's page, and what the reader may do there besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.queries import Awaited, StepView
from hemicycle.chain.drafting.queries import Detail
from hemicycle.chain.registers import queries as registers
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.texts import typography
from hemicycle.texts.typography import of_fr
from hemicycle.web import outcomes
from hemicycle.web.gestures import Ask, Gesture
from hemicycle.web.holding import span_fr

#: Where the Cabinet may put or lift an embargo.
BEFORE_THE_AGENDA = (Stage.DRAFTING, Stage.IN_CIRCUIT, Stage.TO_CORRECT, Stage.READY)


def visas(agent: Agent, detail: Detail, on: dt.date) -> list[Ask]:
    """The visas and the opinions that the reader may give, each in its name; then the visa that may be taken back."""
    dossier = detail.dossier
    if dossier.stage not in (Stage.IN_CIRCUIT, Stage.READY):
        return []
    asked: list[Ask] = []
    if dossier.stage == Stage.IN_CIRCUIT:
        back = _why_back(detail)
        asked = [
            replace(ask, text=f"{ask.text}{back}")
            for ask in (_asked(awaited, dossier, on=on) for awaited in circuit.awaited_of(dossier, agent, on=on))
        ]
    return [*asked, *_take_back(agent, detail)]


def _why_back(detail: Detail) -> str:
    """What was said by whoever has just sent the dossier back to an earlier step; empty otherwise."""
    acts = [entry for entry in detail.journal if entry.event.startswith("circuit.")]
    if not acts or acts[-1].event != "circuit.sent_back_to":
        return ""
    facts = acts[-1].sealed["facts"]
    return f" {acts[-1].actor.full_name} ({facts['step']}) l’a renvoyé : « {facts['reason']} »"


def _asked(awaited: Awaited, dossier: Dossier, *, on: dt.date) -> Ask:
    if dossier.lead_id is not None:
        lead = Gesture(label="Ouvrir le dossier principal", url=reverse("dossier", args=[dossier.lead_id]))
        text = "Il se donne sur le dossier principal, et vaut pour toutes ses délibérations."
        return Ask(strong=f"Votre visa « {awaited.step} » est attendu.", text=text, gestures=(lead,))
    return _opinion(awaited, dossier) if awaited.opinion else _visa(awaited, dossier, on=on)


def _opinion(awaited: Awaited, dossier: Dossier) -> Ask:
    asker = awaited.asked_by.full_name if awaited.asked_by else "Un collègue"
    absent = awaited.on_behalf_of
    whose = f"l’avis {of_fr(absent.full_name)}" if absent else "votre avis"
    answer = reverse("give_opinion", args=[dossier.id])
    ask = reverse("ask_opinion", args=[dossier.id])
    return Ask(
        strong=f"{asker} demande {whose}",
        text=f"sur la version {awaited.version} : « {awaited.question} »",
        gestures=(Gesture(label="Donner mon avis", url=answer + _behalf(awaited)),),
        others=(
            Gesture(label="Demander un autre avis", url=ask + _behalf(awaited), what="Avant de répondre vous-même."),
        ),
        absent=absent.full_name if absent else "",
    )


def _behalf(awaited: Awaited) -> str:
    return f"?pour={awaited.on_behalf_of.pk}" if awaited.on_behalf_of else ""


def _visa(awaited: Awaited, dossier: Dossier, *, on: dt.date) -> Ask:
    absent = awaited.on_behalf_of
    late = awaited.due_on is not None and awaited.due_on < on
    when = f", avant {typography.date_fr(awaited.due_on)}" if awaited.due_on else ""
    if late and awaited.due_on:
        when = f" ; il devait être donné le {typography.date_fr(awaited.due_on)}"
    if awaited.held_at is not None:
        when = " ; le dossier est retenu, rien n’est en retard"
    name = f"Le visa « {awaited.step} » {of_fr(absent.full_name)}" if absent else f"Votre visa « {awaited.step} »"
    hidden = {"version_read": str(awaited.version), "on_behalf_of": str(absent.pk) if absent else ""}
    give, back = reverse("give_visa", args=[dossier.id]), reverse("send_back", args=[dossier.id])
    return Ask(
        strong=f"{name} est attendu",
        text=f"depuis {span_fr(awaited.opened_at, on=on)}{when}. Il portera sur la version {awaited.version}, "
        "celle que vous lisez.",
        gestures=(
            Gesture(label=f"Viser la version {awaited.version}", url=give, post=True, hidden=hidden, visa=True),
            Gesture(label="Demander une correction", url=back + _behalf(awaited), css="quiet"),
        ),
        others=_besides(awaited, dossier),
        tone="late" if late else "",
        absent=absent.full_name if absent else "",
    )


def _besides(awaited: Awaited, dossier: Dossier) -> tuple[Gesture, ...]:
    behalf = _behalf(awaited)

    def link(label: str, name: str, what: str, *more: str) -> Gesture:
        return Gesture(label=label, url=reverse(name, args=[dossier.id, *more]) + behalf, what=what)

    apart = [
        link("Viser avec une remarque ou une réserve", "give_visa", "Le visa est donné, vos mots l’accompagnent."),
        link("Demander un avis", "ask_opinion", "Une personne lit et répond, puis le dossier vous revient."),
        link("Modifier le rapport", "amend", "Une nouvelle version ; les visas déjà donnés y renvoient.", "rapport"),
        link("Modifier la délibération", "amend", "Une nouvelle version, de même.", "deliberation"),
    ]
    if awaited.role == Role.CABINET and awaited.held_at is None:
        apart.append(link("Retenir le dossier", "hold", "Il attend à votre étape, sans être en retard."))
    if awaited.role == Role.CABINET and awaited.held_at is not None:
        release = reverse("release", args=[dossier.id])
        apart.append(Gesture(label="Libérer le dossier", url=release, post=True, what="Le délai reprend."))
    return tuple(apart)


def _take_back(agent: Agent, detail: Detail) -> list[Ask]:
    """Offered while nobody has acted since."""
    # Most readers gave none: the journal, already read, says so without a question to the database.
    given = any(e.event == "circuit.visa_given" and e.actor_id == agent.pk for e in detail.journal)
    visa = circuit.visa_to_take_back(detail.dossier, agent) if given else None
    if visa is None:
        return []
    back = Gesture(
        label="Reprendre mon visa",
        url=reverse("take_back_visa", args=[detail.dossier.id]),
        post=True,
        css="plain",
        hidden={"visa": str(visa.pk)},
    )
    return [
        Ask(
            strong=f"Vous avez visé la version {visa.version} ({visa.step.label}).",
            text="Personne n’a agi depuis : ce visa peut être repris, et votre étape attendra de nouveau.",
            gestures=(back,),
            tone="calm",
        )
    ]


def rights(agent: Agent, detail: Detail, steps: Sequence[StepView], on: dt.date) -> tuple[Gesture, ...]:
    """What the reader may do whether something is expected or not: pass on, validate in emergency, embargo."""
    dossier = detail.dossier
    held: list[Gesture] = []
    if dossier.lead_id is None and places_to_pass_to(dossier, agent, steps, on=on):
        what = "Les étapes intermédiaires sont dispensées, avec votre motif."
        url = reverse("pass_on", args=[dossier.id])
        held.append(Gesture(label="Passer à une étape suivante", url=url, what=what))
    if circuit.may_validate_in_emergency(dossier, agent, on=on):
        what = "Le dossier est prêt pour une séance sans les visas qui manquent ; cela se lira jusqu’à l’acte."
        url = reverse("validate_in_emergency", args=[dossier.id])
        held.append(Gesture(label="Valider en urgence", url=url, css="grave", what=what))
    register = _of_the_register(agent, dossier, on)
    return (*held, *_embargo(agent, dossier, on), *register, *outcomes.rights(agent, dossier, on))


def _of_the_register(agent: Agent, dossier: Dossier, on: dt.date) -> list[Gesture]:
    """The number of the act: cancelled before the signature, certified after it."""
    if not dossier.act_number:
        return []
    held = []
    if registers.may_certify(dossier, agent, on=on):
        what = "Une copie de l’acte telle que le registre la tient, à signer et à remettre."
        url = reverse("certify_extract", args=[dossier.id])
        held.append(Gesture(label="Délivrer un extrait certifié conforme", url=url, post=True, what=what))
    if registers.may_cancel(dossier, agent, on=on):
        what = "Il reste au registre, barré, avec votre motif ; le dossier quitte la chaîne."
        url = reverse("cancel_number", args=[dossier.id])
        held.append(Gesture(label=f"Annuler le numéro {dossier.act_number}", url=url, css="grave", what=what))
    return held


def _embargo(agent: Agent, dossier: Dossier, on: dt.date) -> list[Gesture]:
    if dossier.stage not in BEFORE_THE_AGENDA or not accounts.holds(agent, Role.CABINET, on=on):
        return []
    if dossier.embargo:
        url, what = reverse("lift_embargo", args=[dossier.id]), "Chacun le lit de nouveau, selon son service."
        return [Gesture(label="Lever l’embargo", url=url, post=True, what=what)]
    what = "Jusqu’à la convocation, seuls son rédacteur, son circuit et la direction générale le lisent."
    return [Gesture(label="Poser un embargo", url=reverse("set_embargo", args=[dossier.id]), post=True, what=what)]


def places_to_pass_to(
    dossier: Dossier, agent: Agent, steps: Sequence[StepView], *, on: dt.date
) -> list[tuple[StepView, list[StepView]]]:
    """Each later step that the agent may open now, with the steps that would be waived."""
    opened = [place for place, step in enumerate(steps) if step.state == "awaited"]
    if dossier.stage != Stage.IN_CIRCUIT or not opened:
        return []
    by_right = circuit.may_validate_in_emergency(dossier, agent, on=on)
    here = [steps[place] for place in opened]
    if not by_right and not any(agent in step.people or step.asked_by == agent for step in here):
        return []
    found = []
    for place in range(opened[0] + 1, len(steps)):
        between = [step for step in steps[opened[0] : place] if step.state not in ("given", "waived")]
        aim = steps[place]
        open_to = by_right or not any(step.required for step in between)
        if aim.origin != "opinion" and aim.state not in ("given", "waived", "awaited") and open_to:
            found.append((aim, between))
    return found
