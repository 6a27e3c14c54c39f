"""Drawing up the act to sign."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pikepdf
import pytest

from hemicycle.accounts.models import Seat
from hemicycle.chain.signing import drawing as module
from hemicycle.chain.signing.actions.draw_up_act import NoSignatory, NotPrintable, draw_up_act
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting.models import AgendaItem
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from hemicycle.rendering.compile import RenderingRefused
from tests.cast import NOON, Cast
from tests.factories import a_dossier
from tests.signed_acts import a_pdf, an_act_to_sign

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No typesetting, for the tests that look elsewhere."""
    monkeypatch.setattr(module, "act_pdf", lambda *_, **__: a_pdf())


def test_the_act_adopted_is_set_as_a_pdf_that_bears_its_number(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)

    act = draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    with pikepdf.open(io.BytesIO(attachments.read(act.frozen))) as pdf:
        assert dossier.act_number in str(pdf.docinfo["/Title"])
    assert act.frozen.name == f"{dossier.act_number}.pdf"


@pytest.mark.usefixtures("quick")
def test_the_dossier_waits_for_the_president(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)
    sitting = AgendaItem.objects.select_related("sitting").get(dossier=dossier).sitting

    act = draw_up_act(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.TO_SIGN
    assert (act.state, act.number, act.signatory) == (Act.State.TO_SIGN, dossier.act_number, cast.signatory)
    assert act.decided_on == day(sitting.starts_at)


@pytest.mark.usefixtures("quick")
def test_the_digest_of_the_frozen_bytes_is_journaled(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)

    act = draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    (entry,) = journal.of(dossier)
    assert entry.event == "signing.act_drawn_up"
    assert entry.sealed["facts"]["sha256"] == act.frozen.sha256
    assert entry.sealed["role"] == "courier"


@pytest.mark.usefixtures("quick")
def test_a_refused_act_is_drawn_up_again_under_the_same_number(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)
    act.state, act.refusal_reason = Act.State.REFUSED, "Le nom du club est faux."
    act.save()
    dossier.stage = Stage.ADOPTED
    dossier.save()

    renewed = draw_up_act(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    assert (renewed.pk, renewed.number, renewed.state) == (act.pk, act.number, Act.State.TO_SIGN)
    assert renewed.refusal_reason == ""


def test_a_drafter_does_not_draw_up_acts(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, adopted=True)

    with pytest.raises(NotEntitled), nothing_written():
        draw_up_act(dossier_id=dossier.id, agent=cast.drafter, at=NOON)


@pytest.mark.parametrize("stage", ["on_agenda", "to_sign"])
def test_only_an_adopted_text_becomes_an_act(cast: Cast, stage: str, nothing_written: NothingWritten) -> None:
    traits: dict[str, Any] = {stage: True}
    dossier = a_dossier(cast, **traits)

    with pytest.raises(MoveNotAllowed), nothing_written():
        draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_without_a_certificate_in_force_nobody_could_sign(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, adopted=True)
    cast.signatory.valid_to = NOON.date() - dt.timedelta(days=1)
    cast.signatory.save()

    with pytest.raises(NoSignatory, match="Jean Valmorin n’a pas de certificat"), nothing_written():
        draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_without_a_president_in_office_nobody_could_sign(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, adopted=True)
    Seat.objects.filter(office=Seat.Office.PRESIDENT).update(office=Seat.Office.MEMBER)

    with pytest.raises(NoSignatory, match="Aucun président"), nothing_written():
        draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_an_act_that_cannot_be_printed_is_refused_with_its_reason(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, nothing_written: NothingWritten
) -> None:
    dossier = a_dossier(cast, adopted=True)

    def refuse(*_: object, **__: object) -> bytes:
        raise RenderingRefused("Le texte contient un caractère qui ne peut pas être imprimé.")

    monkeypatch.setattr(module, "act_pdf", refuse)

    with pytest.raises(NotPrintable, match="caractère qui ne peut pas être imprimé"), nothing_written():
        draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)
