"""An individual act made known to the person it is about."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from hemicycle.chain.archiving.actions.build_package import build_package
from hemicycle.chain.archiving.actions.retry_deposit import retry_deposit
from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.distribution.conditions import NotAcknowledged
from hemicycle.chain.publication import notifying as queries
from hemicycle.chain.publication.actions.record_notification import NotNotifiable, Proof, record_notification
from hemicycle.chain.publication.models import Notification, Publication
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier
from tests.published_acts import acknowledged

NothingWritten = Callable[[], AbstractContextManager[None]]
PROOF = Proof(name="recepisse.pdf", data=b"%PDF-1.7 signature de l'agent")
LATER = NOON + dt.timedelta(days=3)


def received(cast: Cast, nature: str = "AI") -> Dossier:
    """An arrêté that the préfecture has received."""
    return individual(a_dossier(cast, acknowledged=True), nature)


def individual(dossier: Dossier, nature: str = "AI") -> Dossier:
    Dossier.objects.filter(id=dossier.id).update(nature=nature, body="", object="Agrément de Mme Aubin")
    dossier.refresh_from_db()
    return dossier


def notify(dossier: Dossier, cast: Cast, **facts: Any) -> Notification:
    said: dict[str, Any] = {
        "addressee": "Mme  Lise Aubin",
        "notified_on": TODAY + dt.timedelta(days=2),
        "means": "by_hand",
        "proof": PROOF,
        "agent": cast.drafter,
        "at": LATER,
    }
    return record_notification(dossier_id=dossier.id, **(said | facts))


def test_it_is_executory_by_its_notification_and_never_online(cast: Cast) -> None:
    dossier = received(cast)

    made = notify(dossier, cast)

    dossier.refresh_from_db()
    assert (dossier.stage, made.addressee) == (Stage.NOTIFIED, "Mme Lise Aubin")
    assert made.executory_on == TODAY + dt.timedelta(days=2)
    assert "notification à l’intéressé le" in made.executory_explanation
    assert made.proof is not None and made.proof.confidential and not made.proof.published
    assert not Publication.objects.exists()
    last = journal.of(dossier)[-1]
    assert (last.event, last.sealed["facts"]["means"]) == ("publication.notified", "remise en main propre")


def test_the_later_of_reception_and_notification_counts(cast: Cast) -> None:
    dossier = received(cast)
    Departure.objects.update(received_on=LATER.date())

    made = notify(dossier, cast)

    assert made.executory_on == LATER.date()


@pytest.mark.parametrize("who", ["drafter", "head_of_service", "director", "clerk"])
def test_its_direction_or_the_service_des_assemblees_records_it(cast: Cast, who: str) -> None:
    dossier = received(cast)
    offered = queries.may_notify(dossier, getattr(cast, who), on=TODAY)

    notify(dossier, cast, agent=getattr(cast, who))

    assert offered
    assert Notification.objects.get().recorded_by == getattr(cast, who)


@pytest.mark.parametrize("who", ["neighbour", "legal", "archivist", "auditor", "administrator"])
def test_nobody_else_does(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    dossier = received(cast)

    with pytest.raises(NotEntitled), nothing_written():
        notify(dossier, cast, agent=getattr(cast, who))

    assert not queries.may_notify(dossier, getattr(cast, who), on=TODAY)


@pytest.mark.parametrize("nature", ["DE", "AR"])
def test_what_is_published_is_not_notified(cast: Cast, nothing_written: NothingWritten, nature: str) -> None:
    dossier = received(cast, nature)

    with pytest.raises(NotNotifiable, match="se publie"), nothing_written():
        notify(dossier, cast)


def test_a_decision_about_someone_is_notified_too(cast: Cast) -> None:
    dossier = received(cast, "AU")

    notify(dossier, cast)

    assert Dossier.objects.get().stage == Stage.NOTIFIED


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"addressee": "  "}, "addressee"),
        ({"notified_on": TODAY + dt.timedelta(days=30)}, "notified_on"),
        ({"notified_on": TODAY - dt.timedelta(days=1)}, "notified_on"),
        ({"means": "pigeon"}, "means"),
        ({"proof": Proof(name="preuve.exe", data=b"MZ...")}, "proof"),
    ],
)
def test_what_cannot_be_is_refused_whole(
    cast: Cast, nothing_written: NothingWritten, facts: dict[str, Any], field: str
) -> None:
    dossier = received(cast)

    with pytest.raises(NotNotifiable) as refused, nothing_written():
        notify(dossier, cast, **facts)

    assert refused.value.field == field


def test_before_the_acknowledgement_nothing_is_recorded(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, transmitted=True)
    Dossier.objects.update(nature="AI", body="")

    with pytest.raises(NotAcknowledged), nothing_written():
        notify(dossier, cast)


def test_once_notified_it_is_not_notified_again(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = received(cast)
    notify(dossier, cast)

    with pytest.raises(MoveNotAllowed), nothing_written():
        notify(dossier, cast)


def test_the_service_is_told_what_waits_to_be_notified(cast: Cast) -> None:
    dossier = received(cast)

    waiting = [list(queries.to_notify(agent, on=TODAY)) for agent in (cast.drafter, cast.director, cast.neighbour)]

    assert waiting == [[dossier], [dossier], []]


def test_it_goes_to_the_archive_with_its_proof(cast: Cast) -> None:
    dossier = individual(acknowledged(cast))
    notify(dossier, cast, proof=PROOF)

    deposit = build_package(dossier_id=dossier.id, agent=cast.courier, at=LATER)

    manifest = zipfile.ZipFile(io.BytesIO(attachments.read(deposit.package))).read("manifest.xml").decode()
    assert f"{dossier.act_number}-notification.json" in manifest
    assert "Notifié à Mme Lise Aubin" in manifest
    assert "PUBLICATION" not in manifest


def test_a_deposit_refused_brings_it_back_among_the_notified(cast: Cast) -> None:
    dossier = individual(acknowledged(cast))
    notify(dossier, cast)
    build_package(dossier_id=dossier.id, agent=cast.courier, at=LATER)
    Deposit.objects.update(state=Deposit.State.REFUSED)
    Dossier.objects.update(stage=Stage.REFUSED_BY_ARCHIVE)

    retry_deposit(dossier_id=dossier.id, agent=cast.archivist, at=LATER)

    assert Dossier.objects.get().stage == Stage.NOTIFIED
