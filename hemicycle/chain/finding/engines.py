"""The full-text index in both dialects: FTS5 on SQLite, tsvector('simple') under GIN on PostgreSQL.

Both hold the same stems of words.py, in three columns: the title, the body, the other forms of both. What is
matched is built of stems alone (letters and digits), so that no query can say anything to the engine but words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from hemicycle.chain.finding.words import Question, Term

TABLE = "finding_index"
#: A word of the title weighs as much as ten of the body.
WEIGHTS = "10.0, 1.0, 1.0"


def install(base: Any) -> None:
    """Create the table of the index."""
    with base.cursor() as cursor:
        if base.vendor == "postgresql":
            # No foreign key: a table that Django does not know must not hold those it empties.
            cursor.execute(f"CREATE TABLE {TABLE} (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL)")
            cursor.execute(f"CREATE INDEX {TABLE}_tokens ON {TABLE} USING gin (tokens)")
        else:
            cursor.execute(
                f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
                "(title, body, others, tokenize='unicode61 remove_diacritics 0')"
            )


def remove(base: Any) -> None:
    with base.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def put(lines: Iterable[tuple[int, str, str, str]]) -> None:
    """Write lines anew: document, stems of its title, of its body, other forms of both."""
    rows = list(lines)
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(row[0],) for row in rows])  # noqa: S608
        if connection.vendor == "postgresql":
            vector = "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'D')"
            vector += " || setweight(array_to_tsvector(string_to_array(%s, ' ')), 'D')"
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, tokens) VALUES (%s, {vector})", rows)  # noqa: S608
        else:
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, title, body, others) VALUES (%s, %s, %s, %s)",  # noqa: S608
                rows,
            )


def matching(question: Question) -> RawSQL:
    """The condition, on a query that joins the index, that a document answers the question."""
    if connection.vendor == "postgresql":
        return RawSQL(f"{TABLE}.tokens @@ %s::tsquery", [_tsquery(question)], BooleanField())  # noqa: S611
    return RawSQL(f"{TABLE} MATCH %s", [_fts5(question)], BooleanField())  # noqa: S611


def latest(question: Question, among: QuerySet[Any], *, most: int) -> list[int]:
    """Those of the documents `among` (their ids) that answer the question, the latest first, at most so many.

    The words are gone through once and each answer looked up among the documents, read whole before: for readers of
    some thousands of dossiers. Left to itself, SQLite would ask the index for each document in turn.
    """
    try:
        sql, params = among.query.sql_with_params()
    except EmptyResultSet:
        return []
    postgres = connection.vendor == "postgresql"
    condition, kept = ("tokens @@ %s::tsquery", "rowid") if postgres else (f"{TABLE} MATCH %s", "+rowid")
    asked = _tsquery(question) if postgres else _fts5(question)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {TABLE} WHERE {condition} AND {kept} IN ({sql}) ORDER BY rowid DESC LIMIT %s",  # noqa: S608
            [asked, *params, most],
        )
        return [row[0] for row in cursor.fetchall()]


def ranked(question: Question, documents: Sequence[int]) -> list[int]:
    """Those documents, which answer the question, the best first; the latest first among equals."""
    if not documents:
        return []
    if connection.vendor == "postgresql":
        sql = f"SELECT rowid FROM {TABLE} WHERE rowid = ANY(%s) ORDER BY ts_rank(tokens, %s::tsquery) DESC, rowid DESC"  # noqa: S608
        values: list[Any] = [list(documents), _tsquery(question)]
    else:
        # One way through the list of the words, from the oldest document wanted; « + »: never one by one.
        places = ", ".join(["%s"] * len(documents))
        sql = (
            f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid >= %s AND +rowid IN ({places}) "  # noqa: S608
            f"ORDER BY bm25({TABLE}, {WEIGHTS}), rowid DESC"
        )
        values = [_fts5(question), min(documents), *documents]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _fts5(question: Question) -> str:
    def phrase(terms: Sequence[Term]) -> str:
        if len(terms) == 1:
            return "(" + " OR ".join(f'"{form}"' for form in terms[0].forms) + ")"
        return '"' + " ".join(t.stem for t in terms) + '"'

    asked = " AND ".join([phrase([t]) for t in question.words] + [phrase(p) for p in question.phrases])
    left_out = " OR ".join(phrase(p) for p in question.without)
    return f"({asked}) NOT ({left_out})" if left_out else asked


def _tsquery(question: Question) -> str:
    def phrase(terms: Sequence[Term]) -> str:
        if len(terms) == 1:
            return "(" + " | ".join(f"'{form}'" for form in terms[0].forms) + ")"
        return "(" + " <-> ".join(f"'{t.stem}'" for t in terms) + ")"

    asked = [phrase([t]) for t in question.words] + [phrase(p) for p in question.phrases]
    return " & ".join(asked + [f"!{phrase(p)}" for p in question.without])
