"""Published deliberations as open data."""

from __future__ import annotations

import csv
import io
import re

from hemicycle.chain.publication.queries import scdl_csv, scdl_rows
from hemicycle.chain.sitting.models import AgendaItem, Ballot
from hemicycle.protocols.scdl.table import FIELDS
from tests.cast import NOON, Cast
from tests.factories import a_dossier, a_sitting
from tests.published_acts import published


def test_the_file_says_the_act_its_vote_and_its_reception(cast: Cast) -> None:
    dossier = published(cast)

    (row,) = csv.DictReader(io.StringIO(scdl_csv(dossier_id=dossier.id).decode("utf-8")))

    assert row["COLL_SIRET"] == cast.authority.siret
    assert (row["DELIB_ID"], row["DELIB_OBJET"]) == (dossier.act_number, dossier.object)
    assert (row["DELIB_MATIERE_CODE"], row["DELIB_MATIERE_NOM"]) == ("7.5", "finances locales/subventions")
    assert (row["PREF_ID"], row["PREF_DATE"]) == ("PREF099", "2026-11-26")
    assert [row[f"VOTE_{name}"] for name in ("EFFECTIF", "REEL", "POUR", "CONTRE", "ABSTENTION")] == [
        "11", "11", "11", "0", "0"
    ]  # fmt: skip
    assert row["DELIB_URL"].endswith(f"/actes/{dossier.act_number.lower()}/")


def test_every_cell_obeys_the_published_schema(cast: Cast) -> None:
    published(cast)

    lines = list(csv.reader(io.StringIO(scdl_csv().decode("utf-8"), newline="")))

    assert lines[0] == [field.name for field in FIELDS]
    assert len(lines) == 2
    for field, value in zip(FIELDS, lines[1], strict=True):
        assert value or not field.required
        assert not value or not field.pattern or re.fullmatch(field.pattern, value)


def test_whoever_took_no_part_is_not_among_the_voters(cast: Cast) -> None:
    dossier = published(cast)
    Ballot.objects.filter(item__dossier=dossier).update(for_count=9, no_part_count=2)

    (row,) = scdl_rows(dossier_id=dossier.id)

    assert (row.members, row.voters, row.votes_for) == (11, 9, 9)


def test_rows_are_asked_for_by_year_or_by_sitting(cast: Cast) -> None:
    sitting = a_sitting(cast, open=True)
    here = a_dossier(cast, published=True, sitting=sitting)
    elsewhere = a_dossier(cast, published=True)
    # Adjourned at the other's sitting first: it is not that sitting which decided.
    AgendaItem.objects.create(
        sitting=sitting,
        dossier=elsewhere,
        position=9,
        version=1,
        added_at=NOON,
        outcome=AgendaItem.Outcome.ADJOURNED,
    )

    assert [r.number for r in scdl_rows(sitting_id=sitting.id)] == [here.act_number]
    assert len(scdl_rows(year=2026)) == 2
    assert scdl_rows(year=2025) == []
