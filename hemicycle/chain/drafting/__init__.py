"""Drafting: the report, the draft deliberation and the annexes."""
