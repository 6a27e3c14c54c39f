from __future__ import annotations

import io
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.dossier.attachments import annexes_of
from tests.cast import Cast
from tests.factories import a_dossier, an_attachment


def a_pdf(name: str = "plan_de_situation.pdf") -> SimpleUploadedFile:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    data = io.BytesIO()
    pdf.save(data)
    return SimpleUploadedFile(name, data.getvalue())


def test_several_files_are_joined_at_once_and_named_after_themselves(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    sent = {"file": [a_pdf(), a_pdf("devis.pdf")], "type_code": "99_DE", "to_control": "on"}

    answer = client.post(f"/dossiers/{dossier.id}/annexes/joindre", sent, follow=True)

    assert [(a.title, a.to_control, a.published) for a in annexes_of(dossier)] == [
        ("plan de situation", True, False),
        ("devis", True, False),
    ]
    assert "plan de situation" in answer.content.decode()


def test_the_good_files_are_joined_and_the_refused_one_is_named(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    sent = {"file": [a_pdf(), SimpleUploadedFile("virus.exe", b"MZ....")], "type_code": "99_DE"}

    answer = client.post(f"/dossiers/{dossier.id}/annexes/joindre", sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "virus.exe" in page and len(annexes_of(dossier)) == 1


def test_no_file_is_refused_beside_the_field(cast: Cast, enter: Any, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)

    with nothing_written():
        answer = client.post(f"/dossiers/{dossier.id}/annexes/joindre", {"type_code": "99_DE", "title": "Plan"})

    assert answer.status_code == 409
    assert 'value="Plan"' in answer.content.decode()


def test_an_annex_moves_up(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    first = an_attachment(dossier, by=cast.drafter, order=1)
    second = an_attachment(dossier, b"%PDF autre", by=cast.drafter, title="Plan", order=2)

    client.post(f"/dossiers/{dossier.id}/annexes/ordre", {"ids": [first.id, second.id], "up": second.id})

    assert [a.title for a in annexes_of(dossier)] == ["Plan", "Convention"]


def test_an_order_on_an_older_list_is_refused(cast: Cast, enter: Any, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    annex = an_attachment(dossier, by=cast.drafter, order=1)
    an_attachment(dossier, b"%PDF autre", by=cast.drafter, title="Plan", order=2)

    with nothing_written():
        for sent in ({"ids": [annex.id], "up": annex.id}, {"ids": ["x"], "up": "x"}, {}):
            answer = client.post(f"/dossiers/{dossier.id}/annexes/ordre", sent, follow=True)
            assert 'class="message error"' in answer.content.decode()


def test_an_annex_is_removed(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    annex = an_attachment(dossier, by=cast.drafter, order=1)

    answer = client.post(f"/dossiers/{dossier.id}/annexes/{annex.id}/retirer", follow=True)
    again = client.post(f"/dossiers/{dossier.id}/annexes/{annex.id}/retirer", follow=True)

    assert annexes_of(dossier) == []
    assert "est retirée" in answer.content.decode()
    assert "n’est plus dans le dossier" in again.content.decode()


def test_a_reader_joins_orders_and_removes_nothing(cast: Cast, enter: Any, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.director)
    annex = an_attachment(dossier, by=cast.drafter, order=1)

    with nothing_written():
        for address in ("annexes/joindre", "annexes/ordre", f"annexes/{annex.id}/retirer"):
            assert client.post(f"/dossiers/{dossier.id}/{address}").status_code == 404


def test_titles_and_flags_of_the_list_are_written_in_one_form(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    first = an_attachment(dossier, by=cast.drafter, order=1, to_control=True, type_code="99_DE")
    second = an_attachment(dossier, b"%PDF autre", by=cast.drafter, title="Plan", order=2)
    sent = {
        **settings_of(first, title="Convention signée", to_control="on", published="on", in_booklet="on"),
        **settings_of(second, title="Plan", confidential="on"),
    }

    answer = client.post(f"/dossiers/{dossier.id}/annexes/reglages", sent, follow=True)

    first, second = annexes_of(dossier)
    assert (first.title, first.to_control, first.published) == ("Convention signée", True, True)
    assert (second.confidential, second.published, second.in_booklet) == (True, False, False)
    assert "réglages des annexes sont enregistrés" in answer.content.decode()


def test_a_wrong_title_is_said_beside_its_annex_and_the_others_are_kept(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    first = an_attachment(dossier, by=cast.drafter, order=1)
    second = an_attachment(dossier, b"%PDF autre", by=cast.drafter, title="Plan", order=2)
    sent = {**settings_of(first, title=" "), **settings_of(second, title="Plan de masse")}

    answer = client.post(f"/dossiers/{dossier.id}/annexes/reglages", sent)

    assert answer.status_code == 409
    assert [annex.title for annex in annexes_of(dossier)] == ["Convention", "Plan de masse"]
    assert '<details class="annex-settings" open>' in answer.content.decode()


def test_the_whole_order_may_be_given_at_once(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    kept = [an_attachment(dossier, t.encode(), by=cast.drafter, title=t, order=n) for n, t in enumerate("ABC", 1)]

    client.post(f"/dossiers/{dossier.id}/annexes/ordre", {"ids": [kept[2].id, kept[0].id, kept[1].id]})

    assert [annex.title for annex in annexes_of(dossier)] == ["C", "A", "B"]


def test_an_annex_is_replaced_and_the_list_says_by_what(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    old = an_attachment(dossier, by=cast.drafter, order=1)
    address = f"/dossiers/{dossier.id}/annexes/{old.id}/remplacer"

    refused = client.post(address, {"file": SimpleUploadedFile("virus.exe", b"MZ....")})
    answer = client.post(address, {"file": a_pdf("signée.pdf")}, follow=True)

    assert refused.status_code == 409 and "virus.exe" in refused.content.decode()
    assert [annex.name for annex in annexes_of(dossier)] == ["signée.pdf"]
    assert "reste dans l’historique" in answer.content.decode() and "Remplace <a" in answer.content.decode()
    assert client.get(address).status_code == 404


def test_the_weight_of_what_leaves_counts_the_act_and_what_is_transmitted(cast: Cast, enter: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    an_attachment(dossier, b"x" * 1024 * 1024, by=cast.drafter, order=1, to_control=True)
    an_attachment(dossier, b"y" * 1024 * 1024, by=cast.drafter, order=2, to_control=False)

    page = client.get(f"/dossiers/{dossier.id}/annexes/joindre").content.decode()

    assert '<meter aria-labelledby="poids" min="0" max="157286400" value="1248576">' in page
    assert "1\u00a0annexe transmise" in page


def settings_of(annex: Any, **facts: str) -> dict[str, str]:
    return {f"{annex.id.hex}-{name}": value for name, value in ({"type_code": "99_DE"} | facts).items()}
