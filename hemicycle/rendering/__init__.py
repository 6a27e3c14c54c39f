"""Dataclass to PDF/A: every document of an assembly. PDF/A-2a and PDF/UA-1 bytes; no clock, no network."""
