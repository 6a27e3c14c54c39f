"""The form of a vote: everybody for, or by group, save some members by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, cast

from django import forms

from hemicycle.accounts.models import ElectedMember
from hemicycle.chain.sitting.room import Room
from hemicycle.web.drawings.hemicycle import VoteValue

VALUES = [("for", "pour"), ("against", "contre"), ("abstention", "abstention"), ("no_part", "ne prend pas part")]
KINDS = [("ordinary", "scrutin ordinaire"), ("public", "scrutin public (noms publiés)")]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A voter in the form: the vote is the group's unless said otherwise."""

    member: ElectedMember
    #: Who holds the vote, when the member is represented.
    holder: ElectedMember | None
    presides: bool
    field: forms.BoundField


@dataclass(frozen=True, kw_only=True)
class Group:
    name: str
    field: forms.BoundField
    lines: list[Line]


class VoteForm(forms.Form):
    """Fields `group-<id>` (the group's vote) and `member-<id>` (a vote of one's own, empty: the group's)."""

    kind = forms.ChoiceField(label="Mode de scrutin", choices=KINDS, initial="ordinary")

    def __init__(self, *args: Any, room: Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room
        self.voters = [*room.present, *(giver for giver, _ in room.proxies)]
        for member in self.voters:
            self.fields.setdefault(
                f"group-{member.group_id}",
                forms.ChoiceField(
                    label=member.group.name, choices=VALUES, initial="for", widget=forms.RadioSelect, required=False
                ),
            )
            self.fields[f"member-{member.pk}"] = forms.ChoiceField(
                label=str(member),
                choices=[("", "groupe"), *VALUES],
                widget=forms.RadioSelect,
                required=False,
            )

    def groups(self) -> list[Group]:
        """The voters by group, from left to right."""
        by_rank = sorted({m.group for m in self.voters}, key=lambda g: g.rank)
        return [
            Group(
                name=group.name,
                field=self[f"group-{group.pk}"],
                lines=[self._line(m) for m in self.voters if m.group_id == group.pk],
            )
            for group in by_rank
        ]

    def _line(self, member: ElectedMember) -> Line:
        return Line(
            member=member,
            holder=self.room.holder_of(member.pk),
            presides=member.pk == self.room.sitting.presided_by_id,
            field=self[f"member-{member.pk}"],
        )

    def votes(self) -> dict[int, VoteValue]:
        """Member id → vote, for every voter; of a valid form."""
        data = self.cleaned_data
        return {
            m.pk: cast(VoteValue, data[f"member-{m.pk}"] or data[f"group-{m.group_id}"] or "for") for m in self.voters
        }

    def unanimous(self) -> dict[int, VoteValue]:
        return {m.pk: "for" for m in self.voters}


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What the votes typed so far would give."""

    in_favour: int
    against: int
    abstentions: int
    no_part: int
    #: Equal: the president's vote decides (L3121-15).
    tie: bool


def tally(votes: dict[int, VoteValue]) -> Tally:
    count = Counter(votes.values())
    return Tally(
        in_favour=count["for"],
        against=count["against"],
        abstentions=count["abstention"],
        no_part=count["no_part"],
        tie=count["for"] == count["against"] > 0,
    )
