"""Pure computations of a sitting: the notice, the quorum, the result of a vote, with their law."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from hemicycle.law.ballot import BallotKind, Figures, Outcome, PresidentVote, outcome
from hemicycle.law.notice import Notice, committee_notice, council_notice, urgent_notice
from hemicycle.law.quorum import Body as LawBody
from hemicycle.law.quorum import QuorumCheck, quorum_met
from hemicycle.law.wording import MemberVote, Wording, wording

LAW_BODY: dict[str, LawBody] = {"CD": "council", "CP": "standing_committee"}


def notice_verdict(body: str, *, sent_on: dt.date, meeting_on: dt.date, committee_days: int, urgent: bool) -> Notice:
    """The verdict on the delay of a summons: the law for the council, the règlement intérieur for the committee."""
    if body == "CP":
        return committee_notice(sent_on=sent_on, meeting_on=meeting_on, days=committee_days)
    if urgent:
        return urgent_notice(sent_on=sent_on, meeting_on=meeting_on)
    return council_notice(sent_on=sent_on, meeting_on=meeting_on)


def quorum_of(body: str, *, in_office: int, present: int, represented: int, on: dt.date) -> QuorumCheck:
    """The quorum compared with the room, by the body's own formula (L3121-14, L3121-14-1)."""
    return quorum_met(LAW_BODY[body], in_office=in_office, present=present, represented=represented, on=on)


@dataclass(frozen=True, kw_only=True)
class Voter:
    """A member who votes, present or represented."""

    id: int
    name: str
    group: str
    president: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    figures: Figures
    outcome: Outcome
    wording: Wording


def count(
    votes: Mapping[int, str],
    voters: Sequence[Voter],
    *,
    body: str,
    kind: str,
    present: int,
    represented: int,
    feminine_president: bool,
    on: dt.date,
) -> Result:
    """The result of the votes of these voters. Raises law.ballot.IncoherentBallot."""
    tally = Counter(votes.values())
    figures = Figures(
        for_=tally["for"],
        against=tally["against"],
        abstentions=tally["abstention"],
        no_part=tally["no_part"],
        kind=cast(BallotKind, kind),
    )
    said = next((votes[v.id] for v in voters if v.president), "absent")
    decided = outcome(
        for_=figures.for_,
        against=figures.against,
        abstentions=figures.abstentions,
        no_part=figures.no_part,
        blank=0,
        present=present,
        represented=represented,
        kind=figures.kind,
        # A president who takes no part in the vote is, for a tie, as one who is absent.
        president_vote=cast(PresidentVote, said if said in ("for", "against", "abstention") else "absent"),
        body=LAW_BODY[body],
        on=on,
    )
    names = [MemberVote(name=v.name, group=v.group, vote=votes[v.id]) for v in voters]  # type: ignore[arg-type]
    said_so = wording(decided, figures, names, president="F" if feminine_president else "M")
    return Result(figures=figures, outcome=decided, wording=said_so)
