"""Who is in the room, who is represented, at this moment of a sitting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import ElectedMember
from hemicycle.accounts.queries import Sitter
from hemicycle.chain.sitting.models import Attendance, Proxy, Sitting
from hemicycle.chain.sitting.rules import Voter, quorum_of
from hemicycle.dossier.dates import day
from hemicycle.law.quorum import QuorumCheck


@dataclass(frozen=True, kw_only=True)
class Room:
    """The state of the room: every member in office is present, represented, excused or absent."""

    sitting: Sitting
    sitters: tuple[Sitter, ...]
    present: tuple[ElectedMember, ...]
    #: Giver and holder of each proxy whose holder is in the room.
    proxies: tuple[tuple[ElectedMember, ElectedMember], ...]
    excused: tuple[ElectedMember, ...]
    absent: tuple[ElectedMember, ...]

    @property
    def quorum(self) -> QuorumCheck:
        return quorum_of(
            self.sitting.body,
            in_office=len(self.sitters),
            present=len(self.present),
            represented=len(self.proxies),
            on=day(self.sitting.starts_at),
        )

    @property
    def voters(self) -> list[Voter]:
        """Present members then represented ones: each has one vote."""
        president = self.sitting.presided_by_id
        name = names_apart(s.member for s in self.sitters)
        return [
            Voter(id=m.pk, name=name[m.pk], group=m.group.name, president=m.pk == president)
            for m in (*self.present, *(giver for giver, _ in self.proxies))
        ]

    def holder_of(self, member_id: int) -> ElectedMember | None:
        """Who votes in the member's name, when represented."""
        return next((holder for giver, holder in self.proxies if giver.pk == member_id), None)

    def as_facts(self) -> dict[str, list[object]]:
        """The four lists that an act prints (documents.md §6), by name."""
        return {
            "present": [formal_name(m) for m in by_name(self.present)],
            "proxies": [
                [formal_name(giver), formal_name(holder)]
                for giver, holder in sorted(self.proxies, key=lambda p: sort_key(p[0]))
            ],
            "excused": [formal_name(m) for m in by_name(self.excused)],
            "absent": [formal_name(m) for m in by_name(self.absent)],
        }


def room_of(sitting: Sitting) -> Room:
    """The room as recorded now. Whoever was not recorded is absent."""
    sitters = accounts.members_in_office(sitting.body, on=day(sitting.starts_at))
    status = {a.member_id: a.status for a in Attendance.objects.filter(sitting=sitting)}
    members = {s.member.pk: s.member for s in sitters}
    here = [m for pk, m in members.items() if status.get(pk) == Attendance.Status.PRESENT]
    present_ids = {m.pk for m in here}
    proxies = [
        (members[p.giver_id], members[p.holder_id])
        for p in Proxy.objects.filter(sitting=sitting).order_by("recorded_at", "id")
        if p.giver_id in members and p.giver_id not in present_ids and p.holder_id in present_ids
    ]
    represented = {giver.pk for giver, _ in proxies}
    rest = [m for pk, m in members.items() if pk not in present_ids | represented]
    return Room(
        sitting=sitting,
        sitters=tuple(sitters),
        present=tuple(here),
        proxies=tuple(proxies),
        excused=tuple(m for m in rest if status.get(m.pk) == Attendance.Status.EXCUSED),
        absent=tuple(m for m in rest if status.get(m.pk) != Attendance.Status.EXCUSED),
    )


def sort_key(member: ElectedMember) -> tuple[str, str]:
    return (member.agent.last_name, member.agent.first_name)


def by_name(members: tuple[ElectedMember, ...]) -> list[ElectedMember]:
    return sorted(members, key=sort_key)


def formal_name(member: ElectedMember) -> str:
    """« Mme Aline BRÉVAL », as the documents print it."""
    agent = member.agent
    return f"{agent.civility} {agent.first_name} {agent.last_name.upper()}".strip()


def short_name(member: ElectedMember) -> str:
    """« Mme Bréval », as a result names it."""
    return f"{member.agent.civility} {member.agent.last_name}".strip()


def names_apart(members: Iterable[ElectedMember]) -> dict[int, str]:
    """Member id → « Mme Bréval »; with the first name, then the canton, where two of them would read alike."""
    everybody = list(members)
    found: dict[int, str] = {}
    for spelled in (short_name, str, _with_canton):
        rest = [m for m in everybody if m.pk not in found]
        times = Counter(spelled(m) for m in rest)
        found |= {m.pk: spelled(m) for m in rest if times[spelled(m)] == 1}
    return {m.pk: found.get(m.pk, f"{m} (n° {m.pk})") for m in everybody}


def _with_canton(member: ElectedMember) -> str:
    return f"{member} ({member.canton})"
