"""A verdict as plain data and back, to cross from one process to another."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from .verdicts import Signature, Stamp, Verdict

__all__ = ["as_data", "from_data"]

_INSTANTS = ("signed_at", "stamped_at", "valid_from", "valid_until")


def as_data(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON holds it."""
    data = asdict(verdict)
    for told in (*data["signatures"], *data["stamps"]):
        for name in _INSTANTS:
            if told.get(name) is not None:
                told[name] = told[name].isoformat()
    return data


def from_data(data: dict[str, Any]) -> Verdict:
    """The verdict that `as_data` told. Raises ValueError, TypeError or KeyError for anything else."""
    return Verdict(
        signatures=tuple(Signature(**_read(Signature, s)) for s in data["signatures"]),
        problems=tuple(str(p) for p in data["problems"]),
        doubts=tuple(str(d) for d in data["doubts"]),
        stamps=tuple(Stamp(**_read(Stamp, s)) for s in data["stamps"]),
    )


def _read(kind: type[Signature] | type[Stamp], told: dict[str, Any]) -> dict[str, Any]:
    known = {f.name for f in fields(kind)}
    return {name: _value(name, value) for name, value in told.items() if name in known}


def _value(name: str, value: Any) -> Any:
    if name in _INSTANTS and value is not None:
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
