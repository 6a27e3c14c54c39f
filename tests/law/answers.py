"""One call of the library per dated case: what is asked, and the answer in the words of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hemicycle.law.appeal import appeal_term, gracious_appeal
from hemicycle.law.ballot import outcome
from hemicycle.law.budget import accounts_due, budget_due, debate_window, standing_committee_may_decide
from hemicycle.law.calendar import add_months, public_holidays
from hemicycle.law.control import (
    PrefectRequest,
    RequestKind,
    automatic_suspension,
    referral_clock,
    referral_term,
    request_window,
    third_party_window,
    untransmitted_referral,
)
from hemicycle.law.executory import entry_into_force, executory_date
from hemicycle.law.majority import public_ballot_demand
from hemicycle.law.notice import (
    committee_notice,
    council_notice,
    council_notices,
    member_notice,
    tabled_report,
    urgent_notice,
)
from hemicycle.law.proxies import proxies_per_holder
from hemicycle.law.publication import (
    decision_list_target,
    minimum_publication,
    minutes_publication,
    publicity_regime,
)
from hemicycle.law.quorum import QuorumOf, quorum_met, second_meeting
from hemicycle.law.rule import Certainty, weakest
from hemicycle.law.sittings import (
    council_by_video,
    first_meeting,
    mission_end,
    no_mission_from,
    rules_of_procedure_due,
    standing_committee_renewal_due,
)
from hemicycle.law.term import Term
from hemicycle.law.transmission import contract_threshold, transmission_deadline, transmission_duty


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Values by the key of the file, the certainty returned, the dates that were asked."""

    values: Mapping[str, str]
    certainty: Certainty
    asked: tuple[date, ...] = ()


def d(text: str) -> date:
    return date.fromisoformat(text)


def yes(value: object) -> str:
    return {True: "yes", False: "no"}[bool(value)]


def iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _council(meeting: str, sent: str) -> Answer:
    notice = council_notice(sent_on=d(sent), meeting_on=d(meeting))
    values = {
        "verdict": notice.verdict,
        "clear_days": str(notice.clear_days),
        "last_safe_send": iso(notice.last_safe_send),
        "last_arguable_send": iso(notice.last_arguable_send),
    }
    return Answer(values=values, certainty=notice.certainty, asked=(d(meeting), d(sent)))


def _members() -> Answer:
    meeting = d("2026-06-18")
    paper = member_notice(meeting_on=meeting, posted_on=d("2026-06-04"), notified_on=None, consented_on=None)
    screen = member_notice(
        meeting_on=meeting, posted_on=None, notified_on=d("2026-06-05"), consented_on=d("2026-01-01")
    )
    assert paper.verdict == screen.verdict
    values = {
        "verdict": paper.verdict,
        "start_member_paper": iso(paper.sent_on),
        "start_member_electronic": iso(screen.sent_on),
    }
    return Answer(values=values, certainty=weakest(paper.certainty, screen.certainty))


def _unwilling_member() -> Answer:
    notice = member_notice(meeting_on=d("2026-06-18"), posted_on=None, notified_on=d("2026-06-01"), consented_on=None)
    return Answer(values={"verdict": f"{notice.verdict}_for_that_member"}, certainty=notice.certainty)


def _late_item() -> Answer:
    sent = {"others": d("2026-06-05"), "item": d("2026-06-10")}
    notices = council_notices(meeting_on=d("2026-06-18"), sent=sent)
    values = {"verdict": f"{notices['item'].verdict}_for_that_item", "others": notices["others"].verdict}
    return Answer(values=values, certainty=notices["item"].certainty)


def _tabled() -> Answer:
    notice = tabled_report(matter="delegations", first_meeting=True, meeting_on=d("2021-07-01"))
    return Answer(values={"verdict": notice.verdict}, certainty=notice.certainty, asked=(d("2021-07-01"),))


