from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.factories import a_dossier


def filled(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "unit": cast.service.pk,
        "object": "Aide aux clubs de voile",
        "body": "CP",
        "nature": "DE",
        "subject_code": "7.5",
        "theme": "Sport",
        "rapporteur": cast.members[2].pk,
        "amount": "45 000,50",
        "target_date": "2027-01-21",
    } | changed


class TestOpening:
    def test_a_drafter_opens_a_dossier_and_lands_on_its_page(self, cast: Cast, enter: Any) -> None:
        client = enter(cast.drafter)

        page = client.get("/dossiers/nouveau").content.decode()
        answer = client.post("/dossiers/nouveau", filled(cast))

        dossier = Dossier.objects.get()
        assert "<optgroup" in page and "7.5" in page
        assert answer["Location"] == f"/dossiers/{dossier.id}/"
        assert dossier.amount == Decimal("45000.50")

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"object": ""}, "Objet"),
            ({"amount": "beaucoup"}, "Montant"),
            ({"amount": "-3"}, "Montant"),
            ({"subject_code": "99.9"}, "Matière"),
            ({"unit": "0"}, "Service"),
            ({"target_date": "jeudi"}, "Séance visée"),
        ],
    )
    def test_a_wrong_field_is_named_and_nothing_typed_is_lost(
        self, cast: Cast, enter: Any, changed: dict[str, str], told: str, nothing_written: Any
    ) -> None:
        client = enter(cast.drafter)

        with nothing_written():
            answer = client.post("/dossiers/nouveau", filled(cast, theme="Nautisme", **changed))

        page = answer.content.decode()
        assert answer.status_code == 409
        assert told in page.split('class="error-summary"')[1].split("</div>")[0]
        assert 'value="Nautisme"' in page

    def test_whoever_drafts_nowhere_finds_no_form(self, cast: Cast, enter: Any) -> None:
        assert enter(cast.legal).get("/dossiers/nouveau").status_code == 404

    def test_another_unit_than_ones_own_cannot_be_chosen(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        client = enter(cast.drafter)

        with nothing_written():
            answer = client.post("/dossiers/nouveau", filled(cast, unit=cast.other_service.pk))

        assert answer.status_code == 409


class TestDescribing:
    def test_the_form_opens_on_the_present_values_and_saves_the_new_ones(self, cast: Cast, enter: Any) -> None:
        dossier, client = a_dossier(cast), enter(cast.drafter)

        page = client.get(f"/dossiers/{dossier.id}/decrire").content.decode()
        client.post(f"/dossiers/{dossier.id}/decrire", filled(cast, object="Aide au club de Lormet"))

        dossier.refresh_from_db()
        assert "Subvention au club de Clérande" in page
        assert dossier.object == "Aide au club de Lormet"

    def test_saving_without_a_change_writes_nothing(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, target_date=None), enter(cast.drafter)
        same = filled(cast, object=dossier.object, amount="12000,00", target_date="")

        with nothing_written():
            assert client.post(f"/dossiers/{dossier.id}/decrire", same).status_code == 302

    def test_a_dossier_in_its_circuit_is_described_no_more(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)

        assert enter(cast.drafter).get(f"/dossiers/{dossier.id}/decrire").status_code == 404


class TestWithdrawing:
    def test_the_drafter_withdraws_with_a_reason(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast)

        answer = enter(cast.drafter).post(f"/dossiers/{dossier.id}/retirer", {"reason": "Doublon."}, follow=True)

        dossier.refresh_from_db()
        assert dossier.stage == Stage.WITHDRAWN
        assert "Retiré" in answer.content.decode()

    def test_without_a_reason_it_is_refused(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast), enter(cast.drafter)

        with nothing_written():
            assert client.post(f"/dossiers/{dossier.id}/retirer", {"reason": ""}).status_code == 409

    def test_once_on_an_agenda_it_is_withdrawn_no_more(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, on_agenda=True)

        assert enter(cast.drafter).get(f"/dossiers/{dossier.id}/retirer").status_code == 404
