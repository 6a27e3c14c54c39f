"""Checking the acts that wait: what the préfecture would refuse is written down, and told when it changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission import control
from hemicycle.chain.transmission.actions.check_act import check_act
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.departures import deposited
from tests.factories import a_dossier
from tests.signed_acts import a_signed_dossier, an_annex

NothingWritten = Callable[[], AbstractContextManager[None]]


def a_misfiled(cast: Cast) -> Dossier:
    return a_dossier(cast, to_sign=True, subject_code="7.99")


def events(dossier: Dossier) -> list[str]:
    return [entry.event for entry in journal.of(dossier)]


def test_what_would_be_refused_is_kept_and_told(cast: Cast) -> None:
    dossier = a_misfiled(cast)

    kept = check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert kept.blocking == 1
    assert kept.findings[0]["code"] == "acte.matiere.unknown"
    entry = journal.of(dossier)[-1]
    assert entry.event == "transmission.control_failed"
    assert "Choisissez une matière" in entry.sealed["facts"]["detail"]


def test_a_sound_act_is_checked_without_a_word(cast: Cast) -> None:
    dossier = a_signed_dossier(cast, annexes=1)

    kept = check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert (kept.blocking, kept.findings) == (0, [])
    assert events(dossier) == []


def test_the_same_act_is_not_judged_twice(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_misfiled(cast)
    check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    with nothing_written():
        check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_what_is_put_right_is_told_too(cast: Cast) -> None:
    dossier = a_misfiled(cast)
    check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)
    Dossier.objects.filter(id=dossier.id).update(subject_code="7.5")

    kept = check_act(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    assert kept.blocking == 0
    assert events(dossier) == ["transmission.control_failed", "transmission.control_passed"]


def test_an_annex_that_changes_is_judged_again(cast: Cast) -> None:
    dossier = a_signed_dossier(cast)
    check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)
    annex = an_annex(dossier, cast, order=1, to_control=True)
    type(annex).objects.filter(pk=annex.pk).update(type_code="99_ZZ")

    kept = check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert [finding["code"] for finding in kept.findings] == ["piece.type"]


def test_before_the_act_is_drawn_up_the_rest_is_judged(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True, subject_code="7.99")

    kept = check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert [finding["code"] for finding in kept.findings] == ["acte.matiere.unknown"]


def test_the_number_of_an_act_that_the_tdt_holds_is_not_free(cast: Cast) -> None:
    _, departure = deposited(cast)
    dossier = a_signed_dossier(cast)
    Dossier.objects.filter(id=dossier.id).update(act_number=departure.actes_number)

    found = control.judge(Dossier.objects.get(id=dossier.id), on=TODAY).findings

    assert [finding.code for finding in found] == ["acte.duplicate"]


def test_a_dossier_not_voted_yet_waits_for_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, ready=True)

    with pytest.raises(MoveNotAllowed, match="prêt pour une séance"), nothing_written():
        check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_a_drafter_checks_no_act(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_misfiled(cast)

    with pytest.raises(NotEntitled), nothing_written():
        check_act(dossier_id=dossier.id, agent=cast.drafter, at=NOON)
