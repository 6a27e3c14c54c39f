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
