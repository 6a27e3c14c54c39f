"""The content of the demonstration: dossiers at every stage, played through the actions as people would."""

from __future__ import annotations

from hemicycle.demonstration.seeding.play import seed

__all__ = ["seed"]
