from __future__ import annotations

from typing import Any

from hemicycle.dossier import companions
from hemicycle.dossier.models import Dossier
from tests.cast import Cast
from tests.chain.drafting.definitions import a_model
from tests.factories import a_dossier, an_attachment


class TestFromAModel:
    def test_an_empty_text_offers_a_model_and_starts_from_it(self, cast: Cast, enter: Any) -> None:
        dossier, model = a_dossier(cast, deliberation={}), a_model(cast)
        client = enter(cast.drafter)

        tab = client.get(f"/dossiers/{dossier.id}/deliberation/").content.decode()
        preview = client.get(f"/dossiers/{dossier.id}/deliberation/modele").content.decode()
        client.post(f"/dossiers/{dossier.id}/deliberation/modele", {"model": model.pk})

        dossier.refresh_from_db()
        assert "Partir d’un modèle" in tab and "Subvention au club de Clérande, pour" in preview
        assert "Subvention au club de Clérande, pour" in str(dossier.deliberation)

    def test_a_text_written_asks_for_a_confirmation(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, model = a_dossier(cast), a_model(cast)
        client = enter(cast.drafter)

        with nothing_written():
            answer = client.post(f"/dossiers/{dossier.id}/deliberation/modele", {"model": model.pk})

        assert answer.status_code == 409 and "déjà écrit" in answer.content.decode()

    def test_without_a_model_the_page_says_who_writes_them(self, cast: Cast, enter: Any) -> None:
        page = enter(cast.drafter).get(f"/dossiers/{a_dossier(cast).id}/rapport/modele").content.decode()

        assert "Aucun modèle pour ce dossier" in page


class TestSeveralDeliberations:
    def test_the_lead_and_its_companion_lead_to_each_other(self, cast: Cast, enter: Any) -> None:
        lead, client = a_dossier(cast), enter(cast.drafter)

        client.post(
            f"/dossiers/{lead.id}/deliberations/nouvelle",
            {"object": "Aide au club de Lormet", "amount": "9 000", "subject_code": "7.5"},
        )

        companion = companions.of(lead)[0]
        assert companion.number in client.get(f"/dossiers/{lead.id}/").content.decode()
        page = client.get(f"/dossiers/{companion.id}/").content.decode()
        assert "Rapport commun avec" in page and f"partage le rapport de {lead.number}" in page
        assert "Le club de Clérande demande une aide" in page

    def test_the_report_is_written_in_the_lead(self, cast: Cast, enter: Any) -> None:
        lead = a_dossier(cast)
        companion = a_dossier(cast, lead=lead, report={})

        answer = enter(cast.drafter).get(f"/dossiers/{companion.id}/rapport/ecrire")

        assert answer["Location"] == f"/dossiers/{lead.id}/rapport/ecrire"

    def test_an_object_missing_is_said(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        lead, client = a_dossier(cast), enter(cast.drafter)

        with nothing_written():
            answer = client.post(f"/dossiers/{lead.id}/deliberations/nouvelle", {"object": "", "subject_code": "7.5"})

        assert answer.status_code == 409


class TestDuplicating:
    def test_the_new_dossier_is_described_next(self, cast: Cast, enter: Any) -> None:
        origin = a_dossier(cast, published=True)
        annex = an_attachment(origin, by=cast.drafter)
        sent = {"unit": cast.service.pk, "object": "Aide au club, 2027", "texts": "on", "annexes": [annex.id]}

        answer = enter(cast.drafter).post(f"/dossiers/{origin.id}/dupliquer", sent)

        made = Dossier.objects.get(object="Aide au club, 2027")
        assert answer["Location"] == f"/dossiers/{made.id}/decrire"
        assert made.attachments.count() == 1

    def test_a_confidential_annex_is_not_offered(self, cast: Cast, enter: Any) -> None:
        origin = a_dossier(cast)
        annex = an_attachment(origin, by=cast.drafter, title="Situation personnelle")
        annex.confidential = True
        annex.save()

        page = enter(cast.drafter).get(f"/dossiers/{origin.id}/dupliquer").content.decode()

        assert "Situation personnelle" not in page

    def test_whoever_drafts_nowhere_finds_nothing(self, cast: Cast, enter: Any) -> None:
        assert enter(cast.auditor).get(f"/dossiers/{a_dossier(cast).id}/dupliquer").status_code == 404
