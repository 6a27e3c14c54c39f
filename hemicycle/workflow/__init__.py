"""Circuits of visas as plain data."""
