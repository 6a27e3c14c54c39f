"""The custom fields of a dossier: set, refused, shown, missing."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting import custom_fields
from hemicycle.chain.drafting.actions.describe_dossier import describe_dossier
from hemicycle.chain.drafting.custom_fields import FieldFile, ValueRefused
from hemicycle.dossier.models import Attachment, Dossier
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import a_field, an_act_type
from tests.chain.drafting.files import PNG
from tests.chain.drafting.test_open_dossier import opened
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def said(dossier: Dossier, cast: Cast, **extra: Any) -> Dossier:
    return describe_dossier(dossier_id=dossier.id, agent=cast.drafter, at=NOON, extra=extra)


@pytest.mark.parametrize(
    ("kind", "written", "kept", "shown"),
    [
        ("text", "  Club de  Clérande ", "Club de Clérande", "Club de Clérande"),
        ("number", "12 500,5", "12500.5", "12\u202f500,5"),
        ("date", "17/12/2026", "2026-12-17", "17\u00a0décembre 2026"),
        ("date", "2026-12-17", "2026-12-17", "17\u00a0décembre 2026"),
        ("choice", "Ambrelle", "Ambrelle", "Ambrelle"),
    ],
)
def test_a_value_is_kept_in_one_form_and_read_in_french(
    cast: Cast, kind: str, written: str, kept: str, shown: str
) -> None:
    a_field("precision", kind=kind, choices=["Ambrelle", "Brissey"])

    dossier = said(a_dossier(cast), cast, precision=written)

    dossier.refresh_from_db()
    assert dossier.extra == {"precision": kept}
    assert [value.shown for value in custom_fields.values_of(dossier)] == [shown]
    assert told.last()["facts"]["changes"] == {"Precision": ["", kept]}


@pytest.mark.parametrize(
    ("kind", "written", "told_so"),
    [
        ("number", "beaucoup", "n’est pas un nombre"),
        ("number", "NaN", "n’est pas un nombre"),
        ("number", "1e400", "n’est pas un nombre"),
        ("date", "31/02/2026", "n’est pas une date"),
        ("choice", "Paris", "n’est pas dans la liste"),
        ("text", "x" * 501, "dépasse 500 caractères"),
        ("file", "nom.pdf", "attend un fichier"),
        ("text", FieldFile(name="a.png", data=PNG), "n’attend pas de fichier"),
        ("file", FieldFile(name="a.pdf", data=PNG), "bonne extension"),
    ],
)
def test_a_bad_value_is_refused_beside_its_field(
    cast: Cast, kind: str, written: Any, told_so: str, nothing_written: Any
) -> None:
    a_field("precision", kind=kind, choices=["Ambrelle", "Brissey"])
    dossier = a_dossier(cast)

    with pytest.raises(ValueRefused, match=told_so) as refusal, nothing_written():
        said(dossier, cast, precision=written)
    assert refusal.value.field == "extra_precision"


def test_a_file_is_kept_with_the_dossier_and_its_predecessor_leaves(cast: Cast) -> None:
    a_field("plan", kind="file")
    dossier = said(a_dossier(cast), cast, plan=FieldFile(name="a.png", data=PNG))

    said(dossier, cast, plan=FieldFile(name="b.png", data=PNG))

    dossier.refresh_from_db()
    present, gone = (
        Attachment.objects.get(kind=Attachment.Kind.FIELD, removed_at__isnull=empty) for empty in (True, False)
    )
    assert (present.name, gone.name) == ("b.png", "a.png")
    assert dossier.extra == {"plan": str(present.id)}
    assert custom_fields.values_of(dossier)[0].attachment_id == present.id


def test_a_field_that_the_type_does_not_ask_is_refused(cast: Cast, nothing_written: Any) -> None:
    a_field("canton", an_act_type("Convention"))
    dossier = a_dossier(cast)

    with pytest.raises(ValueRefused, match="n’a pas de champ"), nothing_written():
        said(dossier, cast, canton="Ambrelle")


def test_another_type_takes_away_what_it_does_not_ask(cast: Cast) -> None:
    grant, contract = an_act_type("Subvention"), an_act_type("Convention")
    a_field("canton", grant)
    a_field("duree", contract)
    dossier = opened(cast, act_type_id=grant.pk, extra={"canton": "Ambrelle"})

    describe_dossier(
        dossier_id=dossier.id, agent=cast.drafter, at=NOON, act_type_id=contract.pk, extra={"duree": "3 ans"}
    )

    dossier.refresh_from_db()
    assert (dossier.act_type, dossier.extra) == (contract, {"duree": "3 ans"})
    assert told.last()["facts"]["changes"] == {
        "act_type": ["Subvention", "Convention"],
        "Canton": ["Ambrelle", ""],
        "Duree": ["", "3 ans"],
    }


def test_what_is_required_and_empty_is_missing(cast: Cast) -> None:
    grant = an_act_type()
    a_field("canton", grant, required=True)
    a_field("remarque", grant)
    a_field("service_gestionnaire", required=True, label="Service gestionnaire")

    missing = custom_fields.missing_fields(a_dossier(cast, act_type=grant, extra={"canton": ""}))

    assert missing == ["Service gestionnaire", "Canton"]
