"""What is read of the outside systems: their state, their certificates, their exchanges, what is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.connectors import queries
from hemicycle.chain.connectors.settings_shown import settings_of, without_secrets
from hemicycle.chain.connectors.systems import System
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.dossier.models import Errand
from tests.cast import NOON, TODAY, Cast
from tests.chain.connectors.tested import a_certificate, recorded
from tests.factories import a_dossier

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    for name in ("TDT_URL", "SAE_URL", "TSA_URL", "SMTP_HOST", "CLAMD", "BLOBS_S3"):
        setattr(settings, name, "")
    settings.TDT_URL, settings.SAE_URL = "https://tdt.example", "https://sae.example"


def test_every_system_is_listed_with_its_last_result(cast: Cast) -> None:
    recorded("failed")
    recorded("ok", at=NOON + HOUR)

    lines = {line.system: line for line in queries.overview()}

    assert len(lines) == len(System)
    assert lines[System.TRANSMISSION].last is not None and lines[System.TRANSMISSION].last.outcome == "ok"
    assert (lines[System.ARCHIVE].last, lines[System.ARCHIVE].address) == (None, "https://sae.example")
    assert lines[System.MAIL].address == ""


def test_the_certificates_are_those_last_met_the_nearest_end_first(cast: Cast) -> None:
    recorded(certificates=[a_certificate(subject="Remplacé")])
    recorded(at=NOON + HOUR, certificates=[a_certificate(subject="Le nôtre"), a_certificate(subject="Bref", days=3.5)])
    recorded("failed", at=NOON + 2 * HOUR)
    recorded(system=System.ARCHIVE, certificates=[a_certificate(subject="Le nôtre")])
    recorded(system=System.MAIL, certificates=[a_certificate(subject="D’un système retiré")])

    found = queries.certificates(at=NOON)

    assert [(each.subject, each.days_left, each.threshold) for each in found] == [
        ("Bref", 3, 7),
        ("Le nôtre", 300, None),
    ]
    assert found[1].systems == (System.TRANSMISSION, System.ARCHIVE)
    assert 0.5 < found[1].spent < 0.6


def _errands(cast: Cast, number: int, carrier: str = "deposit_act", **changed: Any) -> None:
    dossier = a_dossier(cast)
    for _ in range(number):
        write_comment(dossier_id=dossier.id, text="Un mot.", agent=cast.drafter, at=NOON)
        errand = Errand.objects.order_by("-pk")[0]
        Errand.objects.filter(pk=errand.pk).update(carrier=carrier, **changed)


def test_the_exchanges_of_a_system_come_latest_first_and_page_by_page(cast: Cast) -> None:
    _errands(cast, 30, state="done", done_at=NOON + HOUR, attempts=1)
    _errands(cast, 2, carrier="deposit_package")

    first, after = queries.exchanges(System.TRANSMISSION, agent=cast.clerk, on=TODAY)
    rest, end = queries.exchanges(System.TRANSMISSION, agent=cast.clerk, on=TODAY, before=after)

    assert (len(first), len(rest), end) == (25, 5, None)
    assert len({each.id for each in first + rest}) == 30
    assert first[0].id > first[-1].id > rest[0].id
    assert first[0].lasted == HOUR


def test_those_in_trouble_are_found_and_a_dossier_one_may_not_read_is_not_named(cast: Cast) -> None:
    _errands(cast, 1, state="done")
    _errands(cast, 1, state="failed", last_error="Refusé.")
    _errands(cast, 1, last_error="Le tiers se tait.")

    by_clerk, _ = queries.exchanges(System.TRANSMISSION, agent=cast.clerk, on=TODAY, in_trouble=True)
    by_administrator, _ = queries.exchanges(System.TRANSMISSION, agent=cast.administrator, on=TODAY, in_trouble=True)

    assert [each.error for each in by_clerk] == ["Le tiers se tait.", "Refusé."]
    assert all(each.number and each.dossier_id for each in by_clerk)
    assert not any(each.number or each.dossier_id for each in by_administrator)


@pytest.mark.parametrize(
    ("outcome", "ended", "due"),
    [("ok", 8, False), ("ok", -9.5, True), ("doubt", 11, False), ("failed", 11.5, False), ("failed", 11, True)],
)
def test_a_system_is_due_once_a_night_and_again_while_it_fails(
    cast: Cast, outcome: str, ended: float, due: bool
) -> None:
    midnight = NOON - 12 * HOUR
    recorded(outcome, at=midnight + ended * HOUR)
    recorded(system=System.ARCHIVE, at=NOON)
    recorded(system=System.SIGNATURE, at=NOON)

    assert queries.due(at=NOON) == ([System.TRANSMISSION] if due else [])


def test_what_was_never_tested_is_due_and_what_is_not_set_never_is(cast: Cast) -> None:
    assert set(queries.due(at=NOON)) == {System.TRANSMISSION, System.ARCHIVE, System.SIGNATURE}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://moi:secret@tdt.example:8443/a?cle=secret#secret", "https://tdt.example:8443/a"),
        ("direct+https://tdt.example/depot", "direct+https://tdt.example/depot"),
        ("moi:secret@tdt.example", "tdt.example"),
        ("https://[::1]:8443/", "https://[::1]:8443/"),
        ("https://tdt.example:secret/", "adresse illisible"),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_what_is_secret(written: str, shown: str) -> None:
    assert without_secrets(written) == shown


@pytest.mark.parametrize("system", list(System))
def test_no_setting_shows_a_secret(system: System, settings: Any) -> None:
    for name in (
        "TDT_PASSWORD",
        "TDT_RETURNS_PASSWORD",
        "SMTP_PASSWORD",
        "IPARAPHEUR_PASSWORD",
        "CSC_CLIENT_SECRET",
        "S3_SECRET_KEY",
    ):
        setattr(settings, name, "mot-tenu-secret")

    shown = settings_of(system)

    assert shown
    assert all("mot-tenu-secret" not in setting.value for setting in shown)
    assert all(setting.value in ("renseigné", "absent") for setting in shown if setting.secret)
    assert all(setting.variable.startswith("HEMICYCLE_") for setting in shown)
