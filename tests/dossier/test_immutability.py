"""The database itself refuses to rewrite the past."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from hemicycle.dossier.models import Version
from tests.cast import Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_a_frozen_version_cannot_be_changed(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        Version.objects.filter(dossier=dossier).update(reason="autre")

    assert Version.objects.get(dossier=dossier).reason == ""


def test_a_frozen_version_cannot_be_deleted(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        Version.objects.filter(dossier=dossier).delete()

    assert Version.objects.filter(dossier=dossier).exists()


@pytest.mark.parametrize("sql", ["UPDATE dossier_version SET number = 9", "DELETE FROM dossier_version"])
def test_bare_sql_is_refused_too(cast: Cast, sql: str) -> None:
    a_dossier(cast, in_circuit=True)

    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert list(Version.objects.values_list("number", flat=True)) == [1]


@pytest.mark.postgres
def test_emptying_the_table_is_refused_too(cast: Cast) -> None:
    a_dossier(cast, in_circuit=True)
    # Foreign keys still to be checked would be the reason of the refusal.
    connection.check_constraints()

    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE dossier_version")

    assert Version.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_triggers_are_back_after_a_test_database_was_emptied(cast: Cast, turn: int) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(DatabaseError, match="append-only table"):
        Version.objects.filter(dossier=dossier).delete()
