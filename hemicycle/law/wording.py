"""The sentences of a result, as the act and the minutes print them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hemicycle.law.ballot import Figures, IncoherentBallot, Outcome, Reason
from hemicycle.law.majority import absolute_majority

Vote = Literal["for", "against", "abstention", "no_part"]
Gender = Literal["F", "M"]


@dataclass(frozen=True, kw_only=True)
class MemberVote:
    """The vote of one member present or represented, under his own name even when carried by proxy."""

    #: Civility and name: « Mme A ».
    name: str
    #: As it is read after « groupe »; empty for a member of no group.
    group: str
    vote: Vote
    #: Printed after the name: « déport ».
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A result in words."""

    #: « Adopté à l'unanimité. »
    sentence: str
    #: « Pour : 30. Contre : 11. Abstentions : 1. »; empty for a unanimous vote.
    figures: str
    #: One per vote that differs: « Contre (11) : groupe Y. »
    lines: list[str]

    @property
    def text(self) -> str:
        """The whole on one line."""
        return " ".join(part for part in (self.sentence, self.figures, *self.lines) if part)


_SENTENCES: dict[Reason, str] = {
    "unanimity": "Adopté à l’unanimité.",
    "unanimity_of_votes_cast": "Adopté à l’unanimité des suffrages exprimés.",
    "majority": "Adopté à la majorité des suffrages exprimés.",
    "tie": "Partage égal des voix : rejeté.",
    "minority": "Rejeté.",
    "no_vote_cast": "Aucun suffrage exprimé : le rapport n’est pas adopté.",
}


def wording(
    outcome: Outcome,
    figures: Figures,
    votes: Sequence[MemberVote] = (),
    *,
    president: Gender = "M",
) -> Wording:
    """The sentence, the figures and the names by group of a result.

    `votes`: every member's vote, or nothing when only figures are known; a secret ballot names nobody but
    those who took no part. `president`: gender of whoever presided.
    Raises IncoherentBallot when the names do not add up to the figures.
    """
    _check_names(figures, votes)
    unanimous = outcome.reason in ("unanimity", "unanimity_of_votes_cast") and figures.kind != "secret"
    return Wording(
        sentence=_sentence(outcome, president=president),
        figures="" if unanimous else figures_sentence(figures),
        lines=_lines(outcome, figures, votes),
    )


def figures_sentence(figures: Figures) -> str:
    """Pour, contre, abstentions, then those who take no part; the papers first for a secret ballot."""
    parts = [f"Pour : {figures.for_}.", f"Contre : {figures.against}."]
    if figures.kind != "secret" or figures.abstentions:
        parts.append(f"Abstentions : {figures.abstentions}.")
    if figures.no_part:
        parts.append(f"Ne prennent pas part au vote : {figures.no_part}.")
    if figures.kind == "secret":
        cast = figures.votes_cast
        parts.insert(
            0,
            f"Au scrutin secret : votants {cast + figures.blank}, blancs ou nuls {figures.blank}, "
            f"exprimés {cast}, majorité absolue {absolute_majority(cast)}.",
        )
    return " ".join(parts)


def names_by_group(votes: Sequence[MemberVote], vote: Vote) -> str:
    """Those who voted so: whole groups first, then by name those whose group is divided.

    « groupe Z, Mme A (groupe X) ». A group of which a single member votes is named by that member.
    """
    sides: dict[str, set[Vote]] = {}
    sizes: dict[str, int] = {}
    for member in votes:
        sides.setdefault(member.group, set()).add(member.vote)
        sizes[member.group] = sizes.get(member.group, 0) + 1
    whole = [group for group in sides if group and sides[group] == {vote} and sizes[group] > 1]
    named = [
        _named(member, with_group=bool(member.group))
        for member in votes
        if member.vote == vote and member.group not in whole
    ]
    return ", ".join([*(f"groupe {group}" for group in whole), *named])


