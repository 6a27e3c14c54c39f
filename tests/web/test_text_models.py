from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.chain.drafting.models import TextModel, TextModelVersion
from tests.cast import Cast
from tests.chain.drafting.definitions import a_model
from tests.factories import a_dossier
from tests.texts.office import docx, w_p, w_r

MODELS = "/administration/modeles"


def written(**changed: Any) -> dict[str, Any]:
    return {"name": "Délibération", "text": "deliberation", "content": "Article 1 – {objet}.", "note": ""} | changed


def test_a_model_is_written_and_listed(cast: Cast, enter: Any) -> None:
    clerk = enter(cast.clerk)

    clerk.post(f"{MODELS}/nouveau", written())

    assert "Délibération" in clerk.get(MODELS).content.decode()
    assert TextModel.objects.get().versions.count() == 1


def test_an_unknown_field_is_said_and_the_text_is_not_lost(cast: Cast, enter: Any, nothing_written: Any) -> None:
    clerk = enter(cast.clerk)

    with nothing_written():
        answer = clerk.post(f"{MODELS}/nouveau", written(content="Pour {monttant}."))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Le champ {monttant} n’existe pas" in page and "Pour {monttant}." in page


def test_a_file_is_read_into_the_form_and_nothing_is_kept_yet(cast: Cast, enter: Any, nothing_written: Any) -> None:
    file = SimpleUploadedFile("modele.docx", docx(w_p(w_r("Article 1 – Une aide est attribuée."))))
    clerk = enter(cast.clerk)

    with nothing_written():
        page = clerk.post(f"{MODELS}/nouveau", written(content="", file=file, read="1")).content.decode()

    assert "Article 1 – Une aide est attribuée." in page.split("<textarea")[1]


def test_a_file_that_is_no_text_is_said_beside_its_field(cast: Cast, enter: Any) -> None:
    file = SimpleUploadedFile("modele.docx", b"pas un document")

    answer = enter(cast.clerk).post(f"{MODELS}/nouveau", written(file=file, read="1"))

    assert answer.status_code == 409 and "modele.docx" in answer.content.decode()


def test_a_model_is_tried_on_a_real_dossier(cast: Cast, enter: Any) -> None:
    model, dossier = a_model(cast), a_dossier(cast)
    clerk = enter(cast.clerk)

    plain = clerk.get(f"{MODELS}/{model.pk}/versions/1").content.decode()
    tried = clerk.get(f"{MODELS}/{model.pk}/versions/1", {"dossier": dossier.id}).content.decode()

    assert "{objet}" in plain
    assert "Article 1 – Subvention au club de Clérande" in tried and f"Rempli depuis {dossier.number}" in tried


def test_versions_are_compared_and_an_older_one_taken_up_again(cast: Cast, enter: Any) -> None:
    model = a_model(cast)
    clerk = enter(cast.clerk)
    clerk.post(f"{MODELS}/{model.pk}", written(content="Article 1 – {objet}, pour {montant} au plus."))

    page = clerk.get(f"{MODELS}/{model.pk}/versions/2").content.decode()
    clerk.post(f"{MODELS}/{model.pk}/versions/1/reprendre")

    versions = {v.number: v for v in TextModelVersion.objects.filter(model=model)}
    assert "<ins>" in page
    assert versions[3].content == versions[1].content and versions[3].note == "reprise de la version 1"


def test_the_administrator_reads_the_models(cast: Cast, enter: Any) -> None:
    model = a_model(cast)
    administrator = enter(cast.administrator)

    page = administrator.get(f"{MODELS}/{model.pk}/versions/1").content.decode()

    assert "Modifier le modèle" not in page
    assert administrator.get(f"{MODELS}/{model.pk}").status_code == 404


def test_a_model_put_aside_stays_in_the_list(cast: Cast, enter: Any) -> None:
    model, clerk = a_model(cast), enter(cast.clerk)

    clerk.post(f"{MODELS}/{model.pk}/etat", {"active": "0"})

    assert "mis de côté" in clerk.get(MODELS).content.decode()
