"""Building the package."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.archiving.actions.build_package import PackageRefused, build_package
from hemicycle.chain.archiving.actions.record_rejection import record_rejection
from hemicycle.chain.archiving.actions.retry_deposit import retry_deposit
from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier import attachments
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier
from tests.published_acts import ONLINE_AT, acknowledged, leaving, packed, published

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize("who", ["courier", "clerk", "archivist"])
def test_the_package_of_a_published_act_is_built_and_kept(cast: Cast, who: str) -> None:
    dossier = published(cast)
    agent = getattr(cast, who)

    deposit = build_package(dossier_id=dossier.id, agent=agent, at=ONLINE_AT)

    dossier.refresh_from_db()
    assert deposit.message_identifier == "HEM-2026-000001-1"
    assert deposit.package.name == "HEM-2026-000001-1.zip"
    assert attachments.read(deposit.package).startswith(b"PK")
    assert (deposit.state, dossier.stage) == (Deposit.State.PREPARED, Stage.PUBLISHED)
    assert told.last()["event"] == "archiving.package_built"
    assert told.last()["facts"]["sha256"] == deposit.package.sha256
    assert told.last()["actor"]["id"] == str(agent.id)


def test_a_package_under_way_is_not_built_twice(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, deposit = packed(cast)

    with nothing_written():
        again = build_package(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)

    assert again == deposit


def test_two_acts_never_share_an_identifier(cast: Cast) -> None:
    _, first = packed(cast)

    _, second = packed(cast)

    assert (first.message_identifier, second.message_identifier) == ("HEM-2026-000001-1", "HEM-2026-000002-1")


def test_after_a_refusal_the_identifier_is_new_and_the_refused_one_is_named(cast: Cast) -> None:
    dossier, refused = leaving(cast)
    record_rejection(dossier_id=dossier.id, reason="Refusé.", agent=cast.courier, at=ONLINE_AT)
    retry_deposit(dossier_id=dossier.id, agent=cast.archivist, at=ONLINE_AT)

    deposit = build_package(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)

    assert (deposit.attempt, deposit.message_identifier) == (2, "HEM-2026-000001-2")
    assert f"remplace le transfert {refused.message_identifier}".encode() in attachments.read(deposit.package)


@pytest.mark.parametrize("who", ["drafter", "president", "administrator", "outsider"])
def test_whoever_does_not_deposit_builds_nothing(cast: Cast, who: str, nothing_written: NothingWritten) -> None:
    dossier = published(cast)

    with pytest.raises(NotEntitled), nothing_written():
        build_package(dossier_id=dossier.id, agent=getattr(cast, who), at=ONLINE_AT)


def test_an_act_not_yet_online_is_not_archived(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = acknowledged(cast)

    with pytest.raises(MoveNotAllowed, match="reçu par la préfecture"), nothing_written():
        build_package(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)


def test_a_refused_deposit_waits_for_someone_s_order(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = leaving(cast)
    record_rejection(dossier_id=dossier.id, reason="Refusé.", agent=cast.courier, at=ONLINE_AT)

    with pytest.raises(MoveNotAllowed, match="refusé par l’archive"), nothing_written():
        build_package(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)


def test_a_text_that_the_archive_would_refuse_is_said_before_leaving(
    cast: Cast, nothing_written: NothingWritten
) -> None:
    dossier = a_dossier(cast, published=True, object="Subvention &amp; convention")

    with pytest.raises(PackageRefused, match="échappé pour le HTML"), nothing_written():
        build_package(dossier_id=dossier.id, agent=cast.courier, at=NOON)