def taken_note(body: str, subject: str) -> str:
    """« Le conseil départemental prend acte de … » : no vote, no figures. `body` with its article."""
    return f"{body} prend acte {subject}."


def dealt_with_together(numbers: tuple[str, str], result: str) -> str:
    """Several reports put to one vote; each deliberation still bears its own result.

    `numbers`: first and last. `result`: « adoptés à l'unanimité ».
    """
    first, last = numbers
    return f"Les rapports n° {first} à {last} sont mis aux voix ensemble et {result}."


def off_the_agenda(
    how: Literal["withdrawn", "to_committee", "adjourned"], *, until: str = "", president: Gender = "M"
) -> str:
    """What is printed of a report that is not voted. `until`: the day of the later sitting, in French."""
    if how == "withdrawn":
        return f"Retiré de l’ordre du jour par {_president(president)}."
    if how == "to_committee":
        return "Renvoyé en commission."
    return f"Ajourné à la séance du {until}."


def _president(gender: Gender) -> str:
    return "la Présidente" if gender == "F" else "le Président"


def _sentence(outcome: Outcome, *, president: Gender) -> str:
    if outcome.reason != "casting_vote":
        return _SENTENCES[outcome.reason]
    of = "de la Présidente" if president == "F" else "du Président"
    result = "adopté" if outcome.adopted else "rejeté"
    return f"Partage égal des voix ; la voix {of} étant prépondérante, {result}."


def _lines(outcome: Outcome, figures: Figures, votes: Sequence[MemberVote]) -> list[str]:
    lines = []
    if figures.kind != "secret":
        divided = outcome.reason in ("majority", "casting_vote", "tie", "minority")
        # In a public ballot the names and the sense of every vote are kept (L3121-15).
        if votes and figures.for_ and (figures.kind == "public" or outcome.reason == "minority"):
            lines.append(_line("Pour", figures.for_, names_by_group(votes, "for")))
        if votes and divided and figures.against:
            lines.append(_line("Contre", figures.against, names_by_group(votes, "against")))
        # Without names, the count of abstentions is already among the figures of a divided vote.
        if figures.abstentions and (votes or not (divided or outcome.reason == "no_vote_cast")):
            label = "Abstentions" if figures.abstentions > 1 else "Abstention"
            lines.append(_line(label, figures.abstentions, names_by_group(votes, "abstention")))
    if figures.no_part:
        lines.append(_no_part(figures.no_part, votes))
    return lines


def _line(label: str, count: int, names: str) -> str:
    return f"{label} ({count}) : {names}." if names else f"{label} : {count}."


def _no_part(count: int, votes: Sequence[MemberVote]) -> str:
    names = ", ".join(_named(member, with_group=False) for member in votes if member.vote == "no_part")
    verb = "N’ont pas pris part au vote" if count > 1 else "N’a pas pris part au vote"
    return f"{verb} : {names or count}."


def _named(member: MemberVote, *, with_group: bool) -> str:
    details = [f"groupe {member.group}"] if with_group else []
    if member.note:
        details.append(member.note)
    return f"{member.name} ({', '.join(details)})" if details else member.name


def _check_names(figures: Figures, votes: Sequence[MemberVote]) -> None:
    if not votes:
        return
    expected: list[tuple[Vote, str, int]] = [("no_part", "sans part au vote", figures.no_part)]
    if figures.kind == "secret":
        if any(member.vote != "no_part" for member in votes):
            raise IncoherentBallot("Un scrutin secret ne nomme aucun votant ; retirez les votes nominatifs.")
    else:
        expected += [
            ("for", "pour", figures.for_),
            ("against", "contre", figures.against),
            ("abstention", "abstentions", figures.abstentions),
        ]
    for vote, label, count in expected:
        named = sum(member.vote == vote for member in votes)
        if named != count:
            raise IncoherentBallot(
                f"Le relevé nominatif compte {named} voix « {label} » au lieu de {count} ; corrigez le relevé."
            )
