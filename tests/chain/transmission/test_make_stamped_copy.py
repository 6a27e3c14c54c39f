"""Making the stamped copy."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pikepdf
import pytest

from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.actions.make_stamped_copy import NotStampable, make_stamped_copy
from hemicycle.chain.transmission.locking import WrongDepartureState
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import NotEntitled
from tests.after_vote import produced
from tests.cast import NOON, Cast
from tests.departures import acknowledged, deposited
from tests.signed_acts import a_signed_pdf

NothingWritten = Callable[[], AbstractContextManager[None]]


def stamp_of(departure: Departure) -> str:
    assert departure.stamped is not None
    with pikepdf.open(io.BytesIO(attachments.read(departure.stamped))) as pdf:
        return str(pdf.open_metadata()["dc:description"])


def test_the_copy_says_when_it_left_and_when_it_was_received(cast: Cast) -> None:
    dossier, departure = acknowledged(cast)

    departure = make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    said = stamp_of(departure)
    assert "Envoyé en préfecture le 24/11/2026" in said
    assert "Reçu en préfecture le 26/11/2026" in said
    assert departure.unique_id in said
    assert "Publié" not in said


def test_once_online_the_copy_says_so(cast: Cast) -> None:
    dossier, _ = acknowledged(cast)
    make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    departure = make_stamped_copy(
        dossier_id=dossier.id, agent=cast.courier, at=NOON, published_on=dt.date(2026, 11, 27)
    )

    assert "Publié le 27/11/2026" in stamp_of(departure)


def test_the_signed_original_stays_as_it_is_and_is_named(cast: Cast) -> None:
    dossier, _ = acknowledged(cast)

    departure = make_stamped_copy(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    signed = Act.objects.get(dossier=dossier).signed
    assert signed is not None
    assert attachments.read(signed) == a_signed_pdf()
    assert departure.stamped is not None
    assert departure.stamped.derived_from == signed
    assert journal.of(dossier)[-1].sealed["facts"]["original_sha256"] == signed.sha256


def test_the_same_facts_make_no_second_copy(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = acknowledged(cast)
    make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    with nothing_written():
        make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_a_deposit_found_again_late_was_not_sent_after_its_reception(cast: Cast) -> None:
    dossier, departure = acknowledged(cast)
    departure.deposited_at = NOON + dt.timedelta(days=9)
    departure.save()

    departure = make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert "Envoyé en préfecture le 26/11/2026" in stamp_of(departure)


def test_nothing_is_stamped_before_the_acknowledgement(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(WrongDepartureState, match="accusé de réception"), nothing_written():
        make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_a_damaged_act_is_not_stamped(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = acknowledged(cast)
    act = Act.objects.get(dossier=dossier)
    act.signed = produced(dossier, cast, b"%PDF-1.7 rien", "abime.pdf", at=NOON)
    act.save()

    with pytest.raises(NotStampable), nothing_written():
        make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_a_drafter_stamps_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = acknowledged(cast)

    with pytest.raises(NotEntitled), nothing_written():
        make_stamped_copy(dossier_id=dossier.id, agent=cast.drafter, at=NOON)
