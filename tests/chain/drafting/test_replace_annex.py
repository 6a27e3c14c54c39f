"""Putting another file in the place of an annex."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hemicycle.chain.drafting.actions.attach_annex import attach_annex
from hemicycle.chain.drafting.actions.replace_annex import AnnexRefused, NoSuchAnnex, replace_annex
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier import attachments, versions
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.web import changes
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.files import a_pdf, titles
from tests.factories import a_dossier, an_attachment

pytestmark = pytest.mark.django_db


def given(cast: Cast, dossier: Dossier, **facts: Any) -> Attachment:
    data = {"data": a_pdf(), "filename": "convention.pdf", "title": "Convention", "to_control": True}
    return attach_annex(dossier_id=dossier.id, agent=cast.drafter, at=NOON, **(data | facts))


def replaced(cast: Cast, dossier: Dossier, annex: Attachment, **facts: Any) -> Attachment:
    data: dict[str, Any] = {"data": a_pdf(3), "filename": "convention-signée.pdf", "agent": cast.drafter}
    return replace_annex(dossier_id=dossier.id, annex_id=annex.id, at=NOON, **(data | facts))


def test_the_new_file_takes_the_rank_and_the_flags_and_the_old_one_is_kept(cast: Cast) -> None:
    dossier = a_dossier(cast)
    old = given(cast, dossier, confidential=True, type_code="99_DE")
    given(cast, dossier, data=a_pdf(2), title="Plan")

    annex = replaced(cast, dossier, old)

    old.refresh_from_db()
    assert titles(dossier) == ["Convention", "Plan"]
    assert (annex.order, annex.to_control, annex.confidential, annex.pages) == (1, True, True, 3)
    assert annex.replaces == old and old.removed_at == NOON
    assert attachments.read(old) == a_pdf()


def test_nobody_replaces_silently(cast: Cast) -> None:
    dossier = a_dossier(cast)
    old = given(cast, dossier)
    before = versions.working(dossier, at=NOON)

    annex = replaced(cast, dossier, old, title="Convention signée")

    assert told.by(cast.drafter, "drafter", "drafting.annex_replaced")
    assert told.last()["facts"] == {
        "title": "Convention signée",
        "file": "convention-signée.pdf",
        "sha256": annex.sha256,
        "replaced": old.sha256,
        "replaced_file": "convention.pdf",
    }
    assert changes.between(before, versions.working(dossier, at=NOON)).annexes


def test_the_same_file_is_no_replacement(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    old = given(cast, dossier)

    with pytest.raises(AnnexRefused, match=r"« encore\.pdf » est déjà celui de l’annexe"), nothing_written():
        replaced(cast, dossier, old, data=a_pdf(), filename="encore.pdf")


def test_what_cannot_be_an_annex_replaces_none(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    old = given(cast, dossier)

    with pytest.raises(AnnexRefused, match="aucun type accepté"), nothing_written():
        replaced(cast, dossier, old, data=b"MZ", filename="outil.exe")
    for gone in (uuid4(), an_attachment(dossier, by=cast.drafter, kind="source").id):
        with pytest.raises(NoSuchAnnex), nothing_written():
            replace_annex(
                dossier_id=dossier.id, annex_id=gone, data=a_pdf(4), filename="a.pdf", agent=cast.drafter, at=NOON
            )


def test_others_replace_nothing_nor_anyone_once_in_the_circuit(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    old = given(cast, dossier)
    with pytest.raises(NotEntitled), nothing_written():
        replaced(cast, dossier, old, agent=cast.director)

    frozen = a_dossier(cast, in_circuit=True)
    annex = an_attachment(frozen, by=cast.drafter)
    with pytest.raises(TextFrozen), nothing_written():
        replaced(cast, frozen, annex)
