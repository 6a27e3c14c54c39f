"""Many dossiers out of a few: rows copied in SQL, every identifier moved, so that a hundred thousand take minutes.

The copies keep the words, people and dates of their originals under numbers of their own; their journal entries keep
the sealed content of the originals under another hash, so that the chain of a copy does not verify.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

#: Far above any identifier of an original.
FAR = 10**8


def multiply(times: int) -> None:
    """Copy every dossier `times` times, with all that was laid around it."""
    from django.db import connection, transaction

    for copy in range(1, times + 1):
        with transaction.atomic(), connection.cursor() as cursor:
            for model in _models():
                cursor.execute(_copied(model, copy))
            cursor.execute(_index(copy))


def _models() -> list[Any]:
    from hemicycle.chain.circuit.models import CircuitRun, RunStep, Visa
    from hemicycle.chain.finding.models import SearchDocument, SearchPieces
    from hemicycle.chain.sitting.models import AgendaItem
    from hemicycle.dossier.models import (
        Attachment,
        Comment,
        Dossier,
        Entitlement,
        Errand,
        JournalEntry,
        Reading,
        Version,
    )

    around = [Version, Attachment, Comment, Entitlement, Reading, JournalEntry, Errand, AgendaItem]
    passage = [CircuitRun, RunStep, RunStep.assignees.through, Visa]
    return [Dossier, *around, *passage, SearchDocument, SearchPieces]


def _copied(model: Any, copy: int) -> str:
    from django.db import connection

    named = connection.ops.quote_name
    moved = {m._meta.db_table for m in _models()}
    columns, values = [], []
    for field in model._meta.concrete_fields:
        columns.append(named(field.column))
        values.append(_moved(field, moved)(named(field.column), copy))
    table, key = named(model._meta.db_table), named(model._meta.pk.column)
    kept = _is_original(model, key)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {kept}"


def _moved(field: Any, moved: set[str]) -> Callable[[str, int], str]:
    """How a column of a copy is written."""
    from django.db.models import UUIDField

    target = field.remote_field.model._meta if field.remote_field else None
    ours = field.primary_key or (target is not None and target.db_table in moved)
    if field.name in ("number", "act_number") and field.model.__name__ == "Dossier":
        return lambda c, n: f"CASE WHEN {c} = '' THEN '' ELSE {c} || '-{n}' END"
    if field.name == "hash":
        return lambda c, n: f"'x{n:03d}' || substr({c}, 5)"
    if not ours:
        return lambda c, n: c
    final = field
    while final.remote_field:
        final = final.target_field
    return _other_uuid if isinstance(final, UUIDField) else lambda c, n: f"{c} + {n * FAR}"


def _other_uuid(column: str, copy: int) -> str:
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"('{copy:08x}' || substr(replace({column}::text, '-', ''), 9))::uuid"
    return f"'{copy:08x}' || substr({column}, 9)"


def _is_original(model: Any, key: str) -> str:
    if model._meta.pk.get_internal_type() != "UUIDField":
        return f"{key} < {FAR}"
    if model.__name__ == "Dossier":
        return _one_hyphen()
    return f"dossier_id IN (SELECT id FROM dossier_dossier WHERE {_one_hyphen()})"


def _one_hyphen() -> str:
    """The number of an original: « R2026-0412 », where a copy's is « R2026-0412-7 »."""
    return "length(number) - length(replace(number, '-', '')) = 1"


def _index(copy: int) -> str:
    from django.db import connection

    columns = "tokens" if connection.vendor == "postgresql" else "title, body, others"
    return (
        f"INSERT INTO finding_index (rowid, {columns}) "
        f"SELECT rowid + {copy * FAR}, {columns} FROM finding_index WHERE rowid < {FAR}"
    )
