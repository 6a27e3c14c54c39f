"""Two adoptions at the same moment: only a database with several writers can show that they queue up."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from hemicycle.dossier import register


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_the_same_moment_follow_one_another() -> None:
    with transaction.atomic():
        register.next_number("CP", year=2026)
    start, taken = threading.Barrier(4), []

    def adopt() -> None:
        try:
            start.wait(timeout=10)
            for _ in range(3):
                with transaction.atomic():
                    taken.append(register.next_number("CP", year=2026))
        finally:
            connection.close()

    threads = [threading.Thread(target=adopt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(taken) == list(range(2, 14))
