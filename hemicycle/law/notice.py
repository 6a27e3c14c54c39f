"""Notice: are the reports of a sitting sent in time?

Days off neither suspend nor extend these delays (CE, 5 February 1954, Peslier; 13 October 1993, André).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from hemicycle.law.calendar import clear_days, days_off_between, in_french
from hemicycle.law.rule import Certainty, weakest
from hemicycle.law.rules import in_force

#: "doubtful": lawful only if the twelve days are not clear days; a blocking warning.
#: "void": below the floor that even urgency cannot lower. "irregular": not in the form the law asks.
#: "no_rule": nothing binds, which does not make any delay wise.
Verdict = Literal["ok", "doubtful", "late", "void", "irregular", "no_rule"]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The verdict on one sending, and the last days that would have done."""

    verdict: Verdict
    sent_on: date | None
    clear_days: int
    #: Safe under every reading of the text.
    last_safe_send: date | None
    #: Defensible under one reading only.
    last_arguable_send: date | None
    article: str
    certainty: Certainty
    explanation: str


def council_notice(*, sent_on: date, meeting_on: date) -> Notice:
    """Reports of the council: twelve days at least before the meeting (L3121-19 al. 1-2).

    `sent_on`: post-mark, hand delivery or electronic notice, never reception.
    """
    rule = in_force("council.notice_days", meeting_on)
    arguable = meeting_on - timedelta(days=rule.number)
    safe = arguable - timedelta(days=1)
    counted = clear_days(sent_on, meeting_on)
    when = f"le {in_french(sent_on)} pour la séance du {in_french(meeting_on)}"
    verdict: Verdict
    if sent_on <= safe:
        verdict = "ok"
        sentence = f"Rapports adressés {when} : délai de {rule.number} jours francs respecté."
    elif sent_on == arguable:
        verdict = "doubtful"
        sentence = (
            f"Rapports adressés {when} : {counted} jours francs seulement. Le délai n’est respecté que si "
            f"les {rule.number} jours ne sont pas francs, ce que le texte ne tranche pas ; "
            f"il fallait adresser au plus tard le {in_french(safe)}."
        )
    else:
        verdict = "late"
        sentence = (
            f"Rapports adressés {when} : trop tard ({counted} jours francs). Recourez à l’urgence "
            "ou reportez l’affaire à une séance ultérieure."
        )
    holidays: Certainty = "secondary" if days_off_between(sent_on, meeting_on) else "confirmed"
    certainty: Certainty = "to_verify" if verdict == "doubtful" else weakest(rule.certainty, holidays)
    return Notice(
        verdict=verdict,
        sent_on=sent_on,
        clear_days=counted,
        last_safe_send=safe,
        last_arguable_send=arguable,
        article=rule.article,
        certainty=certainty,
        explanation=sentence,
    )


def council_notices(*, meeting_on: date, sent: Mapping[str, date]) -> dict[str, Notice]:
    """The delay is counted report by report (« un rapport sur chacune des affaires »), keyed as given."""
    return {item: council_notice(sent_on=day, meeting_on=meeting_on) for item, day in sent.items()}


def member_notice(
    *, meeting_on: date, posted_on: date | None, notified_on: date | None, consented_on: date | None
) -> Notice:
    """The delay of one member: from the post-mark, or from the electronic notice if he wished it.

    `consented_on`: day the member's wish to receive electronically was recorded (L3121-19 al. 2).
    """
    by_notice = notified_on if notified_on and consented_on and consented_on <= notified_on else None
    starts = [day for day in (posted_on, by_notice) if day is not None]
    if starts:
        notice = council_notice(sent_on=min(starts), meeting_on=meeting_on)
        # That the delay starts at the post-mark or at the notice is case law, not the text.
        return replace(notice, certainty=weakest(notice.certainty, "secondary"))
    rule = in_force("council.notice_days", meeting_on)
    arguable = meeting_on - timedelta(days=rule.number)
    reason = (
        "mis à disposition par voie électronique sans que l’élu l’ait souhaité"
        if notified_on
        else "ni adressés ni mis à disposition"
    )
    return Notice(
        verdict="irregular",
        sent_on=None,
        clear_days=0,
        last_safe_send=arguable - timedelta(days=1),
        last_arguable_send=arguable,
        article=rule.article,
        certainty=rule.certainty,
        explanation=f"Rapports {reason} : adressez-les à cet élu sur papier ou recueillez son accord.",
    )


