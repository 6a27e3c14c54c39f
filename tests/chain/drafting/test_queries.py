"""Who reads what while a dossier is drafted."""

from __future__ import annotations

from uuid import UUID

import pytest

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import queries
from hemicycle.chain.drafting.actions.record_reading import record_reading
from hemicycle.chain.drafting.rules import accept_subject_code
from hemicycle.dossier.models import Attachment, Dossier, Version
from tests.cast import NOON, TODAY, Cast
from tests.factories import REPORT, a_dossier, an_attachment

pytestmark = pytest.mark.django_db


def seen(agent: Agent, dossier_id: UUID) -> bool:
    try:
        queries.detail(dossier_id=dossier_id, agent=agent, on=TODAY)
    except Dossier.DoesNotExist:
        return False
    return True


def test_the_page_of_a_dossier_is_for_those_who_read_it(cast: Cast) -> None:
    dossier = a_dossier(cast)

    assert all(seen(a, dossier.id) for a in (cast.drafter, cast.colleague, cast.director, cast.clerk))
    assert not any(seen(a, dossier.id) for a in (cast.neighbour, cast.legal, cast.outsider))


def test_the_page_says_who_may_write_and_what_was_read_last(cast: Cast) -> None:
    dossier = a_dossier(cast, to_correct=True)
    record_reading(dossier_id=dossier.id, agent=cast.director, at=NOON)

    drafter = queries.detail(dossier_id=dossier.id, agent=cast.drafter, on=TODAY)
    director = queries.detail(dossier_id=dossier.id, agent=cast.director, on=TODAY)

    assert (drafter.may_write, drafter.last_read) == (True, 0)
    assert (director.may_write, director.last_read) == (False, 1)
    assert [v.number for v in director.versions] == [1]


def test_nobody_may_write_in_the_circuit(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    assert not any(queries.may_write(dossier, a, on=TODAY) for a in (cast.drafter, cast.colleague, cast.clerk))


def test_lists_keep_to_what_the_agent_may_read(cast: Cast) -> None:
    club = a_dossier(cast)
    roads = a_dossier(cast, unit=cast.other_service, drafter=cast.neighbour, object="Routes de Brume")

    assert list(queries.all_visible(cast.drafter, on=TODAY)) == [club]
    assert list(queries.all_visible(cast.clerk, on=TODAY, words="routes")) == [roads]
    assert list(queries.all_visible(cast.drafter, on=TODAY, words="routes")) == []
    assert list(queries.all_visible(cast.clerk, on=TODAY, words=club.number, stage="in_circuit")) == []
    assert list(queries.mine(cast.neighbour)) == [roads]


def test_my_drafts_are_those_to_write_or_to_correct(cast: Cast) -> None:
    to_write, to_correct = a_dossier(cast), a_dossier(cast, to_correct=True)
    a_dossier(cast, in_circuit=True)
    a_dossier(cast, drafter=cast.colleague)

    assert set(queries.being_written(cast.drafter)) == {to_write, to_correct}


def test_a_file_is_read_by_those_who_read_its_dossier(cast: Cast) -> None:
    kept = an_attachment(a_dossier(cast), b"%PDF octets", by=cast.drafter)

    assert queries.attachment(attachment_id=kept.id, agent=cast.colleague, on=TODAY) == (kept, b"%PDF octets")
    with pytest.raises(Attachment.DoesNotExist):
        queries.attachment(attachment_id=kept.id, agent=cast.neighbour, on=TODAY)


def test_a_version_is_read_by_those_who_read_its_dossier(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    found = queries.version(dossier_id=dossier.id, number=1, agent=cast.head_of_service, on=TODAY)

    assert found.report == REPORT
    for agent, number in ((cast.neighbour, 1), (cast.head_of_service, 2)):
        with pytest.raises(Version.DoesNotExist):
            queries.version(dossier_id=dossier.id, number=number, agent=agent, on=TODAY)


@pytest.mark.parametrize(
    ("who", "units"),
    [
        ("drafter", {"Service des clubs"}),
        ("director", {"Direction des sports", "Service des clubs"}),
        ("legal", set()),
        ("outsider", set()),
    ],
)
def test_one_drafts_for_one_s_unit_and_those_below(cast: Cast, who: str, units: set[str]) -> None:
    assert {u.name for u in queries.units_to_draft_for(getattr(cast, who), on=TODAY)} == units


def test_the_office_drafts_for_everyone(cast: Cast) -> None:
    assert len(queries.units_to_draft_for(cast.clerk, on=TODAY)) == 6


def test_members_with_a_delegation_report_first_and_former_ones_never(cast: Cast) -> None:
    found = queries.rapporteurs(on=TODAY)

    assert set(found) == set(cast.members)
    assert [bool(m.title) for m in found] == sorted((bool(m.title) for m in found), reverse=True)


def test_every_matiere_offered_is_accepted() -> None:
    codes = [code for code, _ in queries.subject_codes()]

    assert "7.5" in codes
    assert [accept_subject_code(code) for code in codes] == codes
