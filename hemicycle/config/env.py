"""Typed readers of the environment: a nonsense value stops the start with a sentence."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable's text, or the default when it is unset or empty."""
    return os.environ.get(name, "") or default


def flag(name: str, *, default: bool = False) -> bool:
    """A yes/no variable. Raises ImproperlyConfigured on anything but 1/0, true/false, oui/non."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "oui", "yes"}:
        return True
    if raw in {"0", "false", "non", "no"}:
        return False
    raise ImproperlyConfigured(f"{name} vaut « {raw} » : écrivez 1 ou 0.")


def number(name: str, default: float) -> float:
    """A number. Raises ImproperlyConfigured when it is none."""
    raw = os.environ.get(name, "")
    try:
        return float(raw) if raw else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} vaut « {raw} » : un nombre est attendu.") from error


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    """One of the options. Raises ImproperlyConfigured on anything else."""
    chosen = text(name, default)
    if chosen not in options:
        raise ImproperlyConfigured(f"{name} vaut « {chosen} » : écrivez {', '.join(options)}.")
    return chosen


def matching(name: str, pattern: str, default: str, *, example: str) -> str:
    """A text of that shape. Raises ImproperlyConfigured on any other."""
    given = text(name, default)
    if not re.fullmatch(pattern, given):
        raise ImproperlyConfigured(f"{name} vaut « {given} » : écrivez par exemple {example}.")
    return given


def secret(name: str, default: str | None = None) -> str:
    """A secret, from the variable or from the file that NAME_FILE points to.

    Raises ImproperlyConfigured when it is missing and has no default: a site must not start without it.
    """
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"Le fichier du secret {name} est illisible : {path}.") from error
    if default is None:
        raise ImproperlyConfigured(f"Le secret {name} manque : renseignez {name} ou {name}_FILE.")
    return default


def folder(name: str, default: Path) -> Path:
    """A folder, as an absolute path; it need not exist yet."""
    return Path(os.environ.get(name, "") or default).expanduser().resolve()


def optional_folder(name: str) -> Path | None:
    """A folder, or None when the variable is unset."""
    raw = os.environ.get(name, "")
    return Path(raw).expanduser().resolve() if raw else None


def rows(name: str, *, columns: int) -> list[list[str]]:
    """A small table in JSON, rows of so many texts; empty when unset. Raises ImproperlyConfigured on anything else."""
    raw = os.environ.get(name, "")
    try:
        table = json.loads(raw) if raw else []
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} n’est pas du JSON.") from error
    fit = isinstance(table, list) and all(isinstance(row, list) and len(row) == columns for row in table)
    if not fit or not all(isinstance(cell, str) for row in table for cell in row):
        raise ImproperlyConfigured(f"{name} doit être une liste de lignes de {columns} textes.")
    return table
