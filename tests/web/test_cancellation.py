"""The page of a cancellation: asked by one, decided by another, and what may follow."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.actions.record_anomaly import record_anomaly
from hemicycle.chain.transmission.models import Cancellation, Departure
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from tests.cancellations import REASON, asked, cancelled, sent
from tests.cast import NOON, Cast
from tests.departures import acknowledged, an_acknowledgement, deposited
from tests.published_acts import published

Enter = Callable[[Agent], Client]


def address(dossier: Dossier, gesture: str = "") -> str:
    return f"/transmissions/{dossier.id}/annulation/{gesture}"


def page(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "’")


def test_one_asks_and_another_decides(cast: Cast, enter: Enter) -> None:
    dossier, _ = acknowledged(cast)
    clerk, dgs = enter(cast.clerk), enter(cast.chief_executive)

    offered = page(clerk, address(dossier))
    clerk.post(address(dossier, "demander"), {"reason": REASON})
    own = page(clerk, address(dossier))
    other = page(dgs, address(dossier))
    dgs.post(address(dossier, "confirmer"), {"note": ""})

    assert "Rien ne part maintenant" in offered
    assert "Confirmer l’annulation" not in own and "Renoncer à la demande" in own
    assert REASON in other and "Confirmer l’annulation" in other
    assert Cancellation.objects.get().state == Cancellation.State.CONFIRMED


def test_whoever_asked_is_told_that_another_must_agree(cast: Cast, enter: Enter) -> None:
    dossier, _ = asked(cast)

    answer = enter(cast.clerk).post(address(dossier, "confirmer"), {"note": ""})

    assert answer.status_code == 409
    assert "une autre personne du service des assemblées" in answer.content.decode()


def test_the_request_is_among_what_waits_for_the_other_and_on_the_page_of_the_dossier(cast: Cast, enter: Enter) -> None:
    dossier, _ = asked(cast)

    dgs, clerk = enter(cast.chief_executive), enter(cast.clerk)

    assert "Annulations de transmission à décider" in page(dgs, "/")
    assert "Annulations de transmission à décider" not in page(clerk, "/")
    assert "Lire la demande et décider" in page(dgs, f"/dossiers/{dossier.id}/")
    assert "Lire la demande et décider" not in page(clerk, f"/dossiers/{dossier.id}/")


def test_an_act_online_calls_for_a_warning(cast: Cast, enter: Enter) -> None:
    dossier = published(cast)

    assert "Cet acte est en ligne depuis le" in page(enter(cast.clerk), address(dossier))


def test_once_sent_nothing_more_is_offered(cast: Cast, enter: Enter) -> None:
    dossier, _ = sent(cast)

    shown = page(enter(cast.clerk), address(dossier))

    assert "est en cours" in shown and "envoyée, réponse attendue" in shown
    assert "Renoncer" not in shown


def test_once_cancelled_the_page_says_what_is_possible(cast: Cast, enter: Enter) -> None:
    dossier, _ = cancelled(cast)
    clerk = enter(cast.clerk)

    shown, journey = page(clerk, address(dossier)), page(clerk, f"/dossiers/{dossier.id}/")
    clerk.post(f"/transmissions/{dossier.id}/reprendre")

    dossier.refresh_from_db()
    assert "Transmettre de nouveau le même acte" in shown
    assert "retiré d’office que s’il est illégal" in shown
    assert "Voir les suites possibles" in journey and "n’est plus exécutoire" in journey
    assert dossier.stage == Stage.SIGNED


def test_a_reason_is_asked_beside_its_field(cast: Cast, enter: Enter) -> None:
    dossier, _ = acknowledged(cast)

    answer = enter(cast.clerk).post(address(dossier, "demander"), {"reason": " "})

    assert answer.status_code == 409
    assert "Dites pourquoi la transmission est à annuler" in answer.content.decode()


def test_what_was_never_received_has_no_such_page(cast: Cast, enter: Enter) -> None:
    dossier, _ = deposited(cast)

    assert enter(cast.clerk).get(address(dossier)).status_code == 404


def test_the_public_page_says_that_the_transmission_is_cancelled(cast: Cast) -> None:
    dossier = published(cast)
    Departure.objects.update(state=Departure.State.CANCELLED)
    departure = Departure.objects.get()
    facts = {"reason": REASON, "asked_by": cast.clerk, "asked_at": NOON, "received_on": NOON.date()}
    Cancellation.objects.create(departure=departure, state=Cancellation.State.ACCEPTED, **facts)
    Dossier.objects.update(stage=Stage.TRANSMISSION_CANCELLED)

    shown = page(Client(), f"/actes/{dossier.act_number.lower()}/")

    assert "La transmission de cet acte au représentant de l’État a été annulée" in shown


def test_a_late_acknowledgement_is_applied_from_the_messages_put_aside(cast: Cast, enter: Enter) -> None:
    dossier, departure = deposited(cast)
    record_anomaly(dossier_id=dossier.id, data=b"", reason="Refus.", agent=cast.courier, at=NOON)
    data = an_acknowledgement(departure)
    message = park_message(data=data, why="?", dossier_id=dossier.id, agent=cast.courier, at=NOON)
    clerk = enter(cast.clerk)

    offered = page(clerk, "/transmissions/messages/")
    without = clerk.post(f"/transmissions/messages/{message.pk}/appliquer", {"note": ""})
    clerk.post(f"/transmissions/messages/{message.pk}/appliquer", {"note": "Confirmé au téléphone."})

    dossier.refresh_from_db()
    assert "Appliquer à l’acte" in offered
    assert without.status_code == 409
    assert dossier.stage == Stage.ACKNOWLEDGED
    assert "Confirmé au téléphone." in page(clerk, "/transmissions/messages/")
