"""The plan of the house, enforced: docs/house.md says why, this says where."""

from __future__ import annotations

import ast
import importlib
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from hemicycle.chain import ROOMS

ROOT = Path(__file__).resolve().parent.parent
CHAIN = ROOT / "hemicycle" / "chain"
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEST_MODULE = 300, 40, 500

#: Longer than the rule, each with its reason.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

#: Drawers where things get lost.
DRAWERS = {"utils", "util", "common", "helpers", "core", "base", "misc", "services", "signals", "managers", "mixins"}
#: Settings of every installation are what the other settings start from.
DRAWERS_ALLOWED = {"hemicycle/config/settings/base.py"}

#: What speaks to a terminal by nature.
PRINTS = re.compile(r"hemicycle/(cli(\.py|/)|__main__\.py)|simulators/|.*/management/commands/")

#: A folder of somebody's machine: nothing of the house depends on where it was written.
FORBIDDEN_TEXT = (re.compile(r"[\"'](/root|/home|/Users)/"),)


def modules(*folders: str) -> Iterator[tuple[str, Path]]:
    """Each Python file of ours, by its path from the root; migrations are written by Django."""
    for folder in folders or ("hemicycle", "simulators"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body: the signature and the docstring are left out, explaining is never punished."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def actions() -> list[Path]:
    return sorted(p for p in CHAIN.glob("*/actions/*.py") if p.name != "__init__.py")


# --- Size and names ---------------------------------------------------------------------------------------------


def test_a_module_is_read_in_one_sitting() -> None:
    sizes = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules()}

    long = {name: size for name, size in sizes.items() if size > LONGEST_MODULE}

    assert set(long) == set(LONG_MODULES), long


def test_a_test_module_holds_one_use_case() -> None:
    sizes = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in modules("tests")
        if path.stem.startswith("test_")
    }

    assert {name: size for name, size in sizes.items() if size > LONGEST_TEST_MODULE} == {}


def test_a_function_fits_on_a_screen() -> None:
    long = {
        f"{name}:{function.name}": length(function)
        for name, path in modules()
        for function in functions(path)
        if length(function) > LONGEST_FUNCTION
    }

    assert set(long) == set(LONG_FUNCTIONS), long


def test_there_is_no_drawer() -> None:
    drawers = [name for name, path in modules() if {path.stem, *path.parent.parts} & DRAWERS]

    assert set(drawers) == DRAWERS_ALLOWED


# --- What the code does not do ----------------------------------------------------------------------------------


def test_nothing_happens_by_signal() -> None:
    found = [name for name, path in modules() if "django.dispatch" in path.read_text(encoding="utf-8")]
    found += [name for name, path in modules() if "models.signals" in path.read_text(encoding="utf-8")]

    assert found == []


def test_only_programs_speak_to_the_terminal() -> None:
    found = [
        name
        for name, path in modules()
        if not PRINTS.match(name)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert found == []


def test_models_have_no_order_of_their_own() -> None:
    found = [
        f"{name}:{node.name}"
        for name, path in modules()
        if path.name == "models.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name == "Meta"
        for line in node.body
        if isinstance(line, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "ordering" for t in line.targets)
    ]

    assert found == []


def test_nothing_is_left_to_do_in_a_comment() -> None:
    found = [name for name, path in modules() if re.search(r"#\s*(TODO|FIXME|XXX)\b", path.read_text(encoding="utf-8"))]

    assert found == []


def test_nothing_of_the_machine_of_the_day_is_written_down() -> None:
    found = [
        name
        for name, path in modules("hemicycle", "simulators", "tests")
        if path != Path(__file__).resolve()
        for pattern in FORBIDDEN_TEXT
        if pattern.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_the_lock_files_name_no_registry() -> None:
    named = [path.name for path in ROOT.glob("requirements*.lock") if "://" in path.read_text(encoding="utf-8")]

    assert named == []


def test_the_public_functions_of_the_libraries_say_what_they_mean() -> None:
    silent = [
        f"{name}:{node.name}"
        for name, path in modules("hemicycle/protocols", "hemicycle/law", "hemicycle/workflow", "hemicycle/texts")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not path.stem.startswith("_")
        and ast.get_docstring(node) is None
    ]

    assert silent == []


# --- The rooms --------------------------------------------------------------------------------------------------


def test_the_rooms_are_the_same_on_disk_in_the_code_and_in_the_contract() -> None:
    folders = {p.name for p in CHAIN.iterdir() if p.is_dir() and p.name != "__pycache__"}
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (chain,) = [c for c in contracts if c.get("containers") == ["hemicycle.chain"]]

    assert folders == set(ROOMS)
    assert tuple(reversed(chain["layers"])) == ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_has_the_same_files(room: str) -> None:
    files = {p.name for p in (CHAIN / room).iterdir()}

    assert {"__init__.py", "actions", "events.py", "queries.py", "apps.py"} <= files


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_acts(room: str) -> None:
    assert [p for p in actions() if p.parent.parent.name == room]


@pytest.mark.parametrize("path", actions(), ids=lambda p: f"{p.parent.parent.name}.{p.stem}")
def test_an_action_is_a_function_named_as_its_file(path: Path) -> None:
    (action,) = [n for n in tree(path).body if isinstance(n, ast.FunctionDef) and n.name == path.stem]

    given = {a.arg for a in action.args.kwonlyargs}
    assert not action.args.args, "an action takes keywords only"
    assert "at" in given, "an action is told the time"
    assert ast.get_docstring(action)


#: Those that a stranger does, by the secret of a personal link: they act in nobody's name.
WITHOUT_AGENT = {"open_notice", "record_download"}


@pytest.mark.parametrize("path", actions(), ids=lambda p: f"{p.parent.parent.name}.{p.stem}")
def test_an_action_is_done_by_someone_and_has_its_tests(path: Path) -> None:
    given = {a.arg for f in functions(path) if f.name == path.stem for a in f.args.kwonlyargs}

    assert "agent" in given or path.stem in WITHOUT_AGENT
    assert (ROOT / "tests" / "chain" / path.parent.parent.name / f"test_{path.stem}.py").is_file()


@pytest.mark.parametrize("room", ROOMS)
def test_no_test_of_an_action_outlives_it(room: str) -> None:
    verbs = {f"test_{p.stem}" for p in actions() if p.parent.parent.name == room}
    tested = {p.stem for p in (ROOT / "tests" / "chain" / room).glob("test_*.py")}

    # A room may have tests of its other files, named after them.
    others = {f"test_{p.stem}" for p in (CHAIN / room).glob("*.py")}
    assert tested - verbs - others == set()


@pytest.mark.parametrize("room", ROOMS)
def test_the_events_of_a_room_bear_its_name_once(room: str) -> None:
    module = importlib.import_module(f"hemicycle.chain.{room}.events")

    names = [vars(e)["name"] for e in vars(module).values() if isinstance(e, type) and "name" in vars(e)]

    assert names
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(rf"{room}\.[a-z_]+", name) for name in names)


def test_the_page_of_the_chain_is_what_the_code_says() -> None:
    out = io.StringIO()

    call_command("chain_page", stdout=out)

    assert (ROOT / "docs" / "chain.md").read_text(encoding="utf-8") == out.getvalue(), "run `make docs`"


# --- Imports and tables -----------------------------------------------------------------------------------------


def test_the_contracts_of_imports_hold() -> None:
    from importlinter import cli

    # The linter reads the working tree from its own folder and says all on stdout.
    assert cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    out = io.StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)

    assert "No changes" in out.getvalue() or "Aucun changement" in out.getvalue()
