"""The database itself refuses to rewrite what must stay: journal entries and versions."""

from __future__ import annotations

from typing import Any

TABLES = ("dossier_journalentry", "dossier_version")
MESSAGE = "append-only table"
#: PostgreSQL empties a table by a verb of its own, which no DELETE trigger sees.
VERBS = {"postgresql": ("UPDATE", "DELETE", "TRUNCATE"), "sqlite": ("UPDATE", "DELETE")}


def install(connection: Any) -> None:
    """Create the triggers that refuse UPDATE and DELETE, in the dialect of the connection."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION hemicycle_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME; END $$"
            )
        for table in TABLES:
            for verb in VERBS[connection.vendor]:
                cursor.execute(_trigger(connection.vendor, table, verb))


def remove(connection: Any) -> None:
    """Drop the triggers: for a backward migration and for the emptying of a test database only."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for verb in VERBS[connection.vendor]:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}{on}")


def _trigger(vendor: str, table: str, verb: str) -> str:
    name = f"{table}_no_{verb.lower()}"
    if vendor == "postgresql":
        return (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hemicycle_append_only()"
        )
    return f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
