"""The page of the deposits."""

from __future__ import annotations

import pytest

from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Move, Stage
from tests.cast import NOON, Cast
from tests.factories import a_dossier
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def refused(cast: Cast) -> Dossier:
    dossier = a_dossier(cast, deposited=True)
    Deposit.objects.filter(dossier=dossier).update(
        state=Deposit.State.REFUSED, reply_code="KO", reply_detail="Empreinte différente de celle du bordereau."
    )
    dossier.move(Move.DEPOSIT_REFUSED, at=NOON)
    return dossier


def test_a_refused_deposit_shows_its_reason_and_is_made_again(cast: Cast, enter: Enter) -> None:
    dossier = refused(cast)
    archivist = enter(cast.archivist)

    page = archivist.get("/archives/").content.decode()
    archivist.post(f"/archives/{dossier.id}/reprendre")

    dossier.refresh_from_db()
    assert "Empreinte différente de celle du bordereau." in page
    assert dossier.stage == Stage.PUBLISHED


def test_an_accepted_deposit_is_not_made_again(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, archived=True)

    answer = enter(cast.archivist).post(f"/archives/{dossier.id}/reprendre")

    dossier.refresh_from_db()
    assert answer.status_code == 409
    assert "aucun versement refusé" in answer.content.decode()
    assert dossier.stage == Stage.ARCHIVED


def test_the_auditor_looks_and_does_not_touch(cast: Cast, enter: Enter) -> None:
    dossier = refused(cast)
    auditor = enter(cast.auditor)

    page = auditor.get("/archives/").content.decode()
    answer = auditor.post(f"/archives/{dossier.id}/reprendre")

    dossier.refresh_from_db()
    assert "Verser de nouveau" not in page
    assert answer.status_code == 409
    assert dossier.stage == Stage.REFUSED_BY_ARCHIVE


def test_the_list_is_narrowed_by_state(cast: Cast, enter: Enter) -> None:
    bad, good = refused(cast), a_dossier(cast, archived=True)

    page = enter(cast.archivist).get("/archives/?etat=accepted").content.decode()

    assert good.act_number in page
    assert bad.act_number not in page


def test_a_drafter_has_no_such_page(cast: Cast, enter: Enter) -> None:
    assert enter(cast.drafter).get("/archives/").status_code == 404
