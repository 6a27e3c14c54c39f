"""The journal: appended with the act or not at all, and never touched again."""

from __future__ import annotations

import datetime as dt
import decimal
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from django.db import DatabaseError, connection, transaction

from hemicycle.dossier import journal
from hemicycle.dossier.models import Errand, JournalEntry, JournalHead
from hemicycle.protocols.journal.chain import HEADS, JOURNAL, line
from hemicycle.protocols.journal.verify import Verdict, verify
from tests.cast import NOON, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class SomethingDone:
    name: ClassVar[str] = "drafting.something_done"
    what: str = "un geste"


def tell(cast: Cast, *what: str) -> list[JournalEntry]:
    with transaction.atomic():
        return [journal.record(None, SomethingDone(what=w), by=cast.drafter, at=NOON) for w in what]


def verdict(folder: Path) -> Verdict:
    (folder / JOURNAL).write_bytes(b"".join(line(entry) for entry in journal.export()))
    head = journal.head()
    (folder / HEADS).write_bytes(line(head) if head else b"")
    return verify(folder)


def test_each_entry_seals_the_one_before_it(cast: Cast) -> None:
    first, second = tell(cast, "un", "deux")

    assert (first.n, second.n) == (1, 2)
    assert first.sealed["previous"] == "0" * 64
    assert second.sealed["previous"] == first.hash == first.sealed["hash"]


def test_an_entry_says_who_in_what_quality_for_whom_and_what(cast: Cast) -> None:
    dossier = a_dossier(cast)

    entry = journal.record(
        dossier, SomethingDone(), by=cast.colleague, at=NOON, role="drafter", on_behalf_of=cast.drafter
    )

    assert entry.sealed["actor"] == {"id": str(cast.colleague.id), "name": "Colas Collègue"}
    assert entry.sealed["on_behalf_of"] == {"id": str(cast.drafter.id), "name": "Ada Rédactrice"}
    assert (entry.sealed["role"], entry.sealed["event"]) == ("drafter", "drafting.something_done")
    assert entry.sealed["at"] == "2026-11-24T11:00:00.000000Z"
    assert entry.sealed["facts"] == {"what": "un geste"}
    assert entry.sealed["dossier"] == str(dossier.id)


def test_an_exported_journal_is_found_sound_offline(cast: Cast, tmp_path: Path) -> None:
    tell(cast, *(f"geste {n}" for n in range(1, 8)))

    found = verdict(tmp_path)

    assert (found.ok, found.entries, found.anchored) == (True, 7, 7)


def test_an_entry_altered_behind_the_triggers_is_named_by_the_verifier(cast: Cast, tmp_path: Path) -> None:
    tell(cast, "un", "deux", "trois")
    altered = JournalEntry.objects.get(n=2).sealed | {"facts": {"what": "autre chose"}}
    lines = [line(altered if e["n"] == 2 else e) for e in journal.export()]
    (tmp_path / JOURNAL).write_bytes(b"".join(lines))
    (tmp_path / HEADS).write_bytes(b"")

    found = verify(tmp_path)

    assert (found.ok, found.first_bad) == (False, 2)


def test_the_database_refuses_to_change_an_entry(cast: Cast) -> None:
    tell(cast, "un")

    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        JournalEntry.objects.update(event="drafting.autre")

    assert JournalEntry.objects.get(n=1).event == "drafting.something_done"


def test_the_database_refuses_to_delete_an_entry_even_in_bare_sql(cast: Cast) -> None:
    tell(cast, "un")
    Errand.objects.all().delete()

    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM dossier_journalentry")

    assert JournalEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_entry_out_of_a_transaction_is_refused(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="transaction of the act"):
        journal.record(None, SomethingDone(), by=cast.drafter, at=NOON)

    assert not JournalEntry.objects.exists()


def test_an_act_undone_takes_its_entry_and_its_errand_with_it(cast: Cast, tmp_path: Path) -> None:
    tell(cast, "un")

    with pytest.raises(LookupError), transaction.atomic():
        journal.record(None, SomethingDone(), by=cast.drafter, at=NOON)
        raise LookupError
    tell(cast, "deux")

    assert list(JournalEntry.objects.order_by("n").values_list("n", flat=True)) == [1, 2]
    assert Errand.objects.count() == 2
    assert verdict(tmp_path).ok


def test_every_entry_leaves_an_errand_to_be_sorted_at_once(cast: Cast) -> None:
    (entry,) = tell(cast, "un")

    errand = Errand.objects.get(entry=entry)

    assert (errand.carrier, errand.state, errand.due_at) == ("", "waiting", NOON)


def test_the_head_follows_the_last_entry(cast: Cast) -> None:
    assert journal.head() is None

    *_, last = tell(cast, "un", "deux")

    assert journal.head() == {"n": 2, "hash": last.hash, "at": last.sealed["at"]}
    assert JournalHead.objects.get(id=1).hash == last.hash


def test_the_dossier_s_entries_come_oldest_first_and_alone(cast: Cast) -> None:
    ours, other = a_dossier(cast), a_dossier(cast)
    for number, dossier in enumerate([ours, other, ours, None, ours], start=1):
        journal.record(dossier, SomethingDone(what=str(number)), by=cast.drafter, at=NOON)

    found = [e.sealed["facts"]["what"] for e in journal.of(ours)]

    assert found == ["1", "3", "5"]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (NOON, "2026-11-24T11:00:00.000000+00:00"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (decimal.Decimal("12000.50"), "12000.50"),
        ({"a": (1, None)}, {"a": [1, None]}),
    ],
)
def test_facts_are_kept_as_plain_json(value: object, kept: object) -> None:
    assert journal.plain(value) == kept


def test_the_journal_keeps_no_float() -> None:
    with pytest.raises(TypeError, match="float"):
        journal.plain(0.1)
