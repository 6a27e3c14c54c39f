"""What the pages of the returns and of the partners show."""

from __future__ import annotations

import uuid

from hemicycle.chain.distribution import queries
from hemicycle.chain.distribution.actions.acknowledge_return import acknowledge_return
from hemicycle.chain.distribution.actions.return_to_direction import return_to_direction
from hemicycle.chain.distribution.models import Partner
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import attachments
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier, an_attachment
from tests.notices import prepared, sent


def test_a_returned_act_waits_for_those_of_its_direction_until_one_has_seen_it(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)
    return_to_direction(dossier_id=dossier.id, agent=cast.courier, at=NOON)
    people = ("drafter", "colleague", "head_of_service", "director", "neighbour", "clerk")

    before = {who: len(queries.returned_to(getattr(cast, who), on=TODAY, unseen_only=True)) for who in people}
    acknowledge_return(dossier_id=dossier.id, agent=cast.director, at=NOON)
    after = queries.returned_to(cast.drafter, on=TODAY, unseen_only=True)

    assert before == {
        "drafter": 1, "colleague": 1, "head_of_service": 1, "director": 1, "neighbour": 0, "clerk": 0
    }  # fmt: skip
    assert after == []
    assert [r.seen_by for r in queries.returned_to(cast.drafter, on=TODAY)] == [cast.director]


def test_the_partner_s_page_offers_the_letter_the_act_its_copy_and_the_published_annexes(cast: Cast) -> None:
    dossier, notice = sent(cast)
    inside = an_attachment(dossier, b"%PDF- liste nominative", by=cast.drafter, title="Liste", published=False)

    page = queries.by_token(notice.token)

    assert page is not None
    assert [f.label for f in page.files] == ["Lettre", "Acte signé", "Copie portant les dates", "Annexe 1", "Annexe 2"]
    assert inside not in [f.attachment for f in page.files]
    assert (page.act_number, page.notifies, page.body) == (dossier.act_number, True, "commission permanente")
    assert page.signed_by == "Le Président du conseil départemental, Jean Valmorin"


def test_a_file_comes_by_the_secret_that_offers_it_and_by_no_other(cast: Cast) -> None:
    dossier, notice = sent(cast)
    signed = Act.objects.get(dossier=dossier).signed
    assert signed is not None
    inside = an_attachment(dossier, b"%PDF- liste nominative", by=cast.drafter, published=False)

    found = queries.file_by_token(notice.token, signed.id)

    assert found is not None
    assert found.data == attachments.read(signed)
    assert queries.file_by_token(notice.token, inside.id) is None
    assert queries.file_by_token(notice.token, uuid.uuid4()) is None
    assert queries.file_by_token("inconnu", signed.id) is None


def test_an_unknown_secret_has_no_page(cast: Cast) -> None:
    sent(cast)

    assert queries.by_token("inconnu") is None
    assert queries.by_token("") is None


def test_the_address_book_is_the_unit_s_its_direction_s_and_everyone_s(cast: Cast) -> None:
    for name, unit in (("À tous", None), ("Des sports", cast.direction), ("De la lecture", cast.other_direction)):
        Partner.objects.create(name=name, email="a@b.example", unit=unit)

    names = [p.name for p in queries.partners_for(cast.service)]

    assert sorted(names) == ["Des sports", "À tous"]


def test_the_page_offers_to_send_to_those_who_may(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)
    not_yet = a_dossier(cast, transmitted=True)
    people = ("drafter", "director", "clerk", "neighbour", "outsider")

    offered = {who for who in people if queries.may_send(getattr(cast, who), dossier, on=TODAY)}

    assert offered == {"drafter", "director", "clerk"}
    assert not queries.may_send(cast.clerk, not_yet, on=TODAY)


def test_what_has_left_is_no_longer_to_send(cast: Cast) -> None:
    dossier, notice = prepared(cast)
    waiting = queries.notice_to_send(dossier.id, email=notice.email, mode=notice.mode)
    assert waiting is not None
    assert waiting.letter.startswith(b"%PDF")

    _, gone = sent(cast)

    assert queries.notice_to_send(gone.dossier_id, email=gone.email, mode=gone.mode) is None
    assert [n.sent_at for n in queries.notices_of(gone.dossier)] == [NOON]
