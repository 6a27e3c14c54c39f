"""The annexes given to the antivirus, and what becomes of them."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.readiness import first_lack
from hemicycle.couriers.antivirus import scan_annex, scan_the_older
from hemicycle.couriers.housekeeping import tidy
from hemicycle.couriers.itinerary import ITINERARY
from hemicycle.couriers.outcomes import DONE, Later
from hemicycle.dossier.models import Attachment
from hemicycle.gateways.antivirus.fake import FakeAntivirus
from tests.cast import NOON, Cast
from tests.chain import told
from tests.couriers.worlds import a_task, a_world
from tests.factories import a_dossier, an_attachment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    settings.CLAMD = "tcp://localhost:3310"


def test_a_file_found_clean_may_be_read_and_submitted(cast: Cast) -> None:
    dossier = a_dossier(cast)
    source = an_attachment(dossier, b"odt", by=cast.drafter, kind="source")
    annex = an_attachment(dossier, by=cast.drafter, derived_from=source)
    antivirus = FakeAntivirus()
    before = first_lack(dossier)

    outcome = scan_annex(a_task(dossier, sha256=annex.sha256), a_world(antivirus=antivirus))

    annex.refresh_from_db()
    assert outcome == DONE and annex.scanned_at == NOON and len(antivirus.seen) == 2
    assert before is not None and "en cours d’analyse" in before.sentence
    assert first_lack(dossier) is None


def test_an_infected_one_is_kept_aside_and_its_author_told(cast: Cast, client: Any) -> None:
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, b"%PDF EICAR", by=cast.drafter, order=1)

    scan_annex(a_task(dossier, sha256=annex.sha256), a_world(antivirus=FakeAntivirus()))

    client.force_login(cast.drafter, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/dossiers/{dossier.id}/annexes/joindre").content.decode()
    assert "« convention.pdf »" in page.replace("\u00a0", " ").replace("&nbsp;", " ") and "est écarté" in page
    assert told.by(cast.courier, "courier", "drafting.annex_infected")
    assert client.get(f"/pieces/{annex.id}").status_code == 404
    assert Attachment.objects.get(id=annex.id).kind == Attachment.Kind.INFECTED


def test_while_the_antivirus_is_silent_the_file_waits(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, by=cast.drafter)

    with nothing_written():
        outcome = scan_annex(a_task(dossier, sha256=annex.sha256), a_world(antivirus=FakeAntivirus(down=True)))

    assert isinstance(outcome, Later) and "ne répond pas" in outcome.why


def test_without_an_antivirus_nothing_waits(cast: Cast, nothing_written: Any, settings: Any) -> None:
    settings.CLAMD = ""
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, by=cast.drafter)

    with nothing_written():
        assert scan_annex(a_task(dossier, sha256=annex.sha256), a_world()) == DONE
        scan_the_older(a_world())

    assert first_lack(dossier) is None


def test_what_joined_before_the_antivirus_is_scanned_in_time(cast: Cast) -> None:
    annex = an_attachment(a_dossier(cast), by=cast.drafter)

    tidy(a_world(antivirus=FakeAntivirus()))

    annex.refresh_from_db()
    assert annex.scanned_at == NOON


def test_every_annex_that_joins_is_scanned() -> None:
    assert all(scan_annex in ITINERARY[f"drafting.annex_{deed}"] for deed in ("attached", "replaced"))
