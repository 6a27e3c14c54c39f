"""What `pip install .` alone brings: every data file, the simulators, and commands that need no repository."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.journeys.playing import COMMAND, VOIRIE, Played, environment

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the working tree, built without the network."""
    if importlib.util.find_spec("hatchling") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("hatchling (requirements-build.lock) is not installed")
        pytest.skip("needs hatchling, of requirements-build.lock: make install")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*command, "-w", str(folder)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("hemicycle-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel laid in a folder of its own."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--no-compile", "--target"]
    done = subprocess.run([*command, str(target), str(wheel)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return target


def from_the_wheel(
    installed: Path, *arguments: str | Path, cwd: Path, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """The command, with what was installed in front of everything and the repository out of sight."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=environment(PYTHONPATH=str(installed)),
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def test_every_data_file_of_the_two_packages_is_in_the_wheel(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "hemicycle", "simulators"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    inside = set(zipfile.ZipFile(wheel).namelist())

    data = {name for name in listed if (ROOT / name).is_file()}
    assert data - inside == set()
    for suffix in (".typ", ".html", ".css", ".js", ".json", ".svg", ".woff2"):
        assert [name for name in inside if name.endswith(suffix)], suffix


def test_the_wheel_brings_nothing_but_the_two_packages(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()

    tops = {name.split("/")[0] for name in inside}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"hemicycle", "simulators"}
    assert [name for name in inside if name.endswith((".pyc", ".sqlite3", ".p12", ".pass"))] == []


def test_the_installed_packages_are_those_that_run(installed: Path, tmp_path: Path) -> None:
    program = "import hemicycle, simulators; print(hemicycle.__file__, simulators.__file__)"

    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(installed)),
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert [Path(path).is_relative_to(installed) for path in said.split()] == [True, True]


def test_inspect_and_verify_run_from_the_wheel(installed: Path, journey: Played, tmp_path: Path) -> None:
    for path in (journey.signed, journey.only("transmission/*.tar.gz"), journey.only("archive/*.zip")):
        assert from_the_wheel(installed, "inspect", path, cwd=tmp_path).returncode == 0, path.name

    verified = from_the_wheel(installed, "verify", journey.out / "journal", cwd=tmp_path)

    assert (verified.returncode, verified.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_a_whole_journey_runs_from_the_wheel(installed: Path, shared: Path, tmp_path: Path) -> None:
    affair = shared / "corpus/affaires" / VOIRIE

    done = from_the_wheel(installed, "journey", affair, "--out", "out", cwd=tmp_path, timeout=150)

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out/journey.json").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
