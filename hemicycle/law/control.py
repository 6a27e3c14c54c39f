"""The prefect's clock: déféré, its two possible interruptions, suspension, acts not transmitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from hemicycle.law.appeal import implicit_rejection
from hemicycle.law.calendar import Territory, add_months, in_french
from hemicycle.law.rule import Certainty
from hemicycle.law.rules import in_force
from hemicycle.law.term import Term, clear_term

RequestKind = Literal["pieces", "observations"]
_CASE_LAW = "CE, 13 janvier 1988, MGPCL ; CE, 4 novembre 1996, n° 114956"


@dataclass(frozen=True, kw_only=True)
class PrefectRequest:
    """A request for pieces or a letter of observations from the prefect."""

    kind: RequestKind
    #: Day the département received it.
    received_on: date
    #: Day the prefect received the pieces, or the refusal; None when no answer came.
    answered_on: date | None = None
    #: A request that is vague, or useless to appraise legality, moves nothing. A lawyer qualifies.
    relevant: bool = True


@dataclass(frozen=True, kw_only=True)
class RequestEffect:
    """What one request did to the clock."""

    request: PrefectRequest
    in_time: bool | None
    #: Last day the request could still be made.
    before: date
    interrupts: bool
    implicit_refusal: date | None
    explanation: str


@dataclass(frozen=True, kw_only=True)
class Referral:
    """The clock of the déféré after every request."""

    term: Term
    effects: tuple[RequestEffect, ...]


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """Whether the prefect's request suspends the act by itself, and until when."""

    automatic: bool
    ends: date | None
    article: str
    certainty: Certainty
    explanation: str


def referral_term(received_on: date, *, territory: Territory = "mainland") -> Term:
    """Two clear months from reception of the complete act (L3132-1; CE, 6 July 2007, n° 298744)."""
    rule = in_force("referral.months", received_on)
    return clear_term(
        received_on,
        rule.number,
        article=rule.article,
        certainty=rule.certainty,
        territory=territory,
        purpose="Délai du déféré",
    )


def referral_clock(
    received_on: date, requests: Sequence[PrefectRequest] = (), *, territory: Territory = "mainland"
) -> Referral:
    """The term of the déféré, moved by the requests made inside it, each kind once at most.

    `requests` in the order they were received.
    """
    term = referral_term(received_on, territory=territory)
    effects: list[RequestEffect] = []
    for request in requests:
        used = any(effect.interrupts and effect.request.kind == request.kind for effect in effects)
        effect = _effect(request, term, used=used)
        if effect.interrupts:
            start = effect.implicit_refusal or request.answered_on or request.received_on
            moved = referral_term(start, territory=territory)
            sure: Certainty = "to_verify" if effect.in_time is None else moved.certainty
            term = replace(moved, certainty=sure, article=f"{moved.article} ; {_CASE_LAW}")
        effects.append(effect)
    return Referral(term=term, effects=tuple(effects))


def _effect(request: PrefectRequest, term: Term, *, used: bool) -> RequestEffect:
    in_time = term.holds(request.received_on)
    interrupts = in_time is not False and request.relevant and not used
    silence = implicit_rejection(request.received_on)
    answered_in_time = request.answered_on is not None and request.answered_on <= silence
    name = "Demande de pièces" if request.kind == "pieces" else "Lettre d’observations"
    when = f"{name} reçue le {in_french(request.received_on)}"
    if not request.relevant:
        sentence = f"{when} : trop vague ou inutile au contrôle, elle ne déplace pas le délai."
    elif used:
        sentence = f"{when} : la seconde de son espèce, elle ne déplace pas le délai."
    elif in_time is False:
        sentence = f"{when} : hors délai (dernier jour : {in_french(term.latest)}), elle ne déplace rien."
    elif answered_in_time:
        sentence = f"{when} : le délai repart de la réponse."
    else:
        sentence = f"{when} : restée sans réponse, refus implicite le {in_french(silence)}."
    return RequestEffect(
        request=request,
        in_time=in_time,
        before=term.latest,
        interrupts=interrupts,
        implicit_refusal=silence if interrupts and not answered_in_time else None,
        explanation=sentence,
    )


def automatic_suspension(*, received_on: date, filed_on: date) -> Suspension:
    """Urbanism, contracts and concessions: a request within ten days suspends the act (L3132-1 al. 5).

    `received_on`: reception of the act by the prefect. At most one month from that day.
    """
    days = in_force("referral.suspension_days", received_on)
    months = in_force("referral.suspension_months", received_on)
    limit = received_on + timedelta(days=days.number)
    automatic = filed_on <= limit
    ends = add_months(received_on, months.number) if automatic else None
    # The day after the tenth is in time only if these ten days are clear days, which no text read says.
    certainty: Certainty = "to_verify" if filed_on == limit + timedelta(days=1) else days.certainty
    sentence = (
        f"L’acte est suspendu jusqu’au {in_french(ends)} si le juge n’a pas statué."
        if ends
        else f"Demande postérieure au {in_french(limit)} : elle ne suspend pas l’acte par elle-même."
    )
    return Suspension(automatic=automatic, ends=ends, article=days.article, certainty=certainty, explanation=sentence)


def request_window(executory_on: date, *, territory: Territory = "mainland") -> Term:
    """Time for the prefect to ask for an act that need not be transmitted (L3131-4)."""
    rule = in_force("referral.request_months", executory_on)
    return clear_term(
        executory_on,
        rule.number,
        article=rule.article,
        certainty=rule.certainty,
        territory=territory,
        purpose="Délai de demande du préfet",
    )


def untransmitted_referral(
    *, executory_on: date, asked_on: date, communicated_on: date, territory: Territory = "mainland"
) -> Term | None:
    """The déféré of an act not transmitted: two months from its communication, if asked in time (L3131-4).

    None when the prefect asked too late.
    """
    if request_window(executory_on, territory=territory).holds(asked_on) is False:
        return None
    return referral_term(communicated_on, territory=territory)


def third_party_window(executory_on: date, *, territory: Territory = "mainland") -> Term:
    """Time for an injured person to ask the prefect to refer; the prefect's own term stands (L3132-3)."""
    rule = in_force("referral.third_party_months", executory_on)
    return clear_term(
        executory_on,
        rule.number,
        article=rule.article,
        certainty=rule.certainty,
        territory=territory,
        purpose="Délai de demande au préfet",
    )
