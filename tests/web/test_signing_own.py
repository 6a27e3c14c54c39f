"""Signing with one's own certificate, and passing an act to a delegate."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.chain.signing import drawing
from hemicycle.chain.signing.models import Act, ExpectedSignature
from tests.cast import Cast
from tests.factories import an_attachment
from tests.signed_acts import (
    a_delegation_of_signature,
    a_pdf,
    a_signed_pdf,
    an_act_to_sign,
    the_president_s_signer,
)
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def a_file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("acte-signe.pdf", data, content_type="application/pdf")


def test_the_page_says_what_to_do_and_which_bytes(cast: Cast, enter: Enter) -> None:
    dossier, act = an_act_to_sign(cast)

    page = enter(cast.president).get(f"/a-signer/{dossier.id}/certificat-personnel").content.decode()

    assert act.frozen.sha256 in page
    assert "PAdES" in page
    assert "Jean Valmorin" in page


def test_the_file_signed_elsewhere_is_received(cast: Cast, enter: Enter) -> None:
    dossier, act = an_act_to_sign(cast)

    answer = enter(cast.president).post(
        f"/a-signer/{dossier.id}/certificat-personnel", {"signed": a_file(a_signed_pdf())}, follow=True
    )

    act.refresh_from_db()
    assert "Votre fichier est reçu" in answer.content.decode()
    assert act.state == Act.State.ORDERED


@pytest.mark.parametrize(
    ("data", "why"), [(a_pdf(), "sans signature"), (b"%PDF-", "ne commence pas"), (b"bonjour", "n’est pas un PDF")]
)
def test_a_wrong_file_is_refused_in_words(cast: Cast, enter: Enter, data: bytes, why: str) -> None:
    dossier, act = an_act_to_sign(cast)

    answer = enter(cast.president).post(f"/a-signer/{dossier.id}/certificat-personnel", {"signed": a_file(data)})

    act.refresh_from_db()
    assert answer.status_code == 409
    assert why in answer.content.decode()
    assert act.state == Act.State.TO_SIGN


@pytest.mark.parametrize("who", ["president", "clerk"])
def test_the_act_is_passed_to_a_delegate(cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr(drawing, "act_pdf", lambda *_, **__: a_pdf("à son nom"))
    dossier, _ = an_act_to_sign(cast)
    delegation = a_delegation_of_signature(cast)
    door = enter(getattr(cast, who))

    page = door.get(f"/actes/{dossier.id}/signataire").content.decode()
    door.post(f"/actes/{dossier.id}/signataire", {"delegation": delegation.pk})

    assert "par délégation (Arrêté 2026-17)" in page
    assert ExpectedSignature.objects.get(act__dossier=dossier).signatory.agent == delegation.holder


def test_a_delegation_not_executory_is_not_offered(cast: Cast, enter: Enter) -> None:
    dossier, _ = an_act_to_sign(cast)
    delegation = a_delegation_of_signature(cast, executory=False)

    answer = enter(cast.clerk).post(f"/actes/{dossier.id}/signataire", {"delegation": delegation.pk})

    assert answer.status_code == 409
    assert "Ce choix n’est plus possible" in answer.content.decode()


def test_what_the_prefecture_would_refuse_is_not_signed_with_one_s_own_certificate_either(
    cast: Cast, enter: Enter
) -> None:
    dossier, act = an_act_to_sign(cast)
    an_attachment(dossier, b"PK\x03\x04", by=cast.drafter, name="tableau.xlsx", to_control=True, type_code="99_DE")

    answer = enter(cast.president).post(
        f"/a-signer/{dossier.id}/certificat-personnel", {"signed": a_file(a_signed_pdf())}
    )

    act.refresh_from_db()
    assert answer.status_code == 409
    assert "ne peut pas être signé" in answer.content.decode()
    assert act.state == Act.State.TO_SIGN


def test_the_bytes_are_downloaded_and_their_signature_brought(cast: Cast, enter: Enter) -> None:
    dossier, act = an_act_to_sign(cast)
    president = enter(cast.president)

    answer = president.post(f"/a-signer/{dossier.id}/bloc")
    apart = SimpleUploadedFile("signature.p7s", the_president_s_signer().sign_apart(answer.content))
    president.post(f"/a-signer/{dossier.id}/certificat-personnel", {"signed": apart})

    act.refresh_from_db()
    assert f"{act.number}-a-signer.bin" in answer["Content-Disposition"]
    assert act.state == Act.State.ORDERED
