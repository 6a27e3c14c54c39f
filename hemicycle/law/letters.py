"""The préfecture's letters: what each asks, by when, and what it does to the clock of the déféré."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hemicycle.law.appeal import implicit_rejection
from hemicycle.law.calendar import Territory, in_french
from hemicycle.law.control import PrefectRequest, RequestEffect, automatic_suspension, referral_clock
from hemicycle.law.rule import Certainty, weakest
from hemicycle.law.rules import in_force
from hemicycle.law.term import Term

LetterKind = Literal["simple", "pieces", "observations", "referral"]
StepKind = Literal["start", "stop", "restart", "nothing", "referral", "end"]
#: Matières whose acts a request of suspension made within ten days suspends by itself (L3132-1, fifth paragraph):
#: public contracts and concessions, urbanism.
SUSPENDED = (1, 2)


@dataclass(frozen=True, kw_only=True)
class LetterTask:
    """What a letter calls for."""

    respond_by: date
    #: False: no text sets that day, it is a landmark.
    legal: bool
    article: str
    certainty: Certainty
    #: What is expected, and what silence does, in French.
    explanation: str


@dataclass(frozen=True, kw_only=True)
class LetterSeen:
    """A letter as the clock sees it."""

    kind: LetterKind
    #: Day the département received it.
    received_on: date
    #: Day the préfecture received our answer; None while none came.
    answered_on: date | None = None
    #: Day the application to the court was filed; a déféré only.
    filed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ClockStep:
    """A day of the calendar of the control."""

    on: date
    kind: StepKind
    label: str
    explanation: str


@dataclass(frozen=True, kw_only=True)
class ControlClock:
    """The clock of the déféré on a given day, with all that moved it."""

    term: Term
    #: True while a request waits for our answer.
    stopped: bool
    steps: tuple[ClockStep, ...]
    #: Where it stands that day, in French.
    sentence: str


def letter_task(
    kind: LetterKind,
    received_on: date,
    *,
    act_received_on: date | None = None,
    filed_on: date | None = None,
    matiere: tuple[int, ...] = (),
) -> LetterTask:
    """What a letter received that day calls for.

    Two months of silence refuse what a request for pieces or a letter of observations asks (L231-4 and L411-7
    CRPA; L3132-1 CGCT as the case law reads it). Nothing read sets a day for the two others.
    """
    if kind == "simple":
        return _landmark(
            "letter.simple_days",
            received_on,
            "Un courrier simple n’ouvre aucun délai et ne déplace pas celui du déféré ; la réponse est d’usage.",
        )
    if kind == "referral":
        said = (
            "Le déféré ne suspend pas l’acte par lui-même. Le tribunal fixe et notifie le délai du mémoire en "
            "défense ; ce canal n’admet pas de réponse."
        )
        return _landmark(
            "letter.referral_days",
            received_on,
            f"{said} {_suspension(act_received_on, filed_on or received_on, matiere)}".rstrip(),
        )
    silence, rule = in_force("silence.months", received_on), in_force("referral.months", received_on)
    by = implicit_rejection(received_on)
    asked = "demande de pièces" if kind == "pieces" else "lettre d’observations, qui vaut recours gracieux,"
    reply = "réception des pièces" if kind == "pieces" else "réponse"
    return LetterTask(
        respond_by=by,
        legal=True,
        article=f"{rule.article} ; {silence.article}",
        certainty=weakest(rule.certainty, silence.certainty),
        explanation=(
            f"La {asked} arrête le délai du déféré : deux nouveaux mois partiront de la {reply} par la préfecture. "
            f"Sans réponse reçue le {in_french(by)}, le silence vaut refus et ces deux mois partent de ce jour."
        ),
    )


def _landmark(code: str, received_on: date, said: str) -> LetterTask:
    rule = in_force(code, received_on)
    return LetterTask(
        respond_by=received_on + timedelta(days=rule.number),
        legal=False,
        article=rule.article,
        certainty=rule.certainty,
        explanation=f"{said} {rule.note}",
    )


def _suspension(received_on: date | None, filed_on: date, matiere: tuple[int, ...]) -> str:
    """Of contracts and urbanism only, and when the préfet asked for it: the letter does not say whether he did."""
    if received_on is None or not matiere or matiere[0] not in SUSPENDED:
        return ""
    found = automatic_suspension(received_on=received_on, filed_on=filed_on)
    said = f"{found.explanation[0].lower()}{found.explanation[1:]}"
    return f"Si le préfet a demandé la suspension ({found.article}) : {said}"


def control_clock(
    received_on: date, letters: Sequence[LetterSeen] = (), *, on: date, territory: Territory = "mainland"
) -> ControlClock:
    """The clock of the déféré of an act received by the préfecture that day, as it stands on `on`.

    `letters` in the order they were received. A simple letter does nothing to it; a déféré closes it.
    """
    requests = [
        PrefectRequest(kind=seen.kind, received_on=seen.received_on, answered_on=seen.answered_on)
        for seen in letters
        if seen.kind == "pieces" or seen.kind == "observations"
    ]
    referral = referral_clock(received_on, requests, territory=territory)
    term, filed = referral.term, [seen for seen in letters if seen.kind == "referral"]
    waiting = [effect for effect in referral.effects if _waits(effect, on)]
    steps = [
        ClockStep(
            on=received_on,
            kind="start",
            label="Acte reçu en préfecture",
            explanation="Le délai de deux mois du déféré part de la réception de l’acte complet.",
        )
    ]
    for effect in referral.effects:
        steps += _steps(effect, on)
    for seen in filed:
        steps.append(
            ClockStep(
                on=seen.filed_on or seen.received_on,
                kind="referral",
                label="Déféré au tribunal administratif",
                explanation="Le juge est saisi ; l’acte reste exécutoire tant qu’il n’est ni suspendu ni annulé.",
            )
        )
    if not filed and not waiting:
        steps.append(
            ClockStep(on=term.latest, kind="end", label="Fin du délai du déféré", explanation=term.explanation)
        )
    sentence = _sentence(term, waiting, referred=bool(filed), on=on)
    return ControlClock(term=term, stopped=bool(waiting), steps=tuple(steps), sentence=sentence)


def _waits(effect: RequestEffect, on: date) -> bool:
    """Whether the clock is stopped by that request: neither answered nor refused by silence yet."""
    return effect.interrupts and effect.implicit_refusal is not None and on <= effect.implicit_refusal


def _steps(effect: RequestEffect, on: date) -> list[ClockStep]:
    request, name = effect.request, _NAMES[effect.request.kind]
    if not effect.interrupts:
        return [ClockStep(on=request.received_on, kind="nothing", label=name, explanation=effect.explanation)]
    stopped = "Le délai du déféré est arrêté jusqu’à notre réponse."
    steps = [ClockStep(on=request.received_on, kind="stop", label=name, explanation=stopped)]
    if effect.implicit_refusal is None and request.answered_on is not None:
        said = "Deux nouveaux mois partent de cette réception."
        return [
            *steps,
            ClockStep(on=request.answered_on, kind="restart", label=_ANSWERED[request.kind], explanation=said),
        ]
    if effect.implicit_refusal is not None:
        when = "partiront" if on <= effect.implicit_refusal else "partent"
        said = f"Sans réponse reçue ce jour-là, le silence vaut refus : deux nouveaux mois en {when}."
        steps.append(
            ClockStep(on=effect.implicit_refusal, kind="restart", label="Refus par le silence", explanation=said)
        )
    return steps


_NAMES = {"pieces": "Demande de pièces", "observations": "Lettre d’observations"}
_ANSWERED = {"pieces": "Réponse à la demande de pièces", "observations": "Réponse aux observations"}


def _sentence(term: Term, waiting: Sequence[RequestEffect], *, referred: bool, on: date) -> str:
    if referred:
        return "L’acte est déféré au tribunal administratif : le délai du contrôle n’a plus d’effet."
    if waiting:
        last = waiting[-1]
        by = in_french(last.implicit_refusal) if last.implicit_refusal else ""
        return (
            f"Le délai du déféré est arrêté depuis le {in_french(last.request.received_on)} ; il repartira de notre "
            f"réponse, ou du {by} sans elle."
        )
    if term.is_over(on):
        return f"Le délai du déféré est expiré depuis le {in_french(term.latest)}."
    return f"Le préfet peut déférer l’acte jusqu’au {in_french(term.latest)}."
