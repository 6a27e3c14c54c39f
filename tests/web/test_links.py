from __future__ import annotations

from typing import Any

from hemicycle.chain.drafting.models import DossierLink
from tests.cast import NOON, Cast
from tests.factories import a_dossier, a_text


def test_a_dossier_is_found_then_linked_and_shown_both_ways(cast: Cast, enter: Any) -> None:
    old, new = a_dossier(cast, adopted=True, object="Aide aux manèges"), a_dossier(cast)
    client = enter(cast.drafter)

    found = client.get(f"/dossiers/{new.id}/liens", {"q": "manèges"}).content.decode()
    client.post(f"/dossiers/{new.id}/liens", {"q": "manèges", "kind": "modifies", "target": old.id})

    assert f'value="{old.id}"' in found
    assert "Modifie <a" in client.get(f"/dossiers/{new.id}/").content.decode()
    assert "Modifié par <a" in client.get(f"/dossiers/{old.id}/").content.decode()


def test_a_number_typed_is_enough(cast: Cast, enter: Any) -> None:
    old, new = a_dossier(cast, adopted=True), a_dossier(cast)

    enter(cast.drafter).post(f"/dossiers/{new.id}/liens", {"kind": "repeals", "number": old.act_number.lower()})

    assert DossierLink.objects.get().target == old


def test_the_number_of_a_dossier_elsewhere_is_nobodys(cast: Cast, enter: Any, nothing_written: Any) -> None:
    hidden = a_dossier(cast, unit=cast.other_service, drafter=cast.neighbour)
    new, client = a_dossier(cast), enter(cast.drafter)

    with nothing_written():
        answer = client.post(f"/dossiers/{new.id}/liens", {"kind": "follows", "number": hidden.number})

    assert answer.status_code == 409 and "Aucun dossier que vous puissiez lire" in answer.content.decode()


def test_a_link_is_taken_away(cast: Cast, enter: Any) -> None:
    new, client = a_dossier(cast), enter(cast.drafter)
    client.post(f"/dossiers/{new.id}/liens", {"kind": "follows", "reference": "délibération n° 04-01"})

    client.post(f"/dossiers/{new.id}/liens/{DossierLink.objects.get().pk}/retirer")

    assert not DossierLink.objects.exists()


def test_the_drafter_is_warned_of_an_act_repealed(cast: Cast, enter: Any) -> None:
    old = a_dossier(cast, adopted=True)
    repealing = a_dossier(cast, adopted=True)
    DossierLink.objects.create(dossier=repealing, target=old, kind="repeals", added_by=cast.drafter, added_at=NOON)
    draft = a_dossier(cast, deliberation=a_text(f"Vu la délibération n° {old.act_number},", "Article 1 – Aide."))

    page = enter(cast.drafter).get(f"/dossiers/{draft.id}/").content.decode()

    assert f"que la délibération n° {repealing.act_number} a abrogée" in page
