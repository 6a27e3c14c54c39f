"""What the suite watches while tests run: order nobody asked for, the outside world, writes after a refusal."""

from __future__ import annotations

import ipaddress
import random
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

#: Number of tests begun in this process.
count = 0


def loopback_only(connect: Callable[..., Any]) -> Callable[..., Any]:
    """`socket.connect` that fails the test on any address but the machine's own."""

    def connect_here(sock: socket.socket, address: Any) -> Any:
        if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            sock.close()
            raise AssertionError(f"a test tried to reach {address[0]}: only the machine itself may be")
        return connect(sock, address)

    return connect_here


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def shuffling(fetch: Callable[[Any], None]) -> Callable[[Any], None]:
    """Querysets without an order come back in any order, as a database is free to do.

    The generator is the one that pytest-randomly seeds: a failure is found again with `-p randomly -p "seed"`.
    """

    def fetch_shuffled(queryset: QuerySet[Any]) -> None:
        fresh = queryset._result_cache is None
        fetch(queryset)
        if fresh and queryset._result_cache and not queryset.ordered:
            random.shuffle(queryset._result_cache)

    return fetch_shuffled


def rows_of_ours() -> dict[str, list[Any]]:
    """Every row of every table of the house, as the database gives them: a thousand tests ask for them twice."""
    found, quoted = {}, connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, key in _tables().items():
            cursor.execute(f"SELECT * FROM {quoted(table)} ORDER BY {quoted(key)}")
            found[table] = [tuple(_plain(v) for v in row) for row in cursor.fetchall()]
    return found


@cache
def _tables() -> dict[str, str]:
    """Name → primary key."""
    ours = (m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("hemicycle."))
    return {model._meta.db_table: model._meta.pk.column for model in ours}


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


@contextmanager
def nothing_written() -> Iterator[None]:
    """Fails when the block, whether it raises or not, added, changed or removed a row."""
    before = rows_of_ours()
    try:
        yield
    finally:
        after = rows_of_ours()
        changed = sorted(table for table in before if before[table] != after[table])
        assert not changed, f"rows were written in {', '.join(changed)}"
