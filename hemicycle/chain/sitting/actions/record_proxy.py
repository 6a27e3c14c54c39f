"""Record a proxy for the sitting."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, ElectedMember
from hemicycle.chain.sitting.actions.record_attendance import NotAMember, named
from hemicycle.chain.sitting.events import ProxyRecorded
from hemicycle.chain.sitting.locking import locked, require_registrar, require_state
from hemicycle.chain.sitting.models import Attendance, Proxy, Sitting, SittingState
from hemicycle.chain.sitting.room import names_apart
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.law.proxies import Proxy as LawProxy
from hemicycle.law.proxies import proxy_faults


class ProxyRefused(ActionRefused):
    """The law, or the state of the room, does not allow this proxy."""


@transaction.atomic
def record_proxy(*, sitting_id: UUID, giver_id: int, holder_id: int, agent: Agent, at: dt.datetime) -> Proxy:
    """The giver's vote goes to the holder for that meeting; one proxy per holder (L3121-16).

    Raises NotEntitled, WrongSittingState, NotAMember, ProxyRefused.
    """
    sitting = locked(sitting_id)
    role = require_registrar(agent, on=day(at), what="Enregistrer un pouvoir")
    require_state(sitting, SittingState.CONVENED, SittingState.OPEN, what="Enregistrer un pouvoir")
    members = {s.member.pk: s.member for s in accounts.members_in_office(sitting.body, on=day(sitting.starts_at))}
    for member_id in (giver_id, holder_id):
        if member_id not in members:
            raise NotAMember(
                f"{named(member_id)} n’a pas de mandat en cours dans cette assemblée le jour de la séance : "
                "un pouvoir se donne entre membres ; choisissez un autre nom."
            )
    giver, holder = members[giver_id], members[holder_id]
    _check(sitting, giver, holder, members)

    proxy = Proxy.objects.create(sitting=sitting, giver=giver, holder=holder, recorded_at=at)

    event = ProxyRecorded(sitting=str(sitting.id), giver=str(giver), holder=str(holder))
    journal.record(None, event, by=agent, at=at, role=role)
    return proxy


def _check(sitting: Sitting, giver: ElectedMember, holder: ElectedMember, members: dict[int, ElectedMember]) -> None:
    """The new proxy among those already given. Before the call, nobody is known to be present: all may be."""
    called = Attendance.objects.filter(sitting=sitting)
    present = set(called.filter(status=Attendance.Status.PRESENT).values_list("member_id", flat=True))
    if not present:
        present = set(members) - {giver.pk}
    name = names_apart(members.values())
    kept = [
        LawProxy(giver=name[p.giver_id], holder=name[p.holder_id])
        for p in Proxy.objects.filter(sitting=sitting).order_by("id")
        if p.giver_id in name and p.holder_id in name
    ]
    new = LawProxy(giver=name[giver.pk], holder=name[holder.pk])
    names = {name[pk] for pk in present if pk in name}
    faults = proxy_faults([*kept, new], present=names, on=day(sitting.starts_at))
    mine = [f for f in faults if f.proxy == new]
    if mine:
        raise ProxyRefused(f"{mine[0].sentence} ({mine[0].article})")
