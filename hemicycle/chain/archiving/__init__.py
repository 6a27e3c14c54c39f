"""Archiving in the SAE."""