def _committee(sent: str, days: int | None) -> Answer:
    notice = committee_notice(sent_on=d(sent), meeting_on=d("2026-06-22"), days=days)
    verdict = {"no_rule": "no_statutory_violation"}.get(notice.verdict, notice.verdict)
    values = {
        "verdict": verdict,
        "clear_days": str(notice.clear_days),
        "last_safe_send": iso(notice.last_safe_send),
    }
    return Answer(values=values, certainty=notice.certainty, asked=(d(sent), d("2026-06-22")))


def _urgent(sent: str, meeting: str) -> Answer:
    notice = urgent_notice(sent_on=d(sent), meeting_on=d(meeting))
    values = {
        "verdict": notice.verdict,
        "clear_days": str(notice.clear_days),
        "last_send": iso(notice.last_safe_send),
        "first_item": "vote_on_urgency",
    }
    return Answer(values=values, certainty=notice.certainty, asked=(d(sent), d(meeting)))


def _second(of: QuorumOf, failed: str) -> Answer:
    meeting = second_meeting(of, failed_on=d(failed))
    values = {"second_meeting": iso(meeting.on), "quorum": "none"}
    return Answer(values=values, certainty=meeting.certainty, asked=(d(failed),))


def _quorum(
    of: QuorumOf, on: str, in_office: int, present: int, represented: int = 0, representatives: int = 0
) -> Answer:
    check = quorum_met(
        of,
        in_office=in_office,
        present=present,
        represented=represented,
        on=d(on),
        representatives=representatives,
    )
    values = {
        "quorum": str(check.quorum.needed),
        "base": str(check.quorum.base),
        "reached": yes(check.reached),
        "max_proxies": str(proxies_per_holder(d(on)).number),
        "second_meeting": "D+3 without quorum",
    }
    return Answer(values=values, certainty=check.quorum.certainty)


def _public_demand() -> Answer:
    demand = public_ballot_demand(present=41, asking=7, on=d("2026-06-18"))
    values = {"threshold": str(demand.threshold), "public_ballot": yes(demand.granted)}
    return Answer(values=values, certainty=demand.certainty)


def _tie() -> Answer:
    result = outcome(
        for_=18,
        against=18,
        abstentions=6,
        no_part=0,
        blank=0,
        present=42,
        represented=0,
        kind="public",
        president_vote="for",
        body="council",
        on=d("2026-06-18"),
    )
    assert result.casting
    return Answer(values={"result": "adopted" if result.adopted else "rejected"}, certainty=result.certainty)


def _first_meeting(first_round: str) -> Answer:
    duty = first_meeting(first_round_on=d(first_round))
    return Answer(values={"meeting": iso(duty.on)}, certainty=duty.certainty, asked=(d(first_round),))


def _rules_of_procedure() -> Answer:
    duty = rules_of_procedure_due(renewed_on=d("2021-06-27"))
    verdict = "ok" if d("2021-09-24") <= duty.on else "late"
    return Answer(values={"deadline": iso(duty.on), "verdict": verdict}, certainty=duty.certainty)


def _vacancy() -> Answer:
    duty = standing_committee_renewal_due(vacant_on=d("2026-02-10"))
    return Answer(values={"CP_renewal_before": iso(duty.on)}, certainty=duty.certainty)


def _minutes(approved: str) -> Answer:
    duty = minutes_publication(approved_on=d(approved))
    values = {
        "publish_no_later_than": iso(duty.no_later_than),
        "prudent_target": iso(duty.prudent_target),
        "rule": "new" if duty.legal else "old L3121-13 (no web duty)",
    }
    return Answer(values=values, certainty=duty.certainty, asked=(d(approved),))


def _list() -> Answer:
    duty = decision_list_target(sitting_on=d("2026-06-18"), policy_days=7)
    legal = "some" if duty.legal else "none_found_for_départements"
    return Answer(values={"policy_target": iso(duty.no_later_than), "legal_duty": legal}, certainty=duty.certainty)


