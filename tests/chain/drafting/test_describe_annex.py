"""Changing the title, the flags and the type of an annex."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hemicycle.chain.drafting import annexing
from hemicycle.chain.drafting.actions.attach_annex import attach_annex
from hemicycle.chain.drafting.actions.describe_annex import AnnexRefused, NoSuchAnnex, describe_annex
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.models import Attachment
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier, an_attachment
from tests.texts.office import odt

pytestmark = pytest.mark.django_db

AS_IT_IS: dict[str, Any] = {
    "title": "Convention",
    "to_control": False,
    "type_code": "99_DE",
    "published": True,
    "in_booklet": True,
    "confidential": False,
}


def described(cast: Cast, annex: Attachment, **changes: Any) -> Attachment:
    facts = {"agent": cast.drafter, **AS_IT_IS} | changes
    return describe_annex(dossier_id=annex.dossier_id, annex_id=annex.id, at=NOON, **facts)


def test_what_changes_is_written_and_told_old_and_new(cast: Cast) -> None:
    annex = an_attachment(a_dossier(cast), by=cast.drafter)

    described(cast, annex, title="Convention  d’objectifs", to_control=True, published=False)

    annex.refresh_from_db()
    assert (annex.title, annex.to_control, annex.published) == ("Convention d’objectifs", True, False)
    assert told.by(cast.drafter, "drafter", "drafting.annex_described")
    assert told.last()["facts"]["changes"] == {
        "title": ["Convention", "Convention d’objectifs"],
        "to_control": [False, True],
        "published": [True, False],
    }


def test_nothing_is_written_where_nothing_changes(cast: Cast, nothing_written: Any) -> None:
    annex = an_attachment(a_dossier(cast), by=cast.drafter)

    with nothing_written():
        described(cast, annex)


def test_secrecy_covers_the_text_behind_the_annex_and_ends_publication(cast: Cast) -> None:
    dossier = a_dossier(cast)
    annex = attach_annex(
        dossier_id=dossier.id, data=odt("<text:p>Un avenant.</text:p>"), filename="avenant.odt", title="Avenant",
        to_control=False, agent=cast.drafter, at=NOON,
    )  # fmt: skip

    described(cast, annex, title="Avenant", confidential=True)

    annex.refresh_from_db()
    assert (annex.confidential, annex.published, annex.in_booklet) == (True, False, False)
    assert annex.derived_from is not None and annex.derived_from.confidential


@pytest.mark.parametrize(("field", "value"), [("title", " "), ("type_code", "ZZ_ZZ")])
def test_a_bad_field_is_refused(cast: Cast, field: str, value: str, nothing_written: Any) -> None:
    annex = an_attachment(a_dossier(cast), by=cast.drafter)

    with pytest.raises(AnnexRefused) as refusal, nothing_written():
        described(cast, annex, **{field: value})

    assert refusal.value.field == field


def test_one_is_not_sent_beyond_the_weight_that_the_prefecture_takes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, nothing_written: Any
) -> None:
    annex = an_attachment(a_dossier(cast), by=cast.drafter)
    monkeypatch.setattr(annexing, "MAX_TRANSMISSION", 10)

    with pytest.raises(AnnexRefused, match="ne la transmettez pas"), nothing_written():
        described(cast, annex, to_control=True)


def test_wrong_person_wrong_annex_wrong_stage(cast: Cast, nothing_written: Any) -> None:
    annex = an_attachment(a_dossier(cast), by=cast.drafter)
    frozen = an_attachment(a_dossier(cast, in_circuit=True), by=cast.drafter)

    with pytest.raises(NotEntitled), nothing_written():
        described(cast, annex, agent=cast.director, title="Autre")
    with pytest.raises(TextFrozen), nothing_written():
        described(cast, frozen, title="Autre")
    with pytest.raises(NoSuchAnnex), nothing_written():
        describe_annex(dossier_id=annex.dossier_id, annex_id=uuid4(), agent=cast.drafter, at=NOON, **AS_IT_IS)
