"""The quorum of each body, and the second meeting when it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Literal

from hemicycle.law.calendar import in_french, is_working_day
from hemicycle.law.rule import Certainty, LawError, Value, weakest
from hemicycle.law.rules import in_force

Body = Literal["council", "standing_committee"]
#: The election of the president is a meeting of the council with a quorum of its own.
QuorumOf = Literal["council", "standing_committee", "president_election"]
Counted = Literal["present", "present_or_represented"]

_NAMES: dict[QuorumOf, str] = {
    "council": "du conseil départemental",
    "standing_committee": "de la commission permanente",
    "president_election": "pour l’élection du président",
}


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """How many members are needed, out of how many, and who counts."""

    needed: int
    base: int
    counted: Counted
    article: str
    certainty: Certainty
    explanation: str


@dataclass(frozen=True, kw_only=True)
class QuorumCheck:
    """A quorum compared with the room."""

    reached: bool
    count: int
    quorum: Quorum
    explanation: str


@dataclass(frozen=True, kw_only=True)
class SecondMeeting:
    """The meeting held without quorum after one that lacked it."""

    on: date
    mode: Literal["exactly", "at_least"]
    article: str
    certainty: Certainty
    explanation: str


def quorum(of: QuorumOf, *, in_office: int, on: date, representatives: int = 0) -> Quorum:
    """The quorum of a body that day (L3121-14, L3121-14-1, L3122-1).

    `in_office`: members in office, vacant seats excluded. `representatives`: for one item, the members who
    must withdraw as representatives in the body concerned (L1111-6 II); they leave the base when the law
    in force says so (L3132-5).
    Raises LawError for an impossible number, NoRuleInForce for a date before the known wordings.
    """
    if in_office < 1 or not 0 <= representatives < in_office:
        raise LawError(
            f"Le quorum ne se calcule pas sur {in_office} membre(s) en exercice dont {representatives} "
            "en retrait ; corrigez l’effectif."
        )
    share = in_force(f"{of}.quorum", on)
    counts = in_force(f"{of}.quorum_counts", on)
    articles, certainties = [share.article], [share.certainty, counts.certainty]
    base = in_office
    if representatives:
        exclusion = in_force("quorum.representatives", on)
        articles.append(exclusion.article)
        certainties.append(exclusion.certainty)
        if exclusion.value == "not_counted":
            base -= representatives
    needed = _share_of(share.value, base)
    counted: Counted = "present" if counts.value == "present" else "present_or_represented"
    return Quorum(
        needed=needed,
        base=base,
        counted=counted,
        article=" ; ".join(dict.fromkeys(articles)),
        certainty=weakest(*certainties),
        explanation=_explain(of, needed=needed, base=base, counted=counted, share=share.value),
    )


def quorum_met(
    of: QuorumOf, *, in_office: int, present: int, represented: int = 0, on: date, representatives: int = 0
) -> QuorumCheck:
    """Whether the members in the room (and, where they count, those represented) make the quorum."""
    rule = quorum(of, in_office=in_office, on=on, representatives=representatives)
    count = present if rule.counted == "present" else present + represented
    reached = count >= rule.needed
    verdict = "atteint" if reached else "non atteint"
    who = _who(rule.counted, count)
    return QuorumCheck(
        reached=reached,
        count=count,
        quorum=rule,
        explanation=f"Quorum {verdict} : {count} {who} pour {rule.needed} exigés. {rule.explanation}",
    )


def second_meeting(of: QuorumOf, *, failed_on: date) -> SecondMeeting:
    """The meeting held as of right, whatever the number present (L3121-14 al. 2).

    Three days later is that very day; the texts of the health crisis made it the earliest day.
    """
    days = in_force("second_meeting.days", failed_on)
    mode = in_force("second_meeting.mode", failed_on)
    on = failed_on + timedelta(days=days.number)
    worked = is_working_day(on)
    # The text knows no extension for days off: the date is kept, and the doubt is said.
    certainty = weakest(days.certainty, mode.certainty, "confirmed" if worked else "to_verify")
    exactly = mode.value == "exactly"
    sentence = (
        f"Faute de quorum {_NAMES[of]}, la réunion se tient de plein droit le {in_french(on)}, "
        "quel que soit le nombre des présents."
        if exactly
        else f"Faute de quorum {_NAMES[of]}, une nouvelle réunion se tient sans quorum au plus tôt le {in_french(on)}."
    )
    if not worked:
        sentence += " Ce jour n’est pas ouvré : le texte ne prévoit aucun report, faites confirmer la date."
    return SecondMeeting(
        on=on,
        mode="exactly" if exactly else "at_least",
        article=mode.article if not exactly else days.article,
        certainty=certainty,
        explanation=sentence,
    )


def _share_of(share: Value, base: int) -> int:
    if isinstance(share, Fraction):
        return ceil(share * base)
    return base // 2 + 1


def _who(counted: Counted, count: int) -> str:
    plural = "s" if count > 1 else ""
    if counted == "present":
        return f"membre{plural} présent{plural}"
    return f"membre{plural} présent{plural} ou représenté{plural}"


def _explain(of: QuorumOf, *, needed: int, base: int, counted: Counted, share: Value) -> str:
    portion = f"{share.numerator}/{share.denominator}" if isinstance(share, Fraction) else "majorité absolue"
    who = "présents" if counted == "present" else "présents ou représentés"
    return f"Quorum {_NAMES[of]} : {needed} membres {who} ({portion} des {base} membres en exercice)."
