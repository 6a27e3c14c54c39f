"""What a ballot decides, from its figures alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hemicycle.law.quorum import Body
from hemicycle.law.rule import Certainty, LawError, weakest
from hemicycle.law.rules import in_force

BallotKind = Literal["ordinary", "public", "secret"]
PresidentVote = Literal["for", "against", "abstention", "absent"]
Reason = Literal[
    "unanimity",
    "unanimity_of_votes_cast",
    "majority",
    "casting_vote",
    "tie",
    "minority",
    "no_vote_cast",
]


class IncoherentBallot(LawError):
    """Figures that cannot be those of one ballot."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of one ballot, in votes (a proxy is a vote of the member represented)."""

    for_: int
    against: int
    abstentions: int = 0
    no_part: int = 0
    #: Blank and null papers, secret ballots only.
    blank: int = 0
    kind: BallotKind = "ordinary"

    @property
    def votes_cast(self) -> int:
        """Suffrages exprimés: abstentions, blanks and those who take no part are left out (L3121-14)."""
        return self.for_ + self.against

    @property
    def total(self) -> int:
        """Every vote accounted for."""
        return self.votes_cast + self.abstentions + self.no_part + self.blank


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the figures decide."""

    adopted: bool
    reason: Reason
    #: Whether the president's vote decided on a tie.
    casting: bool
    article: str
    certainty: Certainty


def outcome(
    *,
    for_: int,
    against: int,
    abstentions: int,
    no_part: int,
    blank: int,
    present: int,
    represented: int,
    kind: BallotKind,
    president_vote: PresidentVote,
    body: Body,
    on: date,
) -> Outcome:
    """The result of a ballot of the council or of the standing committee (L3121-14, L3121-15).

    `present` and `represented`: members at that item before any withdrawal.
    Raises IncoherentBallot when the figures do not account for exactly those members.
    """
    figures = Figures(for_=for_, against=against, abstentions=abstentions, no_part=no_part, blank=blank, kind=kind)
    check_figures(figures, present=present, represented=represented, president_vote=president_vote)
    majority = in_force("ballot.majority", on)
    article = majority.article
    if body == "standing_committee":
        article = f"{in_force('standing_committee.quorum', on).article} ; {article}"
    if for_ == against and for_ > 0:
        return _tie(kind=kind, president_vote=president_vote, article=article, on=on)
    reason = _reason(figures)
    return Outcome(
        adopted=for_ > against,
        reason=reason,
        casting=False,
        article=article,
        certainty=majority.certainty,
    )


def check_figures(figures: Figures, *, present: int, represented: int, president_vote: PresidentVote) -> None:
    """Refuse figures that cannot be: F + C + A + N (+ B) = P + R, and the president's vote among them.

    Raises IncoherentBallot.
    """
    counts = (figures.for_, figures.against, figures.abstentions, figures.no_part, figures.blank)
    if min(*counts, present, represented) < 0:
        raise IncoherentBallot("Un nombre de voix ne peut pas être négatif ; corrigez le relevé du vote.")
    if figures.blank and figures.kind != "secret":
        raise IncoherentBallot(
            "Les bulletins blancs ou nuls n’existent qu’au scrutin secret ; comptez ces voix en abstentions."
        )
    if figures.total != present + represented:
        raise IncoherentBallot(
            f"Le relevé du vote compte {figures.total} voix (pour {figures.for_}, contre {figures.against}, "
            f"abstentions {figures.abstentions}, sans part au vote {figures.no_part}, "
            f"blancs ou nuls {figures.blank}) alors que {present + represented} membres sont présents ou "
            "représentés ; corrigez le relevé ou la présence."
        )
    side = {"for": figures.for_, "against": figures.against, "abstention": figures.abstentions}
    if figures.kind != "secret" and side.get(president_vote, 1) == 0:
        raise IncoherentBallot(
            "Le vote du président ne figure pas dans les voix relevées ; corrigez son vote ou le relevé."
        )


def _reason(figures: Figures) -> Reason:
    if figures.votes_cast == 0:
        return "no_vote_cast"
    if figures.for_ < figures.against:
        return "minority"
    if figures.against:
        return "majority"
    if figures.abstentions or figures.no_part or figures.blank:
        return "unanimity_of_votes_cast"
    return "unanimity"


def _tie(*, kind: BallotKind, president_vote: PresidentVote, article: str, on: date) -> Outcome:
    """A tie: the president's side prevails, if he voted and if his vote may be known.

    In a secret ballot the casting vote would reveal the vote; no text read settles it (not adopted).
    In an ordinary ballot the sentence of the article on public ballots is applied as everybody applies it.
    """
    rule = in_force("ballot.casting_vote", on)
    sure: dict[BallotKind, Certainty] = {
        "public": "confirmed",
        "ordinary": "secondary",
        "secret": "to_verify",
    }
    casting = kind != "secret" and president_vote in ("for", "against")
    return Outcome(
        adopted=casting and president_vote == "for",
        reason="casting_vote" if casting else "tie",
        casting=casting,
        article=f"{article} ; {rule.article}",
        certainty=weakest(rule.certainty, sure[kind]),
    )
