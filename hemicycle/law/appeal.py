"""Appeals of third parties and addressees before the administrative court."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hemicycle.law.calendar import Territory, add_months, in_french
from hemicycle.law.rule import weakest
from hemicycle.law.rules import in_force
from hemicycle.law.term import Term, clear_term

Distance = Literal["none", "overseas", "abroad"]


@dataclass(frozen=True, kw_only=True)
class GraciousAppeal:
    """What a recours gracieux does to the term it was lodged in."""

    #: None when the two readings of the term disagree.
    in_time: bool | None
    #: Day silence became a rejection, when no answer came before it.
    implicit_rejection: date | None
    #: The term that runs now: a new one if the appeal interrupted the first, otherwise the first.
    term: Term
    explanation: str


def appeal_term(
    *,
    made_public_on: date,
    stated: bool = True,
    distance: Distance = "none",
    territory: Territory = "mainland",
) -> Term:
    """The term of the appeal for abuse of power (R421-1, R421-5, R421-7 CJA).

    `made_public_on`: day put online for third parties, day of notification for the addressee.
    `stated`: whether the notification states remedies and terms; without them the term is not opposable
    and what is returned is the outer limit of a reasonable time, about a year.
    """
    code = "appeal.months" if stated else "appeal.months_unstated"
    rule = in_force(code, made_public_on)
    months, article, certainty = rule.number, rule.article, rule.certainty
    if distance != "none":
        extra = in_force(f"appeal.months_{distance}", made_public_on)
        months += extra.number
        article = f"{article} ; {extra.article}"
        certainty = weakest(certainty, extra.certainty)
    return clear_term(
        made_public_on,
        months,
        article=article,
        certainty=certainty,
        territory=territory,
        opposable=stated,
        purpose="Délai de recours" if stated else "Délai raisonnable de recours (voies et délais non indiqués)",
    )


def implicit_rejection(received_on: date) -> date:
    """The day silence on a request or an appeal becomes a rejection (L231-4, L411-7 CRPA)."""
    return add_months(received_on, in_force("silence.months", received_on).number)


def gracious_appeal(
    term: Term, *, received_on: date, answered_on: date | None = None, territory: Territory = "mainland"
) -> GraciousAppeal:
    """A recours gracieux received by the département inside `term` interrupts it (L411-2 CRPA).

    `answered_on`: day its explicit rejection was notified. An explicit rejection that comes after the
    implicit one, but inside the new term, opens the term again (R421-2 CJA).
    """
    in_time = term.holds(received_on)
    if in_time is False:
        sentence = (
            f"Recours gracieux reçu le {in_french(received_on)}, après l’expiration du délai le "
            f"{in_french(term.latest)} : il ne l’interrompt pas."
        )
        return GraciousAppeal(in_time=False, implicit_rejection=None, term=term, explanation=sentence)
    silence = implicit_rejection(received_on)
    after_silence = _restarted(term, silence, in_time=in_time, territory=territory)
    explicit = answered_on is not None and answered_on <= silence
    reopened = answered_on is not None and after_silence.holds(answered_on) is not False
    if answered_on is not None and reopened:
        new_term = _restarted(term, answered_on, in_time=in_time, territory=territory)
        rejection = f"rejet explicite du {in_french(answered_on)}"
    else:
        new_term = after_silence
        rejection = f"rejet implicite du {in_french(silence)}"
    return GraciousAppeal(
        in_time=in_time,
        implicit_rejection=None if explicit else silence,
        term=new_term,
        explanation=(
            f"Recours gracieux reçu le {in_french(received_on)} dans le délai ; {rejection}, d’où un nouveau délai."
        ),
    )


def _restarted(term: Term, day: date, *, in_time: bool | None, territory: Territory) -> Term:
    return clear_term(
        day,
        in_force("appeal.months", day).number,
        article=f"CRPA, art. L411-2 ; {term.article}",
        certainty="to_verify" if in_time is None else "secondary",
        territory=territory,
        purpose="Nouveau délai de recours",
    )