def _executory(
    on: str,
    *,
    received: str | None = None,
    online: str | None = None,
    notified: str | None = None,
    posted: str | None = None,
    urgent: bool = False,
    transmissible: bool = True,
) -> Answer:
    def day(text: str | None) -> date | None:
        return None if text is None else d(text)

    result = executory_date(
        day(received),
        day(online),
        day(notified),
        transmissible=transmissible,
        individual=notified is not None,
        on=d(on),
        posted_on=day(posted),
        urgent=urgent,
    )
    values = {
        "executory_at": iso(result.date),
        "in_force": iso(result.date),
        "appeal_starts_from": iso(result.appeal_from),
        "received_at": received or "",
        "executory_uses": "reception" if iso(result.date) == received else "publicity",
    }
    asked = tuple(d(text) for text in (received, online, notified, posted) if text)
    return Answer(values=values, certainty=result.certainty, asked=asked)


def _saturday_batch() -> Answer:
    answer = _executory("2026-06-18", received="2026-06-22", online="2026-06-19")
    # The online date is ours: the case speaks of the reception only, which is proved by any means.
    return Answer(values=answer.values, certainty=weakest(answer.certainty, "secondary"), asked=(d("2026-06-22"),))


def _in_force() -> Answer:
    entry = entry_into_force(executory_on=d("2026-06-25"), regulatory=True)
    values = {"executory_at": "2026-06-25", "entry_into_force": iso(entry.date)}
    return Answer(values=values, certainty=entry.certainty)


def _deadline(signed: str, concession: bool = False) -> Answer:
    duty = transmission_deadline(signed_on=d(signed), concession=concession)
    values = {
        "transmit_before_end_of": iso(duty.no_later_than),
        "prudent_target": iso(duty.prudent_target),
    }
    return Answer(values=values, certainty=duty.certainty, asked=(d(signed),))


def _online(day: str, outage: int = 0) -> Answer:
    minimum = minimum_publication(online_on=d(day), outage_days=outage)
    until = iso(minimum.until)
    values = {
        "legal_minimum_until": f"{until} (prudent)" if outage else until,
        "earliest_removal": iso(minimum.earliest_removal),
    }
    return Answer(values=values, certainty=minimum.certainty, asked=(d(day),))


def _term(term: Term) -> Answer:
    values = {
        "last_day": iso(term.last_day),
        "raw": iso(term.raw),
        "earliest_reading": iso(term.earliest),
        "latest_reading": iso(term.latest),
        "definitive_after": iso(term.latest),
    }
    return Answer(values=values, certainty=term.certainty, asked=(term.start,))


def _unstated() -> Answer:
    term = appeal_term(made_public_on=d("2026-03-02"), stated=False)
    year = term.latest >= add_months(d("2026-03-02"), 12)
    values = {
        "term": "opposable" if term.opposable else "not_opposable",
        "outer_limit": "1 year from knowledge (case law)" if year else "",
    }
    return Answer(values=values, certainty=term.certainty)


def _gracious(received: str, answered: str | None = None) -> Answer:
    term = appeal_term(made_public_on=d("2026-03-02"))
    effect = gracious_appeal(term, received_on=d(received), answered_on=d(answered) if answered else None)
    values = {
        "in_time": yes(effect.in_time),
        "implicit_rejection": iso(effect.implicit_rejection),
        "last_day": iso(effect.term.last_day),
        "last_day_was": iso(effect.term.last_day),
    }
    return Answer(values=values, certainty=effect.term.certainty, asked=(d(received),))


