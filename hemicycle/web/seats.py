"""The room of a sitting, made ready for its drawing."""

from __future__ import annotations

from collections.abc import Mapping

from hemicycle.chain.sitting.room import Room
from hemicycle.web.drawings.hemicycle import Presence, Seat, VoteValue


def group_names(room: Room) -> list[str]:
    """The groups that sit, from left to right."""
    ranks = {s.member.group.name: s.member.group.rank for s in room.sitters}
    return sorted(ranks, key=lambda name: ranks[name])


def seats_of(room: Room, votes: Mapping[int, VoteValue] | None = None) -> list[Seat]:
    """One seat per member in office, with the vote when there is one."""
    states: dict[int, Presence] = {
        **{m.pk: "present" for m in room.present},
        **{giver.pk: "proxy" for giver, _ in room.proxies},
        **{m.pk: "excused" for m in room.excused},
    }
    cast = votes or {}
    return [
        Seat(
            name=str(s.member),
            group=s.member.group.name,
            state=states.get(s.member.pk, "absent"),
            vote=cast.get(s.member.pk),
            president=s.member.pk == room.sitting.presided_by_id,
        )
        for s in room.sitters
    ]