def tabled_report(*, matter: str, first_meeting: bool, meeting_on: date) -> Notice:
    """Reports handed out in the meeting: only at the first meeting of the renewal (L3121-22 al. 3).

    `matter`: "committees", "outside_designations", "delegations", or anything else.
    """
    rule = in_force("council.tabled_reports", meeting_on)
    if not (first_meeting and matter in rule.text.split(",")):
        return council_notice(sent_on=meeting_on, meeting_on=meeting_on)
    return Notice(
        verdict="ok",
        sent_on=meeting_on,
        clear_days=0,
        last_safe_send=meeting_on,
        last_arguable_send=meeting_on,
        article=rule.article,
        certainty=rule.certainty,
        explanation="Rapport remis en séance à la réunion de droit ; la suspension de séance est de droit.",
    )


def urgent_notice(*, sent_on: date, meeting_on: date) -> Notice:
    """Urgency shortens the delay, never below one clear day (L3121-19 al. 3-4).

    The first item of the agenda is then the vote on the urgency, item by item.
    """
    rule = in_force("council.urgency_clear_days", meeting_on)
    last = meeting_on - timedelta(days=rule.number + 1)
    counted = clear_days(sent_on, meeting_on)
    verdict: Verdict = "ok" if counted >= rule.number else "void"
    # A clear day that is a Sunday or a holiday counts, by case law only.
    off = sent_on.weekday() == 5 or bool(days_off_between(sent_on, meeting_on))
    sentence = (
        "Délai d’urgence respecté : le conseil se prononce sur l’urgence à l’ouverture de la séance."
        if verdict == "ok"
        else "Même en urgence, un jour franc sépare l’envoi de la séance : il fallait adresser le rapport "
        f"au plus tard le {in_french(last)} ; reportez l’affaire."
    )
    return Notice(
        verdict=verdict,
        sent_on=sent_on,
        clear_days=counted,
        last_safe_send=last,
        last_arguable_send=last,
        article=rule.article,
        certainty=weakest(rule.certainty, "secondary" if off else "confirmed"),
        explanation=sentence,
    )


def committee_notice(*, sent_on: date, meeting_on: date, days: int | None, clear: bool = True) -> Notice:
    """Notice of the standing committee: only the rules of procedure bind (L3121-8).

    `days` and `clear` (clear days or plain days) are the département's own rules; None when they are silent.
    """
    counted = clear_days(sent_on, meeting_on)
    verdict: Verdict = "no_rule"
    last: date | None = None
    if days is None:
        article = "CGCT, art. L3121-18 ; aucun délai légal"
        sentence = (
            "Aucun délai légal ne s’impose à la commission permanente et le règlement intérieur est muet : "
            "veillez à un délai raisonnable d’information des élus."
        )
    else:
        article = "règlement intérieur (CGCT, art. L3121-8)"
        last = meeting_on - timedelta(days=days + 1 if clear else days)
        verdict = "ok" if sent_on <= last else "late"
        kind = "jours francs" if clear else "jours"
        kept = "respecté" if verdict == "ok" else f"non respecté, envoi attendu au plus tard le {in_french(last)}"
        sentence = f"Délai de {days} {kind} fixé par le règlement intérieur : {kept}."
    return Notice(
        verdict=verdict,
        sent_on=sent_on,
        clear_days=counted,
        last_safe_send=last,
        last_arguable_send=last,
        article=article,
        certainty="secondary",
        explanation=sentence,
    )