def _clock(received: str, *requests: tuple[RequestKind, str, str | None, bool]) -> Answer:
    made = [
        PrefectRequest(
            kind=kind, received_on=d(asked), answered_on=d(answered) if answered else None, relevant=relevant
        )
        for kind, asked, answered, relevant in requests
    ]
    clock = referral_clock(d(received), made)
    first, last = clock.effects[0], clock.effects[-1]
    values = {
        "request_in_time": f"{yes(first.in_time)} (<= {iso(first.before)})",
        "both_in_time": yes(all(effect.interrupts for effect in clock.effects)),
        "interruption": yes(first.interrupts),
        "implicit_refusal": iso(first.implicit_refusal),
        "implicit_refusal_pieces": iso(first.implicit_refusal),
        "implicit_rejection": iso(last.implicit_refusal),
        "last_day_letter": iso(last.before),
        "last_day": iso(clock.term.last_day),
    }
    asked = (d(received), *(request.received_on for request in made))
    return Answer(values=values, certainty=clock.term.certainty, asked=asked)


def _suspension(filed: str) -> Answer:
    suspension = automatic_suspension(received_on=d("2026-03-02"), filed_on=d(filed))
    ends = f"{iso(suspension.ends)} if judge has not ruled"
    values = {"automatic_suspension": yes(suspension.automatic), "ends": ends}
    return Answer(values=values, certainty=suspension.certainty, asked=(d(filed),))


def _untransmitted() -> Answer:
    executory, asked, given = d("2026-05-04"), d("2026-07-06"), d("2026-07-10")
    term = untransmitted_referral(executory_on=executory, asked_on=asked, communicated_on=given)
    assert term is not None
    values = {
        "request_in_time": yes(request_window(executory).holds(asked)),
        "déféré_last_day": iso(term.last_day),
    }
    return Answer(values=values, certainty=term.certainty, asked=(executory, asked, given))


def _third_party() -> Answer:
    executory, asked = d("2026-06-25"), d("2026-08-20")
    values = {
        "request_in_time": yes(third_party_window(executory).holds(asked)),
        "déféré_last_day": f"{iso(referral_term(executory).last_day)} (unchanged)",
    }
    return Answer(values=values, certainty=third_party_window(executory).certainty, asked=(executory, asked))


def _debate_m57() -> Answer:
    window = debate_window(examined_on=d("2026-03-26"), regime="m57")
    values = {
        "dob_window": f"{window.opens}..{window.closes}",
        "draft_budget_sent_by": f"{window.draft_sent_by} (safe) / {window.draft_arguable_by}",
    }
    return Answer(values=values, certainty=window.certainty, asked=(d("2026-03-26"),))


def _debate_m52() -> Answer:
    window = debate_window(examined_on=d("2019-03-28"), regime="m52")
    return Answer(values={"dob_window": f"{window.opens}..{window.closes}"}, certainty=window.certainty)


def _same_day() -> Answer:
    window = debate_window(examined_on=d("2026-03-26"), regime="m57")
    verdict = "regular" if window.allows(d("2026-03-26")) else "irregular"
    return Answer(values={"verdict": verdict}, certainty=window.certainty)


def _budget(year: int, renewal: bool) -> Answer:
    duty = budget_due(year=year, renewal=renewal)
    return Answer(values={"adopt_before": iso(duty.on)}, certainty=duty.certainty)


def _accounts() -> Answer:
    duty = accounts_due(exercise=2025)
    allowed = standing_committee_may_decide("accounts", on=duty.on)
    values = {"vote_no_later_than": iso(duty.on), "CP_allowed": yes(allowed)}
    return Answer(values=values, certainty=duty.certainty)


def _regime(on: str) -> Answer:
    rule = publicity_regime(d(on))
    words = {
        "posting_or_publication": "affichage or recueil (monthly)",
        "electronic": "electronic, R3131-2 mentions",
    }
    return Answer(values={"publicity": words[rule.text]}, certainty=rule.certainty, asked=(d(on),))


def _video() -> Answer:
    permission = council_by_video(meeting_on=d("2022-07-20"))
    verdict = "allowed" if permission.allowed else "COVID rules only"
    return Answer(values={"verdict": verdict}, certainty=permission.certainty, asked=(d("2022-07-20"),))


