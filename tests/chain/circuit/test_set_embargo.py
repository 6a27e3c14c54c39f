"""The Cabinet's embargo: who still reads, who does not."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.accounts.models import Agent, Post, Role
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.set_embargo import AlreadyUnderEmbargo, set_embargo
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.sitting import queries as sitting
from hemicycle.chain.sitting.actions.convene import convene
from hemicycle.chain.sitting.actions.put_on_agenda import put_on_agenda
from hemicycle.chain.sitting.models import AgendaItem
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from tests.cast import NOON, SINCE, TODAY, Cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting, entitle

pytestmark = pytest.mark.django_db

READERS = ("drafter", "head_of_service", "legal", "cabinet", "clerk", "chief_executive", "president")
OTHERS = ("colleague", "director", "deputy_chief", "secretariat", "auditor", "outsider", "archivist", "finance")


def at_cabinet(cast: Cast, **fields: Any) -> Dossier:
    dossier = a_dossier(cast, in_circuit=True, **fields)
    for agent in (cast.head_of_service, cast.legal):
        give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=NOON)
    return dossier


def embargo(dossier: Dossier, agent: Agent) -> Dossier:
    return set_embargo(dossier_id=dossier.id, agent=agent, at=NOON)


def readers(cast: Cast, dossier: Dossier) -> set[str]:
    return {who for who in (*READERS, *OTHERS) if access.may_read(getattr(cast, who), dossier, on=TODAY)}


def test_only_its_drafter_its_circuit_and_those_who_prepare_the_sitting_read_it(cast: Cast) -> None:
    dossier = at_cabinet(cast)
    assert {"colleague", "director", "auditor", "secretariat"} <= readers(cast, dossier)

    embargo(dossier, cast.cabinet)

    assert readers(cast, dossier) == set(READERS)
    assert told.by(cast.cabinet, "cabinet", "circuit.embargo_set")


@pytest.mark.parametrize("who", OTHERS)
def test_it_is_in_nobody_else_s_lists(cast: Cast, who: str) -> None:
    dossier, other = at_cabinet(cast), a_dossier(cast)
    embargo(dossier, cast.cabinet)
    reader = getattr(cast, who)

    assert dossier not in drafting.all_visible(reader, on=TODAY)
    assert not access.may_comment(reader, dossier, on=TODAY)
    if who in ("colleague", "director"):
        assert other in drafting.all_visible(reader, on=TODAY)


def test_elected_members_read_it_once_they_are_convened(cast: Cast) -> None:
    dossier, meeting = at_cabinet(cast), a_sitting(cast)
    member = cast.members[3].agent
    Post.objects.create(agent=member, role=Role.DEPUTY_CHIEF, unit=cast.pole, valid_from=SINCE)
    embargo(dossier, cast.cabinet)
    give_visa(dossier_id=dossier.id, agent=cast.cabinet, version_read=1, at=NOON)
    put_on_agenda(sitting_id=meeting.id, dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    assert not access.may_read(member, dossier, on=TODAY)

    convene(sitting_id=meeting.id, agent=cast.clerk, at=NOON, urgency="Délai légal.")

    dossier.refresh_from_db()
    assert not dossier.embargo
    assert access.may_read(member, dossier, on=TODAY)
    assert told.events(dossier)[-1] == "circuit.embargo_lifted"


@pytest.mark.parametrize(("who", "reads"), [("secretariat", False), ("auditor", False), ("clerk", True)])
def test_on_an_agenda_in_preparation_it_is_shown_to_its_readers_only(cast: Cast, who: str, reads: bool) -> None:
    dossier, other, plan = at_cabinet(cast), a_dossier(cast, ready=True), a_sitting(cast)
    embargo(dossier, cast.cabinet)
    give_visa(dossier_id=dossier.id, agent=cast.cabinet, version_read=1, at=NOON)
    for one in (dossier, other):
        put_on_agenda(sitting_id=plan.id, dossier_id=one.id, agent=cast.clerk, at=NOON)
    items = {item.dossier_id: item for item in plan.items.order_by("position")}

    shown = sitting.detail(sitting_id=plan.id, agent=getattr(cast, who), on=TODAY).items

    assert [item.dossier for item in shown] == ([dossier, other] if reads else [other])
    if not reads:
        with pytest.raises(AgendaItem.DoesNotExist):
            sitting.item(item_id=items[dossier.id].id, agent=getattr(cast, who), on=TODAY)


def test_added_to_an_agenda_already_sent_it_is_read_at_once(cast: Cast) -> None:
    dossier, meeting = at_cabinet(cast), a_sitting(cast, convened=True)
    embargo(dossier, cast.cabinet)
    give_visa(dossier_id=dossier.id, agent=cast.cabinet, version_read=1, at=NOON)

    put_on_agenda(sitting_id=meeting.id, dossier_id=dossier.id, agent=cast.clerk, at=NOON, urgency="Crue.")

    dossier.refresh_from_db()
    assert not dossier.embargo


@pytest.mark.parametrize("who", ["drafter", "clerk", "chief_executive", "president", "legal", "outsider"])
def test_the_cabinet_alone_sets_it(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = at_cabinet(cast)

    with pytest.raises(NotEntitled, match="« cabinet »"), nothing_written():
        embargo(dossier, getattr(cast, who))


def test_and_only_on_what_it_may_read(cast: Cast, nothing_written: Any) -> None:
    draft = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        embargo(draft, cast.cabinet)


def test_not_twice_nor_once_on_an_agenda(cast: Cast, nothing_written: Any) -> None:
    dossier, late = at_cabinet(cast), a_dossier(cast, on_agenda=True)
    entitle(late, cast.cabinet, Role.CABINET)
    embargo(dossier, cast.cabinet)

    with pytest.raises(AlreadyUnderEmbargo), nothing_written():
        embargo(dossier, cast.cabinet)
    with pytest.raises(MoveNotAllowed, match="avant son inscription"), nothing_written():
        embargo(late, cast.cabinet)
