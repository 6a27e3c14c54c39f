"""What the pages of the archive show."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.chain.archiving import queries
from hemicycle.chain.archiving.actions.record_reply import record_reply
from hemicycle.dossier.models import Errand, JournalEntry
from tests.cast import Cast
from tests.published_acts import ONLINE_AT, a_reply, deposited, packed, published

DAY = ONLINE_AT.date()


def test_a_deposit_without_reply_is_an_alert_after_two_working_days(cast: Cast) -> None:
    # 27 November 2026 is a Friday.
    deposited(cast)

    before = queries.deposits(cast.archivist, on=dt.date(2026, 11, 30))
    after = queries.deposits(cast.archivist, on=dt.date(2026, 12, 1))

    assert [line.alert for line in before] == [""]
    assert [line.alert for line in after] == ["Versé le 27/11/2026 et toujours sans réponse de l’archive."]


@pytest.mark.parametrize(
    ("code", "alert"),
    [("OK", ""), ("WARNING", "Accepté avec un avertissement : "), ("KO", "Refusé par l’archive : ")],
)
def test_what_the_archive_answered_is_told(cast: Cast, code: str, alert: str) -> None:
    dossier, deposit = deposited(cast)
    record_reply(dossier_id=dossier.id, data=a_reply(deposit, code), agent=cast.courier, at=ONLINE_AT)

    (line,) = queries.deposits(cast.clerk, on=DAY)

    assert line.alert.startswith(alert)
    assert bool(line.alert) == bool(alert)
    assert len(queries.alerts(cast.clerk, on=DAY)) == bool(alert)


def test_a_package_that_could_not_be_built_shows_with_its_reason(cast: Cast) -> None:
    dossier = published(cast)
    entry = JournalEntry.objects.get(event="publication.published")
    Errand.objects.filter(entry=entry).update(
        carrier="build_package", state=Errand.State.FAILED, last_error="Le texte contient des balises."
    )

    (line,) = queries.alerts(cast.archivist, on=DAY)

    assert (line.dossier, line.deposit) == (dossier, None)
    assert [why for _, why in line.troubles] == ["Le texte contient des balises."]


def test_nobody_sees_the_deposits_of_others(cast: Cast) -> None:
    packed(cast)

    seen = {who: len(queries.deposits(getattr(cast, who), on=DAY)) for who in ("drafter", "neighbour", "outsider")}

    assert seen == {"drafter": 1, "neighbour": 0, "outsider": 0}


def test_the_courier_reads_the_package_as_it_was_frozen(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    going = queries.outgoing_for(dossier.id)

    assert (going.attempt, going.state, going.operation) == (1, queries.STATES.PREPARED, "")
    assert len(queries.package_of(going.message_identifier)) == deposit.package.size
