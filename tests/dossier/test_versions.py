"""A version's digest is what a visa is bound to: any change of text, field or annex must show in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from hemicycle.dossier import versions
from hemicycle.dossier.models import Attachment, Dossier, Version
from tests.cast import NOON, Cast
from tests.factories import a_dossier, a_text, an_attachment

pytestmark = pytest.mark.django_db


def freeze(cast: Cast, dossier: Dossier) -> Version:
    return versions.freeze(dossier, by=cast.drafter, at=NOON)


def test_versions_are_numbered_from_one(cast: Cast) -> None:
    dossier = a_dossier(cast)

    numbers = [freeze(cast, dossier).number, freeze(cast, dossier).number]

    assert numbers == [1, 2]
    assert Dossier.objects.get(id=dossier.id).version == 2
    assert versions.current(dossier).number == 2


def test_the_same_content_has_the_same_digest(cast: Cast) -> None:
    dossier = a_dossier(cast)
    an_attachment(dossier, by=cast.drafter)

    assert freeze(cast, dossier).digest == freeze(cast, dossier).digest


CHANGES: dict[str, Any] = {
    "report": a_text("Un autre rapport."),
    "deliberation": a_text("Article 1 – Une subvention de 12 001 € est attribuée."),
    "object": "Subvention au club de Dorvalle",
    "body": "CD",
    "subject_code": "7.1",
    "theme": "Culture",
    "amount": Decimal("12000.01"),
    "target_date": dt.date(2026, 12, 17),
    "rapporteur": None,
}


@pytest.mark.parametrize("field", CHANGES)
def test_any_field_changed_changes_the_digest(cast: Cast, field: str) -> None:
    dossier = a_dossier(cast)
    before = freeze(cast, dossier).digest

    setattr(dossier, field, CHANGES[field])

    assert freeze(cast, dossier).digest != before


def test_another_unit_changes_the_digest(cast: Cast) -> None:
    dossier = a_dossier(cast)
    before = freeze(cast, dossier).digest

    dossier.unit = cast.other_service

    assert freeze(cast, dossier).digest != before


@pytest.mark.parametrize(
    "change",
    [{"title": "Avenant"}, {"name": "autre.pdf"}, {"order": 4}, {"to_control": True}, {"sha256": "0" * 64}],
    ids=lambda change: next(iter(change)),
)
def test_any_change_to_an_annex_changes_the_digest(cast: Cast, change: dict[str, Any]) -> None:
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, by=cast.drafter)
    before = freeze(cast, dossier).digest

    Attachment.objects.filter(id=annex.id).update(**change)

    assert freeze(cast, dossier).digest != before


def test_a_version_keeps_what_was_written_whatever_is_written_next(cast: Cast) -> None:
    dossier = a_dossier(cast)
    first = freeze(cast, dossier)

    dossier.deliberation = a_text("Article 1 – Rien.")
    freeze(cast, dossier)

    kept = Version.objects.get(id=first.pk)
    assert "12 000 €" in str(kept.deliberation)
    assert kept.fields["object"] == "Subvention au club de Clérande"


def test_a_version_read_back_from_the_database_has_the_same_digest(cast: Cast) -> None:
    dossier = a_dossier(cast)
    an_attachment(dossier, by=cast.drafter)
    kept = Version.objects.get(id=freeze(cast, Dossier.objects.get(id=dossier.id)).pk)

    content = {name: getattr(kept, name) for name in ("report", "deliberation", "fields", "annexes")}

    assert versions.digest_of(content) == kept.digest
