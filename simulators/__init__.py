"""Separate programs that speak the real protocols of the outside world."""
