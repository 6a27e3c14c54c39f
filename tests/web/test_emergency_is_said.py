"""A dossier validated in emergency says so wherever it goes, up to its act (mission A10)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.factories import a_dossier, a_sitting
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db

WHY = "Crue de la Rivesaine."


def test_the_agenda_says_it(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast)
    a_dossier(cast, on_agenda=True, sitting=sitting, emergency=WHY)

    page = enter(cast.clerk).get(reverse("sitting", args=[sitting.id])).content.decode()

    assert "validé en urgence" in page


def test_the_console_says_it_with_its_reason(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast, open=True)
    a_dossier(cast, on_agenda=True, sitting=sitting, emergency=WHY)

    page = enter(cast.clerk).get(reverse("console", args=[sitting.id]), follow=True).content.decode()

    assert "Validé en urgence" in page
    assert WHY in page


def test_the_signatory_reads_it_before_signing(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_sign=True, emergency=WHY)

    page = enter(cast.president).get(reverse("act_to_sign", args=[dossier.id])).content.decode()

    assert "Validé en urgence" in page
    assert WHY in page