def _contracts() -> Answer:
    values = {}
    days = {"transmit_2025": d("2025-12-10"), "transmit_2026": d("2026-01-20")}
    for key, day in days.items():
        duty = transmission_duty("contract", on=day, amount=Decimal(217_000))
        values[key] = f"{yes(duty.required)} ({contract_threshold(day).number})"
    return Answer(values=values, certainty=duty.certainty, asked=tuple(days.values()))


def _mission() -> Answer:
    end = mission_end(created_on=d("2026-01-29"))
    closed = no_mission_from(renewal_year=2028)
    values = {
        "end_max": iso(end.on),
        "creation_forbidden_from": f"{iso(closed.on)} (renewal 2028)",
    }
    return Answer(values=values, certainty=end.certainty, asked=(d("2026-01-29"),))


def _holidays() -> Answer:
    listed = ",".join(day.isoformat() for day in public_holidays(2026))
    return Answer(values={listed: ""}, certainty="confirmed")


def _local_holidays() -> Answer:
    added = sorted(set(public_holidays(2026, "alsace_moselle")) - set(public_holidays(2026)))
    sentence = f"adds {added[0]} (communes with a Protestant temple) and {added[1]}"
    return Answer(values={sentence: ""}, certainty="confirmed")


def _appeal(day: str) -> Callable[[], Answer]:
    return lambda: _term(appeal_term(made_public_on=d(day)))


def _referral(day: str) -> Callable[[], Answer]:
    return lambda: _term(referral_term(d(day)))


