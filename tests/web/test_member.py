"""The elected member's space."""

from __future__ import annotations

import pytest

from hemicycle.chain.sitting import queries
from hemicycle.chain.sitting.models import Sitting, Summons
from tests.cast import Cast
from tests.factories import a_dossier, a_sitting, an_attachment
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(cast: Cast) -> Sitting:
    convened = a_sitting(cast, convened=True)
    a_dossier(cast, on_agenda=True, sitting=convened, object="Aide au club de Clérande")
    return convened


def test_opening_the_book_is_dated_once(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    member = cast.members[4]
    tablet = enter(member.agent)
    before = Summons.objects.get(sitting=sitting, member=member).opened_at

    tablet.get(f"/mes-seances/{sitting.id}/")
    first = Summons.objects.get(sitting=sitting, member=member).opened_at
    again = tablet.get(f"/mes-seances/{sitting.id}/")

    assert before is None
    assert first is not None
    assert Summons.objects.get(sitting=sitting, member=member).opened_at == first
    assert "déjà lu" in again.content.decode()


def test_the_list_of_sittings_proves_nothing_yet(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    member = cast.members[4]

    page = enter(member.agent).get("/mes-seances/").content.decode()

    assert "à lire" in page
    assert Summons.objects.get(sitting=sitting, member=member).opened_at is None


def test_a_member_reads_the_report_and_the_draft_deliberation(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    item = queries.items_of(sitting)[0]

    page = enter(cast.members[4].agent).get(f"/mes-seances/{sitting.id}/{item.id}/").content.decode()

    assert "Il est proposé de la lui accorder." in page
    assert "Vu le code général des collectivités territoriales," in page


def test_a_member_downloads_an_annex(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    item = queries.items_of(sitting)[0]
    annex = an_attachment(item.dossier, by=cast.drafter)

    answer = enter(cast.members[4].agent).get(f"/mes-seances/{sitting.id}/{item.id}/{annex.id}")

    assert answer.content == b"%PDF-1.7 une annexe"


def test_whoever_was_not_summoned_finds_nothing(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    item = queries.items_of(sitting)[0]
    annex = an_attachment(item.dossier, by=cast.drafter)

    for agent in (cast.former_member.agent, cast.drafter):
        assert enter(agent).get(f"/mes-seances/{sitting.id}/").status_code == 404
        assert enter(agent).get(f"/mes-seances/{sitting.id}/{item.id}/{annex.id}").status_code == 404


def test_an_item_of_another_sitting_is_not_read_from_this_one(cast: Cast, enter: Enter, sitting: Sitting) -> None:
    other = a_sitting(cast)
    a_dossier(cast, on_agenda=True, sitting=other)
    item = queries.items_of(other)[0]

    assert enter(cast.members[4].agent).get(f"/mes-seances/{sitting.id}/{item.id}/").status_code == 404
