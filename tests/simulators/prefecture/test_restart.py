"""The simulator is killed without warning, and nothing it took is lost or doubled."""

from __future__ import annotations

from pathlib import Path

from .conftest import NOW
from .running import running_prefecture
from .speaking import calling, deposit, identifier, received, settled, state


def test_an_act_deposited_before_the_kill_is_acknowledged_after_it(tmp_path: Path) -> None:
    with running_prefecture(tmp_path, *NOW, kill=True) as url, calling(url) as tdt:
        first = identifier(deposit(tdt, "KILL_1"))
        settled(tdt, first, 4)
        second = identifier(deposit(tdt, "KILL_2"))

    with running_prefecture(tmp_path, *NOW) as url, calling(url) as tdt:
        assert state(tdt, first) == 4
        settled(tdt, second, 4)
        counts = {acte["id"]: acte["count"] for acte in received(tdt).values()}
        again = deposit(tdt, "KILL_1")

    assert counts == {
        "099-229999990-20261217-KILL_1-DE": 1,
        "099-229999990-20261217-KILL_2-DE": 1,
    }
    assert again.content.startswith(b"KO\n")


def test_an_answer_due_at_the_kill_is_sent_after_it(tmp_path: Path) -> None:
    slow = ("--now", "2026-12-18T10:00:00+01:00", "--delay", "2")
    with running_prefecture(tmp_path, *slow, kill=True) as url, calling(url) as tdt:
        transaction = identifier(deposit(tdt, "DUE_1"))
        settled(tdt, transaction, 3)

    with running_prefecture(tmp_path, *slow) as url, calling(url) as tdt:
        settled(tdt, transaction, 4)
        assert len(received(tdt)) == 1


def test_a_lost_answer_leaves_the_act_recorded(tmp_path: Path) -> None:
    with running_prefecture(tmp_path, *NOW, "--lose-answers", "1") as url, calling(url) as tdt:
        lost = deposit(tdt, "LOST_1")
        settled(tdt, 1, 4)

        assert lost.status_code == 504
        assert len(received(tdt)) == 1
