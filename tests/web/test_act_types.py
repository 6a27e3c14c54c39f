from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.models import CustomField
from hemicycle.dossier.models import ActType, Dossier
from tests.cast import Cast
from tests.chain.drafting.definitions import a_field, a_model, an_act_type
from tests.factories import a_dossier
from tests.web.test_drafting import filled

TYPES = "/administration/types"


class TestTypes:
    def test_the_office_adds_a_type_and_a_field(self, cast: Cast, enter: Any) -> None:
        clerk = enter(cast.clerk)

        clerk.post(f"{TYPES}/nouveau", {"name": "Subvention"})
        made = ActType.objects.get()
        clerk.post(
            "/administration/champs/nouveau",
            {"label": "Canton", "act_type": made.pk, "kind": "choice", "choices": "Ambrelle\nBrissey"},
        )

        page = clerk.get(TYPES).content.decode()
        assert "Ambrelle, Brissey" in page and "{canton}" in page

    def test_what_is_refused_is_said_on_the_page(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        an_act_type("Subvention")
        clerk = enter(cast.clerk)

        with nothing_written():
            answer = clerk.post(f"{TYPES}/nouveau", {"name": "subvention"})

        assert answer.status_code == 409 and "existe déjà" in answer.content.decode()

    def test_a_field_goes_up_one_place(self, cast: Cast, enter: Any) -> None:
        fields = [a_field("canton"), a_field("tiers")]
        ids = [field.pk for field in fields]

        enter(cast.clerk).post("/administration/champs/ordre", {"type": "", "ids": ids, "up": ids[1]})

        assert list(CustomField.objects.order_by("order").values_list("key", flat=True)) == ["tiers", "canton"]

    def test_a_field_put_aside_may_come_back(self, cast: Cast, enter: Any) -> None:
        field, clerk = a_field("canton"), enter(cast.clerk)

        clerk.post(f"/administration/champs/{field.pk}/etat", {"active": "0"})
        page = clerk.get(TYPES).content.decode()
        clerk.post(f"/administration/champs/{field.pk}/etat", {"active": "1"})

        field.refresh_from_db()
        assert field.active and "Canton, mis de côté" in page

    def test_the_administrator_reads_and_changes_nothing(self, cast: Cast, enter: Any) -> None:
        an_act_type()
        administrator = enter(cast.administrator)

        page = administrator.get(TYPES).content.decode()

        assert "Subvention" in page and "Ajouter le type" not in page
        assert administrator.post(f"{TYPES}/nouveau", {"name": "Convention"}).status_code == 404


class TestOpeningByType:
    def test_the_type_chosen_brings_its_fields_and_keeps_what_was_typed(
        self, cast: Cast, enter: Any, nothing_written: Any
    ) -> None:
        grant = an_act_type()
        a_field("canton", grant, required=True, help="Le canton aidé.")
        client = enter(cast.drafter)
        typed = filled(cast, object="Aide aux clubs de voile", act_type=grant.pk)

        with nothing_written():
            answer = client.post("/dossiers/nouveau", typed | {"show": "1"})

        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'name="extra_canton"' in page and "À remplir avant la soumission." in page
        assert "Aide aux clubs de voile" in page and "error-summary" not in page

    def test_the_dossier_opens_with_its_fields_and_its_text(self, cast: Cast, enter: Any) -> None:
        grant = an_act_type()
        a_field("canton", grant)
        model = a_model(cast, "Délibération", "Article 1 – Aide au canton de {canton}.", act_type=grant)
        sent = {"act_type": grant.pk, "extra_canton": "Ambrelle", "model_deliberation": model.pk}

        page = enter(cast.drafter).post("/dossiers/nouveau", filled(cast, **sent), follow=True).content.decode()

        dossier = Dossier.objects.get()
        assert (dossier.act_type, dossier.extra) == (grant, {"canton": "Ambrelle"})
        assert "Aide au canton de Ambrelle" in str(dossier.deliberation)
        assert "Relisez ses textes" in page and "Ambrelle" in page

    def test_a_bad_value_is_said_beside_its_field(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        grant = an_act_type()
        a_field("cout", grant, kind="number", label="Coût")
        client = enter(cast.drafter)

        with nothing_written():
            answer = client.post("/dossiers/nouveau", filled(cast, act_type=grant.pk, extra_cout="cher"))

        assert answer.status_code == 409 and "n’est pas un nombre" in answer.content.decode()

    def test_the_usual_subjects_come_first(self, cast: Cast, enter: Any) -> None:
        a_dossier(cast, subject_code="8.9")

        page = enter(cast.drafter).get("/dossiers/nouveau").content.decode()

        group = page.split('label="Les plus employées ici"')[1].split("</optgroup>")[0]
        assert 'value="8.9"' in group

    def test_the_description_shows_and_changes_the_fields(self, cast: Cast, enter: Any) -> None:
        grant = an_act_type()
        a_field("canton", grant)
        dossier = a_dossier(cast, act_type=grant, extra={"canton": "Brissey"})
        client = enter(cast.drafter)

        page = client.get(f"/dossiers/{dossier.id}/decrire").content.decode()
        client.post(f"/dossiers/{dossier.id}/decrire", filled(cast, act_type=grant.pk, extra_canton="Lormet"))

        dossier.refresh_from_db()
        assert 'value="Brissey"' in page and dossier.extra == {"canton": "Lormet"}


@pytest.mark.parametrize("who", ["drafter", "administrator"])
def test_nobody_else_finds_the_form_of_a_field(cast: Cast, enter: Any, who: str) -> None:
    assert enter(getattr(cast, who)).get("/administration/champs/nouveau").status_code == 404
