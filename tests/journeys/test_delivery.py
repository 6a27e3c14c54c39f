"""The folder that a journey leaves appears whole, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from hemicycle.journey.delivery import OutRefused, check_free, hand_over


@pytest.fixture
def written(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary" / "out"
    (folder / "act").mkdir(parents=True)
    (folder / "journey.json").write_text("[1]")
    return folder


def earlier(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    (out / "journal").mkdir(parents=True)
    (out / "journey.json").write_text("[0]")
    return out


def test_the_folder_and_its_parents_appear(written: Path, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    check_free(out)

    hand_over(written, out)

    assert {path.name for path in out.iterdir()} == {"journey.json", "act"}
    assert [path.name for path in out.parent.iterdir()] == ["b"]


def test_asking_whether_the_place_is_free_writes_nothing(tmp_path: Path) -> None:
    check_free(tmp_path / "a" / "b")

    assert list(tmp_path.iterdir()) == []


def test_an_earlier_journey_is_replaced_whole(written: Path, tmp_path: Path) -> None:
    out = earlier(tmp_path)
    check_free(out)

    hand_over(written, out)

    assert {path.name for path in out.iterdir()} == {"journey.json", "act"}
    assert (out / "journey.json").read_text() == "[1]"


def test_a_disk_that_fills_up_leaves_the_earlier_journey(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = earlier(tmp_path)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "move", full)
    with pytest.raises(OutRefused, match="la place sur le disque"):
        hand_over(written, out)

    assert (out / "journey.json").read_text() == "[0]"
    assert {path.name for path in tmp_path.iterdir()} == {"out", "temporary"}


def test_a_rename_that_fails_puts_the_earlier_journey_back(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = earlier(tmp_path)
    rename = Path.rename

    def refused(place: Path, target: Path) -> Path:
        if place.name == "new":
            raise OSError(5, "Input/output error")
        return rename(place, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OutRefused):
        hand_over(written, out)

    assert (out / "journey.json").read_text() == "[0]"
