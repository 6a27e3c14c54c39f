"""Recording a notification on its page, and where the journey says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from hemicycle.accounts.models import Agent
from hemicycle.chain.publication.models import Notification
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.factories import a_dossier

Enter = Callable[[Agent], Client]


def received(cast: Cast, nature: str = "AI") -> Dossier:
    dossier = a_dossier(cast, acknowledged=True, at=timezone.now() - dt.timedelta(days=5))
    Dossier.objects.update(nature=nature, body="", object="Agrément de Mme Aubin")
    return dossier


def page(browser: Client, url: str) -> str:
    return browser.get(url).content.decode().replace("&#x27;", "’")


def test_the_service_records_it_with_its_proof(cast: Cast, enter: Enter) -> None:
    dossier = received(cast)
    drafter = enter(cast.drafter)
    proof = SimpleUploadedFile("recepisse.pdf", b"%PDF-1.7 vu")

    waiting = page(drafter, "/")
    answer = drafter.post(
        f"/dossiers/{dossier.id}/notification/",
        {"addressee": "Mme Aubin", "notified_on": str(timezone.localdate()), "means": "by_hand", "proof": proof},
        follow=True,
    )

    dossier.refresh_from_db()
    shown = answer.content.decode().replace("&#x27;", "’")
    assert "Actes à notifier à l’intéressé" in waiting
    assert dossier.stage == Stage.NOTIFIED
    assert "La notification est enregistrée." in shown
    assert "Notifié" in shown and "Mme Aubin" in shown
    kept = Notification.objects.get().proof
    assert kept is not None and kept.name == "recepisse.pdf"


def test_what_is_missing_is_said_beside_its_field(cast: Cast, enter: Enter) -> None:
    dossier = received(cast)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    answer = enter(cast.drafter).post(
        f"/dossiers/{dossier.id}/notification/",
        {"addressee": "Mme Aubin", "notified_on": str(tomorrow), "means": "by_hand"},
    )

    assert answer.status_code == 409
    assert "datée d’un jour à venir" in answer.content.decode()


@pytest.mark.parametrize(
    ("nature", "online", "notified"), [("AI", False, True), ("AU", True, True), ("AR", True, False)]
)
def test_the_page_of_the_dossier_offers_what_its_nature_allows(
    cast: Cast, enter: Enter, nature: str, online: bool, notified: bool
) -> None:
    dossier = received(cast, nature)

    shown = page(enter(cast.clerk), f"/dossiers/{dossier.id}/")

    assert ("Publier l’acte" in shown) is online
    assert ("Enregistrer la notification" in shown) is notified


def test_an_individual_act_is_never_listed_among_those_to_publish(cast: Cast, enter: Enter) -> None:
    received(cast)

    shown = page(enter(cast.clerk), "/publier/")
    tray = page(enter(cast.clerk), "/")

    assert "Agrément de Mme Aubin" not in shown
    assert "Reçus par la préfecture, à notifier" in tray
    assert "Reçus par la préfecture, à publier" not in tray


def test_the_president_s_acts_are_not_ready_for_a_sitting(cast: Cast, enter: Enter) -> None:
    a_dossier(cast, ready=True, nature="AR", body="")

    tray = page(enter(cast.clerk), "/")

    assert "Arrêtés et décisions à prendre" in tray
    assert "Prêts pour une séance" not in tray
    assert "prêt à être pris" in tray