ANSWERS: dict[str, Callable[[], Answer]] = {
    "LC001": lambda: _council("2026-06-18", "2026-06-05"),
    "LC002": lambda: _council("2026-06-18", "2026-06-06"),
    "LC003": lambda: _council("2026-06-18", "2026-06-07"),
    "LC004": lambda: _council("2026-01-05", "2025-12-23"),
    "LC005": lambda: _council("2026-05-28", "2026-05-15"),
    "LC006": lambda: _council("2026-03-02", "2026-02-17"),
    "LC007": lambda: _council("2028-03-06", "2028-02-22"),
    "LC008": lambda: _council("2026-11-16", "2026-11-03"),
    "LC009": _members,
    "LC010": _unwilling_member,
    "LC011": _late_item,
    "LC012": _tabled,
    "LC013": lambda: _committee("2026-06-12", 8),
    "LC014": lambda: _committee("2026-06-20", None),
    "LC015": lambda: _urgent("2026-06-16", "2026-06-18"),
    "LC016": lambda: _urgent("2026-06-17", "2026-06-18"),
    "LC017": lambda: _urgent("2026-06-13", "2026-06-15"),
    "LC018": lambda: _urgent("2026-04-30", "2026-05-02"),
    "LC020": lambda: _second("council", "2026-06-15"),
    "LC021": lambda: _second("council", "2026-02-27"),
    "LC022": lambda: _second("council", "2026-05-07"),
    "LC023": lambda: _quorum("council", "2026-06-18", 49, 25, 10),
    "LC024": lambda: _quorum("council", "2026-06-18", 50, 25, 25),
    "LC025": lambda: _quorum("standing_committee", "2026-06-22", 31, 12, 4),
    "LC026": lambda: _second("standing_committee", "2026-06-22"),
    "LC027": lambda: _quorum("president_election", "2026-06-18", 50, 33),
    "LC028": lambda: _quorum("council", "2020-07-20", 50, 17, 34),
    "LC029": lambda: _quorum("council", "2021-10-15", 50, 20),
    "LC030": lambda: _quorum("council", "2022-03-10", 50, 20),
    "LC031": lambda: _quorum("council", "2025-11-20", 50, 24, representatives=4),
    "LC032": lambda: _quorum("council", "2026-06-18", 50, 24, representatives=4),
    "LC033": _public_demand,
    "LC034": _tie,
    "LC035": lambda: _first_meeting("2015-03-22"),
    "LC036": lambda: _first_meeting("2021-06-20"),
    "LC037": _rules_of_procedure,
    "LC038": _vacancy,
    "LC039": lambda: _minutes("2026-06-18"),
    "LC040": lambda: _minutes("2026-04-24"),
    "LC041": lambda: _minutes("2026-06-18"),
    "LC042": lambda: _minutes("2022-06-30"),
    "LC043": _list,
    "LC044": lambda: _executory("2026-06-18", received="2026-06-25", online="2026-06-23"),
    "LC045": lambda: _executory("2026-06-18", received="2026-06-19", online="2026-06-29"),
    "LC046": lambda: _executory("2026-03-02", received="2026-03-03", notified="2026-03-10"),
    "LC047": lambda: _executory("2026-06-18", online="2026-06-23", transmissible=False),
    "LC048": lambda: _executory(
        "2026-07-01", received="2026-07-01", posted="2026-07-01", online="2026-07-03", urgent=True
    ),
    "LC049": _in_force,
    "LC050": lambda: _executory("2017-05-29", received="2017-05-30", posted="2017-05-29", online="2017-07-18"),
    "LC051": _saturday_batch,
    "LC052": lambda: _deadline("2026-03-02"),
    "LC053": lambda: _deadline("2026-02-14", concession=True),
    "LC054": lambda: _online("2026-03-02"),
    "LC055": lambda: _online("2025-12-31"),
    "LC056": lambda: _online("2026-03-02", outage=5),
    "LC057": _appeal("2026-03-02"),
    "LC058": _appeal("2026-06-12"),
    "LC059": _appeal("2026-03-13"),
    "LC060": _appeal("2026-06-13"),
    "LC061": _appeal("2026-06-14"),
    "LC062": _appeal("2026-09-10"),
    "LC063": _appeal("2026-10-31"),
    "LC064": _appeal("2026-08-31"),
    "LC065": _appeal("2025-12-31"),
    "LC066": _appeal("2027-12-30"),
    "LC067": _appeal("2026-02-28"),
    "LC068": _unstated,
    "LC069": lambda: _term(appeal_term(made_public_on=d("2026-06-12"), distance="abroad")),
    "LC070": lambda: _gracious("2026-04-20", "2026-05-29"),
    "LC071": lambda: _gracious("2026-04-20"),
    "LC072": lambda: _gracious("2026-05-05"),
    "LC073": _referral("2026-06-25"),
    "LC074": _referral("1999-02-12"),
    "LC075": _referral("2026-03-13"),
    "LC076": lambda: _clock("2026-03-10", ("pieces", "2026-05-05", "2026-05-26", True)),
    "LC077": lambda: _clock("2026-03-10", ("pieces", "2026-05-05", None, True)),
    "LC078": lambda: _clock("2026-03-10", ("pieces", "2026-05-05", None, False)),
    "LC079": lambda: _clock("2026-03-10", ("observations", "2026-04-28", "2026-06-01", True)),
    "LC080": lambda: _clock("2026-03-10", ("observations", "2026-04-28", None, True)),
    "LC081": lambda: _clock(
        "2026-01-12",
        ("pieces", "2026-03-13", "2026-04-10", True),
        ("observations", "2026-06-11", "2026-07-20", True),
    ),
    "LC082": lambda: _clock(
        "2026-01-12", ("pieces", "2026-03-13", None, True), ("observations", "2026-07-15", None, True)
    ),
    "LC083": lambda: _suspension("2026-03-11"),
    "LC084": lambda: _suspension("2026-03-16"),
    "LC085": _untransmitted,
    "LC086": _third_party,
    "LC087": _debate_m57,
    "LC088": _debate_m52,
    "LC089": _same_day,
    "LC090": lambda: _budget(2026, renewal=False),
    "LC091": lambda: _budget(2028, renewal=True),
    "LC092": _accounts,
    "LC093": lambda: _regime("2022-06-30"),
    "LC094": lambda: _regime("2022-07-01"),
    "LC095": _video,
    "LC096": _contracts,
    "LC097": _mission,
    "LC098": _holidays,
    "LC099": _local_holidays,
}
