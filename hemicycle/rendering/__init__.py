"""Dataclass to PDF/A: every document of an assembly."""
