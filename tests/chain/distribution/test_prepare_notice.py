"""Preparing what a partner receives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.distribution.actions.prepare_notice import AlreadyPrepared, PartnerRefused, prepare_notice
from hemicycle.chain.distribution.conditions import NotAcknowledged
from hemicycle.chain.distribution.models import Notice, Partner
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier
from tests.rendering.reading import words

NothingWritten = Callable[[], AbstractContextManager[None]]


def prepare(cast: Cast, dossier: Dossier, **facts: object) -> Notice:
    given = {
        "partner": "Club de Clérande",
        "email": "club@clerande.example",
        "mode": "notification",
        "agent": cast.drafter,
        "at": NOON,
    }
    return prepare_notice(dossier_id=dossier.id, **(given | facts))  # type: ignore[arg-type]


def words_of(notice: Notice) -> str:
    """What the letter says."""
    assert notice.letter is not None
    return words(attachments.read(notice.letter))


@pytest.mark.parametrize(
    ("who", "role"), [("drafter", "drafter"), ("director", "director"), ("clerk", "assembly_office")]
)
def test_the_letter_is_made_and_posted(cast: Cast, who: str, role: str) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    notice = prepare(cast, dossier, agent=getattr(cast, who))

    assert (notice.partner, notice.email, notice.sent_at) == ("Club de Clérande", "club@clerande.example", None)
    assert len(notice.token) >= 32
    assert told.by(getattr(cast, who), role, "distribution.notice_prepared")
    facts = {"partner": "Club de Clérande", "email": "club@clerande.example", "mode": "notification"}
    assert told.last()["facts"] == facts


def test_a_notification_states_the_ways_and_terms_of_appeal(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    said = words_of(prepare(cast, dossier))

    assert "Voies et délais de recours" in said
    assert "tribunal administratif d'Ambrelle" in said
    assert "deux mois à compter de sa notification" in said
    assert dossier.object in said
    assert "12 000 €" in said


def test_a_letter_for_information_states_none(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    said = words_of(prepare(cast, dossier, mode="information"))

    assert "pour votre information" in said
    assert "recours" not in said


def test_the_partner_enters_the_address_book_of_the_direction(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    prepare(cast, dossier)
    prepare(cast, dossier, mode="information")

    partner = Partner.objects.get()
    assert (partner.name, partner.unit) == ("Club de Clérande", cast.direction)


def test_the_secret_of_the_link_is_not_journaled(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    notice = prepare(cast, dossier)

    assert notice.token not in str(told.last())


@pytest.mark.parametrize("who", ["neighbour", "finance", "president", "outsider"])
def test_others_send_nothing(cast: Cast, who: str, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    with pytest.raises(NotEntitled), nothing_written():
        prepare(cast, dossier, agent=getattr(cast, who))


def test_an_act_not_yet_acknowledged_goes_nowhere(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, transmitted=True)

    with pytest.raises(NotAcknowledged), nothing_written():
        prepare(cast, dossier)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"partner": "   "}, "partner"),
        ({"partner": "a" * 161}, "partner"),
        ({"partner": "Club\x00"}, "partner"),
        ({"email": ""}, "email"),
        ({"email": "club"}, "email"),
        ({"email": "club@clérande.example"}, "email"),
        ({"email": '"a b"@clerande.example'}, "email"),
        ({"email": "club@clerande.example\nBcc: x@y.example"}, "email"),
        ({"mode": "pigeon"}, "mode"),
    ],
)
def test_a_partner_out_of_reach_is_refused_beside_the_field(
    cast: Cast, facts: dict[str, str], field: str, nothing_written: NothingWritten
) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    with pytest.raises(PartnerRefused) as refusal, nothing_written():
        prepare(cast, dossier, **facts)

    assert refusal.value.field == field


def test_the_same_act_does_not_leave_twice_for_the_same_address(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, acknowledged=True)
    prepare(cast, dossier)

    with pytest.raises(AlreadyPrepared, match="24/11/2026"), nothing_written():
        prepare(cast, dossier, email="CLUB@clerande.example", partner="Le club")
